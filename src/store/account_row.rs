//! Which row of the cache an account has now.

use rusqlite::Connection;

use super::find::row_of_key;
use super::{Store, StoreError};
use crate::model::{AccountId, AccountKey, Platform};

impl Store {
    /// What names the account of a row for good.
    ///
    /// # Errors
    /// Fails where there is no such row, or the cache cannot be read.
    pub fn account_key(&self, id: AccountId) -> Result<AccountKey, StoreError> {
        let sql = "SELECT platform, platform_id FROM account WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(AccountKey { platform: Platform::named(row.get_ref(0)?.as_str()?), id: row.get(1)? })
        };
        Ok(self.connection.query_row(sql, [id.0], read)?)
    }
}

/// The row of an account; none where it is gone.
pub(super) fn row(connection: &Connection, key: &AccountKey) -> Result<Option<u32>, StoreError> {
    row_of_key(connection, key.platform.word(), &key.id)
}

/// The row of an account, which is made where there is none; and whether it was.
pub(super) fn row_or_new(connection: &Connection, key: &AccountKey) -> Result<(u32, bool), StoreError> {
    if let Some(row) = row(connection, key)? {
        return Ok((row, false));
    }
    let sql = "INSERT INTO account (platform, platform_id) VALUES (?1, ?2) RETURNING id";
    let mut insert = connection.prepare_cached(sql)?;
    Ok((insert.query_row([key.platform.word(), &key.id], |row| row.get(0))?, true))
}

/// The platforms that an account may be of whose name knows none, where there are several; nothing where it is clear who is
/// meant.
pub(super) fn unclear(connection: &Connection, key: &AccountKey) -> Result<Option<String>, StoreError> {
    if key.platform.is_known() || row(connection, key)?.is_some() {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached("SELECT platform FROM account WHERE platform_id = ?1 ORDER BY 1")?;
    let platforms = statement.query_map([&key.id], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok((platforms.len() > 1).then(|| platforms.join(", ")))
}
