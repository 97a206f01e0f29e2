//! A copy of the source in which files and lines are added, and the program that it makes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the program is built of.
const PARTS: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "README.md", "assets", "benches", "sample-data", "src", "tests/samples"];

pub struct House {
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// Files that the addition at hand makes or changes.
    touched: BTreeSet<PathBuf>,
}

impl House {
    /// The source as it is.
    pub fn as_it_is() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        PARTS.iter().for_each(|part| take_in(root, Path::new(part), &mut files));
        Self { files, touched: BTreeSet::new() }
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.files[Path::new(path)].clone()).unwrap()
    }

    /// Adds a file.
    pub fn add_file(&mut self, path: &str, text: &str) {
        let before = self.files.insert(path.into(), text.into());
        assert!(before.is_none(), "{path} is there already");
        self.touched.insert(path.into());
    }

    /// Adds a line below the first one that reads `line_above`.
    pub fn add_line(&mut self, path: &str, line_above: &str, line: &str) {
        let text = self.text(path);
        assert!(text.lines().any(|other| other.trim() == line_above), "{path} has no line {line_above}");
        let (before, behind) = text.split_once(&format!("{line_above}\n")).unwrap();
        self.files.insert(path.into(), format!("{before}{line_above}\n{line}\n{behind}").into());
        self.touched.insert(path.into());
    }

    /// The files that were touched since this was asked last; all are named where the README says how to add `what`.
    pub fn touched_as_written(&mut self, what: &str) -> Vec<PathBuf> {
        let readme = self.text("README.md");
        let item = readme.split(&format!("- **{what}**")).nth(1).unwrap().split("\n- **").next().unwrap();
        let touched: Vec<PathBuf> = std::mem::take(&mut self.touched).into_iter().collect();
        for path in &touched {
            let (file, folder) = (format!("`{}`", path.display()), format!("`{}/`", path.parent().unwrap().display()));
            let is_list = path.ends_with("mod.rs");
            assert!(item.contains(&folder) || item.contains(&file), "the README does not name {file} for {what}");
            assert!(!is_list || item.contains("`mod.rs`"), "the README does not name the list for {what}");
        }
        touched
    }

    /// Builds the program, in a folder of its own that stays, so that its dependencies are built once.
    pub fn build(mut self) -> PathBuf {
        self.build_fast();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("extending");
        let (source, target) = (folder.join("source"), folder.join("target"));
        let mut old = BTreeMap::new();
        if source.is_dir() {
            take_in(&source, Path::new(""), &mut old);
        }
        for path in old.keys().filter(|path| !self.files.contains_key(*path)) {
            fs::remove_file(source.join(path)).unwrap();
        }
        // What did not change keeps its time, by which cargo goes.
        for (path, bytes) in self.files.iter().filter(|(path, bytes)| old.get(*path) != Some(bytes)) {
            let path = source.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--offline", "--locked", "--quiet", "--bin", "bot-tui", "--target-dir"]).arg(&target);
        let built = cargo.current_dir(&source).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        assert!(built.stderr.is_empty(), "warnings:\n{}", String::from_utf8_lossy(&built.stderr));
        target.join("debug/bot-tui")
    }

    /// What is built is run on a few lines of data: nothing is gained by optimising it.
    fn build_fast(&mut self) {
        let manifest = self.text("Cargo.toml");
        let (before, rest) = manifest.split_once("[profile.release]").unwrap();
        let lints = rest.split_once("[lints.rust]").unwrap().1;
        let manifest = format!("{before}[profile.dev]\ndebug = false\n\n[lints.rust]{lints}");
        self.files.insert("Cargo.toml".into(), manifest.into());
    }
}

/// Takes in the files of a part of the tree under `root`.
fn take_in(root: &Path, part: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let path = root.join(part);
    if path.is_dir() {
        for entry in fs::read_dir(&path).unwrap() {
            take_in(root, &part.join(entry.unwrap().file_name()), files);
        }
    } else {
        files.insert(part.into(), fs::read(path).unwrap());
    }
}
