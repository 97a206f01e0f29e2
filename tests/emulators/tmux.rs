//! The program in tmux, which measures every character for itself and tells what stands in every row.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::names::{ACCOUNTS, NAMES, data, handle};
use super::tools::{PATIENCE, are_there, binary, text_of, wait_for};

/// A tmux of its own that runs the program.
struct Tmux {
    folder: TempDir,
}

impl Tmux {
    fn open() -> Option<Self> {
        if !are_there(&["tmux"]) {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("names.jsonl"), data()).unwrap();
        let import = ["--cache", "cache.db", "import", "names.jsonl"];
        let imported = Command::new(binary()).args(import).current_dir(folder.path()).output().unwrap();
        assert!(imported.status.success());
        let tmux = Self { folder };
        let run = format!("'{}' --cache cache.db", binary().display());
        tmux.run(&["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", &run]);
        Some(tmux)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.arg("-S").arg(self.path().join("socket")).args(arguments).current_dir(self.path());
        command.env("HOME", self.path()).env("LC_ALL", "C.UTF-8").env_remove("TMUX").env_remove("NO_COLOR");
        text_of(&mut command)
    }

    /// The rows of the screen, once they are as wanted.
    fn rows(&self, what: &str, wanted: impl Fn(&[String]) -> bool) -> Vec<String> {
        let mut last = Vec::new();
        let found = wait_for(PATIENCE, || {
            last = self.run(&["capture-pane", "-p"]).lines().map(str::to_owned).collect::<Vec<_>>();
            wanted(&last).then(|| last.clone())
        });
        found.unwrap_or_else(|| panic!("{what}: not so; the screen is\n{}", last.join("\n")))
    }

    fn press(&self, key: &str) {
        self.run(&["send-keys", key]);
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

/// What the row of an account has between its handle and its number of links.
fn name_in(row: &str, account: usize) -> Option<String> {
    let (_, rest) = row.split_once(&format!("@{}", handle(account)))?;
    let rest = rest.trim_end_matches(|last: char| !last.is_ascii_digit() && last != '–').trim_end();
    let name = rest.trim_end_matches(|last: char| last.is_ascii_digit() || last == '–');
    // A sign that a later Unicode made wide leaves a blank behind it here.
    Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn chosen(rows: &[String], account: usize) -> bool {
    rows.iter().any(|row| row.contains('▸') && row.contains(&handle(account)))
}

#[test]
fn every_row_of_tmux_holds_its_own_name_and_nothing_else() {
    let Some(tmux) = Tmux::open() else { return };
    let first =
        tmux.rows("the first account", |rows| chosen(rows, 0) && rows.iter().any(|row| row.contains("0 links")));
    let down = (1..ACCOUNTS).map(|account| ("j", account));
    let up = (0..ACCOUNTS - 1).rev().map(|account| ("k", account));
    for (key, account) in down.chain(up) {
        tmux.press(key);
        let rows = tmux.rows("the next account", |rows| chosen(rows, account));
        for row in &rows {
            let Some(shown) = (0..ACCOUNTS).find(|&shown| row.contains(&format!("@{}", handle(shown)))) else {
                continue;
            };
            let wanted = NAMES[shown % NAMES.len()].1;
            if let Some(name) = name_in(row, shown).filter(|name| !name.is_empty()) {
                assert_eq!(name, wanted, "in {row:?} of\n{}", rows.join("\n"));
            }
        }
    }
    let last = tmux.rows("the rows of the start", |rows| chosen(rows, 0));
    assert_eq!(last, first, "the same rows as on an empty screen");
}
