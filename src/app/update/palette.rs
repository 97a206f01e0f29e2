//! Find an action by its words, and call it where one was.

use super::{Effect, State, act, motion};
use crate::app::{Action, Entry, EntryPurpose, Palette};
use crate::model::Timestamp;

pub(in crate::app) fn start(state: &mut State) {
    let palette = Palette::new(state.place());
    state.entry = Some(Entry::new(EntryPurpose::Palette(palette), String::new()));
}

/// The palette, while it is open.
pub(in crate::app) fn open(state: &mut State) -> Option<&mut Palette> {
    match &mut state.entry.as_mut()?.purpose {
        EntryPurpose::Palette(palette) => Some(palette),
        _ => None,
    }
}

/// Looks which actions fit after the line changed.
pub(in crate::app) fn follow(state: &mut State) {
    let Some(typed) = state.entry.as_ref().map(Entry::text) else { return };
    if let Some(palette) = open(state) {
        palette.narrow(&typed);
    }
}

/// Moves among the actions that fit; false where the palette is not open.
pub(in crate::app) fn step(state: &mut State, action: Action) -> bool {
    let Some(palette) = open(state) else { return false };
    let rows = match action {
        Action::CompleteNext => 1,
        Action::CompletePrevious => -1,
        _ => motion::rows(action, Palette::SEEN).unwrap_or_default(),
    };
    palette.cursor.move_by(rows, palette.fits.len());
    true
}

/// Goes to one of the actions that fit.
pub(in crate::app) fn choose(state: &mut State, row: usize) {
    if let Some(palette) = open(state) {
        palette.cursor.row = row;
    }
}

/// Calls the chosen action; where nothing fits, nothing happens.
pub(in crate::app) fn accept(state: &mut State, chosen: Option<Action>, now: Timestamp) -> Vec<Effect> {
    // The line has hidden what came meanwhile.
    let said = state.notice.clone();
    let effects = chosen.map(|action| act(state, action, now)).unwrap_or_default();
    if state.notice.is_none() {
        state.notice = said;
    }
    effects
}
