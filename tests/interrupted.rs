//! Imports that are killed, cancelled, or run out of room: the cache stays as it was or holds whole batches, and the next
//! import completes them.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod program;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use bot_tui::model::{AccountId, ObjectId, ObjectKind};
use bot_tui::store::Store;
use program::surroundings;
use tempfile::TempDir;

/// Kills of a usual run; `BOT_TUI_KILLS` asks for another number.
const KILLS: u64 = 12;
const FILES: u64 = 24;

/// A small generator of numbers, so that every run does the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Files that overlap: accounts seen several times, posts in several files, lines that are torn.
fn write_data(folder: &Path) {
    let mut numbers = Numbers(5);
    for file in 0..FILES {
        let mut text = String::new();
        for line in 0..300 {
            let account = numbers.below(200);
            let (post, target, minute) = (numbers.below(5_000), numbers.below(400), numbers.below(60));
            let seen = 1_700_000_000 + numbers.below(100_000);
            let _ = match line % 10 {
                0 => writeln!(
                    text,
                    r#"{{"type":"account","id":"{account}","handle":"h{account}","bio":"bio {seen}","observed_at":{seen}}}"#
                ),
                1 => writeln!(
                    text,
                    r#"{{"type":"post","id":"o{post}","author_id":"{account}","text":"we plant many trees in {target} #trees"}}"#
                ),
                2 if line % 50 == 2 => writeln!(text, r#"{{"type":"post","id":"torn"#),
                _ => writeln!(
                    text,
                    r#"{{"type":"post","id":"{post}","author_id":"{}","created_at":"2025-01-01T10:{minute:02}:00Z","retweet_of":{{"id":"t{target}","author_id":"{}"}}}}"#,
                    post % 200,
                    target % 200
                ),
            };
        }
        fs::write(folder.join(format!("{file:02}.jsonl")), text).unwrap();
    }
}

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        write_data(&folder.path().join("data"));
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn import(&self, cache: &str, paths: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        command.current_dir(self.folder.path()).env_clear().envs(surroundings()).env("HOME", self.folder.path());
        command.args(["--cache", cache, "import"]).args(paths);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Bytes of a cache and its log.
    fn size(&self, cache: &str) -> u64 {
        let size = |name: String| fs::metadata(self.path(&name)).map_or(0, |data| data.len());
        size(cache.to_owned()) + size(format!("{cache}-wal"))
    }

    fn content(&self, cache: &str) -> Vec<String> {
        content(&Store::open(&self.path(cache)).unwrap())
    }
}

/// Everything that a cache tells, by names, so that caches compare whatever their row numbers.
fn content(store: &Store) -> Vec<String> {
    let accounts = store.accounts().unwrap();
    let name = |id: AccountId| accounts.iter().find(|a| a.id == id).unwrap().platform_id.clone();
    let mut lines = vec![format!("{:?}", store.counts().unwrap())];
    for account in &accounts {
        let top = account.activity.top_author.map(name);
        let done = (account.activity.posts, account.activity.retweets, top, account.activity.top_author_retweets);
        lines.push(format!("{} {:?} {done:?}", account.platform_id, account.profile));
    }
    for kind in ObjectKind::ALL {
        let mut shares = Vec::new();
        let mut push = |share| {
            shares.push(share);
            ControlFlow::Continue(())
        };
        store.for_each_share(kind, &mut push).unwrap();
        for share in shares {
            let object = store.objects(&[ObjectId(share.object.0)]).unwrap().remove(0);
            let by = (name(share.account), share.at, share.own);
            lines.push(format!("{kind:?} {} {:?} {:?} {by:?}", object.key, object.author.map(name), object.text));
        }
    }
    for import in store.imports().unwrap() {
        let rejected = store.rejected_lines(import.id).unwrap();
        let file = (&import.file.path, &import.file.sha256, import.file.records, import.finished);
        lines.push(format!("{file:?} {rejected:?}"));
    }
    lines.sort();
    lines
}

/// Waits until the cache has grown to a size and a little longer, then kills; false where the import was faster.
fn kill_at(place: &Place, cache: &str, child: &mut Child, size: u64, longer: u64) -> bool {
    let mut left = longer;
    while child.try_wait().unwrap().is_none() {
        if place.size(cache) >= size {
            if left == 0 {
                child.kill().unwrap();
                child.wait().unwrap();
                return true;
            }
            left -= 1;
        }
        std::thread::yield_now();
    }
    false
}

#[test]
fn an_import_that_is_killed_is_completed_by_the_next_one() {
    let place = Place::new();
    assert!(place.import("whole.db", &["data"]).status().unwrap().success());
    let whole = place.content("whole.db");
    let mut numbers = Numbers(11);
    let wanted: u64 = std::env::var("BOT_TUI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let (mut kills, mut partial, mut rounds) = (0, 0, 0);
    while kills < wanted {
        rounds += 1;
        assert!(rounds < 20 * wanted, "only {kills} of {rounds} imports could be killed before their end");
        let cache = format!("{rounds}.db");
        let size = numbers.below(place.size("whole.db"));
        let mut child = place.import(&cache, &["data"]).spawn().unwrap();
        if kill_at(&place, &cache, &mut child, size, numbers.below(400)) {
            kills += 1;
            let left = Store::open(&place.path(&cache)).unwrap().imports().unwrap();
            partial += u64::from(!left.is_empty() && left.len() < FILES as usize);
        }
        assert!(place.import(&cache, &["data"]).status().unwrap().success());
        assert!(place.content(&cache) == whole, "after kill {kills} at {size} bytes");
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(place.path(&format!("{cache}{ending}")));
        }
    }
    println!("{kills} kills in {rounds} imports, {partial} of them with some files imported and some not");
    assert!(partial > 0, "every kill came before or after all files");
}

fn failed(output: &Output, what: &str) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("bot-tui: ") && said.lines().count() == 1 && said.contains(what), "{said}");
}

#[test]
fn ctrl_c_leaves_whole_files() {
    let place = Place::new();
    assert!(place.import("c.db", &["data/00.jsonl"]).status().unwrap().success());
    let before = place.content("c.db");
    let mut child = place.import("c.db", &["-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let more = fs::read(place.path("data/01.jsonl")).unwrap();
    let feed = std::thread::spawn({
        let id = child.id().to_string();
        move || {
            for round in 0.. {
                // The program stops to read once it has stopped.
                if input.write_all(&more).is_err() {
                    return;
                }
                if round == 40 {
                    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
                }
            }
        }
    });
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    failed(&output, "cancelled");
    assert_eq!(place.content("c.db"), before);
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let place = Place::new();
    assert!(place.import("d.db", &["data/00.jsonl"]).status().unwrap().success());
    let before = place.content("d.db");
    let blocks = place.size("d.db") / 512 + 8;
    // A limit of the size of files stands for a disk without room; the signal for it would else end the program.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --cache d.db import data");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_bot-tui")])
        .current_dir(place.folder.path())
        .env_clear()
        .envs(surroundings())
        .output()
        .unwrap();
    failed(&output, "free some space");
    let store = Store::open(&place.path("d.db")).unwrap();
    let imports = store.imports().unwrap();
    assert!(!imports.is_empty() && imports.len() < FILES as usize);
    if imports.len() == 1 {
        assert_eq!(content(&store), before);
    }
    drop(store);
    assert!(place.import("d.db", &["data"]).status().unwrap().success());
    assert!(place.import("e.db", &["data"]).status().unwrap().success());
    // The first file was named otherwise the first time.
    let without_paths =
        |lines: Vec<String>| lines.into_iter().filter(|line| !line.contains(".jsonl")).collect::<Vec<_>>();
    assert_eq!(without_paths(place.content("d.db")), without_paths(place.content("e.db")));
}
