//! Search the accounts while typing.

use super::{Effect, State, filter};
use crate::app::{Entry, EntryPurpose, Pane};

pub(super) fn start(state: &mut State) {
    let before = state.accounts.query.clone();
    state.focus = Pane::Accounts;
    state.entry = Some(Entry::new(EntryPurpose::Search { before: before.clone() }, before));
}

/// Searches for `query`; the best match is chosen.
pub(super) fn set(state: &mut State, query: String) -> Vec<Effect> {
    if state.accounts.query == query {
        return Vec::new();
    }
    let ends = query.trim().is_empty();
    state.accounts.wanted = if ends { state.chosen() } else { None };
    if !ends {
        state.accounts.cursor.row = 0;
    }
    state.accounts.query = query;
    if ends { filter::relist(state) } else { state.list_request().map(Effect::List).into_iter().collect() }
}
