//! What exports about links are made from, and how they name an account.

use serde::Serialize;

use super::PublicIds;
use crate::graph::{AccountGraph, Incidence};
use crate::model::{Account, AccountId, AccountOrder};
use crate::store::Store;

/// What an export is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The cache.
    pub store: &'a Store,
    /// Every account, in the order of platforms and of ids there.
    pub accounts: &'a [Account],
    /// Who shared what.
    pub incidence: &'a Incidence,
    /// Who is linked with whom.
    pub graph: &'a AccountGraph,
}

/// An account by its names.
#[derive(Debug, Serialize)]
pub struct NamedAccount {
    /// Its id, with its platform where there are several.
    pub id: String,
    /// Its handle, where known.
    pub handle: Option<String>,
}

impl NamedAccount {
    /// Names an account of `accounts`.
    pub(super) fn find(id: AccountId, accounts: &[Account], order: &AccountOrder, ids: PublicIds) -> Self {
        let account = order.find(accounts, id);
        Self {
            id: account.map_or_else(String::new, |account| ids.public_id(account).into_owned()),
            handle: account.and_then(|account| account.profile.handle.clone()),
        }
    }
}

impl<'a> Source<'a> {
    pub(super) fn account(&self, id: AccountId) -> Option<&'a Account> {
        self.incidence.order().find(self.accounts, id)
    }
}
