//! Find the path between two marked accounts; walk along it, mark and tag who is on the way.

use std::sync::Arc;

use super::{Effect, State, begin, escape, focus, jump, mark, motion};
use crate::analysis::FoundPath;
use crate::app::{Action, Job, Notice, Pane, Place, Same, Work};

/// Opens the path between the two accounts that are marked, or closes it. It lies over what was looked at before.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.place() == Place::Path {
        state.path.open = false;
        // Who opens it again asks anew, so nobody waits for what is under way.
        return if state.jobs.runs(Job::Path) { escape::cancel_job(state, Job::Path) } else { Vec::new() };
    }
    let mut marked = state.marks.iter().copied();
    if let (Some(from), Some(to)) = (marked.next(), marked.next()) {
        state.signals.open = false;
        state.path.open([from, to]);
    }
    Vec::new()
}

/// What an action means while a path is looked at; `None` where it means what it means elsewhere.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let can_cancel = state.can_cancel();
    let count = state.path.accounts().len();
    if let Some(rows) = motion::rows_of_one_list(action, state.viewport.path) {
        state.path.cursor.move_by(rows, count);
        return Some(Vec::new());
    }
    match action {
        Action::MarkAll => {
            let accounts = state.path.accounts();
            mark::toggle_all(state, accounts);
        }
        Action::PathJump => {
            let effects = jump::to_subject(state);
            if state.path.chosen().is_some() {
                state.close_places();
                state.focus = Pane::Accounts;
            }
            return Some(effects);
        }
        Action::Escape if !can_cancel => state.path.open = false,
        _ if focus::leads_to_panes(action) => {
            state.close_places();
            return None;
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Asks for the path where somebody looks and what is known is of other links.
pub(super) fn ask(state: &mut State) -> Option<Effect> {
    let ends = state.path.ends.filter(|_| state.path.open)?;
    let links = state.links.clone()?;
    let accounts = state.roster.as_ref()?.counts.accounts;
    let generation = state.path.found.ask((ends, Same(Arc::clone(&links))))?;
    // What was found in other links is no path any more.
    state.path.found.made = None;
    Some(begin(state, generation, Work::Path { ends, links, accounts }))
}

/// Takes in what was found.
pub(super) fn take(state: &mut State, found: FoundPath) {
    state.path.found.made = Some(found);
}

/// Why no path could be looked for.
pub(super) fn failed(state: &mut State, reason: String) {
    state.path.open = false;
    state.notice = Some(Notice::error(reason));
}

/// Keeps what is chosen in sight.
pub(super) fn follow(state: &mut State) {
    let count = state.path.accounts().len();
    state.path.cursor.follow(count, state.viewport.path);
}
