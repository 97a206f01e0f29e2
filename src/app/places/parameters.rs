//! Choose what links accounts, and link them anew in the background. Until that is done, the links before stay.

use std::sync::Arc;

use super::OpenPlace;
use crate::app::update::{escape, refuse, tag};
use crate::app::{Action, Effect, Entry, EntryPurpose, Job, Notice, Order, Pane, Place, State, ViewChange, Work};
use crate::model::{LinkParameters, Object, Setting, Timestamp};

/// A row of the parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingRow {
    /// A setting.
    Setting(Setting),
    /// A muted target, by its key.
    Muted(String),
}

/// The parameters as they are looked at.
#[derive(Debug, Default)]
pub struct ParametersView {
    /// The chosen row.
    pub row: usize,
}

impl State {
    /// The rows of the parameters: every setting, then every muted target.
    #[must_use]
    pub fn setting_rows(&self) -> Vec<SettingRow> {
        let muted = self.wanted_parameters().muted.iter().cloned().map(SettingRow::Muted);
        Setting::ALL.into_iter().map(SettingRow::Setting).chain(muted).collect()
    }

    /// The chosen target, once it is read: only its key says what is muted.
    pub(in crate::app) fn target_to_mute(&self) -> Option<&Object> {
        let chosen = self.why.rows.get(self.why.cursor.row).filter(|_| self.focus == Pane::Why)?;
        self.objects.get(&chosen.object)
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, now: Timestamp) -> Option<Vec<Effect>> {
        let at = state.places.parameters.row;
        let rows = state.setting_rows();
        match action {
            Action::SettingsDown => state.places.parameters.row = (at + 1).min(rows.len().saturating_sub(1)),
            Action::SettingsUp => state.places.parameters.row = at.saturating_sub(1),
            Action::SettingsClose if state.jobs.runs(Job::Links) => return Some(escape::cancel(state)),
            Action::SettingsClose => state.stack.close(Place::Parameters),
            Action::SettingChange => change(state, rows.get(at)),
            Action::SettingsUndo => return Some(tag::undo(state, now)),
            Action::SettingsRedo => return Some(tag::redo(state, now)),
            Action::SettingReset => return Some(reset(state, rows.get(at))),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Parameters)
    }

    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        state.places.parameters.row = 0;
        state.stack.open(Place::Parameters);
        Vec::new()
    }

    fn rows(&self) -> [Action; 2] {
        [Action::SettingsUp, Action::SettingsDown]
    }

    fn choose(&self, state: &mut State, _: usize, row: usize) {
        state.places.parameters.row = row;
    }
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
    state.places.parameters.row = state.places.parameters.row.min(state.setting_rows().len().saturating_sub(1));
    effects
}

pub(in crate::app) fn accept(state: &mut State, setting: Setting, value: &str) -> Vec<Effect> {
    let mut parameters = state.wanted_parameters().clone();
    match setting.set(&mut parameters, value) {
        Ok(()) => relink(state, parameters),
        Err(error) => {
            // What was typed can be mended.
            state.entry = Some(Entry::new(EntryPurpose::Setting(setting), value.to_owned()));
            state.notice = Some(Notice::error(error.to_string()));
            Vec::new()
        }
    }
}

/// Leaves the chosen target out of every count.
pub(in crate::app) fn mute(state: &mut State) -> Vec<Effect> {
    let Some(key) = state.target_to_mute().map(|object| object.key.clone()) else {
        return refuse(state, Action::Mute);
    };
    let mut parameters = state.wanted_parameters().clone();
    parameters.muted.insert(key);
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
    if parameters == before && (state.links.is_some() || state.jobs.runs(Job::Links)) {
        state.notice = Some(Notice::info("It is so already: nothing changed."));
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
    let rests = |place: Place| super::get(place).is_some_and(OpenPlace::rests_on_links);
    let given_up = state.running_places().into_iter().filter(|&place| rests(place));
    given_up.flat_map(|place| escape::give_up(state, place)).collect()
}

fn request(state: &mut State, parameters: LinkParameters, compare: bool) -> Vec<Effect> {
    let Some(roster) = state.roster.clone() else {
        let reading = "The accounts are still being read; try again in a moment.";
        let why = state.unlinked.as_ref().filter(|_| !state.jobs.runs(Job::Reading)).map(|why| format!("{why}."));
        state.notice = Some(Notice::error(why.unwrap_or_else(|| reading.to_owned())));
        return Vec::new();
    };
    state.linking += 1;
    state.unlinked = None;
    state.wanted = Some(parameters.clone());
    state.jobs.start(Job::Links);
    state.jobs.advance(Job::Links, 0.0.into());
    let before = state.links.as_ref().filter(|_| compare).map(Arc::clone);
    let mut effects = give_up_jobs(state);
    effects.push(Effect::Start(Order { generation: state.linking, work: Work::Links { parameters, roster, before } }));
    effects
}
