//! Which files the data came from.

use rusqlite::{Connection, params};

use super::{Store, StoreError};
use crate::model::{InputFile, SkippedLine, Timestamp};

/// Reasons that are kept of one input; the count of skipped lines is always whole.
const REASONS: usize = 100;

impl Store {
    /// Every imported file, in the order of import.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn inputs(&self) -> Result<Vec<InputFile>, StoreError> {
        let sql = "SELECT path, sha256, bytes, format, imported_at, records, skipped FROM input ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let inputs = statement.query_map([], |row| {
            Ok(InputFile {
                path: row.get(0)?,
                sha256: row.get(1)?,
                bytes: row.get(2)?,
                format: row.get(3)?,
                imported_at: Timestamp(row.get(4)?),
                records: row.get(5)?,
                skipped: row.get(6)?,
            })
        })?;
        Ok(inputs.collect::<Result<_, _>>()?)
    }
}

/// Records an input. Equal bytes keep the name and the time under which they came first.
pub(super) fn record(connection: &Connection, input: &InputFile, skipped: &[SkippedLine]) -> rusqlite::Result<()> {
    let id: i64 = connection.query_row(
        "INSERT INTO input (sha256, path, bytes, format, imported_at, records, skipped)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (sha256) DO UPDATE SET format = excluded.format, records = excluded.records,
             skipped = excluded.skipped
         RETURNING id",
        params![input.sha256, input.path, input.bytes, input.format, input.imported_at.0, input.records, input.skipped],
        |row| row.get(0),
    )?;
    connection.execute("DELETE FROM skipped_line WHERE input_id = ?1", [id])?;
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO skipped_line VALUES (?1, ?2, ?3)")?;
    for line in skipped.iter().take(REASONS) {
        insert.execute(params![id, line.line, line.reason])?;
    }
    Ok(())
}
