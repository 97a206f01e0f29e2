//! Move the cursor of the focused pane.

use super::State;
use crate::app::{Action, Cursor, Pane};

pub(super) fn go(state: &mut State, action: Action) {
    let pane = if state.entry.is_some() { Pane::Accounts } else { state.focus };
    let log = state.history.entries().len();
    let seen = state.viewport;
    let (cursor, length, height): (&mut Cursor, usize, usize) = match pane {
        Pane::Accounts => (&mut state.accounts.cursor, state.accounts.rows.len(), seen.accounts),
        Pane::Neighbours => (&mut state.neighbours.cursor, state.neighbours.rows.len(), seen.neighbours),
        Pane::Why => (&mut state.why.cursor, state.why.rows.len(), seen.why),
        Pane::Tags => (&mut state.tag_cursor, log, seen.tags),
    };
    let page = isize::try_from(height.max(2) - 1).unwrap_or(1);
    let rows = match action {
        Action::Down | Action::EntryDown => 1,
        Action::Up | Action::EntryUp => -1,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::First => isize::MIN,
        Action::Last => isize::MAX,
        _ => 0,
    };
    cursor.move_by(rows, length);
}
