//! Jump to an account, and back and forward along the way.

use super::{Effect, State, filter, refuse, search};
use crate::app::{Action, Pane, Spot, TagFilter};
use crate::model::AccountId;

fn here(state: &State) -> Option<Spot> {
    Some(Spot {
        account: state.chosen()?,
        neighbour: state.chosen_neighbour().map(|neighbour| neighbour.account),
        query: state.accounts.query.clone(),
        filter: state.accounts.filter,
        pane: state.focus,
    })
}

/// Jumps to the account that the focused pane speaks of.
pub(in crate::app) fn to_subject(state: &mut State) -> Vec<Effect> {
    let Some(account) = state.subject() else {
        return refuse(state, Action::Jump);
    };
    let came_from = state.chosen();
    leave(state);
    state.neighbours.wanted = came_from;
    if state.focus != Pane::Tags {
        state.focus = Pane::Neighbours;
    } else {
        state.focus = Pane::Accounts;
    }
    choose(state, account)
}

/// The same from a place, and closes all that hides the panes.
pub(in crate::app) fn out_to_subject(state: &mut State) -> Vec<Effect> {
    let effects = to_subject(state);
    state.stack.uncover();
    state.focus = Pane::Accounts;
    effects
}

fn leave(state: &mut State) {
    if let Some(spot) = here(state) {
        state.jumps.leave(spot);
    }
}

/// Jumps to an account.
pub(in crate::app) fn to(state: &mut State, account: AccountId) -> Vec<Effect> {
    leave(state);
    choose(state, account)
}

/// Chooses an account in the list; where search or filter hide it, they are taken away.
fn choose(state: &mut State, account: AccountId) -> Vec<Effect> {
    if let Some(row) = state.accounts.rows.iter().position(|&id| id == account) {
        state.accounts.cursor.row = row;
        return Vec::new();
    }
    state.accounts.query.clear();
    search::check(state);
    state.accounts.filter = TagFilter::All;
    state.accounts.wanted = Some(account);
    await_list(state)
}

/// Asks for a list in which another account will be chosen; what is asked for meanwhile means that one.
fn await_list(state: &mut State) -> Vec<Effect> {
    let effects = filter::relist(state);
    state.accounts.awaited = !effects.is_empty() && state.accounts.query_error.is_none();
    effects
}

pub(in crate::app) fn back(state: &mut State) -> Vec<Effect> {
    let spot = here(state);
    let Some(spot) = state.jumps.back(spot) else {
        return refuse(state, Action::Back);
    };
    stand_at(state, spot)
}

pub(in crate::app) fn forward(state: &mut State) -> Vec<Effect> {
    let spot = here(state);
    let Some(spot) = state.jumps.forward(spot) else {
        return refuse(state, Action::Forward);
    };
    stand_at(state, spot)
}

fn stand_at(state: &mut State, spot: Spot) -> Vec<Effect> {
    state.focus = spot.pane;
    state.neighbours.wanted = spot.neighbour;
    let same_list = state.accounts.query == spot.query && state.accounts.filter == spot.filter;
    if same_list {
        return choose(state, spot.account);
    }
    state.accounts.query = spot.query;
    search::check(state);
    state.accounts.filter = spot.filter;
    state.accounts.wanted = Some(spot.account);
    await_list(state)
}
