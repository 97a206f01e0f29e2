//! Whether the file that was opened still lies where it lay: what is written to one that does not is lost.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::marks::Marks;
use super::open::beside;
use super::{CacheFile, Store, StoreError};

/// Where the file of an open cache is by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Where it was.
    Same,
    /// Removed or moved away, and nothing lies in its place.
    Gone,
    /// Another file lies in its place.
    Replaced,
    /// It was cut off.
    Shrunk,
}

/// What makes a file the same one whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    pub fn read(path: &Path) -> io::Result<Self> {
        std::fs::metadata(path).map(|data| Self::from(&data))
    }
}

impl From<&Metadata> for Identity {
    #[cfg(unix)]
    fn from(data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(data.dev(), data.ino())
    }

    #[cfg(not(unix))]
    fn from(_: &Metadata) -> Self {
        // Elsewhere a file that is open can be neither removed nor replaced.
        Self(0, 0)
    }
}

/// What was seen of a file.
#[derive(Debug)]
pub(super) struct Seen {
    identity: Identity,
    /// The most bytes that it had.
    longest: AtomicU64,
    /// Its marks, and when it had been written to as they were read.
    marked: Mutex<Option<(SystemTime, Marks)>>,
}

impl Seen {
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let data = std::fs::metadata(path).map_err(|_| StoreError::Missing { path: path.to_owned() })?;
        Ok(Self { identity: Identity::from(&data), longest: AtomicU64::new(data.len()), marked: Mutex::default() })
    }

    /// Holds what lies there now against what was seen.
    fn presence(&self, path: &Path) -> Presence {
        let Ok(data) = std::fs::metadata(path) else { return Presence::Gone };
        if Identity::from(&data) != self.identity {
            return Presence::Replaced;
        }
        if self.is_written_over(path, &data) {
            return Presence::Replaced;
        }
        // Nothing of ours ever makes it shorter.
        let before = self.longest.fetch_max(data.len(), Ordering::Relaxed);
        if data.len() < before { Presence::Shrunk } else { Presence::Same }
    }

    /// Whether another cache, or this one as it was earlier, was written into the file. Its marks are read only when
    /// somebody wrote to it, which SQLite does every now and then.
    fn is_written_over(&self, path: &Path, data: &Metadata) -> bool {
        let mut marked = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(written) = data.modified() else { return false };
        if marked.is_some_and(|(before, _)| before == written) {
            return false;
        }
        let Some(now) = Marks::read_file(path) else { return false };
        let is_other = marked.is_some_and(|(_, before)| !now.follow(before));
        if !is_other {
            *marked = Some((written, now));
        }
        is_other
    }

    /// # Errors
    /// Says what became of the file.
    pub fn check(&self, path: &Path) -> Result<(), StoreError> {
        must_be_same(self.presence(path), path)
    }
}

fn must_be_same(presence: Presence, path: &Path) -> Result<(), StoreError> {
    let path = path.to_owned();
    match presence {
        Presence::Same => Ok(()),
        Presence::Gone => Err(StoreError::Gone { path }),
        Presence::Replaced => Err(StoreError::Replaced { path }),
        Presence::Shrunk => Err(StoreError::Shrunk { path }),
    }
}

impl CacheFile {
    /// Whether the file still is what was opened; for who watches it without a connection.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.seen().presence(self.path())
    }

    /// Makes sure that it is.
    ///
    /// # Errors
    /// Says what became of the file: gone, replaced or cut off.
    pub fn check_in_place(&self) -> Result<(), StoreError> {
        must_be_same(self.presence(), self.path())
    }
}

impl Store {
    /// Whether the file of the cache, and the `-wal` file to which SQLite writes first, are still what was opened. Asks
    /// the file system, so that it is cheap enough for every write, and for every second or so.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.file().map_or(Presence::Same, |file| match file.presence() {
            Presence::Same => self.wal_presence(file.path()),
            other => other,
        })
    }

    fn wal_presence(&self, path: &Path) -> Presence {
        match (self.wal, self.wal.and_then(|_| Identity::read(&beside(path, "-wal")).ok())) {
            (Some(_), None) => Presence::Gone,
            (Some(before), Some(now)) if before != now => Presence::Replaced,
            _ => Presence::Same,
        }
    }

    /// Makes sure that what is written to the cache will be found there.
    ///
    /// # Errors
    /// Says what became of the file: gone, replaced or cut off.
    pub fn check_in_place(&self) -> Result<(), StoreError> {
        self.file().map_or(Ok(()), |file| must_be_same(self.presence(), file.path()))
    }

    /// Makes sure that the cache can be written, and that what is written will be found there.
    ///
    /// # Errors
    /// Fails where the cache can only be read, and where its file is gone, replaced or cut off.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        if let Some((file, reason)) = self.file().zip(self.read_only()) {
            return Err(StoreError::ReadOnly { path: file.path().to_owned(), reason: reason.to_owned() });
        }
        self.check_in_place()
    }
}
