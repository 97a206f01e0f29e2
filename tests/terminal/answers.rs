//! Terminals that answer nothing, late, or wrongly: no key is lost to a question, and no answer is a key.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use portable_pty::{PtySize, native_pty_system};
use serde_json::Value;

use crate::handling::bot_tui;
use crate::handling::{mouse, place};
use crate::rough::import_accounts;
use crate::support::Session;

/// The last of what is asked.
const LAST_QUESTION: &str = "\x1b[c";
const NEW_KITTY: &str = "\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.35.2)\x1b\\\x1b[6;20;10t\x1b[?62;52c";
const OLD_KITTY: &str = "\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.26.5)\x1b\\\x1b[6;20;10t\x1b[?62;c";
const SIXEL: &str = "\x1bP>|XTerm(379)\x1b\\\x1b[6;20;10t\x1b[?62;4;9;22c";
/// How kitty is given a picture, and how others are given sixels.
const KITTY_PICTURE: &str = "a=T";
const SIXEL_PICTURE: &str = ";0q\"";

/// Whatever makes a terminal answer, by which a program that has begun could lose keys.
const QUESTIONS: [&str; 13] = [
    "\x1b[6n", "\x1b[?6n", "\x1b[5n", "\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[>q", "\x1b[>0q", "\x1b[14t", "\x1b[16t",
    "\x1b[18t", "\x1b[?u", "a=q",
];

/// What a terminal answers, before and after the first keys.
struct Manners {
    name: &'static str,
    soon: &'static [&'static str],
    late: &'static [&'static str],
}

const ALL_MANNERS: [Manners; 8] = [
    Manners { name: "nothing", soon: &[], late: &[] },
    Manners { name: "late", soon: &[], late: &[NEW_KITTY] },
    Manners { name: "at once", soon: &[SIXEL], late: &[] },
    Manners { name: "twice", soon: &[OLD_KITTY, NEW_KITTY], late: &[SIXEL, NEW_KITTY] },
    Manners {
        name: "torn",
        soon: &[
            "\x1b_",
            "G",
            "i=31",
            ";O",
            "K",
            "\x1b\\\x1bP",
            ">|kitty(0.",
            "35.2)",
            "\x1b\\\x1b[6;2",
            "0;10t\x1b[?",
            "62",
            "c",
        ],
        late: &[],
    },
    Manners { name: "kitty alone", soon: &["\x1b_Gi=31;OK\x1b\\"], late: &["\x1b_Gi=31;OK\x1b\\"] },
    // The end that never comes is followed by another sequence, which ends it.
    Manners { name: "truncated", soon: &["\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.3\x1b[I"], late: &["\x1b[?62;\x1b[I"] },
    Manners {
        name: "garbage",
        soon: &["\x1b_Gi=31;ENOENT:bbb\x1b\\\x1b[24;80R\x1bP>|\u{7f}bq\x1b\\\x1b[6;0;0t\x1b]11;rgb:bb/dd/bb\x07"],
        late: &["\x1bPbbbqqq\x1b\\\x1b[?;;;;c\x1b[9999999999999;9~\x1b_bqbq\x1b\\\x1b[>1;2;3q\x1b^bq\x1b\\"],
    },
];

fn start(folder: &Path) -> Session {
    Session::start(&["--cache", "cache.db"], folder, 24, 80, &[("BOT_TUI_PICTURES", "auto")])
}

fn say(session: &mut Session, parts: &[&str]) {
    parts.iter().for_each(|part| session.send(part));
}

/// From the first key on, which comes as soon as the terminal was asked, to all that can happen to a terminal.
fn handle_roughly(session: &mut Session, manners: &Manners) {
    session.wait_for_bytes("\x1b[16t", 0);
    say(session, manners.soon);
    session.send("?");
    session.wait_for("Keys ─ type to search");
    session.send("\x03");
    session.wait_for("▸ · @lamp_0001");
    let begun = session.written.len();
    session.send("j");
    session.wait_for("▸ · @lamp_0002");
    say(session, manners.late);
    for _ in 0..10 {
        let mark = session.written.len();
        session.send("\x1b[O\x1b[I");
        session.wait_for_bytes("@lamp_0003", mark);
    }
    for key in ["\x0c", "\x1b[I\x0c"] {
        let mark = session.written.len();
        session.send(key);
        session.wait_for_bytes("\x1b[2J", mark);
        session.wait_for_bytes("@lamp_0003", mark);
    }
    session.resize(40, 140);
    session.wait_until("columns", |screen| screen.contains("3 Why") && screen.contains("@lamp_0003"));
    session.resize(24, 80);
    session.wait_until("one pane", |screen| !screen.contains("2 Neigh") && screen.contains("@lamp_0003"));
    let mark = session.written.len();
    session.send("\x1a");
    session.wait_until_stopped();
    session.wait_for_bytes("\x1b[?1049l", mark);
    session.signal("-CONT");
    session.wait_for("▸ · @lamp_0002");
    let screen = session.screen();
    let row = place(&screen, "@lamp_0005");
    session.send(&mouse(0, row, 'M'));
    session.send(&mouse(0, row, 'm'));
    session.wait_for("▸ · @lamp_0005");
    session.send(&mouse(65, row, 'M'));
    session.wait_for("▸ · @lamp_0008");
    session.send(&format!("\x1b[200~{}\x1b[201~", "bq\r".repeat(40_000)));
    session.send("n");
    session.send(&format!("\x1b[200~{}\x1b[201~", "lamp ".repeat(20_000)));
    session.wait_for("lamp lamp lamp");
    session.send("\x03");
    session.wait_until("no note", |screen| !screen.contains("lamp lamp lamp"));
    // The end of this one never comes.
    session.send("n\x1b[200~lost\x1b");
    session.wait_for("lost");
    session.send("\x03");
    session.wait_until("no note", |screen| !screen.contains("lost"));
    session.send("k");
    session.wait_for("▸ · @lamp_0007");
    let after = String::from_utf8_lossy(&session.written[begun..]).into_owned();
    for question in QUESTIONS {
        assert!(!after.contains(question), "{question:?} is asked in the middle, with {}", manners.name);
    }
}

fn leave(session: &mut Session, folder: &Path, manners: &Manners) {
    session.send("q");
    assert_eq!(session.wait_for_end(), 0, "{}\n{}", manners.name, session.screen());
    let stats: Value = serde_json::from_slice(&bot_tui(folder, &["stats", "--json"])).unwrap();
    assert_eq!(stats["tagged"], 0, "an answer tagged, with {}", manners.name);
}

#[test]
fn no_terminal_ends_the_program_or_takes_a_key_however_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 50);
    for manners in &ALL_MANNERS {
        let mut session = start(folder.path());
        handle_roughly(&mut session, manners);
        leave(&mut session, folder.path(), manners);
    }
}

/// A pipe that is imported from, until the sender is dropped.
fn endless_import(folder: &Path) -> Sender<()> {
    let path = folder.join("zinc.jsonl");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let (ends, end) = channel();
    thread::spawn(move || {
        let mut pipe = OpenOptions::new().write(true).open(path).unwrap();
        for id in 1..=2_000 {
            writeln!(pipe, r#"{{"type":"account","id":"9{id}","handle":"zinc_{id}"}}"#).unwrap();
        }
        let _ = end.recv();
    });
    ends
}

#[test]
fn no_terminal_ends_the_program_or_takes_a_key_while_it_imports() {
    for manners in &ALL_MANNERS {
        let folder = tempfile::tempdir().unwrap();
        import_accounts(folder.path(), 50);
        let ends = endless_import(folder.path());
        let mut session = start(folder.path());
        // Until all are linked, it says to wait.
        session.wait_for("0 links   0 tagged");
        session.send("Izinc.jsonl\r");
        session.wait_for("importing");
        handle_roughly(&mut session, manners);
        assert!(session.screen().contains("importing"), "{}", session.screen());
        drop(ends);
        session.wait_until("the import", |screen| !screen.contains("importing"));
        session.wait_until("all accounts", |screen| screen.contains("2,050 accounts") || screen.contains("What was"));
        session.send("\x03");
        leave(&mut session, folder.path(), manners);
    }
}

#[test]
fn pictures_come_once_the_terminal_has_said_that_it_shows_them() {
    let folder = tempfile::tempdir().unwrap();
    for (answer, picture) in [
        (NEW_KITTY, Some(KITTY_PICTURE)),
        (SIXEL, Some(SIXEL_PICTURE)),
        (OLD_KITTY, None),
        ("\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62c", None),
        // Nobody knows how large a cell is.
        ("\x1b[?62;4c", None),
    ] {
        let mut session = Session::start(&["demo"], folder.path(), 40, 140, &[("BOT_TUI_PICTURES", "auto")]);
        session.wait_until_linked();
        // Nobody was waited for.
        session.wait_until("half blocks", |screen| screen.contains('▀'));
        assert!(session.has_written(LAST_QUESTION));
        session.send(answer);
        match picture {
            Some(picture) => {
                session.wait_for_bytes(picture, 0);
                // What the terminal lost it is given again.
                let mark = session.written.len();
                session.send("\x0c");
                session.wait_for_bytes(picture, mark);
            }
            None => {
                session.send("2Gb");
                session.wait_until("half blocks", |screen| screen.contains("1 tagged") && screen.contains('▀'));
                assert!(!session.has_written(KITTY_PICTURE) && !session.has_written(SIXEL_PICTURE), "{answer:?}");
            }
        }
        session.send("q");
        assert_eq!(session.wait_for_end(), 0);
    }
}

#[test]
fn who_says_how_to_show_pictures_has_the_terminal_asked_for_no_more_than_the_size_of_a_cell() {
    let folder = tempfile::tempdir().unwrap();
    for (wanted, picture) in [("kitty", KITTY_PICTURE), ("sixel", SIXEL_PICTURE)] {
        let mut session = Session::start(&["--pictures", wanted, "demo"], folder.path(), 40, 140, &[]);
        session.wait_for_bytes(picture, 0);
        let mark = session.written.len();
        session.send("\x1b[6;40;20t");
        session.wait_for_bytes(picture, mark);
        session.send("q");
        assert_eq!(session.wait_for_end(), 0);
        for question in QUESTIONS.into_iter().filter(|question| *question != "\x1b[16t") {
            assert!(!session.has_written(question), "{question:?} for {wanted}");
        }
    }
}

#[test]
fn nothing_is_asked_where_no_answer_would_help() {
    let folder = tempfile::tempdir().unwrap();
    let automatic = ("BOT_TUI_PICTURES", "auto");
    for (arguments, environment) in [
        (["--pictures", "halfblocks", "demo"].as_slice(), [automatic, automatic]),
        (&["--plain", "demo"], [automatic, automatic]),
        (&["demo"], [automatic, ("TMUX", "/tmp/tmux,1,0")]),
        (&["demo"], [automatic, ("NO_COLOR", "1")]),
    ] {
        let mut session = Session::start(arguments, folder.path(), 24, 80, &environment);
        session.wait_for("1 Accounts ─ 900");
        session.send("q");
        assert_eq!(session.wait_for_end(), 0);
        for question in QUESTIONS {
            assert!(!session.has_written(question), "{question:?} with {arguments:?} {environment:?}");
        }
    }
}

#[test]
fn what_is_typed_to_the_shell_stays_with_the_shell() {
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 5);
    let script = r#"
        "$0" --cache cache.db
        echo the shell waits
        read line
        echo "the shell read <$line>"
        fg
        echo "the program ended with <$?>""#;
    let arguments = ["-m", "-c", script, env!("CARGO_BIN_EXE_bot-tui")];
    let automatic = [("BOT_TUI_PICTURES", "auto")];
    let mut session = Session::start_program("sh", &arguments, folder.path(), (24, 80), &automatic);
    session.wait_for("▸ · @lamp_0001");
    session.send("\x1a");
    session.wait_for("the shell waits");
    session.send("bq");
    session.send("\r");
    session.wait_for_bytes("the shell read <bq>", 0);
    session.wait_for("▸ · @lamp_0001");
    session.send("j");
    session.wait_for("▸ · @lamp_0002");
    session.wait_for("0 tagged");
    session.send("q");
    session.wait_for("the program ended with <0>");
}

/// As under another session leader: the terminal goes away, and no signal says so.
#[test]
fn a_terminal_that_goes_away_without_a_word_ends_the_program() {
    /// Opens a terminal without becoming its owner.
    const O_NOCTTY: i32 = if cfg!(target_os = "linux") { 0o400 } else { 0x20000 };
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 5);
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let name = pair.master.tty_name().unwrap();
    let terminal = OpenOptions::new().read(true).write(true).custom_flags(O_NOCTTY).open(name).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_bot-tui"))
        .args(["--cache", "cache.db", "--pictures", "halfblocks"])
        .current_dir(folder.path())
        .stdin(terminal.try_clone().unwrap())
        .stdout(terminal)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut written, mut buffer) = (Vec::new(), [0; 4_096]);
    while !String::from_utf8_lossy(&written).contains("@lamp_0001") {
        let length = reader.read(&mut buffer).unwrap();
        written.extend_from_slice(&buffer[..length]);
    }
    drop((reader, pair));
    child.wait().unwrap();
    let stats: Value = serde_json::from_slice(&bot_tui(folder.path(), &["stats", "--json"])).unwrap();
    assert_eq!(stats["tagged"], 0);
    assert!(fs::exists(folder.path().join("cache.db")).unwrap());
}
