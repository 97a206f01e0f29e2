//! A copy of the program's source, to be changed and built.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What is copied.
const PARTS: [&str; 8] = ["Cargo.toml", "Cargo.lock", "README.md", "src", "assets", "benches", "tests", "sample-data"];

/// A copy of the source.
pub struct Copy {
    folder: TempDir,
    touched: BTreeSet<String>,
}

impl Copy {
    pub fn new() -> Self {
        let folder = TempDir::with_prefix_in("extending-", target()).unwrap();
        for part in PARTS {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(part));
        }
        Self { folder, touched: BTreeSet::new() }
    }

    /// Adds a file.
    pub fn add(&mut self, path: &str, text: &str) {
        let to = self.folder.path().join(path);
        assert!(!to.exists(), "{path} is there already");
        fs::write(to, text).unwrap();
        self.touched.insert(path.to_owned());
    }

    /// Inserts a line above the first one that begins like this.
    pub fn insert(&mut self, path: &str, above: &str, line: &str) {
        let text = self.read(path);
        let at = if text.starts_with(above) { 0 } else { text.find(&format!("\n{above}")).unwrap() + 1 };
        fs::write(self.folder.path().join(path), format!("{}{line}\n{}", &text[..at], &text[at..])).unwrap();
        self.touched.insert(path.to_owned());
    }

    /// Inserts a line below this one.
    pub fn insert_below(&mut self, path: &str, line_above: &str, line: &str) {
        let text = self.read(path);
        let at = text.find(line_above).unwrap() + line_above.len();
        fs::write(self.folder.path().join(path), format!("{}{line}\n{}", &text[..at], &text[at..])).unwrap();
        self.touched.insert(path.to_owned());
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    /// The files that were touched.
    pub fn touched(&self) -> &BTreeSet<String> {
        &self.touched
    }

    /// Counts anew which files are touched.
    pub fn forget_touched(&mut self) {
        self.touched.clear();
    }

    /// Compiles it, without a warning, and runs its tests; new screens are taken as they are.
    pub fn test(&self, filter: &[&str]) -> String {
        let said = self.cargo(&[&["test"], filter].concat());
        assert!(!said.contains("warning: "), "{said}");
        said
    }

    /// What it prints on the sample data.
    pub fn run(&self, arguments: &[&str]) -> String {
        let cache = self.folder.path().join("cache.db").display().to_string();
        if !Path::new(&cache).exists() {
            self.cargo(&["run", "--quiet", "--", "--cache", &cache, "import", "sample-data"]);
        }
        self.cargo(&[&["run", "--quiet", "--", "--cache", &cache], arguments].concat())
    }

    fn cargo(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO"));
        command.args([arguments[0], "--offline"]).args(&arguments[1..]).current_dir(self.folder.path());
        command.env("CARGO_TARGET_DIR", target().join("extending")).env("INSTA_UPDATE", "always");
        let done = command.output().unwrap();
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        assert!(done.status.success(), "{said}");
        said
    }
}

/// The folder of builds: what is built of copies stays there, so that the next run builds only what changed.
fn target() -> PathBuf {
    let binary = Path::new(env!("CARGO_BIN_EXE_bot-tui"));
    binary.ancestors().nth(2).unwrap().to_owned()
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
