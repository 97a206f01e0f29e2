//! What was said to be done is there: after kills, after a loss of power, and beside another program. Each test makes few
//! tries in a usual run; a variable asks for more.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod program;

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

fn tries(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|tries| tries.parse().ok()).unwrap_or(usual)
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
    command.env_clear().envs(program::surroundings()).env("HOME", folder).current_dir(folder);
    command.args(["--cache", "cache.db"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = command(folder, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The tags of an export, by account: label and note.
fn tags(export: &[u8]) -> Vec<(String, Value, Value)> {
    let export: Value = serde_json::from_slice(export).unwrap();
    let tag = |account: &Value| {
        let id = account["id"].as_str().unwrap().to_owned();
        (id, account["tag"]["label"].clone(), account["tag"]["note"].clone())
    };
    export["accounts"].as_array().unwrap().iter().map(tag).collect()
}

/// Fills the cache of a folder with accounts 0 and so on.
fn import_accounts(folder: &Path, count: usize) {
    let mut lines = String::new();
    for id in 0..count {
        let _ = writeln!(lines, r#"{{"type":"account","id":"{id}"}}"#);
    }
    fs::write(folder.join("data.jsonl"), lines).unwrap();
    run(folder, &["import", "data.jsonl"]);
}

/// What a program that was killed, or not, had said by then.
fn said(child: &mut Child) -> String {
    child.wait().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    said
}

#[test]
fn no_kill_of_a_command_loses_a_tag_that_it_said_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let kills = tries("BOT_TUI_COMMAND_KILLS", 25);
    import_accounts(folder, kills);
    let begun = Instant::now();
    run(folder, &["tag", "id:0", "unsure"]);
    let whole = begun.elapsed();
    let mut given = vec!["0".to_owned()];
    for kill in 1..kills {
        let id = format!("id:{kill}");
        let mut child = command(folder, &["tag", &id, "unsure"]).spawn().unwrap();
        // Death comes at another moment each time, from the start to somewhat behind the usual end.
        let moment = whole * u32::try_from(kill % 13).unwrap() / 10;
        let begun = Instant::now();
        while begun.elapsed() < moment && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        if said(&mut child).contains("unsure") {
            given.push(kill.to_string());
        }
    }
    let there: Vec<String> = tags(&run(folder, &["export"])).into_iter().map(|(id, ..)| id).collect();
    let lost: Vec<&String> = given.iter().filter(|id| !there.contains(id)).collect();
    println!("{kills} commands killed, {} tags were said to be given, {} lost", given.len(), lost.len());
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn two_commands_that_tag_one_account_at_once_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let pairs = tries("BOT_TUI_PAIRS", 12);
    import_accounts(folder, pairs);
    for pair in 0..pairs {
        let id = format!("id:{pair}");
        // Only one of them says something of the label, and each something of its own of the note or of the label.
        let mut one = command(folder, &["tag", &id, "--note", "met"]).spawn().unwrap();
        let mut other = command(folder, &["tag", &id, "likely-human"]).spawn().unwrap();
        assert!(one.wait().unwrap().success() && other.wait().unwrap().success());
    }
    let tags = tags(&run(folder, &["export"]));
    let whole = tags.iter().filter(|(_, label, note)| label == "likely-human" && note == "met").count();
    println!("{pairs} pairs of commands, {} lost something", pairs - whole);
    assert_eq!(whole, pairs);
}

/// A file system of its own in a file.
struct Disk {
    folder: TempDir,
    mounted: Option<PathBuf>,
}

fn does(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

impl Disk {
    /// `None`, and a word, where no file system can be made or mounted.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let disk = Self { folder, mounted: None };
        fs::File::create(disk.image()).unwrap().set_len(64 << 20).unwrap();
        let made = does("mkfs.ext4", &["-q", "-F", disk.image().to_str().unwrap()]);
        // The journal is written when somebody asks for it, and not because time went by.
        let disk = Some(disk).filter(|_| made).and_then(|disk| disk.mount("disk", "loop,commit=300"));
        if disk.is_none() {
            println!("SKIPPED: nobody may make and mount a file system here");
        }
        disk
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn mount(mut self, name: &str, options: &str) -> Option<Self> {
        let place = self.folder.path().join(name);
        fs::create_dir_all(&place).unwrap();
        let mounted = does("mount", &["-o", options, self.image().to_str()?, place.to_str()?]);
        self.mounted = mounted.then_some(place);
        mounted.then_some(self)
    }

    fn place(&self) -> &Path {
        self.mounted.as_deref().unwrap()
    }

    /// The disk as it is found after the power went at this very moment: without all that only memory held.
    fn after_a_loss_of_power(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(self.image(), folder.path().join("image")).unwrap();
        Self { folder, mounted: None }.mount("disk", "loop").unwrap()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Some(place) = &self.mounted {
            does("umount", &[place.to_str().unwrap()]);
        }
    }
}

#[test]
fn no_loss_of_power_loses_a_tag_or_an_export_that_was_said_to_be_there() {
    let Some(disk) = Disk::new() else { return };
    let failures = tries("BOT_TUI_POWER_FAILURES", 3);
    let folder = disk.place();
    import_accounts(folder, failures);
    for failure in 0..failures {
        run(folder, &["tag", &format!("id:{failure}"), "unsure", "--note", "seen"]);
        let found = disk.after_a_loss_of_power();
        assert_eq!(tags(&run(found.place(), &["export"])).len(), failure + 1, "a tag was lost");
        drop(found);
        let name = format!("tagged-{failure}.json");
        run(folder, &["export", "-o", &name]);
        let found = disk.after_a_loss_of_power();
        let export = fs::read(found.place().join(&name)).unwrap_or_default();
        assert!(!export.is_empty(), "the export was lost");
        assert_eq!(tags(&export).len(), failure + 1);
    }
    println!("{} losses of power right after a tag or an export, 0 lost", 2 * failures);
}
