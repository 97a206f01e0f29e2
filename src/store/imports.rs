//! Which files the data came from, and taking one back.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::tags::take_in_waiting;
use super::unused::remove_unused;
use super::{Store, StoreError};
use crate::model::{Import, InputFile, ObjectKind, Platform, SkippedLine, Timestamp};

/// What names the file that brought a row.
const TABLES: [&str; 8] =
    ["profile", "profile_value", "detail", "post_chunk", "share_chunk", "deletion", "rejected_line", "warning"];

/// Raised whenever formats or layers come to read more: files that were imported before are then read anew.
const READING: i64 = 1;

const COLUMNS: &str = "id, path, sha256, bytes, format, imported_at, records, skipped";

impl Store {
    /// Every imported file, in the order of import.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn imports(&self) -> Result<Vec<Import>, StoreError> {
        self.snapshot(Self::read_imports)
    }

    fn read_imports(&self) -> Result<Vec<Import>, StoreError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM import ORDER BY id"))?;
        let imports = statement.query_map([], import)?;
        let mut imports: Vec<Import> = imports.collect::<Result<_, _>>()?;
        let mut statement = self.connection.prepare("SELECT import_id, text FROM warning ORDER BY import_id, place")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: u32 = row.get(0)?;
            if let Ok(place) = imports.binary_search_by_key(&id, |import| import.id) {
                imports[place].warnings.push(row.get(1)?);
            }
        }
        Ok(imports)
    }

    /// Lines of an import that could not be read, in their order.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn rejected_lines(&self, import: u32) -> Result<Vec<SkippedLine>, StoreError> {
        let sql = "SELECT line, reason FROM rejected_line WHERE import_id = ?1 ORDER BY line";
        let mut statement = self.connection.prepare(sql)?;
        let lines = statement.query_map([import], |row| Ok(SkippedLine { line: row.get(0)?, reason: row.get(1)? }))?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// Gives every line of an import that could not be read to `each`, in their order, until that fails.
    ///
    /// # Errors
    /// Fails where the cache cannot be read; the inner error is that of `each`.
    pub fn for_each_rejected_line<E>(
        &self,
        import: u32,
        each: &mut dyn FnMut(SkippedLine) -> Result<(), E>,
    ) -> Result<Result<(), E>, StoreError> {
        let sql = "SELECT line, reason FROM rejected_line WHERE import_id = ?1 ORDER BY line";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([import])?;
        while let Some(row) = rows.next()? {
            let taken = each(SkippedLine { line: row.get(0)?, reason: row.get(1)? });
            if taken.is_err() {
                return Ok(taken);
            }
        }
        Ok(Ok(()))
    }

    /// Takes everything back that a file brought and no other one. Accounts that are tagged stay, without what the file
    /// said of them, and so do the pictures of accounts that stay. False where there is no such import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written; then nothing is taken back.
    pub fn remove_import(&mut self, import: u32) -> Result<bool, StoreError> {
        self.check_writable()?;
        if let Some(path) = &self.path {
            // Accounts stay where a tag is in the log; what could not be taken in brings its account back later.
            take_in_waiting(&self.connection, path)?;
        }
        self.connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        let removed = self.remove_import_unchecked(import);
        self.connection.execute_batch("PRAGMA foreign_keys = ON")?;
        removed
    }

    fn remove_import_unchecked(&mut self, import: u32) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known: Option<u32> =
            transaction.query_row("SELECT id FROM import WHERE id = ?1", [import], |row| row.get(0)).optional()?;
        if known.is_none() {
            return Ok(false);
        }
        // Links that were kept name accounts that may go.
        transaction.execute_batch("DELETE FROM cached_link; DELETE FROM linking")?;
        remove_rows(&transaction, import)?;
        transaction.execute("DELETE FROM import WHERE id = ?1", [import])?;
        remove_unused(&transaction)?;
        transaction.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
        transaction.commit()?;
        Ok(true)
    }
}

fn import(row: &Row<'_>) -> rusqlite::Result<Import> {
    let sha256: Option<String> = row.get(2)?;
    Ok(Import {
        id: row.get(0)?,
        finished: sha256.is_some(),
        warnings: Vec::new(),
        file: InputFile {
            path: row.get(1)?,
            sha256: sha256.unwrap_or_default(),
            bytes: row.get(3)?,
            format: row.get(4)?,
            imported_at: Timestamp(row.get(5)?),
            records: row.get(6)?,
            skipped: row.get(7)?,
        },
    })
}

/// Deletes every row that an import brought.
fn remove_rows(connection: &Connection, import: u32) -> Result<(), StoreError> {
    for table in TABLES {
        connection.execute(&format!("DELETE FROM {table} WHERE import_id = ?1"), [import])?;
    }
    Ok(())
}

/// What is known of a file before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportStart {
    /// The path as the user named it.
    pub path: String,
    /// SHA-256 of the beginning of the file, in hexadecimal.
    pub head: String,
    /// SHA-256 of the whole file, where it was worth the time to find out.
    pub sha256: Option<String>,
    /// Bytes on disk, 0 where nobody can tell.
    pub bytes: u64,
    /// Name of the format it will be read as.
    pub format: String,
    /// Whose accounts and posts it tells of.
    pub platform: Platform,
    /// When that begins.
    pub at: Timestamp,
}

/// An import that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Begun {
    pub import: u32,
    /// The same bytes were read to their end before, in the same way: there is nothing to be kept of this time.
    pub known: bool,
    /// What it brought before was taken for another platform's, and is gone.
    pub moved: bool,
}

/// Finds the import of a file that was begun or finished before, or begins a new one. What is left of one that was cut off
/// goes, since all of it comes again.
pub(super) fn begin(connection: &Connection, start: &ImportStart) -> Result<Begun, StoreError> {
    let found = connection.query_row(
        "SELECT id, sha256 IS NOT NULL AND reading = ?5 AND format = ?4 AND platform = ?6, platform <> ?6 FROM import
         WHERE sha256 = ?1 OR (sha256 IS NULL AND head = ?2 AND bytes = ?3 AND format = ?4)
         ORDER BY sha256 IS NULL LIMIT 1",
        params![start.sha256, start.head, start.bytes, start.format, READING, start.platform.word()],
        |row| Ok(Begun { import: row.get(0)?, known: row.get(1)?, moved: row.get(2)? }),
    );
    if let Some(begun) = found.optional()? {
        if !begun.known {
            remove_rows(connection, begun.import)?;
            connection.execute(
                "UPDATE import SET sha256 = NULL, format = ?2, platform = ?3, records = 0, skipped = 0 WHERE id = ?1",
                params![begun.import, start.format, start.platform.word()],
            )?;
        }
        if begun.moved {
            remove_unused(connection)?;
        }
        return Ok(begun);
    }
    let import = connection.query_row(
        "INSERT INTO import (sha256, head, path, bytes, format, imported_at, records, skipped, reading, platform)
         VALUES (NULL, ?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?7) RETURNING id",
        params![start.head, start.path, start.bytes, start.format, start.at.0, READING, start.platform.word()],
        |row| row.get(0),
    )?;
    Ok(Begun { import, known: false, moved: false })
}

/// Takes all that is of no known platform for what is of this one.
pub(super) fn take_over(connection: &Connection, platform: &Platform) -> Result<(), StoreError> {
    connection.execute("UPDATE account SET platform = ?1 WHERE platform = ''", [platform.word()])?;
    connection.execute("UPDATE import SET platform = ?1 WHERE platform = ''", [platform.word()])?;
    for kind in ObjectKind::ALL.into_iter().filter(|kind| kind.is_post()) {
        let sql = "UPDATE object SET platform = ?1 WHERE platform = '' AND kind = ?2";
        connection.execute(sql, params![platform.word(), kind.code()])?;
    }
    Ok(())
}

/// The platform as which a file that begins like this and is as long was read before.
pub(super) fn platform_before(connection: &Connection, head: &str, bytes: u64) -> Result<Option<Platform>, StoreError> {
    let sql = "SELECT platform FROM import WHERE head = ?1 AND bytes = ?2 ORDER BY sha256 IS NULL LIMIT 1";
    let platform =
        connection.query_row(sql, params![head, bytes], |row| Ok(Platform::named(row.get_ref(0)?.as_str()?)));
    Ok(platform.optional()?)
}

/// Keeps what is odd about a file.
pub(super) fn warn(connection: &Connection, import: u32, warnings: &[String]) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO warning VALUES (?1, ?2, ?3)")?;
    for (place, text) in warnings.iter().enumerate() {
        insert.execute(params![import, place, text])?;
    }
    Ok(())
}

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ended {
    /// The import that brought the same bytes before, so that nothing is kept of this one.
    pub twin: Option<u32>,
    /// Accounts and objects may be gone.
    pub removed: bool,
}

/// Records that a file was read to its end. What another import of the same bytes brought already is not kept twice.
pub(super) fn end(connection: &Connection, import: u32, file: &InputFile) -> Result<Ended, StoreError> {
    let twin: Option<(u32, bool, bool)> = connection
        .query_row(
            "SELECT twin.id, twin.reading = ?3 AND twin.platform = own.platform, twin.platform <> own.platform
             FROM import twin JOIN import own ON own.id = ?2 WHERE twin.sha256 = ?1 AND twin.id <> ?2",
            params![file.sha256, import, READING],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    if let Some((twin, true, _)) = twin {
        remove_rows(connection, import)?;
        connection.execute("DELETE FROM import WHERE id = ?1", [import])?;
        remove_unused(connection)?;
        return Ok(Ended { twin: Some(twin), removed: true });
    }
    let moved = twin.is_some_and(|(_, _, moved)| moved);
    if let Some((twin, ..)) = twin {
        // An earlier version read less of the same bytes, or they were taken for another platform's.
        remove_rows(connection, twin)?;
        connection.execute("DELETE FROM import WHERE id = ?1", [twin])?;
    }
    if moved {
        remove_unused(connection)?;
    }
    connection.execute(
        "UPDATE import SET sha256 = ?2, bytes = ?3, format = ?4, records = ?5, skipped = ?6, reading = ?7 WHERE id = ?1",
        params![import, file.sha256, file.bytes, file.format, file.records, file.skipped, READING],
    )?;
    Ok(Ended { twin: None, removed: moved })
}

/// Whether a file that begins like this and is as long was read to its end before.
pub(super) fn is_likely_known(connection: &Connection, head: &str, bytes: u64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM import WHERE head = ?1 AND bytes = ?2 AND sha256 IS NOT NULL";
    Ok(connection.query_row(sql, params![head, bytes], |_| Ok(())).optional()?.is_some())
}
