//! Nothing is done to what the user does not see.

use crate::app::{Action, Notice, State};

/// Whether the user sees nothing of what `action`, or anything else that was typed or pointed at, would change; says so.
/// Leaving and the terminal itself are cared for all the same.
pub fn unseen(state: &mut State, action: Option<Action>) -> bool {
    if state.viewport.drawn || matches!(action, Some(Action::Quit | Action::Suspend | Action::Redraw)) {
        return false;
    }
    state.notice = Some(Notice::info("Nothing was done: the terminal is too small to show what keys do."));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::rehearsal::Rehearsal;

    #[test]
    fn only_who_sees_something_changes_it_but_everyone_may_leave() {
        let mut session = Rehearsal::new();
        assert!(!unseen(&mut session.state, Some(Action::TagSuspectedBot)));
        session.state.viewport.drawn = false;
        for hidden in [Some(Action::TagSuspectedBot), Some(Action::Escape), None] {
            session.state.notice = None;
            assert!(unseen(&mut session.state, hidden), "{hidden:?}");
            assert!(session.notice().contains("too small"));
        }
        for safe in [Action::Quit, Action::Suspend, Action::Redraw] {
            assert!(!unseen(&mut session.state, Some(safe)), "{safe:?}");
        }
    }
}
