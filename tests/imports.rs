//! What an import reports, what the cache keeps of it, and how it is taken back.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod program;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::Stdio;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use predicates::prelude::*;
use program::surroundings;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

struct Place {
    folder: TempDir,
}

fn post(id: u32, author: u32, target: u32) -> String {
    format!(
        "{{\"type\":\"post\",\"id\":\"{id}\",\"author_id\":\"{author}\",\"retweet_of\":{{\"id\":\"t{target}\"}}}}\n"
    )
}

fn posts(ids: std::ops::Range<u32>) -> String {
    ids.map(|id| post(id, id % 7, id % 5)).collect()
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        command.current_dir(self.folder.path()).env_clear().envs(surroundings()).env("HOME", self.folder.path());
        command.env("BOT_TUI_CACHE", self.path("cache.db")).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Assert {
        Command::from_std(self.command(arguments)).assert()
    }

    fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments).success().get_output().stdout.clone();
        String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn stats(&self) -> Value {
        self.lines(&["stats", "--json"]).remove(0)
    }
}

/// One line on standard error that says `what`.
fn one_line(what: &str) -> impl Predicate<[u8]> + use<> {
    let what = what.to_owned();
    predicate::function(move |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.starts_with("bot-tui: ") && text.lines().count() == 1 && text.contains(&what)
    })
}

#[test]
fn imports_are_listed_and_one_can_be_taken_back() {
    let place = Place::new();
    place.run(&["imports"]).code(1).stderr(one_line("there is no cache"));
    place.write("a.jsonl", posts(0..60));
    place.write("b\u{1b}[31m.jsonl", posts(40..100) + "torn\n");
    place.run(&["import", "a.jsonl"]).success();
    let before = place.stats();
    place.run(&["import", "b\u{1b}[31m.jsonl"]).success();
    assert_eq!((before["posts"].as_u64(), place.stats()["posts"].as_u64()), (Some(60), Some(100)));
    let listed = place.lines(&["imports", "--json"]);
    assert_eq!((listed[0]["path"].as_str(), listed[0]["id"].as_u64()), (Some("a.jsonl"), Some(1)));
    assert_eq!((listed[1]["records"].as_u64(), listed[1]["skipped"].as_u64()), (Some(60), Some(1)));
    assert_eq!((listed[1]["finished"].as_bool(), listed[1]["format"].as_str()), (Some(true), Some("native")));
    let printed = place.run(&["imports"]).success().get_output().stdout.clone();
    assert!(!printed.contains(&0x1b) && String::from_utf8(printed).unwrap().contains("a.jsonl: native, 60 records"));
    place.run(&["imports", "remove", "2"]).success().stdout(predicate::str::contains("import 2 taken back"));
    assert_eq!(place.stats(), before);
    place.run(&["imports", "remove", "2"]).code(1).stderr(one_line("there is no import 2"));
    place.run(&["imports", "remove", "1"]).success();
    place.run(&["imports"]).success().stdout(predicate::str::contains("nothing is imported yet"));
}

#[test]
fn overlapping_and_packed_files_in_any_order_give_one_cache() {
    let (first, second) = (posts(0..300), posts(200..500));
    let names = ["a.jsonl", "b.jsonl", "a.jsonl.gz", "b.jsonl.zst"];
    let stats = [[0, 1, 2, 3], [3, 2, 1, 0]].map(|order| {
        let place = Place::new();
        place.write("a.jsonl", &first);
        place.write("b.jsonl", &second);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(first.as_bytes()).unwrap();
        place.write("a.jsonl.gz", packed.finish().unwrap());
        place.write("b.jsonl.zst", zstd::encode_all(second.as_bytes(), 1).unwrap());
        for name in order.map(|index| names[index]) {
            place.run(&["import", name]).success();
        }
        let stats = place.stats();
        let again = place.run(&["import", "a.jsonl", "b.jsonl"]).success();
        again.stdout(predicate::str::contains("imported before").count(2));
        assert_eq!(place.stats(), stats);
        assert_eq!(place.lines(&["imports", "--json"]).len(), 4);
        stats
    });
    assert_eq!(stats[0], stats[1]);
    assert_eq!(stats[0]["posts"], 500);
}

#[test]
fn every_skipped_line_is_told() {
    let place = Place::new();
    let torn: String = (0..30).map(|number| format!("=torn {number} \u{202e}\n")).collect();
    place.write("bad.jsonl", posts(0..1) + &torn);
    let said = place.run(&["import", "bad.jsonl", "--rejects", "out.csv"]).success().get_output().clone();
    let printed = String::from_utf8(said.stdout).unwrap();
    assert_eq!(printed.matches("bad.jsonl:").count(), 21, "{printed}");
    assert!(printed.contains("bad.jsonl:21: ") && printed.contains("and 10 more"), "{printed}");
    let csv = fs::read_to_string(place.path("out.csv")).unwrap();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("file,line,reason"));
    assert!(lines.clone().next().unwrap().starts_with("\"bad.jsonl\",2,\""), "{csv}");
    assert_eq!(lines.count(), 30);
    // The file is known now, and its lines still are.
    place.run(&["import", "bad.jsonl", "--rejects", "out.jsonl"]).success();
    let rejected = fs::read_to_string(place.path("out.jsonl")).unwrap();
    let last: Value = serde_json::from_str(rejected.lines().last().unwrap()).unwrap();
    assert_eq!((last["file"].as_str(), last["line"].as_u64()), (Some("bad.jsonl"), Some(31)));
    assert!(last["reason"].as_str().unwrap().contains("expected"));
}

#[test]
fn what_is_odd_about_a_file_is_told() {
    let place = Place::new();
    place.write("a.jsonl", posts(0..60));
    let said = place.run(&["import", "a.jsonl"]).success();
    said.stdout(predicate::str::contains("note: all 60 posts have no time"));
    // Whoever asks later is told too, also once the same file came again.
    place.run(&["import", "a.jsonl"]).success();
    place.run(&["imports"]).success().stdout(predicate::str::contains("note: all 60 posts have no time"));
    let warnings = place.lines(&["imports", "--json"]).remove(0)["warnings"].take();
    assert!(warnings[0].as_str().unwrap().starts_with("all 60 posts have no time"), "{warnings}");
    assert_eq!(warnings.as_array().unwrap().len(), 1);
}

#[test]
fn while_one_program_imports_others_read_and_wait() {
    let place = Place::new();
    place.write("a.jsonl", posts(0..60));
    place.write("b.jsonl", posts(60..90));
    place.run(&["import", "a.jsonl"]).success();
    let mut first = place.command(&["import", "-"]);
    let mut first = first.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut input = first.stdin.take().unwrap();
    input.write_all(posts(100..120).as_bytes()).unwrap();
    let probe = Connection::open(place.path("cache.db")).unwrap();
    probe.busy_timeout(std::time::Duration::ZERO).unwrap();
    while probe.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok() {
        std::thread::yield_now();
    }
    assert_eq!(place.stats()["posts"], 60, "a reader sees what was there before");
    let mut second = place.command(&["import", "b.jsonl"]);
    let mut second = second.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(second.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, "waiting for another program that writes to the cache\n");
    drop(input);
    assert!(first.wait().unwrap().success());
    assert!(second.wait().unwrap().success(), "the second waited for the first");
    assert_eq!(place.stats()["posts"], 110);
}

#[test]
fn what_is_out_of_bounds_is_one_line() {
    let place = Place::new();
    place.write("wide.csv", vec!["object_id"; 10_000].join(",") + "\n");
    place.run(&["import", "wide.csv", "--format", "coortweet"]).code(1).stderr(one_line("and 9985 more"));
    let deep = format!("{{\"type\":\"post\",\"id\":\"1\",\"author_id\":\"2\",\"x\":{}}}\n", "[".repeat(100_000));
    place.write("deep.jsonl", deep + &posts(0..1));
    let deep = place.run(&["import", "deep.jsonl"]).success();
    deep.stdout(predicate::str::contains("deep.jsonl:1: recursion limit").and(predicate::str::contains("1 record,")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        fs::create_dir(place.path("loop")).unwrap();
        symlink(place.path("loop"), place.path("loop/again")).unwrap();
        symlink(place.path("loop/me.jsonl"), place.path("loop/me.jsonl")).unwrap();
        fs::write(place.path("loop/a.jsonl"), posts(0..3)).unwrap();
        place.run(&["import", "loop"]).success().stdout(predicate::str::contains("a.jsonl").count(1));
        place.run(&["import", "loop/me.jsonl"]).code(1).stderr(one_line("me.jsonl"));
    }
}

#[test]
fn bombs_are_defused() {
    let place = Place::new();
    let piece = vec![b'\n'; 1 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let mut zstd = zstd::Encoder::new(Vec::new(), 1).unwrap();
    for packer in [&mut gzip as &mut dyn Write, &mut zstd] {
        packer.write_all(posts(0..3).as_bytes()).unwrap();
        for _ in 0..600 {
            packer.write_all(&piece).unwrap();
        }
    }
    place.write("bomb.jsonl.gz", gzip.finish().unwrap());
    place.write("bomb.jsonl.zst", zstd.finish().unwrap());
    for name in ["bomb.jsonl.gz", "bomb.jsonl.zst"] {
        let said = place.run(&["import", name]).success();
        said.stdout(
            predicate::str::contains("3 records, 1 line skipped").and(predicate::str::contains("unpacks to more")),
        );
    }
}

#[test]
fn blanks_around_the_ids_of_a_table_are_taken_off_and_said_and_those_in_json_stay() {
    let place = Place::new();
    place.write("t.csv", "who,what,when\na,x,2024-01-01\n\" a \",\"x\t\",2024-01-02\n");
    let map = ["import", "--map", "account=who,target=what,time=when", "t.csv"];
    let said = predicate::str::contains("2 ids had blanks around them");
    place.run(&map).success().stdout(said.and(predicate::str::contains("accounts               1 in the cache")));
    let other = Place::new();
    let exact = format!("{}{}", post(1, 1, 1), post(2, 1, 1).replace("\"1\"", "\"1 \""));
    other.write("p.jsonl", exact);
    other
        .run(&["import", "p.jsonl"])
        .success()
        .stdout(predicate::str::contains("accounts               2 in the cache"));
}
