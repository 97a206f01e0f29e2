//! What to say of damage: which import it concerns, and how what that brought is read anew.

use rusqlite::Connection;

use super::StoreError;

/// Of a blob that an import brought. What cannot be named, as in a cache of which more is damaged, is the whole cache.
#[cold]
pub(super) fn damaged_import(connection: &Connection, import: u32) -> StoreError {
    let sql = "SELECT path FROM import WHERE id = ?1";
    match connection.query_row(sql, [import], |row| row.get(0)) {
        Ok(path) => StoreError::DamagedImport { import, path },
        Err(_) => StoreError::Damaged,
    }
}
