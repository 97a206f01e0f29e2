//! Choose what links accounts, and link them anew in the background. Until that is done, the links before stay.

use std::sync::Arc;

use crate::app::update::{escape, not_here, tag};
use crate::app::{
    Action, Effect, Entry, EntryPurpose, Job, Notice, Order, Pane, Place, SettingRow, State, ViewChange, Work,
};
use crate::model::{LinkParameters, Setting, Timestamp};

pub(in crate::app) fn open(state: &mut State) {
    state.settings = 0;
    state.stack.open(Place::Parameters);
}

pub(in crate::app) fn act(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    let at = state.settings;
    let rows = state.setting_rows();
    match action {
        Action::SettingsDown => state.settings = (at + 1).min(rows.len().saturating_sub(1)),
        Action::SettingsUp => state.settings = at.saturating_sub(1),
        Action::SettingsClose if state.can_cancel_linking() => return escape::cancel(state),
        Action::SettingsClose => state.stack.close(Place::Parameters),
        Action::SettingChange => change(state, rows.get(at)),
        Action::SettingsUndo => return tag::undo(state, now),
        Action::SettingsRedo => return tag::redo(state, now),
        Action::SettingReset => return reset(state, rows.get(at)),
        _ => return not_here(state, action),
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
    state.settings = state.settings.min(state.setting_rows().len().saturating_sub(1));
    effects
}

pub(in crate::app) fn accept(state: &mut State, setting: Setting, value: &str) -> Vec<Effect> {
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
pub(in crate::app) fn mute(state: &mut State) -> Vec<Effect> {
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
pub(in crate::app) fn link_anew(state: &mut State, was_empty: bool) -> Vec<Effect> {
    let parameters = state.wanted_parameters().clone();
    request(state, parameters, !was_empty)
}

/// Links accounts as an undo or a redo says.
pub(in crate::app) fn link_by(state: &mut State, parameters: LinkParameters) -> Vec<Effect> {
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

/// Gives up work that rests on links which are about to go; it is asked for again with the new ones.
fn give_up_jobs(state: &mut State) -> Vec<Effect> {
    let jobs = [Job::Clusters, Job::Signals].into_iter().filter(|&job| state.jobs.runs(job)).collect::<Vec<_>>();
    for &job in &jobs {
        state.jobs.end(job);
        match job {
            Job::Clusters => state.clusters.set.give_up(),
            _ => state.signals.set.give_up(),
        }
    }
    jobs.into_iter().map(Effect::Cancel).collect()
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
    let mut effects = give_up_jobs(state);
    effects.push(Effect::Start(Order { generation: state.linking, work: Work::Links { parameters, roster, before } }));
    effects
}
