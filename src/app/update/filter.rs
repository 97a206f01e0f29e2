//! Which accounts are listed, and in which order.

use super::{Effect, State, hold, receive};
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

/// Lists the first accounts as they come, until all are read. A search waits for the others.
fn list_head(state: &mut State) {
    let Some(head) = state.head.as_ref().filter(|_| state.accounts.query.trim().is_empty()) else { return };
    let admitted = |id: &AccountId| state.accounts.filter.admits(state.tags.label(*id));
    let rows = head.accounts.iter().map(|account| account.id).filter(admitted).collect();
    receive::listed(state, "", rows);
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
