//! The first accounts of the cache, to be looked at while all of them are read.

use std::sync::Arc;

use crate::model::{Account, AccountId};
use crate::query::is_filter;
use crate::search::{SEARCH_LIMIT, SearchIndex, search_few};

/// Accounts that are read before all others.
#[derive(Debug, Clone, Default)]
pub struct Head {
    accounts: Vec<Account>,
    index: Arc<SearchIndex>,
    /// How many accounts the cache holds.
    pub total: u64,
    /// Whether it is known what they did.
    pub counted: bool,
}

impl Head {
    /// Accounts that are shown while the others are read: more than anybody looks through in that time.
    pub const ACCOUNTS: u32 = 1_000;

    /// These accounts of so many, in the order in which they are shown.
    #[must_use]
    pub fn new(accounts: Vec<Account>, total: u64, counted: bool) -> Self {
        Self { index: Arc::new(SearchIndex::build(&accounts)), accounts, total, counted }
    }

    /// What is found among them, best first, or all of them where nothing is typed. What a filter looks at is not known of
    /// them yet.
    #[must_use]
    pub fn found(&self, typed: &str) -> Vec<AccountId> {
        if typed.trim().is_empty() {
            return self.accounts.iter().map(|account| account.id).collect();
        }
        if is_filter(typed) {
            return Vec::new();
        }
        search_few(&self.index, typed, SEARCH_LIMIT).into_iter().map(|hit| hit.account).collect()
    }

    /// One account, where it is one of these.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }
}
