//! Faults of one worker leave the others at work, and nothing waits for what takes long: neither the wall nor who leaves.

use std::fs;
use std::path::Path;

use crate::handling::{bot_tui, wait_until_file};
use crate::rough::import_accounts;
use crate::support::Session;

const FAULT: &str = "A fault of the program ended this work";

/// Has a work panic.
fn panicking(work: &str) -> (&str, &str) {
    ("BOT_TUI_TEST_PANIC", work)
}

/// Has a work go on until it is cancelled.
fn held(work: &str) -> (&str, &str) {
    ("BOT_TUI_TEST_HOLD", work)
}

fn tag(session: &mut Session, keys: &str, tagged: &str) {
    session.send(keys);
    session.wait_until("a saved tag", |screen| screen.contains(tagged) && !screen.contains("saving"));
}

fn leave(session: &mut Session) {
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    assert!(session.has_written("panic on request"), "what was said of the fault is printed");
}

#[test]
fn a_picture_that_cannot_be_encoded_is_said_and_drawn_as_half_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--pictures", "sixel", "demo"];
    let mut session = Session::start(&arguments, folder.path(), 40, 140, &[panicking("encoding")]);
    session.wait_for(FAULT);
    session.wait_until_linked();
    session.wait_until("half blocks", |screen| screen.contains('▀'));
    tag(&mut session, "b", "1 tagged");
    assert!(!session.has_written(";0q\""), "no sixels");
    leave(&mut session);
}

/// The line that is typed stands where it would be said, so that only the log tells.
#[test]
fn a_path_that_cannot_be_completed_is_told_and_can_be_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["--log"], folder.path(), 24, 80, &[panicking("completing")]);
    session.wait_for("bot-tui import tweets.jsonl");
    session.send("Idata");
    session.wait_for("import: data");
    let log = folder.path().join(if cfg!(target_os = "linux") { "state" } else { "data" }).join("bot-tui/log.txt");
    wait_until_file(&log, |log| log.contains("message Failed"));
    session.send("\x03");
    session.wait_until("no line", |screen| !screen.contains("import: data"));
    leave(&mut session);
}

#[test]
fn tags_that_cannot_be_filed_are_said_and_others_still_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[panicking("saving")]);
    session.wait_until_linked();
    tag(&mut session, "b", "1 tagged");
    session.send("\x1be");
    session.wait_for("save all tags to:");
    session.send("\x15kept.jsonl\r");
    session.wait_for(FAULT);
    tag(&mut session, "jd", "2 tagged");
    leave(&mut session);
}

#[test]
fn who_cannot_see_what_others_change_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[panicking("watching")]);
    session.wait_for(FAULT);
    session.wait_until_linked();
    tag(&mut session, "b", "1 tagged");
    leave(&mut session);
}

#[test]
fn the_wall_and_what_others_change_do_not_wait_for_links() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    bot_tui(folder, &["import", concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data")]);
    let mut session = Session::start(&["--cache", "cache.db"], folder, 40, 140, &[held("linking")]);
    session.wait_for("1 Accounts ─ 900 ━");
    session.send("w");
    session.wait_for("Pictures that are alike ─ group 1 of ");
    assert!(session.screen().contains("linking"), "{}", session.screen());
    session.send("w");
    import_accounts(folder, 3);
    session.wait_for("it was read anew");
    session.wait_until("all accounts", |screen| screen.contains("903 accounts"));
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn who_leaves_waits_neither_for_accounts_nor_for_links_nor_for_an_import() {
    for (work, before) in [("importing", "importing"), ("reading", "reading"), ("linking", "linking")] {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[held(work)]);
        session.wait_for(before);
        session.send("q");
        assert_eq!(session.wait_for_end(), 0, "{work}");
    }
}

/// Starts an import of more accounts that goes on until it is cancelled.
fn import_without_end(folder: &Path, environment: &[(&str, &str)]) -> Session {
    import_accounts(folder, 3);
    fs::write(folder.join("more.jsonl"), "{\"type\":\"account\",\"id\":\"9\",\"handle\":\"zinc\"}\n").unwrap();
    let mut session = Session::start(&["--cache", "cache.db"], folder, 24, 80, environment);
    session.wait_for("0 links   0 tagged");
    session.send("Imore.jsonl\r");
    session.wait_for("importing");
    session
}

#[test]
fn a_panic_of_the_screen_ends_the_program_while_it_imports() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = import_without_end(folder.path(), &[held("importing"), panicking("leaving")]);
    session.send("q");
    assert_ne!(session.wait_for_end(), 0);
    assert!(session.has_written("panic on request"));
}

#[test]
fn a_panic_of_the_screen_does_not_hide_where_tags_are() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    import_accounts(folder, 3);
    let mut session = Session::start(&["--cache", "cache.db"], folder, 24, 80, &[panicking("leaving")]);
    session.wait_for("0 links   0 tagged");
    for file in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if file.file_name().to_string_lossy().starts_with("cache.db") {
            fs::rename(file.path(), folder.join(format!("away-{}", file.file_name().display()))).unwrap();
        }
    }
    session.send("b");
    session.wait_for("NOT saved");
    session.send("q");
    assert_ne!(session.wait_for_end(), 0);
    let said = session.screen().replace('\n', "");
    assert!(said.contains("bot-tui tag --from"), "{said}");
}
