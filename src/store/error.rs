//! What can go wrong with a cache.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::types::FromSqlError;

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
    /// There is no cache of that name.
    #[error("there is no cache at {path}; check the spelling, or make one with `import`")]
    Missing {
        /// Which file.
        path: PathBuf,
    },
    /// The cache can be read and not written.
    #[error(
        "the cache {path} can only be read ({reason}); to tag or import, copy it to where you may write and choose that one with --cache"
    )]
    ReadOnly {
        /// Which file.
        path: PathBuf,
        /// Why it cannot be written.
        reason: String,
    },
    /// The file was removed or moved away while it was open.
    #[error("the cache {path} is gone: it was removed or moved while it was open; put it back, then start again")]
    Gone {
        /// Which file.
        path: PathBuf,
    },
    /// Another file was put in the place of the one that is open.
    #[error(
        "another file lies at {path} than the cache that was opened; put the cache back, or start again with this one"
    )]
    Replaced {
        /// Which file.
        path: PathBuf,
    },
    /// The file was cut off while it was open.
    #[error("the cache {path} was cut off while it was open; put a copy of it back, then start again")]
    Shrunk {
        /// Which file.
        path: PathBuf,
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
    /// What an import brought cannot be read any more.
    #[error(
        "what import {import} ({path}) brought is damaged in the cache: take it back with `bot-tui imports remove {import}`, then read it anew with `bot-tui import {path}`; your tags stay"
    )]
    DamagedImport {
        /// Its number.
        import: u32,
        /// The file that it read, as the user named it. Hostile until sanitised.
        path: String,
    },
    /// A picture cannot be read any more.
    #[error(
        "a picture is damaged in the cache: import your pictures again, as at first with `bot-tui import FILE --avatars FOLDER`; `bot-tui check` says what else is damaged"
    )]
    DamagedPicture,
    /// Something that must be there is not, or is not what it must be, and no single import can be read anew to mend it.
    #[error(
        "the cache is damaged; `bot-tui check` says what can be mended; else import into a new one with --cache, and take your tags there with `tag`"
    )]
    Damaged,
    /// Another program writes to the cache, and has not finished while this one waited.
    #[error("another program is writing to the cache; try again when it is done")]
    Busy,
    /// The file in which tags wait while the cache is held cannot be read or written.
    #[error("{path}, where tags wait until they are in the cache, failed: {reason}; see to that file, and keep a copy")]
    WaitingTags {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another program holds that file and does not let go.
    #[error(
        "the tag was NOT kept: another program has held {path} for {seconds} seconds; if it was stopped with ctrl-z, let it go on with `fg` or end it, then tag again"
    )]
    TagsHeld {
        /// Which file.
        path: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
    /// No more tags can wait.
    #[error(
        "the tag was NOT kept: {path} is full of tags that wait for the cache; tag again when the import has ended"
    )]
    TagsFull {
        /// Which file.
        path: PathBuf,
    },
    /// A tag names an account by an id that several have by now.
    #[error("`{id}` is an account of several platforms by now ({platforms}): tag the one that you mean once more")]
    WhichAccount {
        /// The id.
        id: String,
        /// The platforms.
        platforms: String,
    },
    /// A file of tags cannot be taken in.
    #[error("cannot take tags from {path}: {reason}; name a file that the interface saved tags to")]
    TagFile {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The disk, or what the user may have of it, is full; or it fails.
    #[error(
        "the cache cannot be written ({0}): free some space, or choose another with --cache; what was written before stays"
    )]
    DiskFull(rusqlite::Error),
    /// SQLite failed.
    #[error("the cache failed: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if matches!(error, rusqlite::Error::QueryReturnedNoRows) {
            // Whatever may lack is asked for otherwise.
            return Self::Damaged;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::DiskFull(error),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<FromSqlError> for StoreError {
    fn from(error: FromSqlError) -> Self {
        Self::Sqlite(error.into())
    }
}
