//! The mouse: choose a row, go to a pane, call a hint, move a divider, scroll.

use super::{Effect, State, act, focus, motion, settle};
use crate::app::{Action, Cursor, Gesture, Hit, Pane};
use crate::model::Timestamp;

/// Rows that one turn of the wheel moves.
const ROWS: isize = 3;

/// Carries out what the mouse did at `hit`.
pub fn point(state: &mut State, gesture: Gesture, hit: Option<Hit>, now: Timestamp) -> Vec<Effect> {
    match (gesture, hit) {
        (Gesture::Press, Some(Hit::Hint(action))) => return act(state, action, now),
        (Gesture::Press, Some(Hit::Divider(divider))) => state.sizes.held = Some(divider),
        (Gesture::Press, Some(Hit::Pane(pane))) => focus::show(state, pane),
        (Gesture::Press, Some(Hit::Row(pane, row))) => {
            focus::show(state, pane);
            let length = length(state, pane);
            let cursor = cursor(state, pane);
            cursor.row = row.min(length.saturating_sub(1));
        }
        (Gesture::Drag(at), _) => {
            if let Some(divider) = state.sizes.held {
                state.sizes.put(divider, at);
            }
        }
        (Gesture::Release, _) => state.sizes.held = None,
        (Gesture::Wheel { down }, Some(Hit::Row(pane, _) | Hit::Pane(pane))) => {
            let before = std::mem::replace(&mut state.focus, pane);
            motion::go(state, if down { Action::Down } else { Action::Up }, ROWS);
            state.focus = before;
        }
        _ => return Vec::new(),
    }
    settle::settle(state)
}

fn cursor(state: &mut State, pane: Pane) -> &mut Cursor {
    match pane {
        Pane::Accounts => &mut state.accounts.cursor,
        Pane::Neighbours => &mut state.neighbours.cursor,
        Pane::Why => &mut state.why.cursor,
        Pane::Tags => &mut state.tag_cursor,
    }
}

fn length(state: &State, pane: Pane) -> usize {
    match pane {
        Pane::Accounts => state.accounts.rows.len(),
        Pane::Neighbours => state.neighbours.rows.len(),
        Pane::Why => state.why.rows.len(),
        Pane::Tags => state.history.entries().len(),
    }
}
