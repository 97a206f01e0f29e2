//! Hold what is asked for while the list does not follow the search yet: who types faster than a list is made means an
//! account that will be chosen, not the one that still is. A tag must never meet the wrong one.

use super::{Effect, State, act};
use crate::app::{Action, Notice, Pane, Place};

/// Whether an action has to wait for the list.
pub(in crate::app) fn holds(state: &State, action: Action) -> bool {
    // These mean no account, or open a line into which what is typed next belongs.
    let at_once = matches!(
        action,
        Action::Quit
            | Action::Suspend
            | Action::Escape
            | Action::Search
            | Action::Help
            | Action::Palette
            | Action::Import
    );
    let place = state.place();
    // The graph is drawn around the chosen account, so it waits as the panes do.
    let follows = place == Place::Graph || Pane::ALL.iter().any(|pane| pane.place() == place);
    state.accounts.awaited && !at_once && follows
}

/// Carries out what was held, once the list is there.
pub(in crate::app) fn release(state: &mut State) -> Vec<Effect> {
    if state.accounts.awaited {
        return Vec::new();
    }
    let mut held = std::mem::take(&mut state.accounts.held).into_iter();
    let mut effects = Vec::new();
    while let Some((action, at)) = held.next() {
        let typed = state.entry.is_some();
        effects.extend(act(state, action, at));
        if state.entry.is_some() && !typed && held.len() > 0 {
            // Letters for a line that was not open yet were taken for keys: `bad` must not tag twice.
            state.notice = Some(Notice::error("What was typed before this line was open is lost: type it again."));
            break;
        }
    }
    effects
}

/// Waits no more; what was held is not done, and whoever asked for it is told.
pub(in crate::app) fn forget(state: &mut State) {
    state.accounts.awaited = false;
    if !state.accounts.held.is_empty() {
        state.accounts.held.clear();
        let said = "Not done: the list had not followed the search yet, and the search changed.";
        state.notice = Some(Notice::error(said.to_owned()));
    }
}
