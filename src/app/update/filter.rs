//! Which accounts are listed, and in which order.

use super::{Effect, State, hold};
use crate::app::{Notice, TagFilter};
use crate::model::AccountId;

/// Makes the list anew and keeps the chosen account chosen where it is still listed.
pub(super) fn relist(state: &mut State) -> Vec<Effect> {
    if state.accounts.wanted.is_none() {
        state.accounts.wanted = state.chosen();
    }
    match state.list_request() {
        Some(request) => vec![Effect::List(request)],
        None => {
            list_head(state);
            Vec::new()
        }
    }
}

/// Lists the first accounts as they come, until all are read; what a search finds among them is not all of it.
pub(super) fn list_head(state: &mut State) {
    let Some(head) = &state.head else { return };
    let admitted = |id: &AccountId| state.accounts.filter.admits(state.tags.label(*id));
    let rows = head.found(&state.accounts.query).into_iter().filter(admitted).collect();
    state.accounts.rows = rows;
    if state.accounts.query.trim().is_empty() {
        state.accounts.awaited = false;
        choose_wanted(state);
    }
}

/// Goes to the account that is to be chosen, where it is listed.
pub(super) fn choose_wanted(state: &mut State) {
    if let Some(wanted) = state.accounts.wanted.take()
        && let Some(row) = state.accounts.rows.iter().position(|&id| id == wanted)
    {
        state.accounts.cursor.row = row;
    }
}

pub(super) fn next_filter(state: &mut State) -> Vec<Effect> {
    state.accounts.filter = state.accounts.filter.next();
    state.notice = Some(Notice::info(format!("Accounts: {}.", state.accounts.filter.word())));
    relist(state)
}

pub(super) fn next_order(state: &mut State) -> Vec<Effect> {
    state.accounts.order = state.accounts.order.next();
    let note = if state.accounts.query.trim().is_empty() { "" } else { " A search orders by how well accounts match." };
    state.notice = Some(Notice::info(format!("Ordered by {}.{note}", state.accounts.order.word())));
    relist(state)
}

pub(super) fn is_narrowed(state: &State) -> bool {
    !state.accounts.query.is_empty() || state.accounts.filter != TagFilter::All
}

pub(super) fn clear(state: &mut State) -> Vec<Effect> {
    state.accounts.query.clear();
    state.accounts.query_error = None;
    hold::forget(state);
    state.accounts.filter = TagFilter::All;
    relist(state)
}
