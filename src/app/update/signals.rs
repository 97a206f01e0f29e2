//! Look at every signal of one account; mark and tag it.

use std::sync::Arc;

use super::{Effect, State, begin, focus, jump, mark, motion};
use crate::analysis::SignalSet;
use crate::app::{Action, Cursor, Notice, Pane, Place, Same, Work};

/// Opens the signals of the chosen account, or closes them. They lie over what was looked at before.
pub(super) fn toggle(state: &mut State) {
    if state.place() == Place::Signals {
        state.signals.open = false;
        return;
    }
    let Some(account) = state.subject() else {
        state.notice = Some(Notice::error("No account is chosen here whose signals could be read."));
        return;
    };
    let view = &mut state.signals;
    view.open = true;
    if view.of.replace(account) != Some(account) {
        view.cursor = Cursor::default();
    }
}

/// What an action means while signals are looked at; `None` where it means what it means elsewhere.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let can_cancel = state.can_cancel();
    let count = state.signals.rows().len();
    if let Some(rows) = motion::rows_of_one_list(action, state.viewport.signals) {
        state.signals.cursor.move_by(rows, count);
        return Some(Vec::new());
    }
    match action {
        Action::MarkAll => {
            let account = state.signals.of.into_iter().collect();
            mark::toggle_all(state, account);
        }
        Action::SignalsJump => {
            let effects = jump::to_subject(state);
            state.close_places();
            state.focus = Pane::Accounts;
            return Some(effects);
        }
        Action::Escape if !can_cancel => state.signals.open = false,
        _ if focus::leads_to_panes(action) => {
            state.close_places();
            return None;
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Asks for signals where somebody looks and the present ones are of other links.
pub(super) fn ask(state: &mut State) -> Option<Effect> {
    // While accounts are linked anew, the present links are about to go.
    let links = state.links.clone().filter(|_| state.signals.open && state.wanted.is_none())?;
    let roster = state.roster.clone()?;
    let generation = state.signals.set.ask(Same(Arc::clone(&links)))?;
    Some(begin(state, generation, Work::Signals { roster, links }))
}

/// Takes in what was read.
pub(super) fn take(state: &mut State, set: Arc<SignalSet>) {
    state.signals.set.made = Some(set);
}

/// Why signals could not be read.
pub(super) fn failed(state: &mut State, reason: String) {
    state.signals.give_up();
    state.notice = Some(Notice::error(reason));
}

/// Keeps what is chosen in sight.
pub(super) fn follow(state: &mut State) {
    let rows = state.signals.rows().len();
    state.signals.cursor.follow(rows, state.viewport.signals);
}
