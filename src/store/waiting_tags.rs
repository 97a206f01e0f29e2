//! Tags that wait beside the cache while an import holds it: a file of one action a line, forced to disk before the tag
//! counts as kept, and emptied by whoever writes to the log next.
//!
//! Whoever gives the next number of the log holds the lock of this file until the action is in the log or in the file,
//! and never waits for the cache meanwhile. An action that is in both, since the program was killed in between, has the
//! same number in both and counts once.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::tag_action::Action;

/// The file, locked.
#[derive(Debug)]
pub(super) struct WaitingTags {
    file: File,
    path: PathBuf,
}

/// The file that lies beside a cache.
fn beside(cache: &Path) -> PathBuf {
    let mut name = cache.as_os_str().to_owned();
    name.push("-tags");
    name.into()
}

fn lacking(path: &Path, error: &io::Error) -> StoreError {
    StoreError::WaitingTags { path: path.to_owned(), reason: error.to_string() }
}

/// Where a file system knows no locks, a single program is still safe.
fn unless_unsupported(locked: io::Result<()>) -> io::Result<()> {
    locked.or_else(|error| if error.kind() == io::ErrorKind::Unsupported { Ok(()) } else { Err(error) })
}

impl WaitingTags {
    /// Makes the file where there is none, and waits for whoever holds it, which is never long.
    pub fn lock(cache: &Path) -> Result<Self, StoreError> {
        let path = beside(cache);
        let open = || {
            super::make_private(&path)?;
            let file = OpenOptions::new().read(true).write(true).open(&path)?;
            unless_unsupported(file.lock()).map(|()| file)
        };
        let file = open().map_err(|error| lacking(&path, &error))?;
        Ok(Self { file, path })
    }

    /// The file, if something waits in it.
    pub fn lock_if_any(cache: &Path) -> Result<Option<Self>, StoreError> {
        let any = std::fs::metadata(beside(cache)).is_ok_and(|data| data.len() > 0);
        any.then(|| Self::lock(cache)).transpose()
    }

    /// What waits, the oldest first.
    pub fn actions(&mut self) -> Result<Vec<Action>, StoreError> {
        read(&mut self.file, &self.path)
    }

    /// Adds an action, and forces it to disk.
    pub fn add(&mut self, action: &Action) -> Result<(), StoreError> {
        let whole = self.whole().map_err(|error| lacking(&self.path, &error))?;
        self.write_at(whole, action).map_err(|error| {
            // Half a line is cut off by the next one who writes here, if not now.
            let _ = self.file.set_len(whole);
            lacking(&self.path, &error)
        })
    }

    fn write_at(&mut self, end: u64, action: &Action) -> io::Result<()> {
        self.file.set_len(end)?;
        self.file.seek(SeekFrom::Start(end))?;
        let mut line = serde_json::to_vec(action)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()
    }

    /// Bytes of the whole lines: what follows was torn before it was kept.
    fn whole(&mut self) -> io::Result<u64> {
        let mut bytes = Vec::new();
        self.file.rewind()?;
        self.file.read_to_end(&mut bytes)?;
        Ok(memchr::memrchr(b'\n', &bytes).map_or(0, |end| end as u64 + 1))
    }

    /// Takes away what is in the log now.
    pub fn clear(&self) -> Result<(), StoreError> {
        let length = self.file.metadata().map_or(1, |data| data.len());
        if length == 0 {
            return Ok(());
        }
        self.file.set_len(0).map_err(|error| lacking(&self.path, &error))
    }
}

/// What waits beside a cache, for who only reads.
pub(super) fn waiting(cache: &Path) -> Result<Vec<Action>, StoreError> {
    let path = beside(cache);
    let open = || {
        let file = File::open(&path)?;
        unless_unsupported(file.lock_shared()).map(|()| file)
    };
    match open() {
        Ok(mut file) => read(&mut file, &path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(lacking(&path, &error)),
    }
}

fn read(file: &mut File, path: &Path) -> Result<Vec<Action>, StoreError> {
    let mut bytes = Vec::new();
    file.rewind().and_then(|()| file.read_to_end(&mut bytes)).map_err(|error| lacking(path, &error))?;
    let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
    let lines = bytes[..whole].split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let action = |line| serde_json::from_slice(line).map_err(|error| lacking(path, &io::Error::from(error)));
    lines.map(action).collect()
}
