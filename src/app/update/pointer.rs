//! The mouse: choose a row, go to a pane, call a hint, move a divider, scroll.

use super::{Effect, State, act, complete, filter, focus, hold, motion, palette, settle, triage};
use crate::app::{Action, Cursor, Gesture, Hit, List, Pane, Place, places};
use crate::model::Timestamp;

/// Rows that one turn of the wheel moves.
const ROWS: isize = 3;

/// Carries out what the mouse did at `hit`.
pub fn point(state: &mut State, gesture: Gesture, hit: Option<Hit>, now: Timestamp) -> Vec<Effect> {
    if matches!(gesture, Gesture::Press | Gesture::Wheel { .. }) {
        if hold::ignores(state, hit) {
            return Vec::new();
        }
        triage::forget(state);
        if matches!(hit, Some(Hit::Pane(_) | Hit::Row(List::Pane(_) | List::Of(..), _))) {
            filter::choose(state);
        }
    }
    match (gesture, hit) {
        (Gesture::Press, Some(Hit::Hint(action))) => return act(state, action, now),
        (Gesture::Press, Some(Hit::Divider(divider))) => state.sizes.held = Some(divider),
        (Gesture::Press, Some(Hit::Pane(pane))) => focus::show(state, pane),
        (Gesture::Press, Some(Hit::Row(list, row))) => {
            let mut effects = choose(state, list, row);
            effects.extend(settle::settle(state));
            return effects;
        }
        (Gesture::Drag(at), _) => {
            if let Some(divider) = state.sizes.held {
                state.sizes.put(divider, at);
            }
        }
        (Gesture::Release, _) => state.sizes.held = None,
        (Gesture::Wheel { down }, Some(Hit::Row(List::Pane(pane), _) | Hit::Pane(pane))) => {
            let before = std::mem::replace(&mut state.focus, pane);
            motion::go(state, if down { Action::Down } else { Action::Up }, ROWS);
            state.focus = before;
        }
        // Beside the panes there is nothing to turn.
        (Gesture::Wheel { .. }, _) if Pane::ALL.iter().any(|pane| pane.place() == state.place()) => {}
        // Where there are none, the wheel does what the keys for one row do.
        (Gesture::Wheel { down }, _) => {
            let action = rows_of(state.place())[usize::from(down)];
            return (0..ROWS).flat_map(|_| act(state, action, now)).collect();
        }
        (Gesture::Press, None) => return Vec::new(),
    }
    settle::settle(state)
}

/// What moves up and down by one row where keys go.
fn rows_of(place: Place) -> [Action; 2] {
    match places::get(place) {
        Some(open) => open.rows(),
        None if place == Place::Entry => [Action::EntryUp, Action::EntryDown],
        None => [Action::Up, Action::Down],
    }
}

/// Chooses a row of a list, which `settle` keeps within it.
fn choose(state: &mut State, list: List, row: usize) -> Vec<Effect> {
    match list {
        List::Pane(pane) => {
            focus::show(state, pane);
            cursor(state, pane).row = row;
        }
        List::Of(place, list) => {
            if let Some(open) = places::get(place) {
                open.choose(state, list, row);
            }
        }
        List::Actions => palette::choose(state, row),
        List::Candidates => return complete::press(state, row),
    }
    Vec::new()
}

fn cursor(state: &mut State, pane: Pane) -> &mut Cursor {
    match pane {
        Pane::Accounts => &mut state.accounts.cursor,
        Pane::Neighbours => &mut state.neighbours.cursor,
        Pane::Why => &mut state.why.cursor,
        Pane::Tags => &mut state.tag_cursor,
    }
}
