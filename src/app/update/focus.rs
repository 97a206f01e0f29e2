//! Move the focus between panes.

use super::State;
use crate::app::{Action, Pane};

fn step(state: &mut State, forward: bool, around: bool) {
    let here = Pane::ALL.iter().position(|&pane| pane == state.focus).unwrap_or_default();
    let last = Pane::ALL.len() - 1;
    let there = match (forward, here) {
        (true, here) if here < last => here + 1,
        (false, here) if here > 0 => here - 1,
        (true, _) if around => 0,
        (false, _) if around => last,
        _ => here,
    };
    state.focus = Pane::ALL[there];
}

pub(super) fn right(state: &mut State) {
    step(state, true, false);
}

pub(super) fn left(state: &mut State) {
    step(state, false, false);
}

pub(super) fn next(state: &mut State) {
    step(state, true, true);
}

pub(super) fn previous(state: &mut State) {
    step(state, false, true);
}

pub(super) fn to(state: &mut State, action: Action) {
    state.focus = match action {
        Action::FocusNeighbours => Pane::Neighbours,
        Action::FocusWhy => Pane::Why,
        Action::FocusTags => Pane::Tags,
        _ => Pane::Accounts,
    };
}
