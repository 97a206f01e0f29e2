//! Search the accounts while typing.

use super::{Effect, State, complete, filter, hold};
use crate::app::{Entry, EntryPurpose, Notice, Pane};
use crate::query::{Query, is_filter};

pub(in crate::app) fn start(state: &mut State) {
    let before = state.accounts.query.clone();
    state.focus = Pane::Accounts;
    state.entry = Some(Entry::new(EntryPurpose::Search { before: before.clone() }, before));
}

/// Says what is wrong with a filter.
pub(in crate::app) fn check(state: &mut State) {
    let query = &state.accounts.query;
    let read = is_filter(query).then(|| Query::parse(query));
    state.accounts.query_error = read.and_then(|read| Some(read.err()?.to_string()));
}

/// Leaves the line with what was typed; a filter that cannot be read says why.
pub(in crate::app) fn accept(state: &mut State) {
    if let Some(error) = &state.accounts.query_error {
        state.notice = Some(Notice::error(error.clone()));
    }
}

/// Searches for what is typed now.
pub(in crate::app) fn follow(state: &mut State) -> Vec<Effect> {
    let Some(query) = state.entry.as_ref().map(Entry::text) else { return Vec::new() };
    let mut effects = complete::follow(state);
    effects.extend(set(state, query));
    effects
}

/// Searches for `query`; the best match is chosen.
pub(in crate::app) fn set(state: &mut State, query: String) -> Vec<Effect> {
    if state.accounts.query == query {
        return Vec::new();
    }
    let ends = query.trim().is_empty();
    state.accounts.wanted = None;
    if !ends {
        (state.accounts.cursor.row, state.accounts.from_head) = (0, true);
    }
    state.accounts.query = query;
    check(state);
    hold::forget(state);
    if ends {
        return filter::relist(state);
    }
    let request = state.list_request();
    if request.is_none() {
        filter::list_head(state);
    }
    // Where only the first accounts are read, the list follows once all are.
    let follows = request.is_some() || state.head.is_some();
    state.accounts.awaited = follows && state.accounts.query_error.is_none();
    request.map(Effect::List).into_iter().collect()
}
