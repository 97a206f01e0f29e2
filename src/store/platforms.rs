//! Which platforms there are, and which one an account is of.

use super::last_rows::largest_row;
use super::{Store, StoreError};
use crate::model::Platform;

impl Store {
    /// Every platform with the number of its accounts, the blank one first.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn platforms(&self) -> Result<Vec<(Platform, u64)>, StoreError> {
        let sql = "SELECT platform, count(*) FROM account GROUP BY platform ORDER BY platform";
        let mut statement = self.connection.prepare(sql)?;
        let platforms = statement.query_map([], |row| Ok((Platform::named(row.get_ref(0)?.as_str()?), row.get(1)?)))?;
        Ok(platforms.collect::<Result<_, _>>()?)
    }

    /// Every platform, the blank one first: found by leaping from one to the next, since there are few of them and millions
    /// of accounts.
    pub(super) fn platform_words(&self) -> Result<Vec<Platform>, StoreError> {
        let sql = "WITH RECURSIVE found (word) AS (
                       SELECT min(platform) FROM account
                       UNION ALL
                       SELECT (SELECT min(platform) FROM account WHERE platform > word) FROM found WHERE word IS NOT NULL)
                   SELECT word FROM found WHERE word IS NOT NULL";
        let mut statement = self.connection.prepare(sql)?;
        let words = statement.query_map([], |row| Ok(Platform::named(row.get_ref(0)?.as_str()?)))?;
        Ok(words.collect::<Result<_, _>>()?)
    }

    /// Which platform each account is of, where that makes a difference.
    pub(super) fn account_homes(&self) -> Result<AccountHomes, StoreError> {
        let words = self.platform_words()?;
        if words.len() < 2 {
            return Ok(AccountHomes::default());
        }
        let mut homes = vec![0; largest_row(&self.connection, "account")? as usize + 1];
        let mut statement = self.connection.prepare("SELECT id, platform FROM account ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, word): (usize, _) = (row.get(0)?, row.get_ref(1)?.as_str()?);
            let place = words.binary_search_by(|platform| platform.word().cmp(word)).unwrap_or_default();
            if let Some(home) = homes.get_mut(id) {
                *home = u16::try_from(place).unwrap_or(u16::MAX);
            }
        }
        Ok(AccountHomes(homes))
    }
}

/// The one of `words` that is `word`: millions of accounts share few of them.
pub(super) fn shared(words: &[Platform], word: &str) -> Platform {
    // Another program may have written a new one since the words were read.
    words.iter().find(|platform| platform.word() == word).cloned().unwrap_or_else(|| Platform::named(word))
}

/// The platforms of accounts, by account id: as numbers that say whether two are the same.
#[derive(Debug, Default)]
pub(super) struct AccountHomes(Vec<u16>);

impl AccountHomes {
    pub fn get(&self, account: u32) -> u16 {
        self.0.get(account as usize).copied().unwrap_or_default()
    }
}
