//! Step back from the innermost thing: running work, the search and the filter, the pane.

use super::{Effect, State, filter, focus};

pub(super) fn escape(state: &mut State) -> Vec<Effect> {
    if state.progress.is_some_and(|work| work.can_cancel) {
        return vec![Effect::CancelLinking];
    }
    if filter::is_narrowed(state) && state.focus == crate::app::Pane::Accounts {
        return filter::clear(state);
    }
    focus::left(state);
    Vec::new()
}
