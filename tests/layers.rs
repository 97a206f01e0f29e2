//! Holds the table of the README's section Architecture against the code: who may import whom.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room, and the rooms of ours that it may import. What is not listed may import everything.
const TABLE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("pdq", &["model"]),
    ("store", &["model"]),
    ("import", &["model", "text", "pdq", "store"]),
    ("graph", &["model"]),
    ("signals", &["model", "text", "graph"]),
    ("search", &["model", "text"]),
    ("export", &["model", "store", "graph", "signals"]),
    ("synth", &["model"]),
    ("jobs", &[]),
    ("app", &["model", "text", "store", "graph", "signals", "search"]),
    ("keys", &["app"]),
    ("ui", &["app", "keys", "model", "search", "text"]),
    ("term", &[]),
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every room named behind `crate::`, in one line or in a braced list.
fn imported_rooms(source: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let mut rooms = BTreeSet::new();
    for rest in source.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            let list = list.split('}').next().unwrap_or_default();
            rooms.extend(list.split(',').map(|item| item.trim().chars().take_while(|c| is_name(*c)).collect()));
        } else {
            rooms.insert(rest.chars().take_while(|c| is_name(*c)).collect());
        }
    }
    rooms.retain(|room: &String| !room.is_empty());
    rooms
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, allowed) in TABLE {
        let mut files = Vec::new();
        let folder = root.join(room);
        if folder.is_dir() {
            rust_files(&folder, &mut files);
        } else {
            files.push(folder.with_extension("rs"));
        }
        assert!(!files.is_empty(), "the table names {room}, which is not there");
        for file in files {
            for other in imported_rooms(&fs::read_to_string(&file).unwrap()) {
                if other != *room && !allowed.contains(&other.as_str()) {
                    wrong.push(format!("{} imports {other}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the architecture:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_store_knows_sql() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let outside = files
        .iter()
        .filter(|file| !file.starts_with(root.join("store")))
        .filter(|file| fs::read_to_string(file).unwrap().contains("rusqlite"))
        .collect::<Vec<_>>();
    assert!(outside.is_empty(), "rusqlite outside the store: {outside:?}");
}

#[test]
fn the_reader_of_imports_sees_lists_and_single_lines() {
    let rooms =
        imported_rooms("use crate::model::Account;\nuse crate::{text::fold, store};\nlet x = crate::graph::y();");
    assert_eq!(rooms.into_iter().collect::<Vec<_>>(), ["graph", "model", "store", "text"]);
}
