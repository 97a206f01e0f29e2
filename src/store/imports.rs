//! Which files the data came from, and taking one back.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError};
use crate::model::{Import, InputFile, SkippedLine, Timestamp};

/// What names the file that brought a row.
const TABLES: [&str; 7] = ["profile", "profile_value", "detail", "post", "share", "deletion", "import"];

const COLUMNS: &str = "id, path, sha256, bytes, format, imported_at, records, skipped";

impl Store {
    /// Every imported file, in the order of import.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn imports(&self) -> Result<Vec<Import>, StoreError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM import ORDER BY id"))?;
        let imports = statement.query_map([], import)?;
        Ok(imports.collect::<Result<_, _>>()?)
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

    /// Takes everything back that a file brought and no other one. Accounts that are tagged stay, without what the file
    /// said of them, and so do the pictures of accounts that stay. False where there is no such import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written; then nothing is taken back.
    pub fn remove_import(&mut self, import: u32) -> Result<bool, StoreError> {
        self.connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        let transaction = self.connection.transaction()?;
        let known: Option<u32> =
            transaction.query_row("SELECT id FROM import WHERE id = ?1", [import], |row| row.get(0)).optional()?;
        if known.is_none() {
            return Ok(false);
        }
        // Links that were kept name accounts that may go.
        transaction.execute_batch("DELETE FROM cached_link; DELETE FROM linking")?;
        remove_rows(&transaction, import)?;
        transaction.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
        transaction.commit()?;
        self.connection.execute_batch("PRAGMA foreign_keys = ON")?;
        Ok(true)
    }
}

fn import(row: &Row<'_>) -> rusqlite::Result<Import> {
    let sha256: Option<String> = row.get(2)?;
    Ok(Import {
        id: row.get(0)?,
        finished: sha256.is_some(),
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

/// Deletes every row that an import brought, and what nothing else mentions.
pub(super) fn remove_rows(connection: &Connection, import: u32) -> Result<(), StoreError> {
    for table in TABLES {
        let column = if table == "import" { "id" } else { "import_id" };
        connection.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [import])?;
    }
    connection.execute("DELETE FROM rejected_line WHERE import_id = ?1", [import])?;
    connection.execute_batch(
        "DELETE FROM object WHERE id NOT IN (SELECT object_id FROM share) AND id NOT IN (SELECT object_id FROM detail);
         DELETE FROM account WHERE id NOT IN (
             SELECT account_id FROM profile UNION SELECT account_id FROM post UNION SELECT account_id FROM share
             UNION SELECT author_id FROM detail WHERE author_id IS NOT NULL UNION SELECT account_id FROM tag_event);
         DELETE FROM avatar WHERE id NOT IN (SELECT avatar_id FROM account WHERE avatar_id IS NOT NULL);
         DELETE FROM word WHERE id NOT IN (
             SELECT language_id FROM post WHERE language_id IS NOT NULL
             UNION SELECT client_id FROM post WHERE client_id IS NOT NULL)",
    )?;
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
    /// When that begins.
    pub at: Timestamp,
}

/// Finds the import of a file that was begun or finished before, or begins a new one.
pub(super) fn begin(connection: &Connection, start: &ImportStart) -> Result<u32, StoreError> {
    let known = connection.query_row(
        "SELECT id FROM import WHERE sha256 = ?1 OR (sha256 IS NULL AND head = ?2 AND bytes = ?3 AND format = ?4)
         ORDER BY sha256 IS NULL LIMIT 1",
        params![start.sha256, start.head, start.bytes, start.format],
        |row| row.get(0),
    );
    if let Some(known) = known.optional()? {
        return Ok(known);
    }
    // Numbers of imports that were taken back are given again only where nothing newer has come.
    Ok(connection.query_row(
        "INSERT INTO import (id, sha256, head, path, bytes, format, imported_at, records, skipped)
         SELECT 1 + max(coalesce((SELECT max(id) FROM import), 0), 0), NULL, ?1, ?2, ?3, ?4, ?5, 0, 0
         RETURNING id",
        params![start.head, start.path, start.bytes, start.format, start.at.0],
        |row| row.get(0),
    )?)
}

/// Records that a file was read to its end. What another import of the same bytes brought already is not kept twice;
/// tells whether that was so.
pub(super) fn end(connection: &Connection, import: u32, file: &InputFile) -> Result<bool, StoreError> {
    let twin: Option<u32> = connection
        .query_row("SELECT id FROM import WHERE sha256 = ?1 AND id <> ?2", params![file.sha256, import], |row| {
            row.get(0)
        })
        .optional()?;
    if twin.is_some() {
        remove_rows(connection, import)?;
        return Ok(true);
    }
    connection.execute(
        "UPDATE import SET sha256 = ?2, bytes = ?3, format = ?4, records = ?5, skipped = ?6 WHERE id = ?1",
        params![import, file.sha256, file.bytes, file.format, file.records, file.skipped],
    )?;
    Ok(false)
}

/// Whether a file that begins like this and is as long was read to its end before.
pub(super) fn is_likely_known(connection: &Connection, head: &str, bytes: u64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM import WHERE head = ?1 AND bytes = ?2 AND sha256 IS NOT NULL";
    Ok(connection.query_row(sql, params![head, bytes], |_| Ok(())).optional()?.is_some())
}
