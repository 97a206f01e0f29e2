//! Type into the open line, or paste.

use super::{Effect, State, complete, help, import, palette, search, settle};
use crate::app::{Action, Entry, EntryPurpose};

/// Types `text`, from the keyboard or pasted, into the open line.
pub fn type_text(state: &mut State, text: &str) -> Vec<Effect> {
    complete::forget_nothing(state);
    let mut effects = change(state, |entry| entry.insert(text));
    effects.extend(settle::settle(state));
    effects
}

/// Pastes `text`. Files that are dropped on a terminal arrive so: without an open line they are what to import.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let line = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    if state.entry.is_some() || !state.place().inherits() || !names_files(&line) {
        return type_text(state, if is_import(state) { &line } else { text });
    }
    let mut effects = import::start(state, line);
    effects.extend(settle::settle(state));
    effects
}

fn is_import(state: &State) -> bool {
    state.entry.as_ref().is_some_and(|entry| entry.purpose == EntryPurpose::Import)
}

fn names_files(text: &str) -> bool {
    let bare = text.trim_start_matches(['\'', '"']);
    ["/", "~/", "file:///"].iter().any(|start| bare.starts_with(start))
}

pub(in crate::app) fn edit(state: &mut State, action: Action) -> Vec<Effect> {
    change(state, |entry| match action {
        Action::DeleteBackward => entry.delete_backward(),
        Action::DeleteWord => entry.delete_word(),
        Action::DeleteLine => entry.delete_line(),
        Action::EntryLeft => entry.left(),
        Action::EntryStart => entry.start(),
        Action::EntryEnd => entry.end(),
        Action::EntryRight => entry.right(),
        // What moves in a list or ends the line is no edit.
        _ => {}
    })
}

fn change(state: &mut State, edit: impl FnOnce(&mut Entry)) -> Vec<Effect> {
    let Some(entry) = state.entry.as_mut() else { return Vec::new() };
    edit(entry);
    match entry.purpose {
        EntryPurpose::Search { .. } => search::follow(state),
        EntryPurpose::Import => complete::follow(state),
        EntryPurpose::Palette(_) => {
            palette::follow(state);
            Vec::new()
        }
        EntryPurpose::Help(_) => {
            help::follow(state);
            Vec::new()
        }
        EntryPurpose::Note { .. }
        | EntryPurpose::OpenLink
        | EntryPurpose::Export
        | EntryPurpose::SaveTags
        | EntryPurpose::Setting(_) => Vec::new(),
    }
}
