//! Give panes more room, all of it, or none.

use super::State;
use crate::app::{Action, Notice};

pub(in crate::app) fn change(state: &mut State, action: Action) {
    match action {
        Action::PaneWider | Action::PaneNarrower => state.sizes.widen(state.focus, action == Action::PaneWider),
        Action::PaneZoom => state.sizes.zoomed = !state.sizes.zoomed,
        _ => {
            let hidden = state.focus;
            if let Some(next) = state.sizes.hide(hidden) {
                state.focus = next;
                let says = "Hidden; whoever goes there, by its number or by enter, sees it again.";
                state.notice = Some(Notice::info(says));
            }
        }
    }
}
