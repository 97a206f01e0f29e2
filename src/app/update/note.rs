//! Write a note on accounts.

use super::{Effect, State, refuse, tag};
use crate::app::{Action, Entry, EntryPurpose, Notice, Tagging};
use crate::model::{AccountId, Tag, Timestamp};

pub(in crate::app) fn start(state: &mut State) {
    let accounts = state.targets_of_action();
    let Some(&first) = accounts.first() else {
        refuse(state, Action::Note);
        return;
    };
    let present =
        if accounts.len() == 1 { state.tags.note(first).unwrap_or_default().to_owned() } else { String::new() };
    state.entry = Some(Entry::new(EntryPurpose::Note { accounts, present: present.clone() }, present));
}

pub(in crate::app) fn accept(
    state: &mut State,
    accounts: &[AccountId],
    (present, text): (&str, &str),
    now: Timestamp,
) -> Vec<Effect> {
    if text == present {
        // Another program may have written a note since the line was opened.
        state.notice = Some(Notice::info("The note was not changed."));
        return Vec::new();
    }
    let note = Some(text.trim().to_owned()).filter(|note| !note.is_empty());
    write(state, accounts, note, now)
}

/// Writes a note on accounts, or takes theirs away.
pub(in crate::app) fn write(
    state: &mut State,
    accounts: &[AccountId],
    note: Option<String>,
    now: Timestamp,
) -> Vec<Effect> {
    state.last_tagging = Some(Tagging::Note(note.clone()));
    let done = if note.is_some() { "Note written" } else { "Note taken away" };
    tag::change(state, accounts, now, done, |before| Tag { label: before.label, note: note.clone() })
}
