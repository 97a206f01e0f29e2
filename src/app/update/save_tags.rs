//! Ask for a file and write all tags to it, where the cache cannot take them.

use std::path::PathBuf;

use super::{Effect, State};
use crate::app::{Entry, EntryPurpose, Notice};
use crate::model::Timestamp;
use crate::text::stamp_for_file_name;

pub(in crate::app) fn start(state: &mut State, now: Timestamp) {
    let suggestion = format!("tags-{}.jsonl", stamp_for_file_name(now));
    state.entry = Some(Entry::new(EntryPurpose::SaveTags, suggestion));
}

pub(in crate::app) fn accept(state: &mut State, path: &str) -> Vec<Effect> {
    if path.trim().is_empty() {
        state.notice = Some(Notice::error("Nothing was saved: no file name was given."));
        return Vec::new();
    }
    vec![Effect::SaveTags(PathBuf::from(path.trim()))]
}
