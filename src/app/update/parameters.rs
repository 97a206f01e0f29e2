//! Choose what links accounts, and link them anew in the background. Until that is done, the links before stay.

use std::sync::Arc;

use super::{Effect, State};
use crate::app::{Action, Entry, EntryPurpose, Job, Notice, Order, Pane, SettingRow, ViewChange, Work};
use crate::model::{LinkParameters, Setting, Timestamp};

pub(super) fn open(state: &mut State) {
    state.settings = Some(0);
}

pub(super) fn act(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    let Some(at) = state.settings else { return Vec::new() };
    let rows = state.setting_rows();
    match action {
        Action::SettingsDown => state.settings = Some((at + 1).min(rows.len().saturating_sub(1))),
        Action::SettingsUp => state.settings = Some(at.saturating_sub(1)),
        Action::SettingsClose if state.can_cancel_linking() => return super::escape::cancel(state),
        Action::SettingsClose => state.settings = None,
        Action::SettingChange => change(state, rows.get(at)),
        Action::SettingsUndo => return super::tag::undo(state, now),
        Action::SettingsRedo => return super::tag::redo(state, now),
        _ => return reset(state, rows.get(at)),
    }
    Vec::new()
}

fn change(state: &mut State, row: Option<&SettingRow>) {
    match row {
        Some(&SettingRow::Setting(setting)) => {
            let value = setting.value(state.wanted_parameters());
            state.entry = Some(Entry::new(EntryPurpose::Setting(setting), value));
        }
        Some(SettingRow::Muted(_)) => {
            state.notice = Some(Notice::info("This target is muted.").then(Action::SettingReset));
        }
        None => {}
    }
}

/// Sets the row to its default; of a muted target that is to count again.
fn reset(state: &mut State, row: Option<&SettingRow>) -> Vec<Effect> {
    let mut parameters = state.wanted_parameters().clone();
    match row {
        Some(&SettingRow::Setting(setting)) => {
            let default = setting.value(&state.defaults);
            return accept(state, setting, &default);
        }
        Some(SettingRow::Muted(key)) => parameters.muted.remove(key),
        None => return Vec::new(),
    };
    let effects = relink(state, parameters);
    state.settings = state.settings.map(|at| at.min(state.setting_rows().len().saturating_sub(1)));
    effects
}

pub(super) fn accept(state: &mut State, setting: Setting, value: &str) -> Vec<Effect> {
    let mut parameters = state.wanted_parameters().clone();
    match setting.set(&mut parameters, value) {
        Ok(()) => relink(state, parameters),
        Err(error) => {
            state.notice = Some(Notice::error(error.to_string()));
            Vec::new()
        }
    }
}

/// Leaves the chosen target out of every count.
pub(super) fn mute(state: &mut State) -> Vec<Effect> {
    let chosen = state.why.rows.get(state.why.cursor.row).filter(|_| state.focus == Pane::Why);
    let Some(object) = chosen.and_then(|target| state.objects.get(&target.object)) else {
        state.notice = Some(Notice::error("There is no target to mute here."));
        return Vec::new();
    };
    let mut parameters = state.wanted_parameters().clone();
    parameters.muted.insert(object.key.clone());
    let effects = relink(state, parameters);
    if !effects.is_empty() {
        state.data_notice = Some(Notice::info("Muted").then(Action::Undo));
    }
    effects
}

/// Links data anew that has changed; what changed is said unless there was nothing before.
pub(super) fn link_anew(state: &mut State, was_empty: bool) -> Vec<Effect> {
    let parameters = state.wanted_parameters().clone();
    request(state, parameters, !was_empty)
}

/// Links accounts as an undo or a redo says.
pub(super) fn link_by(state: &mut State, parameters: LinkParameters) -> Vec<Effect> {
    let effects = request(state, parameters, true);
    if effects.is_empty() {
        state.history.unsettle();
    }
    effects
}

fn relink(state: &mut State, parameters: LinkParameters) -> Vec<Effect> {
    let before = state.wanted_parameters().clone();
    if parameters == before && (state.links.is_some() || state.can_cancel_linking()) {
        return Vec::new();
    }
    let after = Arc::new(parameters.clone());
    let effects = request(state, parameters, true);
    if !effects.is_empty() && before != *after {
        state.history.look(ViewChange::Parameters(Arc::new(before), after));
    }
    effects
}

fn request(state: &mut State, parameters: LinkParameters, compare: bool) -> Vec<Effect> {
    let Some(roster) = state.roster.clone() else {
        state.notice = Some(Notice::error("The accounts are still being read; try again in a moment."));
        return Vec::new();
    };
    state.linking += 1;
    state.linking_cancelled = false;
    state.wanted = Some(parameters.clone());
    state.jobs.tell(Job::Links, Job::Links.words(), Some(0.0));
    let before = state.links.as_ref().filter(|_| compare).map(Arc::clone);
    vec![Effect::Start(Order { generation: state.linking, work: Work::Links { parameters, roster, before } })]
}
