//! Hold what is asked for while the list does not follow the search yet: who types faster than a list is made means an
//! account that will be chosen, not the one that still is. A tag must never meet the wrong one.

use super::{Effect, State, act};
use crate::app::{Action, Held, Hit, List, Notice, Pane, Place};
use crate::model::Timestamp;

/// Holds a key that has to wait for the list; false where it is carried out at once.
pub(in crate::app) fn takes(state: &mut State, action: Action, at: Timestamp) -> bool {
    if !waits(state) || is_at_once(state, action) {
        return false;
    }
    if action == Action::Escape {
        give_up(state);
        return true;
    }
    if action == Action::Quit {
        let said = "What was asked for before is done first, once the list follows; the same key leaves at once.";
        state.notice = Some(Notice::info(said));
    }
    let count = state.count.take();
    state.accounts.held.push(Held { action, count, at });
    true
}

/// Whether keys have to wait for the list where they go now.
fn waits(state: &State) -> bool {
    let place = state.place();
    // The graph is drawn around the chosen account, so it waits as the panes do.
    let follows = place == Place::Graph || Pane::ALL.iter().any(|pane| pane.place() == place);
    state.accounts.awaited && follows
}

/// Whether an action means no account, or opens a line into which what is typed next belongs.
fn is_at_once(state: &State, action: Action) -> bool {
    let held = &state.accounts.held;
    match action {
        Action::Suspend | Action::Search | Action::Help | Action::Palette | Action::Import => true,
        // A tag that waits would be lost. Who asks twice knows that.
        Action::Quit => held.is_empty() || held.iter().any(|held| held.action == Action::Quit),
        Action::Escape => held.is_empty() || state.count.is_some(),
        _ => false,
    }
}

/// Whether the mouse would choose, between a key that is held and its list, what that key does not mean.
pub(in crate::app) fn ignores(state: &mut State, hit: Option<Hit>) -> bool {
    let in_list = matches!(hit, Some(Hit::Pane(_) | Hit::Row(List::Pane(_) | List::Of(Place::Graph, _), _)));
    let ignored = state.accounts.awaited && !state.accounts.held.is_empty() && in_list;
    if ignored {
        state.notice = Some(Notice::info("Not chosen: a key that was pressed before still waits for the list."));
    }
    ignored
}

/// Carries out what was held, once the list is there.
pub(in crate::app) fn release(state: &mut State) -> Vec<Effect> {
    if state.accounts.awaited || state.accounts.held.is_empty() {
        return Vec::new();
    }
    // What came with the list was not seen yet, and a number that is being typed is for the next key.
    let (said, typed) = (state.notice.take(), state.count.take());
    let effects = carry_out(state);
    state.count = typed;
    if state.notice.is_none() {
        state.notice = said;
    }
    effects
}

fn carry_out(state: &mut State) -> Vec<Effect> {
    let mut held = std::mem::take(&mut state.accounts.held).into_iter();
    let mut effects = Vec::new();
    while let Some(Held { action, count, at }) = held.next() {
        let typed = state.entry.is_some();
        state.count = count;
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

/// Drops what is held, and says so; the list is still waited for.
fn give_up(state: &mut State) {
    state.accounts.held.clear();
    state.notice = Some(Notice::info("Not done: what waited for the list was given up."));
}
