//! Give panes more room, all of it, or none.

use super::State;
use crate::app::Notice;

pub(in crate::app) fn widen(state: &mut State, wider: bool) {
    state.sizes.widen(state.focus, wider);
}

pub(in crate::app) fn zoom(state: &mut State) {
    state.sizes.zoomed = !state.sizes.zoomed;
}

pub(in crate::app) fn hide(state: &mut State) {
    let hidden = state.focus;
    if let Some(next) = state.sizes.hide(hidden) {
        state.focus = next;
        let says = "Hidden; whoever goes there, by its number or by enter, sees it again.";
        state.notice = Some(Notice::info(says));
    }
}
