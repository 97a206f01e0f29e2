//! Holds the code against the table of the README's section Architecture: who may import whom.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const README: &str = include_str!("../README.md");

/// Which rooms of ours a room may import.
enum Allowed {
    These(Vec<String>),
    AllBut(Vec<String>),
}

impl Allowed {
    fn admits(&self, room: &String) -> bool {
        match self {
            Self::These(rooms) => rooms.contains(room),
            Self::AllBut(rooms) => !rooms.contains(room),
        }
    }
}

/// Each room of the README's table, and what it may import.
fn table() -> Vec<(String, Allowed)> {
    let section = README.split("## Architecture").nth(1).unwrap();
    let rows = section.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    rows.take_while(|line| line.starts_with('|')).map(room_of).collect()
}

/// `| `room/` | what lives there | `a b` |` → room, [a, b].
fn room_of(row: &str) -> (String, Allowed) {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let name = cells[0].trim_matches('`').trim_end_matches('/').trim_end_matches(".rs").to_owned();
    let named = |rooms: &str| rooms.trim_matches('`').split_whitespace().map(str::to_owned).collect();
    let allowed = match cells[2] {
        "everything" => Allowed::AllBut(Vec::new()),
        "nothing of ours" => Allowed::These(Vec::new()),
        rooms => match rooms.strip_prefix("everything but ") {
            Some(rooms) => Allowed::AllBut(named(rooms)),
            None => Allowed::These(named(rooms)),
        },
    };
    (name, allowed)
}

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
    for (room, allowed) in table() {
        let mut files = Vec::new();
        let folder = root.join(&room);
        if folder.is_dir() {
            rust_files(&folder, &mut files);
        } else {
            files.push(folder.with_extension("rs"));
        }
        assert!(!files.is_empty(), "the table names {room}, which is not there");
        for file in files {
            for other in imported_rooms(&fs::read_to_string(&file).unwrap()) {
                if other != room && !allowed.admits(&other) {
                    wrong.push(format!("{} imports {other}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the architecture:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_has_every_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let there: BTreeSet<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect();
    assert_eq!(table().into_iter().map(|(room, _)| room).collect::<BTreeSet<_>>(), there);
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
