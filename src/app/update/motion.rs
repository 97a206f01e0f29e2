//! Move the cursor of the focused pane, once or several times, and how far an action moves in any list.

use super::State;
use crate::app::{Action, Cursor, Pane};

pub(in crate::app) fn go(state: &mut State, action: Action, times: isize) {
    // Behind a line that is typed for something else nobody sees the list move, and a tag would meet another account.
    if state.entry.as_ref().is_some_and(|entry| !entry.is_search()) {
        return;
    }
    let pane = if state.entry.is_some() { Pane::Accounts } else { state.focus };
    let log = state.history.entries().len();
    let seen = state.viewport;
    let (cursor, length, height): (&mut Cursor, usize, usize) = match pane {
        Pane::Accounts => (&mut state.accounts.cursor, state.accounts.rows.len(), seen.accounts),
        Pane::Neighbours => (&mut state.neighbours.cursor, state.neighbours.rows.len(), seen.neighbours),
        Pane::Why => (&mut state.why.cursor, state.why.rows.len(), seen.why),
        Pane::Tags => (&mut state.tag_cursor, log, seen.tags),
    };
    cursor.move_by(rows(action, height).unwrap_or_default().saturating_mul(times), length);
}

/// By how many rows an action moves in a list of which `height` are seen; `None` where it moves in none.
pub(in crate::app) fn rows(action: Action, height: usize) -> Option<isize> {
    let page = isize::try_from(height.max(2) - 1).unwrap_or(1);
    Some(match action {
        Action::Down | Action::EntryDown => 1,
        Action::Up | Action::EntryUp => -1,
        Action::PageDown | Action::EntryPageDown => page,
        Action::PageUp | Action::EntryPageUp => -page,
        Action::First => isize::MIN,
        Action::Last => isize::MAX,
        _ => return None,
    })
}

/// The same in a place that has one list only, so that the keys for the next and the previous pane walk in it too.
pub(in crate::app) fn rows_of_one_list(action: Action, height: usize) -> Option<isize> {
    match action {
        Action::NextPane => Some(1),
        Action::PreviousPane => Some(-1),
        // There is nothing beside it.
        Action::Left | Action::Right => Some(0),
        _ => rows(action, height),
    }
}
