//! What damaged, hostile or mistaken input costs: bounded memory, its own records, and never a word less than is said of it.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// MiB within which the program imports anything: a third of it is asked for at once, and hardly used.
const MUCH: u64 = 400;
const GOOD: &str = "{\"type\":\"post\",\"id\":\"1\",\"author_id\":\"2\",\"retweet_of\":{\"id\":\"3\"}}\n";

struct Place {
    folder: TempDir,
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
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

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn at_home(&self, mut command: Command) -> Command {
        command.current_dir(self.folder.path()).env("HOME", self.folder.path()).env_remove("XDG_DATA_HOME");
        command.env("BOT_TUI_CACHE", self.path("cache.db")).stdin(Stdio::null());
        command
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        command.args(arguments);
        self.at_home(command)
    }

    /// The same, which ends where it asks for more than so many MiB.
    fn within(&self, mebibytes: u64, arguments: &[&str]) -> Command {
        let mut command = Command::new("sh");
        let script = format!("ulimit -c 0; ulimit -d {}; exec \"$0\" \"$@\"", mebibytes << 10);
        command.args(["-c", &script, env!("CARGO_BIN_EXE_bot-tui")]).args(arguments);
        self.at_home(command)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command that must succeed prints.
    fn said(&self, arguments: &[&str]) -> String {
        succeeded(self.run(arguments))
    }

    fn imports(&self) -> Vec<Value> {
        self.said(&["imports", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn posts(&self) -> u64 {
        serde_json::from_str::<Value>(&self.said(&["stats", "--json"])).unwrap()["posts"].as_u64().unwrap()
    }
}

fn succeeded(output: Output) -> String {
    assert!(output.status.success(), "{:?}: {}", output.status, text(&output.stderr));
    text(&output.stdout)
}

/// Runs a command whose standard input `feed` writes.
fn fed(mut command: Command, feed: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        // The program may have seen enough.
        let _ = feed(&mut input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

/// A good line and so many MiB of bad ones.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let piece = b"x\n".repeat(1 << 19);
    let mut packed = zstd::Encoder::new(Vec::new(), 3).unwrap();
    packed.write_all(GOOD.as_bytes()).unwrap();
    for _ in 0..mebibytes {
        packed.write_all(&piece).unwrap();
    }
    packed.finish().unwrap()
}

#[test]
fn millions_of_bad_lines_are_counted_and_the_first_thousand_kept() {
    let place = Place::new();
    place.write("bomb.jsonl.zst", bomb(255));
    let import = ["import", "bomb.jsonl.zst", "--rejects", "out.jsonl"];
    let said = succeeded(place.within(MUCH, &import).output().unwrap());
    assert!(said.contains("native, 1 record, 133,693,440 lines skipped"), "{said}");
    assert!(said.contains("and 133,693,420 more; `--rejects FILE` writes the first thousand"), "{said}");
    let lines: Vec<Value> = place.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), lines[999]["line"].as_u64()), (1_001, Some(1_001)));
    assert_eq!(lines[1_000]["reason"], "and 133,692,440 more lines, counted only");
    let listed = place.imports().remove(0);
    assert_eq!((listed["finished"].as_bool(), listed["skipped"].as_u64()), (Some(true), Some(133_693_440)));
}

#[test]
fn standard_input_unpacks_no_further_than_a_file_and_what_was_left_is_never_known() {
    let place = Place::new();
    let packed = bomb(600);
    place.write("bomb.jsonl.zst", &packed);
    let file = succeeded(place.within(MUCH, &["import", "bomb.jsonl.zst"]).output().unwrap());
    let stream = |packed: Vec<u8>| fed(place.within(MUCH, &["import", "-"]), move |input| input.write_all(&packed));
    for said in [file, succeeded(stream(packed.clone())), succeeded(stream(packed))] {
        assert!(said.contains(": native, 1 record, 134,217,") && said.contains("not read to its end"), "{said}");
        assert!(!said.contains("imported before"), "{said}");
        let listed = place.imports();
        assert_eq!((listed.len(), listed[0]["finished"].as_bool()), (1, Some(false)), "{listed:?}");
    }
    assert!(place.said(&["imports"]).contains("not read to its end"));
}

#[test]
fn a_packed_file_that_was_torn_is_read_on_once_it_is_whole() {
    let place = Place::new();
    let lines: String = (0..9_000u64)
        .map(|id| format!("{{\"type\":\"post\",\"id\":\"q{id}\",\"author_id\":\"{}\"}}\n", id * 7_919 % 1_000))
        .collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(lines.as_bytes()).unwrap();
    let whole = packed.finish().unwrap();
    let torn = whole[..whole.len() * 2 / 3].to_vec();
    place.write("a.jsonl.gz", &torn);
    assert!(place.said(&["import", "a.jsonl.gz"]).contains("not read to its end"));
    let again = succeeded(fed(place.command(&["import", "-"]), move |input| input.write_all(&torn)));
    assert!(again.contains("not read to its end") && !again.contains("imported before"), "{again}");
    let before = place.posts();
    assert!(before < 9_000);
    place.write("a.jsonl.gz", &whole);
    assert!(!place.said(&["import", "a.jsonl.gz"]).contains("not read to its end"));
    assert_eq!(place.posts(), 9_000);
}

/// A PNG chunk.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let mut check = flate2::Crc::new();
    check.update(&named);
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), named.as_slice(), &check.sum().to_be_bytes()].concat()
}

fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([(x * 4) as u8, (y * 4) as u8, (x ^ y) as u8]));
    pixels.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Pictures of 64 × 64 with as much beside their pixels as a file may have, or as unpacks from little.
fn heavy_pictures() -> Vec<(&'static str, Vec<u8>)> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let piece = vec![0; 1 << 20];
    (0..390).for_each(|_| packed.write_all(&piece).unwrap());
    let packed = packed.finish().unwrap();
    let png = picture(image::ImageFormat::Png);
    let with = |name: &[u8; 4], begin: &[u8], data: &[u8]| {
        let (before, behind) = png.split_at(33);
        [before, &chunk(name, &[begin, data].concat()), behind].concat()
    };
    let plain = vec![b'x'; 19 << 20];
    let jpeg = picture(image::ImageFormat::Jpeg);
    let mut profile = Vec::new();
    for number in 1..=250u8 {
        profile.extend(b"\xff\xe2\xff\xf0ICC_PROFILE\0");
        profile.extend([number, 250]);
        profile.extend(vec![b'x'; 0xfff0 - 16]);
    }
    vec![
        ("iccp.png", with(b"iCCP", b"x\0\0", &packed)),
        ("ztxt.png", with(b"zTXt", b"x\0\0", &packed)),
        ("itxt.png", with(b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0", &packed)),
        ("text.png", with(b"tEXt", b"x\0", &plain)),
        ("exif.png", with(b"eXIf", b"II*\0\x08\0\0\0", &plain)),
        ("icc.jpg", [&jpeg[..2], &profile, &jpeg[2..]].concat()),
    ]
}

#[test]
fn what_a_picture_holds_beside_its_pixels_costs_little() {
    let place = Place::new();
    place.write("a.jsonl", "{\"type\":\"account\",\"id\":\"1\",\"handle\":\"amber\"}\n");
    let import = ["import", "a.jsonl", "--avatars", "pictures"];
    for (name, bytes) in heavy_pictures() {
        fs::create_dir(place.path("pictures")).unwrap();
        let ending = Path::new(name).extension().unwrap().to_str().unwrap();
        place.write(&format!("pictures/1.{ending}"), bytes);
        // Twice what the program asks for without a picture.
        let output = place.within(160, &import).output().unwrap();
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains("1 picture read, 0 skipped"), "{name}: {}", text(&output.stdout));
        fs::remove_dir_all(place.path("pictures")).unwrap();
    }
}

#[test]
fn lines_and_rows_without_end_are_said_and_not_held() {
    let place = Place::new();
    let piece = vec![b'x'; 1 << 20];
    let line = fed(place.within(500, &["import", "-"]), move |input| {
        input.write_all(GOOD.as_bytes())?;
        input.write_all(b"{\"type\":\"post\",\"id\":\"")?;
        (0..1_024).try_for_each(|_| input.write_all(&piece))?;
        input.write_all(b"\"}\n")?;
        input.write_all(GOOD.replace("\"1\"", "\"8\"").as_bytes())
    });
    let said = succeeded(line);
    assert!(
        said.contains("2 records, 1 line skipped") && said.contains("-:2: the line is longer than 64 MiB"),
        "{said}"
    );
    let piece = vec![b','; 1 << 20];
    let map = ["import", "-", "--map", "account=u,target=t"];
    let row = fed(place.within(700, &map), move |input| {
        input.write_all(b"u,t\n1,2\n")?;
        (0..300).try_for_each(|_| input.write_all(&piece))?;
        input.write_all(b"\n3,2\n4,\"")?;
        (0..300).try_for_each(|_| input.write_all(&piece))?;
        input.write_all(b"\n5,2\n")
    });
    let said = succeeded(row);
    assert!(
        said.contains("6 records, 2 lines skipped") && said.contains("-:3: the row is longer than 64 MiB"),
        "{said}"
    );
    assert!(said.contains("-:5: "), "{said}");
}

#[test]
fn stray_quotes_and_bad_values_cost_their_records() {
    let place = Place::new();
    let row = |number: u32| match number {
        10 | 500 => format!("u{number},\"t{number},2025-01-01 10:00\n"),
        _ => format!("u{number},t{number},2025-01-01 10:00\n"),
    };
    place.write("a.csv", "u,t,w\n".to_owned() + &(1..=1_000).map(row).collect::<String>());
    let said = place.said(&["import", "a.csv", "--map", "account=u,target=t,time=w"]);
    assert!(said.contains("1,996 records, 2 lines skipped") && said.contains("a.csv:11: a quote"), "{said}");
    // Each of these leads on to the next: the end of the file would be looked for on every line.
    let row = |number: u32| format!("u{number},\"t{number}\"x,\"2025-01-01 10:00\n");
    place.write("many.csv", "u,t,w\n".to_owned() + &(1..=60_000).map(row).collect::<String>() + "u,t,2025-01-01\n");
    let said = place.said(&["import", "many.csv", "--map", "account=u,target=t,time=w"]);
    assert!(said.contains("2 records, 60,000 lines skipped") && said.contains("within 16 KiB"), "{said}");
    let tweet = |id: u32| {
        let at = if id == 5 { "never" } else { "2025-01-01T10:00:00Z" };
        format!("{{\"id\":\"{id}\",\"author_id\":\"7\",\"created_at\":\"{at}\"}}")
    };
    let tweets = (1..=8).map(tweet).collect::<Vec<_>>().join(",");
    place.write("page.jsonl", format!("{{\"data\":[{tweets}],\"meta\":{{\"result_count\":8}}}}\n"));
    let said = place.said(&["import", "page.jsonl"]);
    assert!(said.contains("7 records, 1 line skipped") && said.contains("page.jsonl:1: in `data`"), "{said}");
}

#[test]
fn a_corrected_map_replaces_what_the_wrong_one_brought() {
    let table = "u,t,w\n1,90,2025-01-01 10:00\n2,90,2025-01-01 10:01\n";
    let (wrong, right) = ("account=t,target=u,time=w", "account=u,target=t,time=w");
    let only = Place::new();
    only.write("a.csv", table);
    only.said(&["import", "a.csv", "--map", right]);
    for from in ["a.csv", "-"] {
        let place = Place::new();
        place.write("a.csv", table);
        let import =
            |map: &str| fed(place.command(&["import", from, "--map", map]), |input| input.write_all(table.as_bytes()));
        let first = succeeded(import(wrong));
        assert!(!first.contains("replaces"), "{first}");
        let second = succeeded(import(right));
        let notice = "this replaces what was read of the same bytes as map account=t,target=u,time=w before";
        assert!(second.contains(notice) && !second.contains("imported before"), "{second}");
        assert_eq!(place.said(&["stats", "--json"]), only.said(&["stats", "--json"]));
        assert_eq!(place.said(&["query", "--json"]), only.said(&["query", "--json"]));
        let listed = place.imports();
        assert_eq!((listed.len(), &listed[0]["format"], &listed[0]["map"]), (1, &"map".into(), &right.into()));
        assert!(succeeded(import(right)).contains("imported before"), "the order of the parts is the same map");
        let other = place.run(&["import", "a.csv", "--map", "time=w,target=t,account=u"]);
        assert!(succeeded(other).contains("imported before"));
    }
}

/// Runs a command whose standard output nobody reads.
fn unread(mut command: Command) -> Output {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    command.stdout(writer).output().unwrap()
}

#[test]
fn what_was_not_read_is_a_failure_whoever_listens() {
    let place = Place::new();
    place.write("good.jsonl", GOOD);
    place.write("bad.jsonl", "torn\n");
    place.write("heading.csv", "object_id,account_id,content_id,timestamp_share\n");
    for arguments in [
        &["import", "missing.jsonl"][..],
        &["import", "good.jsonl", "missing.jsonl"],
        &["import", "bad.jsonl", "--format", "native"],
        &["import", "heading.csv"],
    ] {
        for output in [place.run(arguments), unread(place.command(arguments))] {
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output.stderr));
            assert!(text(&output.stderr).starts_with("bot-tui: "), "{arguments:?}: {}", text(&output.stderr));
        }
    }
    assert_eq!(unread(place.command(&["import", "good.jsonl"])).status.code(), Some(0));
    let mut deaf = place.command(&["import", "missing.jsonl"]);
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    assert_eq!(deaf.stdout(Stdio::null()).stderr(writer).status().unwrap().code(), Some(1));
}

#[test]
fn rejects_are_written_in_any_case() {
    let place = Place::new();
    place.write("good.jsonl", GOOD);
    place.write("bad.jsonl", GOOD.to_owned() + "torn\n");
    let rejects = |command: &mut Command, code: i32| {
        let _ = fs::remove_file(place.path("out.csv"));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
        place.read("out.csv")
    };
    let heading = "file,line,reason\n";
    assert_eq!(rejects(&mut place.command(&["import", "good.jsonl", "--rejects", "out.csv"]), 0), heading);
    let missing = rejects(&mut place.command(&["import", "missing.jsonl", "--rejects", "out.csv"]), 1);
    assert!(missing.starts_with(&format!("{heading}\"missing.jsonl\",,\"cannot read")), "{missing}");
    let _ = fs::remove_file(place.path("out.csv"));
    assert!(unread(place.command(&["import", "bad.jsonl", "--rejects", "out.csv"])).status.success());
    assert!(place.read("out.csv").starts_with(&format!("{heading}\"bad.jsonl\",2,\"")), "{}", place.read("out.csv"));
}

#[test]
fn rejects_of_a_cancelled_import_are_written_too() {
    let place = Place::new();
    let mut child = place.command(&["import", "-", "--rejects", "out.csv"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let id = child.id().to_string();
    let feeder = std::thread::spawn(move || {
        let good = GOOD.repeat(10_000);
        let _ = input.write_all(format!("{GOOD}torn\n").as_bytes());
        for round in 0.. {
            if input.write_all(good.as_bytes()).is_err() {
                return;
            }
            // By now the program watches for it: it has read more than waits anywhere.
            if round == 40 {
                assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
            }
        }
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cancelled"), "{}", text(&output.stderr));
    assert!(place.read("out.csv").contains("\"'-\",2,"), "{}", place.read("out.csv"));
}
