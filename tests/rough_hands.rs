//! Caches that are written to by another program meanwhile, cannot be written, are gone, or are called oddly.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod place;
mod program;
#[expect(dead_code, reason = "only a part of it is of use here")]
mod support;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use bot_tui::model::{Label, Tag, TagBatchKind, TagChange, TagSource, Timestamp};
use bot_tui::store::Store;
use place::Place;
use predicates::prelude::*;
use serde_json::Value;
use support::Session;

/// Reads beside a writer in a usual run; `BOT_TUI_READS` asks for another number.
const READS: u64 = 60;

/// Every command that only reads.
const READING: [&[&str]; 12] = [
    &["stats", "--json"],
    &["export"],
    &["export", "avatar-urls"],
    &["network"],
    &["clusters", "--json"],
    &["avatars", "--json"],
    &["audit", "7"],
    &["path", "1", "2"],
    &["query", "followers=86"],
    &["signals", "--json"],
    &["personas", "--names", "names.txt"],
    &["imports"],
];

fn run(folder: &Path, cache: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
    command.current_dir(folder).env("HOME", folder).arg("--cache").arg(cache).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stats(folder: &Path, cache: &Path) -> Value {
    let output = run(folder, cache, &["stats", "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_answer_beside_a_writer_is_of_a_state_that_existed() {
    let reads: u64 = std::env::var("BOT_TUI_READS").ok().and_then(|reads| reads.parse().ok()).unwrap_or(READS);
    let place = Place::imported();
    let more: String = (0..400)
        .map(|line| {
            let (account, target) = (line % 40, line / 40);
            format!(
                r#"{{"type":"post","id":"m{line}","author_id":"m{account}","created_at":"2025-03-01T10:00:{:02}Z","retweet_of":{{"id":"m9{target}","author_id":"7"}}}}"#,
                account % 60
            ) + "\n"
        })
        .collect();
    fs::write(place.path("more.jsonl"), more).unwrap();
    let (folder, cache) = (place.path("."), place.path("cache.db"));
    let with = |change: &[&str]| {
        assert!(run(&folder, &cache, change).status.success(), "{change:?}");
        stats(&folder, &cache)
    };
    let states = [stats(&folder, &cache), with(&["import", "more.jsonl"])];
    // Numbers of imports are given once, so that each round takes back another one.
    assert!(states[0] != states[1] && with(&["imports", "remove", "2"]) == states[0]);
    let done = AtomicBool::new(false);
    let (mut seen, mut wrong, mut writes) = ([0_u64; 2], Vec::new(), 0_u64);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut writes = 0;
            while !done.load(Ordering::Relaxed) {
                let number = (writes / 2 + 3).to_string();
                for change in [&["import", "more.jsonl"][..], &["imports", "remove", &number]] {
                    let output = run(&folder, &cache, change);
                    assert!(output.status.success(), "{change:?}: {}", said(&output));
                    writes += 1;
                }
            }
            writes
        });
        for _ in 0..reads {
            let output = run(&folder, &cache, &["stats", "--json"]);
            let counts: Option<Value> = serde_json::from_slice(&output.stdout).ok();
            match states.iter().position(|state| Some(state) == counts.as_ref()) {
                Some(state) => seen[state] += 1,
                None => wrong.push(format!("{counts:?} {}", said(&output))),
            }
        }
        done.store(true, Ordering::Relaxed);
        writes = writer.join().unwrap();
    });
    println!("{reads} reads beside {writes} writes: {seen:?} of the two states, {} of none", wrong.len());
    assert!(wrong.is_empty(), "{} of {reads} answers are of no state: {:#?} {states:#?}", wrong.len(), &wrong[..1]);
    assert!(writes > 1 && seen.iter().sum::<u64>() == reads);
}

/// A folder that nobody can write to, not even its owner or the superuser.
struct Frozen {
    folder: PathBuf,
    mounted: bool,
}

fn done(program: &str, arguments: &[&Path]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

impl Frozen {
    /// `None`, and a word, where neither a mount nor permissions bind whoever runs this.
    fn new(folder: PathBuf) -> Option<Self> {
        let mount = |arguments: [&str; 2]| done("mount", &[Path::new(arguments[0]), Path::new(arguments[1]), &folder]);
        let mounted = done("mount", &[Path::new("--bind"), &folder, &folder]);
        if !mounted {
            for entry in fs::read_dir(&folder).unwrap() {
                fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(0o400)).unwrap();
            }
            fs::set_permissions(&folder, Permissions::from_mode(0o500)).unwrap();
        }
        let frozen = Self { folder: folder.clone(), mounted };
        let bound = (!mounted || mount(["-o", "remount,ro,bind"])) && File::create(folder.join("x")).is_err();
        if !bound {
            println!("SKIPPED: nothing keeps this user from writing to a folder");
        }
        bound.then_some(frozen)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        if self.mounted {
            assert!(done("umount", &[&self.folder]));
        } else {
            let _ = fs::set_permissions(&self.folder, Permissions::from_mode(0o700));
        }
    }
}

/// What a medium holds: the cache of a place, and a list of names beside it.
fn medium(place: &Place) -> PathBuf {
    fs::write(place.path("names.txt"), "Amber\n").unwrap();
    fs::create_dir(place.path("medium")).unwrap();
    fs::copy(place.path("cache.db"), place.path("medium/cache.db")).unwrap();
    place.path("medium/cache.db")
}

#[test]
fn a_cache_on_a_medium_that_cannot_be_written_is_read_and_says_why_it_takes_nothing() {
    let place = Place::imported();
    let cache = medium(&place);
    let Some(_frozen) = Frozen::new(place.path("medium")) else { return };
    let folder = place.path(".");
    for reading in READING {
        let (here, there) = (run(&folder, &place.path("cache.db"), reading), run(&folder, &cache, reading));
        assert!(there.status.success(), "{reading:?}: {}", said(&there));
        if reading != ["export"] {
            // That one says when it was made.
            assert_eq!(String::from_utf8_lossy(&there.stdout), String::from_utf8_lossy(&here.stdout), "{reading:?}");
        }
        assert_eq!(said(&there), said(&here), "{reading:?}");
    }
    for writing in [&["tag", "1", "unsure"][..], &["import", "data.jsonl"], &["imports", "remove", "1"]] {
        let output = run(&folder, &cache, writing);
        assert_eq!(output.status.code(), Some(1), "{writing:?}");
        assert!(said(&output).contains("can only be read"), "{writing:?}: {}", said(&output));
    }
    assert_eq!(fs::read_dir(place.path("medium")).unwrap().count(), 1);
}

#[test]
fn what_a_killed_program_left_beside_a_cache_that_cannot_be_written_is_read_in_a_copy() {
    let place = Place::imported();
    let cache = medium(&place);
    // The tag is in the log of SQLite only, as a power failure leaves it.
    let mut store = Store::open(&place.path("cache.db")).unwrap();
    // Who reads an earlier state keeps it from going into the file itself.
    let reader = rusqlite::Connection::open(place.path("cache.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM account").unwrap();
    let account = store.account_key(store.accounts().unwrap()[0].id).unwrap();
    let after = Tag { label: Some(Label::Unsure), note: None };
    let change = TagChange::between(account, &Tag::default(), &after);
    store.append_tags(TagBatchKind::Apply, TagSource::CommandLine, None, Timestamp(1), &[change]).unwrap();
    fs::copy(place.path("cache.db"), &cache).unwrap();
    fs::copy(place.path("cache.db-wal"), place.path("medium/cache.db-wal")).unwrap();
    drop((store, reader));
    let Some(_frozen) = Frozen::new(place.path("medium")) else { return };
    let output = run(&place.path("."), &cache, &["stats", "--json"]);
    assert!(said(&output).contains("a copy of the cache is read"), "{}", said(&output));
    assert_eq!(stats(&place.path("."), &cache)["tagged"], 1);
    assert_eq!(fs::read_dir(place.path("medium")).unwrap().count(), 2);
}

#[test]
fn a_cache_of_an_earlier_version_that_cannot_be_written_is_read_in_a_copy() {
    let place = Place::imported();
    let cache = medium(&place);
    fs::remove_file(&cache).unwrap();
    let old = rusqlite::Connection::open(&cache).unwrap();
    old.execute_batch(include_str!("../src/store/migrations/0001_first.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO account (id, platform_id, handle) VALUES (1, '1', 'amber'), (2, '9', NULL);
         PRAGMA user_version = 1; PRAGMA application_id = 0x626f7475;",
    )
    .unwrap();
    drop(old);
    let Some(_frozen) = Frozen::new(place.path("medium")) else { return };
    assert_eq!(stats(&place.path("."), &cache)["accounts"], 2);
}

#[test]
fn the_interface_shows_a_cache_that_cannot_be_written_and_says_that_no_tag_is_kept() {
    let place = Place::imported();
    let cache = medium(&place);
    let Some(_frozen) = Frozen::new(place.path("medium")) else { return };
    let folder = place.path(".");
    let mut session = Session::start(&["--cache", cache.to_str().unwrap()], &folder, 40, 140, &[]);
    session.wait_for("can only be read");
    session.wait_for("1 link ");
    session.send("1gb");
    session.wait_for("NOT saved");
    session.send("q");
    assert_eq!(session.wait_for_end(), 1, "it says once more what was not saved");
    assert!(!session.alternate_screen());
}

#[test]
fn a_cache_on_a_full_disk_is_read() {
    let place = Place::imported();
    let cache = medium(&place);
    let disk = place.path("disk");
    fs::create_dir(&disk).unwrap();
    let arguments = ["-t", "tmpfs", "-o", "size=2m", "tmpfs"].map(Path::new);
    if !done("mount", &[&arguments[..], &[disk.as_path()]].concat()) {
        println!("SKIPPED: no disk can be mounted here");
        return;
    }
    let full = Frozen { folder: disk.clone(), mounted: true };
    let folder = place.path(".");
    fs::copy(&cache, disk.join("cache.db")).unwrap();
    let mut rest = File::create(disk.join("rest")).unwrap();
    while rest.write_all(&[1; 4_096]).is_ok() {}
    for reading in READING {
        let (here, there) = (run(&folder, &cache, reading), run(&folder, &disk.join("cache.db"), reading));
        assert!(there.status.success(), "{reading:?}: {}", said(&there));
        if reading != ["export"] {
            assert_eq!(String::from_utf8_lossy(&there.stdout), String::from_utf8_lossy(&here.stdout), "{reading:?}");
        }
    }
    let output = run(&folder, &disk.join("cache.db"), &["tag", "1", "unsure"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("free some space"), "{}", said(&output));
    drop(rest);
    drop(full);
}

#[test]
fn a_name_that_was_mistyped_is_told_and_makes_no_cache() {
    let place = Place::imported();
    fs::write(place.path("names.txt"), "Amber\n").unwrap();
    let wrong = place.path("cahce.db");
    let others = [&["tag", "1", "unsure"][..], &["imports", "remove", "1"]];
    for command in READING.into_iter().chain(others) {
        let output = run(&place.path("."), &wrong, command);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        let said = said(&output);
        assert!(said.contains("there is no cache at") && said.contains("cahce.db"), "{command:?}: {said}");
        assert!(!wrong.exists(), "{command:?}");
    }
}

#[test]
fn a_cache_is_a_file_whatever_it_is_called() {
    let place = Place::new();
    let folder = place.path(".");
    for name in [":memory:", "file:x?mode=memory", "file:y.db", "file:///z.db?immutable=1"] {
        assert!(run(&folder, Path::new(name), &["import", "data.jsonl"]).status.success(), "{name}");
        assert_eq!(stats(&folder, Path::new(name))["accounts"], 5, "{name}");
        let mode = fs::metadata(folder.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_program_that_was_stopped_while_it_tagged_keeps_nobody_from_reading() {
    let place = Place::imported();
    let waiting = OpenOptions::new().create(true).append(true).open(place.path("cache.db-tags")).unwrap();
    waiting.lock().unwrap();
    for reading in READING.iter().filter(|reading| reading[0] != "personas") {
        place.run(reading).success();
    }
    let held = predicate::str::contains("cache.db-tags").and(predicate::str::contains("`fg`"));
    place.run(&["tag", "1", "unsure"]).code(1).stderr(held);
    waiting.unlock().unwrap();
    place.run(&["tag", "1", "unsure"]).success();
    assert_eq!(place.json(&["stats", "--json"])["tagged"], 1);
}

#[test]
fn a_tag_never_goes_into_a_cache_that_was_taken_away() {
    let place = Place::imported();
    let cache = place.path("cache.db");
    let mut session = Session::start(&["--cache", cache.to_str().unwrap()], &place.path("."), 40, 140, &[]);
    session.wait_for("1 link ");
    // A copy with other accounts under the same numbers lies there now.
    fs::rename(&cache, place.path("away.db")).unwrap();
    fs::write(place.path("other.jsonl"), "{\"type\":\"account\",\"id\":\"77\"}\n").unwrap();
    assert!(run(&place.path("."), &place.path("new.db"), &["import", "other.jsonl"]).status.success());
    fs::rename(place.path("new.db"), &cache).unwrap();
    session.send("1gb");
    session.wait_for("NOT saved");
    session.send("q");
    assert_eq!(session.wait_for_end(), 1);
    assert!(!session.alternate_screen());
    for name in ["cache.db", "away.db"] {
        assert!(Store::open(&place.path(name)).unwrap().current_tags().unwrap().is_empty(), "{name}");
    }
}

#[test]
fn a_cache_that_is_cut_off_under_the_interface_ends_nothing() {
    let place = Place::imported();
    let cache = place.path("cache.db");
    let mut session = Session::start(&["--cache", cache.to_str().unwrap()], &place.path("."), 40, 140, &[]);
    session.wait_for("1 link ");
    OpenOptions::new().write(true).open(&cache).unwrap().set_len(0).unwrap();
    session.send("1gb");
    session.wait_for("NOT saved");
    // What rests on the cache fails or is known already; all that counts is that the program lives.
    session.send("F");
    session.signal("-TERM");
    assert_eq!(session.wait_for_end(), 1);
    assert!(!session.alternate_screen() && !session.cursor_hidden());
}

#[test]
fn the_interface_holds_no_state_while_it_waits_for_the_user() {
    let place = Place::imported();
    let cache = place.path("cache.db");
    let mut session = Session::start(&["--cache", cache.to_str().unwrap()], &place.path("."), 40, 140, &[]);
    session.wait_for("1 link ");
    place.run(&["tag", "1", "unsure"]).success();
    let other = rusqlite::Connection::open(&cache).unwrap();
    let mut tries = 0;
    loop {
        let home = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let (busy, pages) = other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], home).unwrap();
        if (busy, pages) == (0, 0) {
            break;
        }
        tries += 1;
        assert!(tries < 10_000, "somebody reads without end");
        std::thread::yield_now();
    }
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}
