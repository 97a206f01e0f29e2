//! Why a file, or everything, could not be imported.

use std::path::PathBuf;

use super::format_names;
use crate::store::StoreError;

/// An error of an import. What was imported before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The file holds nothing.
    #[error("{0} is empty; there is nothing to import")]
    Empty(PathBuf),
    /// The file is no text.
    #[error("{path} is {what}, not a text file; {advice}")]
    Binary {
        /// Which file.
        path: PathBuf,
        /// What it looks like.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// The file is JSON, but not one object a line.
    #[error("{path} is one JSON document, not one object a line; turn it round with: jq -c '{filter}' {path}")]
    JsonDocument {
        /// Which file.
        path: PathBuf,
        /// The filter that makes lines of it.
        filter: &'static str,
    },
    /// No format knows the content.
    #[error("{path} is in no format that is known by its content; name one with --format ({})", format_names().join(", "))]
    UnknownFormat {
        /// Which file.
        path: PathBuf,
    },
    /// No format has this name.
    #[error("`{name}` is no format; use one of {}", format_names().join(", "))]
    NoSuchFormat {
        /// What was asked for.
        name: String,
    },
    /// A folder without data files.
    #[error("{0} holds no data file (.jsonl, .ndjson, .json, .csv, .tsv, also with .gz or .zst)")]
    NothingToImport(PathBuf),
    /// The pictures' folder is not one.
    #[error("{0} is no folder of pictures; name one with --avatars")]
    NoPictures(PathBuf),
    /// The cache failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The user cancelled.
    #[error("the import was cancelled; what was imported before stays")]
    Cancelled,
    /// The system gave no thread.
    #[error("cannot read and write at the same time: {0}")]
    Thread(#[from] std::io::Error),
}
