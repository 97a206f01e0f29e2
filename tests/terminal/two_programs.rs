//! Two programs on one cache: each tag meets whom the user chose, and neither program loses or takes back what the other said.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::handling::bot_tui;
use crate::support::Session;

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_slice(&bot_tui(folder, arguments)).unwrap()
}

/// A file of accounts with these handles, each with its handle for an id.
fn accounts(folder: &Path, file: &str, handles: &[&str]) {
    let mut lines = String::new();
    for handle in handles {
        let _ = writeln!(lines, r#"{{"type":"account","id":"id-{handle}","handle":"{handle}"}}"#);
    }
    fs::write(folder.join(file), lines).unwrap();
}

fn open(folder: &Path) -> Session {
    Session::start(&["--cache", "cache.db"], folder, 24, 80, &[])
}

/// The handles of the tagged accounts of an export.
fn tagged(export: &Value) -> Vec<&str> {
    export["accounts"].as_array().unwrap().iter().map(|account| account["id"].as_str().unwrap()).collect()
}

#[test]
fn a_tag_meets_whom_it_was_given_to_though_another_program_changed_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    accounts(folder, "a.jsonl", &["alpha"]);
    accounts(folder, "b.jsonl", &["beta"]);
    bot_tui(folder, &["import", "a.jsonl"]);
    let mut session = open(folder);
    session.wait_for("▸ · @alpha");
    bot_tui(folder, &["imports", "remove", "1"]);
    bot_tui(folder, &["import", "b.jsonl"]);
    session.send("b");
    // Either it was not read anew yet, and the tag goes to whom was chosen; or it was, and nobody is tagged unasked.
    let screen = session.wait_until("an answer", |screen| {
        // What is said of the tag may give way to the news at once; the count stays.
        screen.contains("1 tagged") || screen.contains("once more for @beta")
    });
    session.wait_for("@beta");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    let export = json(folder, &["export"]);
    let alpha: &[&str] = if screen.contains("1 tagged") { &["id-alpha"] } else { &[] };
    assert_eq!(tagged(&export), alpha);
}

#[test]
fn an_open_interface_notices_what_another_program_changed_and_exports_no_other_data() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    accounts(folder, "a.jsonl", &["alpha", "aster"]);
    accounts(folder, "b.jsonl", &["beta"]);
    bot_tui(folder, &["import", "a.jsonl"]);
    let mut session = open(folder);
    session.wait_for("▸ · @alpha");
    bot_tui(folder, &["tag", "aster", "unsure", "--note", "seen elsewhere"]);
    session.wait_for("Another program changed the tags of 1 account");
    session.wait_for("1 tagged");
    bot_tui(folder, &["imports", "remove", "1"]);
    bot_tui(folder, &["import", "b.jsonl"]);
    session.wait_for("it was read anew");
    session.wait_until("the accounts of now", |screen| screen.contains("@beta") && !screen.contains("@alpha"));
    // What is exported rests on the links of the data of now.
    session.wait_for("links by");
    session.send("e");
    session.wait_for("export to:");
    session.send("\x15out.json\r");
    session.wait_for("Exported 1 account to");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    let export: Value = serde_json::from_slice(&fs::read(folder.join("out.json")).unwrap()).unwrap();
    assert_eq!(tagged(&export), ["id-aster"]);
}

/// Opens the parameters and sets the `row`-th, counted from 0.
fn set(session: &mut Session, row: usize, prompt: &str, value: &str) {
    session.send("P");
    session.wait_for("Parameters, kept");
    session.send(&"j".repeat(row));
    session.send("\r");
    session.wait_for(prompt);
    session.send(&format!("\x15{value}\r"));
}

#[test]
fn what_links_accounts_is_kept_of_two_windows_and_each_is_told_of_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    accounts(folder, "a.jsonl", &["alpha"]);
    bot_tui(folder, &["import", "a.jsonl"]);
    let mut windows = [open(folder), open(folder)];
    for window in &mut windows {
        window.wait_for("0 links");
    }
    let [one, other] = &mut windows;
    set(one, 1, "keep:", "shared:3");
    other.wait_for("Another bot-tui on this cache has set keep shared:3");
    set(other, 2, "window:", "7");
    one.wait_for("Another bot-tui on this cache has set window 7");
    for window in &mut windows {
        window.send("Pq");
        assert_eq!(window.wait_for_end(), 0);
    }
    let clusters = json(folder, &["clusters", "--json"]);
    let kept = &clusters["parameters"];
    assert_eq!((&kept["keep"]["value"], &kept["window_seconds"]), (&Value::from(3), &Value::from(7)), "{kept}");
}

#[test]
fn a_note_of_a_command_survives_a_label_of_the_open_interface() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    accounts(folder, "a.jsonl", &["alpha"]);
    bot_tui(folder, &["import", "a.jsonl"]);
    let mut session = open(folder);
    session.wait_for("▸ · @alpha");
    bot_tui(folder, &["tag", "alpha", "none", "--note", "met in person"]);
    session.send("b");
    session.wait_until("a saved tag", |screen| screen.contains("1 tagged") && !screen.contains("saving"));
    let export = json(folder, &["export"]);
    assert_eq!(export["accounts"][0]["tag"]["note"], "met in person");
    assert_eq!(export["accounts"][0]["tag"]["label"], "suspected-bot");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn an_undo_takes_back_what_this_program_did_and_nothing_of_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    accounts(folder, "a.jsonl", &["alpha", "aster"]);
    bot_tui(folder, &["import", "a.jsonl"]);
    let (mut one, mut other) = (open(folder), open(folder));
    one.wait_for("▸ · @alpha");
    other.wait_for("▸ · @alpha");
    one.send("b");
    one.wait_until("a saved tag", |screen| {
        screen.contains("Tagged suspected-bot: @alpha") && !screen.contains("saving")
    });
    other.wait_for("Another program changed the tags of 1 account");
    other.send("jd");
    other.wait_until("a saved tag", |screen| screen.contains("Tagged unsure: @aster") && !screen.contains("saving"));
    one.wait_for("2 tagged");
    // The last action is the other program's; this one takes its own back, and then has nothing more to take back.
    one.send("u");
    one.wait_until("an undo", |screen| screen.contains("Undone: @alpha") && !screen.contains("saving"));
    one.send("u");
    one.wait_for("There is nothing to undo");
    for mut session in [one, other] {
        session.send("q");
        assert_eq!(session.wait_for_end(), 0);
    }
    assert_eq!(tagged(&json(folder, &["export"])), ["id-aster"]);
}

#[test]
fn tags_of_a_cache_that_was_taken_away_are_kept_and_come_into_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    accounts(folder, "a.jsonl", &["alpha", "aster"]);
    bot_tui(folder, &["import", "a.jsonl"]);
    let mut session = open(folder);
    session.wait_for("▸ · @alpha");
    session.send("b");
    session.wait_until("a saved tag", |screen| screen.contains("1 tagged") && !screen.contains("saving"));
    // Escape would cancel linking that still runs, and say so.
    session.wait_for("0 links");
    fs::create_dir(folder.join("away")).unwrap();
    for file in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if file.file_name().to_string_lossy().starts_with("cache.db") {
            fs::rename(file.path(), folder.join("away").join(file.file_name())).unwrap();
        }
    }
    session.send("\x1b");
    session.wait_for("saves all tags to a file");
    session.send("jd");
    session.wait_for("NOT saved");
    session.send("\x1be");
    session.wait_for("save all tags to:");
    session.send("\x15kept.jsonl\r");
    session.wait_for("Tags of 2 accounts are in kept.jsonl");
    session.send("q");
    assert_eq!(session.wait_for_end(), 1, "what is not in the cache is said at the end, too");
    let said = session.screen().replace('\n', "");
    assert!(said.contains("bot-tui tag --from"), "{said}");
    // The cache that was moved takes in what was kept, and so would another one.
    bot_tui(folder, &["import", "a.jsonl"]);
    bot_tui(folder, &["tag", "--from", "kept.jsonl"]);
    assert_eq!(tagged(&json(folder, &["export"])), ["id-alpha", "id-aster"]);
}
