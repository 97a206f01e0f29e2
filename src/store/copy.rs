//! A private copy of a cache that cannot be read where it lies.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags};

use super::open::beside;
use super::schema::Progress;
use super::{StoreError, schema};
use crate::system::TemporaryFolder;

/// How often a cache is copied anew that another program writes to meanwhile.
const TRIES: u32 = 3;

/// The copy; it goes when this is dropped, and when a signal ends the program.
#[derive(Debug)]
pub(super) struct Copy {
    folder: TemporaryFolder,
}

impl Copy {
    /// Copies a cache with what waits in its `-wal` file.
    pub fn make(cache: &Path) -> Result<Self, StoreError> {
        let copied = || {
            let folder = TemporaryFolder::new()?;
            let copy = Self { folder };
            for _ in 0..TRIES {
                let before = state(cache)?;
                copy_file(cache, &copy.path())?;
                copy_file(&beside(cache, "-wal"), &beside(&copy.path(), "-wal"))?;
                if state(cache)? == before {
                    return Ok(Some(copy));
                }
            }
            Ok(None)
        };
        let failed = |error: io::Error| {
            let temporary = std::env::temp_dir();
            let reason = format!(
                "it cannot be read where it lies, and copying it to {} failed: {error}; name another folder with TMPDIR",
                temporary.display()
            );
            StoreError::Unusable { path: cache.to_owned(), reason }
        };
        copied().map_err(failed)?.ok_or(StoreError::Busy)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("cache.db")
    }

    /// A connection to the copy, brought up to date.
    pub fn connect(&self, progress: Progress<'_>) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(self.path(), flags)?;
        schema::prepare(&mut connection, &self.path(), false, progress)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

type State = [Option<(u64, Option<SystemTime>)>; 2];

/// What changes when the cache does.
fn state(cache: &Path) -> io::Result<State> {
    let file_state = |path: &Path| match fs::metadata(path) {
        Ok(data) => Ok(Some((data.len(), data.modified().ok()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    Ok([file_state(cache)?, file_state(&beside(cache, "-wal"))?])
}

/// Copies the bytes of a file, where it is there, and not its permissions.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    match File::open(from) {
        Ok(mut from) => io::copy(&mut from, &mut File::create(to)?).map(drop),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
