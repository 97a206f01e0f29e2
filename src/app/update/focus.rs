//! Move the focus between panes.

use super::State;
use crate::app::{Action, Pane};

/// Goes to the next pane that is not hidden.
fn step(state: &mut State, forward: bool, around: bool) {
    let seen: Vec<Pane> = Pane::ALL.into_iter().filter(|&pane| !state.sizes.is_hidden(pane)).collect();
    let here = seen.iter().position(|&pane| pane == state.focus).unwrap_or_default();
    let last = seen.len().saturating_sub(1);
    let there = match (forward, here) {
        (true, here) if here < last => here + 1,
        (false, here) if here > 0 => here - 1,
        (true, _) if around => 0,
        (false, _) if around => last,
        _ => here,
    };
    state.focus = seen.get(there).copied().unwrap_or_default();
}

pub(in crate::app) fn right(state: &mut State) {
    step(state, true, false);
}

pub(in crate::app) fn left(state: &mut State) {
    step(state, false, false);
}

pub(in crate::app) fn next(state: &mut State) {
    step(state, true, true);
}

pub(in crate::app) fn previous(state: &mut State) {
    step(state, false, true);
}

/// Whether an action has its effect in a pane, so that a place that lies over the panes closes for it.
pub(in crate::app) fn leads_to_panes(action: Action) -> bool {
    matches!(
        action,
        Action::FocusAccounts
            | Action::FocusNeighbours
            | Action::FocusWhy
            | Action::FocusTags
            | Action::Search
            | Action::Filter
            | Action::Order
            | Action::Back
            | Action::Forward
    )
}

/// Goes to a pane.
pub(in crate::app) fn show(state: &mut State, pane: Pane) {
    state.focus = pane;
}
