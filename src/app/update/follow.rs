//! Follow accounts by name where their rows changed: what is chosen, marked, gone to and noted stays with whom it was.

use rustc_hash::{FxHashMap, FxHashSet};

use super::State;
use crate::analysis::Roster;
use crate::app::EntryPurpose;
use crate::model::{AccountId, AccountKey};

/// Takes over whom the state speaks of into other accounts, which are about to take the place of those there are.
pub(in crate::app) fn names(state: &mut State, roster: &Roster) {
    let moved = moved(state, roster);
    let row = |id: AccountId| match moved.get(&id) {
        Some(row) => *row,
        None => Some(id).filter(|&id| roster.account(id).is_some()),
    };
    state.marks = state.marks.iter().filter_map(|&id| row(id)).collect();
    state.jumps.follow(&row);
    if let Some(chosen) = state.chosen() {
        state.accounts.lost = row(chosen).is_none();
        state.accounts.wanted = row(chosen).filter(|&row| row != chosen).or(state.accounts.wanted);
    }
    if let Some(EntryPurpose::Note { accounts, .. }) = state.entry.as_mut().map(|entry| &mut entry.purpose) {
        // Whoever is gone is noted all the same: a name is enough for that.
        accounts.iter_mut().for_each(|id| *id = row(*id).unwrap_or(*id));
    }
}

/// The accounts that the state speaks of and that are not in their rows any more, with the rows that they are in now. Their
/// names are remembered: what is said of them before the next list comes is said of them.
fn moved(state: &mut State, roster: &Roster) -> FxHashMap<AccountId, Option<AccountId>> {
    let noted = match state.entry.as_ref().map(|entry| &entry.purpose) {
        Some(EntryPurpose::Note { accounts, .. }) => accounts.clone(),
        _ => Vec::new(),
    };
    let spoken: FxHashSet<AccountId> =
        state.marks.iter().copied().chain(state.jumps.accounts()).chain(state.chosen()).chain(noted).collect();
    let names = spoken.into_iter().filter_map(|id| Some((id, state.key_of(id)?)));
    let is_there = |id: AccountId, key: &AccountKey| roster.account(id).is_some_and(|account| key.names(account));
    let gone: Vec<(AccountId, AccountKey)> = names.filter(|(id, key)| !is_there(*id, key)).collect();
    if gone.is_empty() {
        return FxHashMap::default();
    }
    let mut rows: FxHashMap<AccountId, Option<AccountId>> = gone.iter().map(|(id, _)| (*id, None)).collect();
    let wanted: FxHashMap<&str, &(AccountId, AccountKey)> =
        gone.iter().map(|named| (named.1.id.as_str(), named)).collect();
    for account in roster.accounts() {
        if let Some((id, _)) = wanted.get(account.platform_id.as_str()).filter(|(_, key)| key.names(account)) {
            rows.insert(*id, Some(account.id));
        }
    }
    state.former.extend(gone);
    rows
}
