//! The account that a user means, and how accounts are named so that no other one is meant.

use rusqlite::{Connection, OptionalExtension, params};

use super::profile::Sighted;
use super::{Store, StoreError};
use crate::model::{ANY_PLATFORM, AccountId, Platform};

/// The row of an account that was named by its platform and its id earlier. What was of no known platform then may have been
/// taken for one since: it is the only account with that id.
pub(super) fn row_of_key(connection: &Connection, platform: &str, id: &str) -> Result<Option<u32>, StoreError> {
    let row = "SELECT id FROM account WHERE platform = ?1 AND platform_id = ?2";
    let found = connection.prepare_cached(row)?.query_row([platform, id], |row| row.get(0)).optional()?;
    if found.is_some() || !platform.is_empty() {
        return Ok(found);
    }
    let mut statement = connection.prepare_cached("SELECT id FROM account WHERE platform_id = ?1 LIMIT 2")?;
    let rows = statement.query_map([id], |row| row.get(0))?.collect::<Result<Vec<u32>, _>>()?;
    Ok(if let [only] = rows[..] { Some(only) } else { None })
}

impl Store {
    /// The accounts that a user may mean. `@alice` is a handle, whatever its case; `id:alice` an id, `x:alice` an id of that
    /// platform, `:alice` one of no known platform; and `alice` is any of these.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn find_account(&self, wanted: &str) -> Result<Vec<AccountId>, StoreError> {
        if let Some(handle) = wanted.strip_prefix('@') {
            return self.with_handle(handle);
        }
        if let Some((before, id)) = wanted.split_once(':') {
            let found = match before {
                ANY_PLATFORM => self.with_id(id)?,
                word => self.with_key(word, id)?.into_iter().collect(),
            };
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let mut found = self.with_id(wanted)?;
        found.extend(self.with_handle(wanted)?);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn with_id(&self, id: &str) -> Result<Vec<AccountId>, StoreError> {
        let mut found = Vec::new();
        for platform in self.platform_words()? {
            found.extend(self.row_of(platform.word(), id)?);
        }
        found.sort_unstable();
        Ok(found)
    }

    fn with_key(&self, word: &str, id: &str) -> Result<Option<AccountId>, StoreError> {
        // What the user may call a platform, as `twitter`; and what it is called in the cache.
        let platform = word.parse().unwrap_or_else(|_| Platform::named(word));
        self.row_of(platform.word(), id)
    }

    fn row_of(&self, platform: &str, id: &str) -> Result<Option<AccountId>, StoreError> {
        let sql = "SELECT id FROM account WHERE platform = ?1 AND platform_id = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([platform, id], |row| Ok(AccountId(row.get(0)?)));
        Ok(row.optional()?)
    }

    fn with_handle(&self, handle: &str) -> Result<Vec<AccountId>, StoreError> {
        let sql = "SELECT DISTINCT account_id FROM profile WHERE handle = ?1 COLLATE NOCASE ORDER BY account_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map([handle], |row| Ok(AccountId(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// What to write so that `find_account` finds this account and no other one, and its handle. Hostile until sanitised.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, or has no such account.
    pub fn name_for_sure(&self, account: AccountId) -> Result<(String, Option<String>), StoreError> {
        let sql = "SELECT platform, platform_id FROM account WHERE id = ?1";
        let key = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let (platform, id): (String, String) = self.connection.query_row(sql, [account.0], key)?;
        let alone = self.with_id(&id)?.len() == 1;
        let word = if alone { ANY_PLATFORM } else { &platform };
        Ok((format!("{word}:{id}"), self.newest_handle(account)?))
    }

    fn newest_handle(&self, account: AccountId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT handle, seen, import_id FROM profile WHERE account_id = ?1 AND handle IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let handles = statement.query_and_then(params![account.0], |row| {
            let seen = Sighted::handle_seen(&self.connection, row, 1, (account.0, row.get(2)?))?;
            Ok::<_, StoreError>((seen, row.get(0)?))
        })?;
        let handles: Vec<(i64, String)> = handles.collect::<Result<_, _>>()?;
        Ok(handles.into_iter().max().map(|(_, handle)| handle))
    }
}
