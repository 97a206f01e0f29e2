//! Exports from inside: over nothing that is needed, and whole when a signal ends the program.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::handling::bot_tui;
use crate::support::Session;

/// Accounts that all retweet the same posts, each tagged, so that an export is long.
fn many_tagged(folder: &Path, accounts: usize) {
    let mut lines = String::new();
    for account in 0..accounts {
        lines += &format!("{{\"type\":\"account\",\"id\":\"{account}\",\"handle\":\"lamp_{account:04}\"}}\n");
        for post in 0..12 {
            lines += &format!(
                "{{\"type\":\"post\",\"id\":\"{account}-{post}\",\"author_id\":\"{account}\",\"created_at\":\"2025-03-31T14:{post:02}:00Z\",\"retweet_of\":{{\"id\":\"9{post}\"}}}}\n"
            );
        }
    }
    fs::write(folder.join("data.jsonl"), lines).unwrap();
    bot_tui(folder, &["import", "data.jsonl"]);
}

fn left_behind(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".tmp") || name.starts_with(".bot-tui")).collect()
}

#[test]
fn an_export_from_inside_goes_over_nothing_that_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    many_tagged(folder.path(), 3);
    let data = fs::read(folder.path().join("data.jsonl")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 100, &[]);
    session.wait_until("links", |screen| screen.contains("3 links"));
    session.send("b");
    session.wait_for("1 tagged");
    for (name, why) in [
        ("cache.db", "is the cache itself"),
        ("./cache.db-tags", "belongs to the cache"),
        ("cache.db-journal", "belongs to the cache"),
        ("data.jsonl", "is a file that was imported"),
        ("link", "is there already"),
    ] {
        session.send("e");
        session.wait_for("export to:");
        session.send(&format!("\x15{name}\r"));
        session.wait_for(why);
    }
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    assert_eq!(fs::read(folder.path().join("data.jsonl")).unwrap(), data);
    assert!(!folder.path().join("cache.db-journal").exists() && !folder.path().join("nowhere").exists());
    let stats: Value = serde_json::from_slice(&bot_tui(folder.path(), &["stats", "--json"])).unwrap();
    assert_eq!(stats["tagged"], 1);
}

#[test]
fn a_signal_during_an_export_from_inside_leaves_it_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    many_tagged(folder.path(), 200);
    let links = format!("{} links", "19,900");
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 100, &[]);
    session.wait_until("links", |screen| screen.contains(&links));
    session.send("Ab");
    session.wait_for("200 tagged");
    for (round, signal) in ["-TERM", "-HUP"].into_iter().enumerate() {
        if round > 0 {
            session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 100, &[]);
            session.wait_until("links", |screen| screen.contains(&links));
        }
        let name = format!("{round}.json");
        session.send("e");
        session.wait_for("export to:");
        session.send(&format!("\x15{name}\r"));
        session.wait_until("the line is closed", |screen| !screen.contains("export to:"));
        session.signal(signal);
        assert_eq!(session.wait_for_end(), 0);
        assert_eq!(left_behind(folder.path()), [""; 0], "{signal}");
        let document: Value = serde_json::from_slice(&fs::read(folder.path().join(&name)).unwrap()).unwrap();
        assert_eq!(document["accounts"].as_array().unwrap().len(), 200, "{signal}");
    }
}

#[test]
fn names_that_act_are_drawn_and_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let cache = "c\u{1b}]0;owned\u{7}\u{202e}\u{9b}2J.db";
    let mut session = Session::start(&["--cache", cache], folder.path(), 24, 140, &[]);
    session.wait_for("imports an export");
    session.send("I\x1b[200~none\u{202e}\u{9b}.jsonl\x1b[201~\r");
    session.wait_for("cannot read none");
    session.send("q");
    session.wait_until_done();
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    let written = String::from_utf8(session.written.clone()).unwrap();
    assert_eq!(crate::hostile::forbidden(&written), None);
}
