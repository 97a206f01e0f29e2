//! Type into the open line.

use super::{Effect, State, search, settle};
use crate::app::{Action, Entry, EntryPurpose};

/// Types `text`, from the keyboard or pasted, into the open line.
pub fn type_text(state: &mut State, text: &str) -> Vec<Effect> {
    let mut effects = change(state, |entry| entry.insert(text));
    effects.extend(settle::settle(state));
    effects
}

pub(super) fn edit(state: &mut State, action: Action) -> Vec<Effect> {
    change(state, |entry| match action {
        Action::DeleteBackward => entry.delete_backward(),
        Action::DeleteWord => entry.delete_word(),
        Action::DeleteLine => entry.delete_line(),
        Action::EntryLeft => entry.left(),
        _ => entry.right(),
    })
}

fn change(state: &mut State, edit: impl FnOnce(&mut Entry)) -> Vec<Effect> {
    let Some(entry) = state.entry.as_mut() else { return Vec::new() };
    edit(entry);
    match entry.purpose {
        EntryPurpose::Search { .. } => {
            let query = entry.text();
            search::set(state, query)
        }
        EntryPurpose::Note { .. } | EntryPurpose::Export | EntryPurpose::Setting(_) => Vec::new(),
    }
}
