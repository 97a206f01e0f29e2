//! Ask for a file and write the tagged accounts to it.

use std::path::PathBuf;

use super::{Effect, State, refuse};
use crate::app::{Action, Entry, EntryPurpose, Job, Notice, Order, Work};
use crate::model::Timestamp;
use crate::text::stamp_for_file_name;

pub(in crate::app) fn start(state: &mut State, now: Timestamp) {
    let suggestion = format!("tagged-accounts-{}.json", stamp_for_file_name(now));
    state.entry = Some(Entry::new(EntryPurpose::Export, suggestion));
}

pub(in crate::app) fn accept(state: &mut State, path: &str) -> Vec<Effect> {
    if path.trim().is_empty() {
        state.notice = Some(Notice::error("Nothing was exported: no file name was given."));
        return Vec::new();
    }
    if state.why_not(Action::Export).is_some() {
        return refuse(state, Action::Export);
    }
    let (Some(roster), Some(links)) = (state.roster.clone(), state.links.clone()) else {
        let wait = "Nothing was exported: the links are not known yet. Export again when linking is done.";
        state.notice = Some(Notice::error(wait));
        return Vec::new();
    };
    state.jobs.start(Job::Exporting);
    let path = PathBuf::from(path.trim());
    vec![Effect::Start(Order { generation: 0, work: Work::Export { path, roster, links } })]
}
