//! Scroll the help.

use super::State;
use crate::app::Action;

pub(super) fn scroll(state: &mut State, action: Action) {
    let Some(top) = state.help.as_mut() else { return };
    match action {
        Action::HelpUp => *top = top.saturating_sub(1),
        // The upper bound is known to the drawing only, which holds the window inside the text.
        _ => *top = (*top + 1).min(Action::ALL.len()),
    }
}
