//! The real binary and the files in which a user sets things once for all.

use std::fs;
use std::path::Path;

use crate::handling::bot_tui;
use crate::support::Session;

fn refused(folder: &Path) -> String {
    let mut session = Session::start(&["demo"], folder, 24, 80, &[]);
    assert_eq!(session.wait_for_end(), 1);
    assert!(!session.alternate_screen(), "the terminal was never taken over");
    // The terminal breaks a long line, so breaks say nothing.
    session.screen().replace('\n', "")
}

#[test]
fn what_is_wrong_in_the_users_files_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("config/bot-tui");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("config.toml"), "# mine\nthem = \"dark\"\n").unwrap();
    let said = refused(folder.path());
    assert!(said.contains("config.toml, line 2: `them` is no setting; did you mean `theme`?"), "{said}");
    fs::write(place.join("config.toml"), "theme = \"dark\"\n").unwrap();
    fs::write(place.join("keymap.toml"), "[everywhere]\nundo = [\"b\"]\n").unwrap();
    let said = refused(folder.path());
    assert!(said.contains("keymap.toml, line 2: key `b` would mean both tag-suspected-bot and undo"), "{said}");
}

#[test]
fn the_room_that_panes_were_given_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let second_pane = |keys: &str| {
        let mut session = Session::start(&["demo"], folder.path(), 24, 140, &[]);
        session.wait_for("1 Accounts ─ 900 ━");
        session.send(keys);
        let screen = session.wait_until_done();
        session.send("q");
        assert_eq!(session.wait_for_end(), 0);
        column(&screen).unwrap()
    };
    let wider = second_pane(">>");
    assert_eq!(second_pane(""), wider);
    assert!(second_pane("<") < wider);
}

/// Where the second pane begins.
fn column(screen: &str) -> Option<usize> {
    screen.lines().find_map(|line| Some(line.split_once("2 Neighbours")?.0.chars().count()))
}

#[test]
fn the_printed_defaults_are_a_file_that_can_be_used_and_a_log_says_what_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("config/bot-tui");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("config.toml"), bot_tui(folder.path(), &["config", "--print-default"])).unwrap();
    let state = folder.path().join("state");
    let environment = [("XDG_STATE_HOME", state.to_str().unwrap())];
    let mut session = Session::start(&["--log", "demo"], folder.path(), 24, 80, &environment);
    session.wait_for("1 Accounts ─ 900 ━");
    session.send("b");
    session.wait_for("Tagged suspected-bot");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    let log = if cfg!(target_os = "linux") { state } else { folder.path().join("data") };
    let log = fs::read_to_string(log.join("bot-tui/log.txt")).unwrap();
    assert!(log.contains("message Opened") && log.contains("action TagSuspectedBot"), "{log}");
    assert!(!log.contains('@'), "a log names nobody\n{log}");
}
