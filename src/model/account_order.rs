//! The one order in which accounts are counted, listed and summed up.

use super::{Account, AccountId, dense};

/// Accounts by platform and by their ids there, as text: rows of the cache follow the order of imports, and nothing that is
/// computed may hang on that. Without accounts everybody's number is the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountOrder {
    /// By row of the cache.
    numbers: Vec<u32>,
    accounts: Vec<AccountId>,
}

/// No account of the order has this row.
const NONE: u32 = u32::MAX;

impl AccountOrder {
    /// The order of `accounts`, which stand in it.
    #[must_use]
    pub fn from_accounts(accounts: &[Account]) -> Self {
        Self::listed(accounts.iter().map(|account| account.id).collect())
    }

    /// The order in which these accounts are listed.
    #[must_use]
    pub fn listed(accounts: Vec<AccountId>) -> Self {
        let rows = accounts.iter().map(|account| account.index() + 1).max().unwrap_or(0);
        let mut numbers = vec![NONE; rows];
        for (number, account) in (0..).zip(&accounts) {
            numbers[account.index()] = number;
        }
        Self { numbers, accounts }
    }

    /// An account among those of which this is the order.
    #[must_use]
    pub fn find<'a>(&self, accounts: &'a [Account], id: AccountId) -> Option<&'a Account> {
        let listed = accounts.get(self.number(id) as usize).filter(|account| account.id == id);
        listed.or_else(|| accounts.iter().find(|account| account.id == id))
    }

    /// The place of an account, counted from 0. Those that are not listed come behind all others, by row.
    #[must_use]
    pub fn number(&self, account: AccountId) -> u32 {
        match self.numbers.get(account.index()) {
            Some(&number) if number != NONE => number,
            _ => account.0.saturating_add(dense(self.accounts.len())),
        }
    }

    /// The account with this number.
    #[must_use]
    pub fn account(&self, number: u32) -> AccountId {
        let behind = || AccountId(number.saturating_sub(dense(self.accounts.len())));
        self.accounts.get(number as usize).copied().unwrap_or_else(behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_has_its_own_number_and_those_of_no_list_come_last() {
        let order = AccountOrder::listed([7, 2, 5].map(AccountId).to_vec());
        let numbers = [7, 2, 5, 1, 9].map(|row| order.number(AccountId(row)));
        assert_eq!(numbers, [0, 1, 2, 4, 12]);
        assert_eq!(numbers.map(|number| order.account(number).0), [7, 2, 5, 1, 9]);
        assert_eq!(AccountOrder::default().number(AccountId(3)), 3);
        assert_eq!(AccountOrder::default().account(3), AccountId(3));
    }
}
