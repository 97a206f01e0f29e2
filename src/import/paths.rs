//! From what the user named to the files that are read.

use std::fs;
use std::path::{Path, PathBuf};

use super::ImportError;

const DATA: [&str; 5] = ["jsonl", "ndjson", "json", "csv", "tsv"];
const PACKED: [&str; 2] = ["gz", "zst"];
/// Folders inside folders; a deeper tree is a mistake or a loop.
const DEEPEST: usize = 16;

/// A file to read, and whether the user named it or a folder it lies in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub path: PathBuf,
    pub in_folder: bool,
}

/// The files that `path` stands for: itself, or all data files of a folder in the order of their names.
pub(super) fn expand(path: &Path) -> Result<Vec<Named>, ImportError> {
    if !path.is_dir() {
        return Ok(vec![Named { path: path.to_owned(), in_folder: false }]);
    }
    let mut found = Vec::new();
    collect(path, 0, &mut found)?;
    if found.is_empty() {
        return Err(ImportError::NothingToImport(path.to_owned()));
    }
    found.sort();
    Ok(found.into_iter().map(|path| Named { path, in_folder: true }).collect())
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), ImportError> {
    let unreadable = |reason| ImportError::Unreadable { path: folder.to_owned(), reason };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() && !hidden && depth < DEEPEST {
            collect(&path, depth + 1, found)?;
        } else if !hidden && path.is_file() && is_data(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file of this name is read where a folder is imported.
#[must_use]
pub fn is_data(path: &Path) -> bool {
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending(path) {
        Some(packed) if PACKED.contains(&packed.as_str()) => {
            ending(Path::new(path.file_stem().unwrap_or_default())).is_some_and(|inner| DATA.contains(&inner.as_str()))
        }
        Some(plain) => DATA.contains(&plain.as_str()),
        None => false,
    }
}
