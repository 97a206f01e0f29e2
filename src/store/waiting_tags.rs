//! Tags that wait beside the cache while an import holds it: a file of one action a line, forced to disk before the tag
//! counts as kept, and emptied by whoever writes to the log next.
//!
//! Whoever gives the next number of the log holds the lock of this file until the action is in the log or in the file,
//! and never waits for the cache meanwhile. An action that is in both, since the program was killed in between, has the
//! same number in both and counts once.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::tag_action::Action;
use super::{PATIENCE, StoreError};

/// What may wait, in bytes: more than an import can take to end, less than is too much to be read at every look.
const LARGEST: u64 = 64 << 20;
/// More actions than anybody takes; a number beyond it was not given by this program, and leaves no room for the next ones.
const LAST_NUMBER: u64 = 1 << 53;
/// How long whoever can go on without the lock waits for it.
const GLANCE: Duration = Duration::from_secs(1);
/// Between two tries to get the lock.
const TURN: Duration = Duration::from_millis(5);

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

/// Tries to get a lock for so long; false where somebody else holds it all the time. Where a file system knows no locks, a
/// single program is still safe.
fn locked_within(patience: Duration, mut lock: impl FnMut() -> Result<(), TryLockError>) -> io::Result<bool> {
    let until = Instant::now() + patience;
    loop {
        match lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(TURN),
            Err(TryLockError::WouldBlock) => return Ok(false),
        }
    }
}

impl WaitingTags {
    /// Makes the file where there is none, and waits for whoever holds it, which is never long unless that program was
    /// stopped in the middle.
    pub fn lock(cache: &Path) -> Result<Self, StoreError> {
        Self::lock_within(cache, PATIENCE)
    }

    pub(super) fn lock_within(cache: &Path, patience: Duration) -> Result<Self, StoreError> {
        let path = beside(cache);
        match Self::try_lock(&path, patience) {
            Ok(Some(file)) => Ok(file),
            Ok(None) => Err(StoreError::TagsHeld { path, seconds: patience.as_secs() }),
            Err(error) => Err(lacking(&path, &error)),
        }
    }

    fn try_lock(path: &Path, patience: Duration) -> io::Result<Option<Self>> {
        ordinary(path)?;
        super::place::make_private(path)?;
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let locked = locked_within(patience, || file.try_lock())?;
        Ok(locked.then(|| Self { file, path: path.to_owned() }))
    }

    /// The file, if something waits in it and nobody holds it: what waits can wait on.
    pub fn lock_if_any(cache: &Path) -> Result<Option<Self>, StoreError> {
        let path = beside(cache);
        let any = std::fs::metadata(&path).is_ok_and(|data| data.len() > 0);
        if any { Self::try_lock(&path, GLANCE).map_err(|error| lacking(&path, &error)) } else { Ok(None) }
    }

    /// What waits, the oldest first.
    pub fn actions(&mut self) -> Result<Vec<Action>, StoreError> {
        read(&mut self.file, &self.path)
    }

    /// Adds an action, and forces it to disk.
    pub fn add(&mut self, action: &Action) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(action).map_err(|error| lacking(&self.path, &error.into()))?;
        line.push(b'\n');
        let whole = self.whole().map_err(|error| lacking(&self.path, &error))?;
        if whole + line.len() as u64 > LARGEST {
            return Err(StoreError::TagsFull { path: self.path.clone() });
        }
        self.write_at(whole, &line).map_err(|error| {
            // Half a line is cut off by the next one who writes here, if not now.
            let _ = self.file.set_len(whole);
            lacking(&self.path, &error)
        })
    }

    fn write_at(&mut self, end: u64, line: &[u8]) -> io::Result<()> {
        self.file.set_len(end)?;
        self.file.seek(SeekFrom::Start(end))?;
        self.file.write_all(line)?;
        self.file.sync_data()
    }

    /// Bytes of the whole lines: what follows was torn before it was kept.
    fn whole(&mut self) -> io::Result<u64> {
        let bytes = bytes_of(&mut self.file)?;
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

/// Makes sure that the file, where it is there, is one: a pipe would be waited for without end.
fn ordinary(path: &Path) -> io::Result<()> {
    match std::fs::metadata(path) {
        Ok(data) if !data.is_file() => Err(io::Error::other("it is no ordinary file")),
        _ => Ok(()),
    }
}

/// Whether anything waits beside a cache, without a look into the file.
pub(super) fn any_wait(cache: &Path) -> bool {
    std::fs::metadata(beside(cache)).is_ok_and(|data| data.len() > 0)
}

/// What waits beside a cache, for who only reads. Whoever holds the file for long was stopped, and changes nothing; a line
/// that is not whole is none, so that it is read all the same.
pub(super) fn waiting(cache: &Path) -> Result<Vec<Action>, StoreError> {
    let path = beside(cache);
    // Of an empty one nothing has to be read, which somebody else's may not be.
    if std::fs::metadata(&path).is_ok_and(|data| data.is_file() && data.len() == 0) {
        return Ok(Vec::new());
    }
    let open = || {
        ordinary(&path)?;
        let file = File::open(&path)?;
        locked_within(GLANCE, || file.try_lock_shared()).map(|_| file)
    };
    match open() {
        Ok(mut file) => read(&mut file, &path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(lacking(&path, &error)),
    }
}

/// All that is in the file, which is never more than may wait.
fn bytes_of(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    Read::by_ref(file).take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!("it is larger than {} MiB, which no such file is", LARGEST >> 20)));
    }
    Ok(bytes)
}

fn read(file: &mut File, path: &Path) -> Result<Vec<Action>, StoreError> {
    let bytes = bytes_of(file).map_err(|error| lacking(path, &error))?;
    let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
    let lines = bytes[..whole].split(|&byte| byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    let action = |(place, line): (usize, &[u8])| {
        let action: Action = serde_json::from_slice(line).map_err(io::Error::from)?;
        if action.number > LAST_NUMBER {
            return Err(io::Error::other(format!("line {}: no action has the number {}", place + 1, action.number)));
        }
        Ok(action)
    };
    lines.map(|line| action(line).map_err(|error| lacking(path, &error))).collect()
}
