//! Files that commands write: never over the cache or an input, whole or not at all, and nothing left beside them.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use place::Place;

/// Longer than anything here takes on a slow machine; reaching it is a failure, not a pace.
const PATIENCE: Duration = Duration::from_secs(60);

/// Every command that writes to a file which the user names.
const WRITERS: [&[&str]; 8] = [
    &["export"],
    &["network", "--keep", "all"],
    &["clusters"],
    &["avatars"],
    &["avatars", "--format", "csv"],
    &["export", "avatar-urls"],
    &["audit", "7"],
    &["path", "1", "2"],
];

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Other names of the cache, of what belongs to it, and of what was imported.
fn other_names(place: &Place) -> Vec<String> {
    let path = |name: &str| place.path(name);
    fs::create_dir(path("folder")).unwrap();
    for (to, name) in [
        ("cache.db", "to-the-cache"),
        ("to-the-cache", "twice"),
        ("cache.db-wal", "to-the-log"),
        ("cache.db-tags", "to-the-tags"),
        ("folder/../data.jsonl", "to-the-data"),
    ] {
        symlink(to, path(name)).unwrap();
    }
    symlink(place.path(""), path("folder/back")).unwrap();
    fs::hard_link(path("cache.db"), path("hard-cache")).unwrap();
    fs::hard_link(path("data.jsonl"), path("hard-data")).unwrap();
    let mut names = vec![path("cache.db").display().to_string(), path("data.jsonl").display().to_string()];
    names.extend(
        [
            "cache.db",
            "cache.db-wal",
            "cache.db-shm",
            "cache.db-journal",
            "cache.db-tags",
            "./cache.db",
            "data.jsonl",
            "folder/../cache.db",
            "folder/back/cache.db",
            "folder/back/cache.db-tags",
            "folder/back/data.jsonl",
            "to-the-cache",
            "twice",
            "to-the-log",
            "to-the-tags",
            "to-the-data",
            "hard-cache",
            "hard-data",
        ]
        .map(str::to_owned),
    );
    names
}

#[test]
fn no_export_goes_over_the_cache_or_an_input_by_whatever_name() {
    let place = Place::imported();
    place.run(&["tag", "1", "unsure"]).success();
    let refused = other_names(&place);
    let (data, before) = (fs::read(place.path("data.jsonl")).unwrap(), names(&place.path("")));
    for name in &refused {
        for writer in WRITERS {
            let failed = place.run(&[writer, &["-o", name]].concat()).code(1);
            let said = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
            assert!(
                said.lines().count() == 1 && (said.contains("choose another name") || said.contains("end the name in")),
                "{writer:?} {name}: {said}"
            );
        }
    }
    assert_eq!(fs::read(place.path("data.jsonl")).unwrap(), data);
    assert_eq!(names(&place.path("")), before);
    assert_eq!(place.json(&["stats", "--json"])["tagged"], 1);
}

#[test]
fn a_cache_behind_a_link_keeps_what_lies_beside_it() {
    let place = Place::imported();
    place.run(&["tag", "1", "unsure"]).success();
    fs::create_dir(place.path("far")).unwrap();
    fs::rename(place.path("cache.db"), place.path("far/real.db")).unwrap();
    symlink("far/real.db", place.path("cache.db")).unwrap();
    for name in ["far/real.db", "far/real.db-wal", "far/real.db-tags", "cache.db"] {
        place.run(&["export", "-o", name]).code(1);
    }
    assert_eq!(place.json(&["stats", "--json"])["tagged"], 1);
    assert!(!fs::read_to_string(place.path("far/real.db-tags")).unwrap_or_default().contains("schema"));
}

#[test]
fn an_input_is_known_wherever_it_was_imported_from() {
    let place = Place::new();
    fs::create_dir(place.path("folder")).unwrap();
    let mut import = place.command(&["import", "../data.jsonl"]);
    assert!(import.current_dir(place.path("folder")).stdout(Stdio::null()).status().unwrap().success());
    place.run(&["export", "-o", "data.jsonl"]).code(1);
    assert!(fs::read_to_string(place.path("data.jsonl")).unwrap().contains("amber_lake"));
    fs::create_dir(place.path("pictures")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/avatars");
    let picture = fs::read_dir(sample).unwrap().next().unwrap().unwrap().path();
    fs::copy(&picture, place.path("pictures/1.png")).unwrap();
    place.run(&["import", "data.jsonl", "--avatars", "pictures"]).success();
    place.run(&["export", "-o", "pictures/1.png"]).code(1);
    assert_eq!(fs::read(place.path("pictures/1.png")).unwrap(), fs::read(&picture).unwrap());
    // An empty file is like no other one, whatever empty file was imported.
    fs::write(place.path("empty"), "").unwrap();
    place.run(&["export", "-o", "empty"]).success();
}

#[test]
fn skipped_lines_do_not_go_over_what_is_imported() {
    let place = Place::new();
    fs::create_dir_all(place.path("folder/pictures")).unwrap();
    fs::copy(place.path("data.jsonl"), place.path("folder/more.jsonl")).unwrap();
    fs::write(place.path("folder/pictures/1.png"), "a picture").unwrap();
    symlink("data.jsonl", place.path("link")).unwrap();
    let import = |rest: &[&str]| place.run(&[&["import", "data.jsonl"], rest].concat());
    for name in ["data.jsonl", "link", "cache.db", "cache.db-tags"] {
        import(&["--rejects", name]).code(1);
    }
    assert_eq!(place.json(&["stats", "--json"])["accounts"], 0, "it was refused before anything was read");
    import(&["folder", "--rejects", "folder/more.jsonl"]).code(1);
    import(&["--avatars", "folder/pictures", "--rejects", "folder/pictures/1.png"]).code(1);
    for name in ["data.jsonl", "folder/more.jsonl"] {
        assert!(fs::read_to_string(place.path(name)).unwrap().contains("amber_lake"), "{name}");
    }
    assert_eq!(fs::read(place.path("folder/pictures/1.png")).unwrap(), b"a picture");
    for _ in 0..2 {
        import(&["folder", "--rejects", "folder/rejects.csv"]).success();
    }
}

#[test]
fn what_is_replaced_keeps_its_mode_and_links_stay_links() {
    let place = Place::imported();
    fs::create_dir(place.path("folder")).unwrap();
    symlink("folder/there", place.path("link")).unwrap();
    for writer in WRITERS {
        fs::write(place.path("open"), "old").unwrap();
        fs::set_permissions(place.path("open"), fs::Permissions::from_mode(0o644)).unwrap();
        place.run(&[writer, &["-o", "open"]].concat()).success();
        assert_eq!(fs::metadata(place.path("open")).unwrap().permissions().mode() & 0o7777, 0o644, "{writer:?}");
        // The first time the link leads nowhere.
        for _ in 0..2 {
            place.run(&[writer, &["-o", "link"]].concat()).success();
            assert!(fs::symlink_metadata(place.path("link")).unwrap().is_symlink(), "{writer:?}");
            let data = fs::symlink_metadata(place.path("folder/there")).unwrap();
            assert!(data.is_file() && data.permissions().mode() & 0o077 == 0, "{writer:?}");
        }
        fs::remove_file(place.path("folder/there")).unwrap();
    }
}

#[test]
fn standard_output_pipes_and_devices_are_written_into() {
    let place = Place::imported();
    let plain = place.run(&["network", "--keep", "all"]).success().get_output().stdout.clone();
    for name in ["/dev/stdout", "/dev/fd/1"] {
        let written = place.run(&["network", "--keep", "all", "-o", name]).success().get_output().stdout.clone();
        assert_eq!(written, plain);
    }
    place.run(&["export", "-o", "/dev/null"]).success();
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());

    assert!(Command::new("mkfifo").arg(place.path("pipe")).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = place.path("pipe");
        move || fs::read(pipe).unwrap()
    });
    place.run(&["network", "--keep", "all", "-o", "pipe"]).success();
    assert_eq!(reader.join().unwrap(), plain);

    // What a shell opened is written on at its end, and what comes after goes behind it.
    let script = "echo before > all; { \"$0\" network --keep all -o /dev/stdout; echo behind; } >> all";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_bot-tui")]).current_dir(place.path(""));
    assert!(shell.env("BOT_TUI_CACHE", place.path("cache.db")).stderr(Stdio::null()).status().unwrap().success());
    assert_eq!(fs::read(place.path("all")).unwrap(), [b"before\n", &plain[..], b"behind\n"].concat());
}

/// A cache whose network takes a while to write.
fn large() -> Place {
    let place = Place::new();
    place.run(&["synth", "--out", "made", "--accounts", "1200", "--retweets", "40000", "--seed", "1"]).success();
    place.run(&["import", "made/accounts.jsonl", "made/posts.jsonl.zst"]).success();
    place
}

/// Starts to write a network and waits until its temporary file is there; nothing where it was faster.
fn caught_writing(place: &Place, mut command: Command) -> Option<Child> {
    let before = names(&place.path("out"));
    command.current_dir(place.path("")).env("HOME", place.path("")).env("BOT_TUI_CACHE", place.path("cache.db"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + PATIENCE;
    while names(&place.path("out")) == before {
        if child.try_wait().unwrap().is_some() {
            return None;
        }
        assert!(Instant::now() < end, "nothing is written");
        std::thread::yield_now();
    }
    Some(child)
}

fn signal(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// Sends signals to a program that writes, until one comes before the file is whole, and gives how the program ended.
fn ended_by(place: &Place, signals: &[&str]) -> ExitStatus {
    let end = Instant::now() + PATIENCE;
    loop {
        assert!(Instant::now() < end, "the program is always faster than the signal");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        command.args(["network", "--keep", "all", "-o", "out/network.csv"]);
        let Some(mut child) = caught_writing(place, command) else { continue };
        signals.iter().for_each(|name| signal(&child, name));
        let status = child.wait().unwrap();
        if !status.success() {
            return status;
        }
        fs::remove_file(place.path("out/network.csv")).unwrap();
    }
}

#[test]
fn a_signal_leaves_no_temporary_file_and_ends_the_program_as_it_would_by_itself() {
    let place = large();
    fs::create_dir(place.path("out")).unwrap();
    for (name, number) in [("-TERM", 15), ("-HUP", 1), ("-QUIT", 3)] {
        assert_eq!(ended_by(&place, &[name]).signal(), Some(number));
        assert_eq!(names(&place.path("out")), BTreeSet::new(), "{name}");
    }
    // The first Ctrl-C asks to stop, and the program says that it did; the second one may come before that.
    assert_eq!(ended_by(&place, &["-INT"]).code(), Some(1));
    assert_eq!(names(&place.path("out")), BTreeSet::new());
    let twice = ended_by(&place, &["-INT", "-INT"]);
    assert!(twice.signal() == Some(2) || twice.code() == Some(1), "{twice:?}");
    assert_eq!(names(&place.path("out")), BTreeSet::new());
}

#[test]
fn a_signal_that_is_to_be_ignored_ends_nothing() {
    let place = large();
    fs::create_dir(place.path("out")).unwrap();
    let mut command = Command::new("sh");
    let script = "trap '' HUP INT; exec \"$0\" network --keep all -o out/network.csv";
    command.args(["-c", script, env!("CARGO_BIN_EXE_bot-tui")]);
    let mut child = caught_writing(&place, command).unwrap();
    signal(&child, "-HUP");
    signal(&child, "-INT");
    assert!(child.wait().unwrap().success());
    assert_eq!(names(&place.path("out")), BTreeSet::from(["network.csv".to_owned()]));
}
