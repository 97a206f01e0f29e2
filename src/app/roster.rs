//! Every account of the cache, held in memory for lists and search.

use crate::model::{Account, AccountId, Counts};
use crate::search::SearchIndex;
use crate::signals::ProfileTwins;
use crate::store::{Store, StoreError};

/// The accounts and the keys that search looks at.
#[derive(Debug)]
pub struct Roster {
    accounts: Vec<Account>,
    /// Keys for search.
    pub index: SearchIndex,
    /// Accounts whose profiles show the same figures.
    pub twins: ProfileTwins,
    /// Counts of the whole cache.
    pub counts: Counts,
}

impl Roster {
    /// Reads every account of the cache.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn load(store: &Store) -> Result<Self, StoreError> {
        Ok(Self::new(store.accounts()?, store.counts()?))
    }

    /// A roster of `accounts`, which must be ordered by id.
    #[must_use]
    pub fn new(accounts: Vec<Account>, counts: Counts) -> Self {
        Self { index: SearchIndex::build(&accounts), twins: ProfileTwins::count(&accounts), accounts, counts }
    }

    /// Every account, ordered by id.
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// One account.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        let dense = self.accounts.get(id.index().wrapping_sub(1)).filter(|account| account.id == id);
        dense.or_else(|| {
            let place = self.accounts.binary_search_by_key(&id, |account| account.id).ok()?;
            self.accounts.get(place)
        })
    }
}
