//! The greatest number of a row that was ever given, whatever became of the row: none is given again, so that a number that
//! an open interface or another program still holds never comes to mean something else.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;

/// Tables whose numbers the program keeps; SQLite does it for those that are `AUTOINCREMENT`.
const KEPT: [&str; 2] = ["object", "avatar"];

/// The last row of a table of which rows are never given again; 0 where there was none.
pub(super) fn last_row(connection: &Connection, table: &str) -> Result<u32, StoreError> {
    let last: Option<i64> = if KEPT.contains(&table) {
        let sql = "SELECT value FROM meta WHERE name = 'last_' || ?1";
        connection.query_row(sql, [table], |row| row.get(0)).optional()?
    } else {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
        connection.query_row(sql, [table], |row| row.get(0)).optional()?
    };
    let last = last.unwrap_or_default();
    u32::try_from(last).map_err(|_| StoreError::TooLarge(last))
}

/// Keeps which row of one of these tables is the last, once it has new ones.
pub(super) fn keep_last_row(connection: &Connection, table: &str) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE meta SET value = max(value, (SELECT coalesce(max(id), 0) FROM {table})) WHERE name = 'last_{table}'"
    );
    connection.prepare_cached(&sql)?.execute([])?;
    Ok(())
}

/// The largest number of a row that a table has. One that was never given is damage, and not for anybody to make room for.
pub(super) fn largest_row(connection: &Connection, table: &str) -> Result<u32, StoreError> {
    let sql = format!("SELECT coalesce(max(id), 0) FROM {table}");
    let largest: i64 = connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
    let last = last_row(connection, table)?;
    u32::try_from(largest).ok().filter(|&largest| largest <= last).ok_or(StoreError::Damaged)
}
