//! Open the help of the place one is in, and scroll it.

use super::State;
use crate::app::{Action, Entry, EntryPurpose, HelpView};

pub(in crate::app) fn start(state: &mut State) {
    let view = HelpView { place: state.place(), top: 0 };
    state.entry = Some(Entry::new(EntryPurpose::Help(view), String::new()));
}

/// The help, while it is open.
fn open(state: &mut State) -> Option<&mut HelpView> {
    match &mut state.entry.as_mut()?.purpose {
        EntryPurpose::Help(view) => Some(view),
        _ => None,
    }
}

/// Scrolls where the help is open; false where it is not.
pub(in crate::app) fn scroll(state: &mut State, action: Action) -> bool {
    let (seen, lines) = (state.viewport.help, state.viewport.help_lines);
    let Some(view) = open(state) else { return false };
    let page = seen.max(2) - 1;
    view.top = match action {
        Action::EntryUp | Action::CompletePrevious => view.top.saturating_sub(1),
        Action::EntryPageUp => view.top.saturating_sub(page),
        Action::EntryPageDown => view.top + page,
        _ => view.top + 1,
    };
    view.top = view.top.min(lines.saturating_sub(seen));
    true
}

/// What is found is seen from its beginning.
pub(in crate::app) fn follow(state: &mut State) {
    if let Some(view) = open(state) {
        view.top = 0;
    }
}
