//! What can go wrong with a cache.

use std::path::PathBuf;

/// Why the cache could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or made.
    #[error("cannot use the cache {path}: {reason}; choose another with --cache")]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file is something else.
    #[error("{path} is not a cache of bot-tui and was left as it is; choose another with --cache")]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// The cache was made by a newer version.
    #[error(
        "the cache {path} has version {found}, this program knows up to {known}; update bot-tui or choose another with --cache"
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that is known.
        known: i64,
    },
    /// A number that does not fit into what it stands for.
    #[error("the cache holds {0} of something, which is more than this program can take")]
    TooLarge(i64),
    /// SQLite failed.
    #[error("the cache failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
}
