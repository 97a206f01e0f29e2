//! The first accounts of the cache, to be looked at while all of them are read.

use crate::model::{Account, AccountId};

/// Accounts that are read before all others.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The accounts, ordered by id.
    pub accounts: Vec<Account>,
    /// How many accounts the cache holds.
    pub total: u64,
    /// Whether it is known what they did.
    pub counted: bool,
}

impl Head {
    /// Accounts that are shown while the others are read: more than anybody looks through in that time.
    pub const ACCOUNTS: u32 = 1_000;

    /// One account, where it is one of these.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        let place = self.accounts.binary_search_by_key(&id, |account| account.id).ok()?;
        self.accounts.get(place)
    }
}
