//! Tags that wait beside the cache while an import holds it: a file of one action a line, forced to disk before the tag
//! counts as kept, and emptied by whoever writes to the log next.
//!
//! Whoever gives the next number of the log holds the lock of this file until the action is in the log or in the file,
//! and never waits for the cache meanwhile. An action that is in both, since the program was killed in between, has the
//! same number in both and counts once.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::find::row_of_key;

/// Label and note.
pub(super) type Said = (Option<String>, Option<String>);

/// An action that waits, as the log will hold it. Accounts go by platform and id, since rows come and go with imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Action {
    pub number: u64,
    pub kind: String,
    pub of: Option<u64>,
    pub source: String,
    pub at: i64,
    pub changes: Vec<Change>,
}

/// What one account's tag was and is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    /// Blank where it is not known, and in what an earlier version wrote.
    #[serde(default)]
    pub platform: String,
    pub account: String,
    pub before: Said,
    pub after: Said,
}

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

/// The newest number that the log has given.
pub(super) fn last_number(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(number), 0) FROM tag_batch", [], |row| row.get(0))?)
}

/// Those of the actions that the log does not hold.
pub(super) fn not_logged(connection: &Connection, actions: Vec<Action>) -> Result<Vec<Action>, StoreError> {
    let mut lacking = Vec::new();
    for action in actions {
        if !is_logged(connection, &action)? {
            lacking.push(action);
        }
    }
    Ok(lacking)
}

fn is_logged(connection: &Connection, action: &Action) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM tag_batch WHERE number = ?1 AND at = ?2 AND kind = ?3 AND source = ?4";
    let found = connection.query_row(sql, params![action.number, action.at, action.kind, action.source], |_| Ok(()));
    Ok(found.optional()?.is_some())
}

/// Writes to the log what waits and is not there. True where an account had gone meanwhile and had to come back.
pub(super) fn take_in(connection: &Connection, actions: &[Action]) -> Result<bool, StoreError> {
    let mut made = 0;
    for action in actions {
        if is_logged(connection, action)? {
            continue;
        }
        let number = action.number.max(last_number(connection)? + 1);
        connection.execute(
            "INSERT INTO tag_batch (number, kind, of, source, at)
             VALUES (?1, ?2, (SELECT number FROM tag_batch WHERE number = ?3), ?4, ?5)",
            params![number, action.kind, action.of, action.source, action.at],
        )?;
        let mut account =
            connection.prepare_cached("INSERT INTO account (platform, platform_id) VALUES (?1, ?2) RETURNING id")?;
        let mut event = connection.prepare_cached("INSERT INTO tag_event VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for Change { platform, account: id, before, after } in &action.changes {
            let row = match row_of_key(connection, platform, id)? {
                Some(row) => row,
                None => {
                    made += 1;
                    account.query_row([platform, id], |row| row.get(0))?
                }
            };
            event.execute(params![number, row, before.0, before.1, after.0, after.1])?;
        }
    }
    Ok(made > 0)
}
