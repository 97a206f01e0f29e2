//! Which accounts are listed, and in which order.

use super::{Effect, State, hold, motion, view};
use crate::app::{Action, Entry, Notice, Place, TagFilter, ViewChange};
use crate::model::AccountId;

/// Makes the list anew and keeps the chosen account chosen where it is still listed.
pub(in crate::app) fn relist(state: &mut State) -> Vec<Effect> {
    state.accounts.from_head = false;
    match state.list_request() {
        Some(request) => {
            // Nobody is chosen in an empty list: what is asked for meanwhile means who will be.
            state.accounts.awaited |= state.accounts.rows.is_empty() && state.accounts.query_error.is_none();
            vec![Effect::List(request)]
        }
        None => {
            list_head(state);
            Vec::new()
        }
    }
}

/// Lists the first accounts as they come, until all are read; what a search finds among them is not all of it.
pub(in crate::app) fn list_head(state: &mut State) {
    let Some(head) = &state.head else { return };
    let admitted = |id: &AccountId| state.accounts.filter.admits(state.tags.label(*id));
    let rows = head.found(&state.accounts.query).into_iter().filter(admitted).collect();
    if state.accounts.query.trim().is_empty() {
        state.accounts.awaited = false;
        put(state, rows);
    } else {
        state.accounts.rows = rows;
    }
}

/// Puts a new list in place of the old one. Who is chosen at this moment, which may be another one than when the list was
/// asked for, stays so: a tag must never meet the wrong account.
pub(in crate::app) fn put(state: &mut State, rows: Vec<AccountId>) {
    let begins = state.accounts.from_head;
    let chosen = state.accounts.wanted.or_else(|| state.chosen().filter(|_| !begins));
    state.accounts.wanted = None;
    state.accounts.rows = rows;
    if begins {
        state.accounts.cursor.row = 0;
    }
    let lost = std::mem::take(&mut state.accounts.lost);
    match chosen.and_then(|chosen| state.accounts.rows.iter().position(|&id| id == chosen)) {
        Some(row) => state.accounts.cursor.row = row,
        None if lost => {
            state.accounts.cursor.row = state.accounts.cursor.row.min(state.accounts.rows.len().saturating_sub(1));
            state.accounts.unchosen = state.chosen();
        }
        None => {}
    }
}

pub(in crate::app) fn next_filter(state: &mut State) -> Vec<Effect> {
    state.accounts.filter = state.accounts.filter.next();
    state.notice = Some(Notice::info(format!("Accounts: {}.", state.accounts.filter.word())));
    relist(state)
}

pub(in crate::app) fn next_order(state: &mut State) -> Vec<Effect> {
    let (before, order) = (state.accounts.order, state.accounts.order.next());
    state.history.look(ViewChange::Order(before, order));
    let note = if state.accounts.query.trim().is_empty() { "" } else { " A search orders by how well accounts match." };
    state.notice = Some(Notice::info(format!("Ordered by {}.{note}", order.word())));
    view::order_by(state, order)
}

/// Takes in that an action chooses somebody, be it only by speaking of whom the list chose by itself.
pub(in crate::app) fn note_choice(state: &mut State, action: Action) {
    let chooses = match state.place() {
        Place::Entry if action == Action::Accept => {
            // The list that follows what was typed is still looked at from its head.
            state.accounts.by_hand |= state.entry.as_ref().is_some_and(Entry::is_search);
            false
        }
        Place::Entry => state.entry.as_ref().is_some_and(Entry::is_search) && motion::rows(action, 0).is_some(),
        place => place.inherits() && !means_nobody(action),
    };
    if chooses {
        choose(state);
    }
}

/// Whoever is chosen stays so.
pub(in crate::app) fn choose(state: &mut State) {
    (state.accounts.by_hand, state.accounts.from_head) = (true, false);
}

fn means_nobody(action: Action) -> bool {
    matches!(
        action,
        Action::Search
            | Action::Filter
            | Action::Order
            | Action::Palette
            | Action::Help
            | Action::Parameters
            | Action::Import
            | Action::Imports
            | Action::Wall
            | Action::Clusters
            | Action::PaneWider
            | Action::PaneNarrower
            | Action::PaneZoom
            | Action::PaneHide
            | Action::Undo
            | Action::Redo
            | Action::SaveTags
            | Action::ClearMarks
            | Action::Redraw
            | Action::Suspend
            | Action::Quit
            | Action::Escape
    )
}

pub(in crate::app) fn is_narrowed(state: &State) -> bool {
    !state.accounts.query.is_empty() || state.accounts.filter != TagFilter::All
}

pub(in crate::app) fn clear(state: &mut State) -> Vec<Effect> {
    state.accounts.query.clear();
    state.accounts.query_error = None;
    hold::forget(state);
    state.accounts.filter = TagFilter::All;
    relist(state)
}
