//! Tags that are made while an import holds the cache outlive the death of the program.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod place;
mod program;
#[expect(dead_code, reason = "only a part of it is of use here")]
mod support;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bot_tui::model::Label;
use bot_tui::store::Store;
use place::Place;
use predicates::prelude::*;
use support::{PATIENCE, Session};

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::yield_now();
    }
}

/// Whether something writes to the cache of the place.
fn is_held(place: &Place) -> bool {
    let connection = rusqlite::Connection::open(place.path("cache.db")).unwrap();
    connection.busy_timeout(Duration::ZERO).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").is_err()
}

fn labels(place: &Place) -> Vec<Option<Label>> {
    let tags = Store::open(&place.path("cache.db")).unwrap().current_tags().unwrap();
    tags.into_iter().map(|event| event.tag.label).collect()
}

#[test]
fn a_tag_made_during_an_import_in_the_interface_outlives_a_kill() {
    let place = Place::imported();
    // With its links kept already, the interface itself has nothing to write beside the import.
    place.run(&["clusters"]).success();
    // A pipe into which nobody writes: an import that never ends.
    assert!(Command::new("mkfifo").arg(place.path("endless.jsonl")).status().unwrap().success());
    let cache = place.path("cache.db");
    let arguments = ["--cache", cache.to_str().unwrap()];
    let mut session = Session::start(&arguments, cache.parent().unwrap(), 40, 140, &[]);
    session.wait_for("1 link ");
    session.send("Iendless.jsonl\r");
    session.wait_for("importing 0 B");
    wait_until("the import holds the cache", || is_held(&place));
    session.send("1gb");
    session.wait_for("Tagged suspected-bot");
    wait_until("the tag is kept", || labels(&place) == [Some(Label::SuspectedBot)]);
    assert!(is_held(&place), "the import is still under way");
    session.signal("-KILL");
    wait_until("the import is gone", || !is_held(&place));
    assert_eq!(labels(&place), [Some(Label::SuspectedBot)]);
    let stats = place.json(&["stats", "--json"]);
    assert_eq!(stats["tagged"], 1);
    assert_eq!(Store::open(&cache).unwrap().tag_log().unwrap().len(), 1, "it came into the log once");
}

#[test]
fn the_command_tags_while_another_program_imports_and_dies() {
    let place = Place::imported();
    let mut import = place.command(&["import", "-"]);
    let mut import = import.stdin(Stdio::piped()).spawn().unwrap();
    let mut input = import.stdin.take().unwrap();
    input.write_all(b"{\"type\":\"post\",\"id\":\"1\",\"author_id\":\"1\"}\n").unwrap();
    wait_until("the import holds the cache", || is_held(&place));
    place.run(&["tag", "amber_lake", "unsure"]).success();
    place.run(&["tag", "birch_hill", "likely-human", "--note", "met"]).success();
    place.run(&["stats"]).success().stdout(predicate::str::is_match("tagged +2").unwrap());
    import.kill().unwrap();
    import.wait().unwrap();
    drop(input);
    assert_eq!(labels(&place), [Some(Label::Unsure), Some(Label::LikelyHuman)]);
    assert_eq!(Store::open(&place.path("cache.db")).unwrap().tag_log().unwrap().len(), 2);
}
