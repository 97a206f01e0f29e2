//! The real binary in a pseudo-terminal: from search to exported JSON, and the terminal restored after a panic.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod answers;
mod exports;
#[cfg(debug_assertions)]
mod faults;
mod handling;
mod hostile;
mod others;
#[path = "../program/mod.rs"]
mod program;
mod rough;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod two_programs;

use std::fs;

use serde_json::Value;
use support::Session;

#[test]
fn from_search_to_exported_json() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 40, 140, &[]);
    session.wait_until_linked();

    // A search narrows the list while it is typed.
    session.send("/");
    session.wait_for("search:");
    session.send("dawn");
    session.wait_until("a narrowed list", |screen| screen.contains("─ dawn ─") && screen.contains(" of "));
    session.send("\r");
    session.send("\x1b");
    session.wait_for("1 Accounts ─ 900 ━");

    // The head of the list has the most links: to its neighbours, ten of them marked and tagged at once.
    session.send("g");
    session.send("2\t");
    session.send("          ");
    session.wait_for("10 accounts marked");
    session.send("b");
    session.wait_for("Tagged suspected-bot: 10 accounts");
    session.wait_for("10 tagged");
    session.send("u");
    session.wait_for("Undone: 10 accounts");
    session.wait_for("0 tagged");
    session.send("\x12");
    session.wait_for("Redone: 10 accounts");

    session.send("e");
    session.wait_for("export to:");
    session.send("\x15out.json\r");
    session.wait_for("Exported 10 accounts");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    assert!(!session.alternate_screen() && !session.cursor_hidden() && !session.bracketed_paste());

    let document: Value = serde_json::from_slice(&fs::read(folder.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(document["schema"], "bot-tui/tagged-accounts/2");
    let accounts = document["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 10);
    for account in accounts {
        assert_eq!(account["tag"]["label"], "suspected-bot");
        assert!(!account["links"].as_array().unwrap().is_empty());
    }
    assert_eq!(document["inputs"][0]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn tags_outlive_the_session_and_can_still_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let data = concat!(
        r#"{"type":"account","id":"1","handle":"amber_lake"}"#,
        "\n",
        r#"{"type":"account","id":"2","handle":"birch_hill"}"#,
        "\n",
    );
    fs::write(folder.path().join("data.jsonl"), data).unwrap();
    let cache = folder.path().join("cache.db");
    let cache = cache.to_str().unwrap();
    handling::bot_tui(folder.path(), &["import", "data.jsonl"]);

    let mut session = Session::start(&["--cache", cache], folder.path(), 24, 80, &[]);
    session.wait_for("@birch_hill");
    session.send("jp");
    session.wait_for("Tagged likely-human: @birch_hill");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);

    let mut session = Session::start(&["--cache", cache], folder.path(), 24, 80, &[]);
    session.wait_for("1 tagged");
    session.send("u");
    session.wait_for("Undone: @birch_hill");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn signals_are_read_in_the_background_and_names_come_from_a_list() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("names.txt"), "A name that nobody has\n").unwrap();
    let mut session = Session::start(&["--names", "names.txt", "demo"], folder.path(), 40, 140, &[]);
    session.wait_until_linked();
    session.send("s");
    session.wait_until("signals with a value", |screen| {
        screen.contains("percentile") && screen.contains("with a value") && !screen.contains("Computing")
    });
    session.send("G");
    session.wait_for("the one name on");
    session.send("s");
    session.wait_for("1 Accounts ─ 900 ━");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn an_empty_cache_teaches_import_and_demo() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&[], folder.path(), 24, 80, &[]);
    session.wait_for("bot-tui import tweets.jsonl");
    session.wait_for("bot-tui demo");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_restores_the_terminal_before_it_prints() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[("BOT_TUI_TEST_PANIC", "drawing")]);
    assert_ne!(session.wait_for_end(), 0);
    assert!(!session.alternate_screen() && !session.cursor_hidden() && !session.bracketed_paste());
    let written = String::from_utf8_lossy(&session.written);
    let left = written.rfind("\x1b[?1049l").unwrap();
    assert!(written.rfind("panic on request").unwrap() > left, "the message must be on the ordinary screen");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_of_a_worker_is_said_and_the_program_goes_on_and_ends_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[("BOT_TUI_TEST_PANIC", "linking")]);
    session.wait_for("A fault of the program ended this work");
    session.send("j");
    session.send("b");
    session.wait_until("a saved tag", |screen| screen.contains("1 tagged") && !screen.contains("saving"));
    // Nothing waits for links that never come.
    assert!(!session.screen().contains("cancels"));
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    assert!(String::from_utf8_lossy(&session.written).contains("panic on request"), "what was said of it is printed");
}

#[test]
fn a_termination_signal_restores_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&[], folder.path(), 24, 80, &[]);
    session.wait_for("bot-tui import tweets.jsonl");
    // Only who hears keys hears signals.
    session.wait_until_done();
    session.signal("-TERM");
    assert_eq!(session.wait_for_end(), 0);
    assert!(!session.alternate_screen() && !session.cursor_hidden());
}

#[test]
fn from_an_empty_cache_to_the_evidence_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines: Vec<String> = (1..=12)
        .map(|id| format!(r#"{{"type":"account","id":"{id}","handle":"lamp_{id:02}","name":"Lamp"}}"#))
        .collect();
    for (account, post) in (1..=12).flat_map(|account| (1..=12).map(move |post| (account, post))) {
        lines.push(format!(
            r#"{{"type":"post","id":"{account}-{post}","author_id":"{account}","created_at":"2025-03-31T14:{post:02}:{account:02}Z","retweet_of":{{"id":"9{post}","author_id":"20","text":"Bring a lamp, {post}"}}}}"#
        ));
    }
    lines.push("torn".to_owned());
    fs::write(folder.path().join("two lamps.jsonl"), lines.join("\n")).unwrap();
    fs::write(folder.path().join("notes.txt"), "nothing of use").unwrap();

    let mut session = Session::start(&[], folder.path(), 40, 140, &[]);
    session.wait_for("imports an export of your collection tool");
    session.send("I");
    session.wait_for("two lamps.jsonl");
    session.send("two\t");
    session.wait_for("import: 'two lamps.jsonl'");
    session.send("\r");
    session.wait_for("What was imported");
    session.wait_for("native · 156 records · 1 line could not be read");
    session.wait_for("line 157: ");
    session.send("q");
    session.wait_until("links", |screen| screen.contains("66 links") && screen.contains("13 accounts"));

    session.send("/lamp_07\r");
    session.wait_for("─ lamp_07 ─");
    session.send("3\t");
    session.wait_for("12 shared of 12 and 12 · 12 within 60 s");
    session.wait_for("Bring a lamp");
    session.send("d");
    session.wait_for("1 tagged");

    // A dropped file that is none, then the one that is there is taken back; the tag stays.
    session.send("\x1b[200~/no/such/file.jsonl\x1b[201~");
    session.wait_for("import: /no/such/file.jsonl");
    session.send("\r");
    session.wait_for("! cannot read /no/such/file.jsonl");
    session.send("q");
    session.send("F");
    session.wait_for("SHA-256");
    session.send("x");
    session.wait_for("Press x again to take it back: 156 records");
    session.send("x");
    session.wait_for("Taken back: two lamps.jsonl");
    session.send("q");
    session
        .wait_until("the tagged account alone", |screen| screen.contains("1 account ") && screen.contains("1 tagged"));
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

/// A terminal is asked to copy by `ESC ] 52 ; c ; BASE64 ESC \`.
#[test]
fn the_palette_finds_an_action_and_ids_are_copied_through_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[]);
    session.wait_for("1 Accounts ─ 900 ━");
    session.send(":copy id\r");
    session.wait_for("Copied ");
    assert!(session.written.windows(7).any(|bytes| bytes == b"\x1b]52;c;"), "the terminal was asked");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn the_shell_gets_its_terminal_back_while_the_program_is_suspended() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[]);
    session.wait_for("1 Accounts ─ 900 ━");
    session.send("b");
    session.wait_for("Tagged suspected-bot");
    session.send("\x1a");
    session.wait_until_stopped();
    session.wait_until_terminal("the terminal as it was", |session| {
        let given_back = !session.alternate_screen() && !session.cursor_hidden() && !session.bracketed_paste();
        given_back && session.screen().trim().is_empty()
    });
    session.signal("-CONT");
    session.wait_until_terminal("the interface", |session| {
        session.alternate_screen() && session.bracketed_paste() && session.screen().contains("1 tagged")
    });
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}
