//! The real binary in a folder of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

use crate::program::surroundings;

/// Two linked pairs: 1 and 2 retweet the same ten posts, 3 and 4 share a handle.
fn small_data() -> String {
    let mut lines = vec![
        r#"{"type":"account","id":"1","handle":"amber_lake","name":"Amber","followers":86}"#.to_owned(),
        r#"{"type":"account","id":"2","handle":"birch_hill"}"#.to_owned(),
        r#"{"type":"account","id":"3","handle":"twice"}"#.to_owned(),
        r#"{"type":"account","id":"4","handle":"twice"}"#.to_owned(),
    ];
    for post in 0..10 {
        for account in 1..=2 {
            lines.push(format!(
                r#"{{"type":"post","id":"{account}{post}","author_id":"{account}","created_at":"2025-03-01T10:0{post}:0{account}Z","retweet_of":{{"id":"9{post}","author_id":"7"}}}}"#
            ));
        }
    }
    lines.join("\n") + "\n"
}

/// A folder with the small data, and a cache of its own.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data.jsonl"), small_data()).unwrap();
        Self { folder }
    }

    /// A place whose cache holds the small data.
    pub fn imported() -> Self {
        let place = Self::new();
        place.run(&["import", "data.jsonl"]).success();
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Assert {
        assert_cmd::Command::from_std(self.command(arguments)).assert()
    }

    /// The program with the cache of this place, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        command.env_clear().envs(surroundings()).env("HOME", self.folder.path());
        command.current_dir(self.folder.path()).env("BOT_TUI_CACHE", self.path("cache.db")).args(arguments);
        command
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_slice(&self.run(arguments).success().get_output().stdout).unwrap()
    }
}
