//! Which row of the cache an account has now.

use rusqlite::{CachedStatement, Connection, OptionalExtension};

use super::{Store, StoreError};
use crate::model::{AccountId, AccountKey, Platform};

impl Store {
    /// What names the account of a row for good.
    ///
    /// # Errors
    /// Fails where there is no such row, or the cache cannot be read.
    pub fn account_key(&self, id: AccountId) -> Result<AccountKey, StoreError> {
        let sql = "SELECT platform_id FROM account WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok(AccountKey { platform: Platform::default(), id: row.get(0)? });
        Ok(self.connection.query_row(sql, [id.0], read)?)
    }
}

/// Finds rows by what names an account for good.
pub(super) struct AccountRows<'c> {
    connection: &'c Connection,
    found: CachedStatement<'c>,
}

impl<'c> AccountRows<'c> {
    pub fn of(connection: &'c Connection) -> Result<Self, StoreError> {
        let found = connection.prepare_cached("SELECT id FROM account WHERE platform_id = ?1")?;
        Ok(Self { connection, found })
    }

    /// The row of an account; none where it is gone.
    pub fn get(&mut self, key: &AccountKey) -> Result<Option<u32>, StoreError> {
        Ok(self.found.query_row([&key.id], |row| row.get(0)).optional()?)
    }

    /// The row of an account, which is made where there is none; and whether it was.
    pub fn get_or_make(&mut self, key: &AccountKey) -> Result<(u32, bool), StoreError> {
        if let Some(row) = self.get(key)? {
            return Ok((row, false));
        }
        let sql = "INSERT INTO account (platform_id) VALUES (?1) RETURNING id";
        Ok((self.connection.query_row(sql, [&key.id], |row| row.get(0))?, true))
    }
}
