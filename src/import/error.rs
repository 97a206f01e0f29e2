//! Why a file, or everything, could not be imported.

use std::path::{Path, PathBuf};

use super::format::{self, Unknown, format_names};
use crate::model::Platform;
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
    /// No format knows the content.
    #[error("{path} is in no format that is known by its content: {seen}; {advice}")]
    UnknownFormat {
        /// Which file.
        path: PathBuf,
        /// What it begins with.
        seen: String,
        /// What to do.
        advice: String,
    },
    /// The table lacks what the format needs.
    #[error("{path} cannot be read as {format}: {reason}")]
    WrongHeading {
        /// Which file.
        path: PathBuf,
        /// Name of the format.
        format: &'static str,
        /// What is missing.
        reason: String,
    },
    /// The user names another platform than the format does.
    #[error("{path} is in the format {format}, which tells of {own} and not of {named}; leave --platform out")]
    OtherPlatform {
        /// Which file.
        path: PathBuf,
        /// Name of the format.
        format: &'static str,
        /// The platform that the format tells of.
        own: Platform,
        /// The one that the user named.
        named: Platform,
    },
    /// The file may be of any of several platforms.
    #[error(
        "{path} does not tell whose accounts it holds, and the cache has those of {platforms}; say it with --platform NAME"
    )]
    WhichPlatform {
        /// Which file.
        path: PathBuf,
        /// The platforms in the cache.
        platforms: String,
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

impl ImportError {
    /// The file that it is about, where it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Unreadable { path, .. }
            | Self::Empty(path)
            | Self::Binary { path, .. }
            | Self::UnknownFormat { path, .. }
            | Self::WrongHeading { path, .. }
            | Self::OtherPlatform { path, .. }
            | Self::WhichPlatform { path, .. }
            | Self::NothingToImport(path)
            | Self::NoPictures(path) => Some(path),
            Self::NoSuchFormat { .. } | Self::Store(_) | Self::Cancelled | Self::Thread(_) => None,
        }
    }

    /// No format knows the content that begins with `head`: says what it looks like and which formats come closest.
    pub(super) fn unknown_format(path: &Path, head: &[u8]) -> Self {
        let Unknown { seen, closest, is_table } = format::unknown(head);
        let named = if closest.is_empty() { format_names() } else { closest };
        let formats = named.join(", ");
        let by_name = format!("name its format with --format ({formats})");
        let advice = if is_table {
            format!("{by_name}, or its columns with --map account=COLUMN,target=COLUMN,time=COLUMN")
        } else {
            by_name
        };
        Self::UnknownFormat { path: path.to_owned(), seen, advice }
    }
}
