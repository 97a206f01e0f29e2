//! The cache: the only room that knows SQL.

mod beside;
mod cached_links;
mod counted;
mod counts;
mod detail;
mod error;
mod imports;
mod live;
mod origins;
mod pictures;
mod posts;
mod profile;
mod profiles;
mod reader;
mod runs;
mod schema;
mod session;
mod tags;
mod unused;
mod waiting_tags;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

pub use error::StoreError;
pub use imports::{Ended, ImportStart};
pub use session::{ImportSession, ObjectRef, PostRef};

/// How long to wait for another program that writes to the same cache.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open cache.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: Option<PathBuf>,
}

impl Store {
    /// Opens the cache at `path`, making or migrating it.
    ///
    /// # Errors
    /// Fails where the file cannot be used, is something else than a cache, or was made by a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let unusable =
            |reason: &dyn std::fmt::Display| StoreError::Unusable { path: path.to_owned(), reason: reason.to_string() };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| unusable(&error))?;
        }
        if path.is_dir() {
            return Err(unusable(&"it is a folder"));
        }
        make_private(path).map_err(|error| unusable(&error))?;
        let mut connection = Connection::open(path).map_err(|error| unusable(&error))?;
        schema::prepare(&mut connection, path)?;
        let store = Self { connection, path: Some(path.to_owned()) };
        // Where they have to wait on, whoever asks for tags is told of them all the same.
        let _ = tags::take_in_waiting(&store.connection, path);
        Ok(store)
    }

    /// A cache that is gone when it is dropped.
    ///
    /// # Errors
    /// Fails where SQLite does.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        schema::prepare(&mut connection, Path::new(":memory:"))?;
        Ok(Self { connection, path: None })
    }

    /// Where the cache lies.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that changes whenever an import changed what the cache holds.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        let sql = "SELECT value FROM meta WHERE name = 'data_version'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

/// Makes a new file that only its owner may read, before anything is written to it. SQLite gives its journal
/// files the same mode.
#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems' version can fail")]
fn make_private(_: &Path) -> std::io::Result<()> {
    Ok(())
}
