//! Choose what links accounts, and link them anew.

use std::sync::Arc;

use super::{Effect, State};
use crate::app::{Action, Entry, EntryPurpose, Notice, Progress};

pub(super) fn start(state: &mut State) {
    if state.progress.is_some() {
        state.notice = Some(Notice::error("Work is under way; wait for it or cancel it.").then(Action::Escape));
        return;
    }
    state.entry = Some(Entry::new(EntryPurpose::Parameters, state.parameters.to_string()));
}

/// Links anew; until that is done, the links and parameters before stay.
pub(super) fn accept(state: &mut State, text: &str) -> Vec<Effect> {
    let parameters = match state.parameters.with_settings(text) {
        Ok(parameters) => parameters,
        Err(error) => {
            state.notice = Some(Notice::error(error.to_string()).then(Action::Parameters));
            return Vec::new();
        }
    };
    let Some(roster) = &state.roster else { return Vec::new() };
    state.progress = Some(Progress { what: "linking", done: 0.0, can_cancel: true });
    vec![Effect::Link { parameters, roster: Arc::clone(roster) }]
}
