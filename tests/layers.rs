//! Holds the code against the table of the README's section Architecture: who may import whom.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::{BTreeMap, BTreeSet};
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

/// Which other rooms each file of a room imports.
fn imports(room: &str) -> Vec<(PathBuf, BTreeSet<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    let mut files = Vec::new();
    if folder.is_dir() {
        rust_files(&folder, &mut files);
    } else {
        files.push(folder.with_extension("rs"));
    }
    assert!(!files.is_empty(), "the table names {room}, which is not there");
    let others = |file: &PathBuf| {
        let mut rooms = imported_rooms(&fs::read_to_string(file).unwrap());
        rooms.remove(room);
        rooms
    };
    files.into_iter().map(|file| (file.clone(), others(&file))).collect()
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for (room, allowed) in table() {
        for (file, others) in imports(&room) {
            let against = others.into_iter().filter(|other| !allowed.admits(other));
            wrong.extend(against.map(|other| format!("{} imports {other}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "imports against the architecture:\n{}", wrong.join("\n"));
}

#[test]
fn no_rooms_import_each_other_in_a_circle() {
    let imported = |room: &String| imports(room).into_iter().flat_map(|(_, others)| others).collect();
    let mut left: BTreeMap<String, BTreeSet<String>> =
        table().iter().map(|(room, _)| (room.clone(), imported(room))).collect();
    // Rooms whose imports are all gone go too; what stays imports itself in the end.
    loop {
        let there: BTreeSet<String> = left.keys().cloned().collect();
        left.retain(|_, others| !others.is_disjoint(&there));
        if left.len() == there.len() {
            break;
        }
    }
    assert!(left.is_empty(), "a circle among {:?}", left.keys());
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
