//! Take in data that changed while one looked: what was chosen and marked stays, and what no longer is goes.

use std::sync::Arc;

use super::{Effect, State, filter, follow, fresh, parameters, report};
use crate::analysis::Roster;
use crate::app::{Action, ImportOutcome, ImportReport, Job, Notice, Place};
use crate::text::count_of;

/// Ends an import.
pub(in crate::app) fn end(state: &mut State, outcome: ImportOutcome, roster: Option<Arc<Roster>>) -> Vec<Effect> {
    let changed = roster.is_some();
    let mut effects = roster.map(|roster| replace(state, roster)).unwrap_or_default();
    match outcome {
        ImportOutcome::Imported(report) => say(state, Arc::from(report)),
        ImportOutcome::TakenBack(path) => {
            state.notice = Some(Notice::info(format!("Taken back: {path}")));
        }
        ImportOutcome::Failed(reason) => state.notice = Some(Notice::error(reason)),
    }
    state.data_notice = state.notice.clone().filter(|_| changed);
    if state.stack.has(Place::Imports) {
        effects.push(Effect::ReadImports);
    }
    effects.extend(fresh::catch_up(state));
    effects
}

pub(in crate::app) fn replace(state: &mut State, roster: Arc<Roster>) -> Vec<Effect> {
    let was_empty = state.roster.as_ref().is_none_or(|before| before.accounts().is_empty());
    state.known.seen.data = roster.data_version;
    follow::names(state, &roster);
    state.roster = Some(roster);
    // Numbers of what is gone may be given to something else, and texts may have become longer.
    let given_up = state.running_places();
    state.forget_read();
    let mut effects = filter::relist(state);
    effects.extend(given_up.into_iter().map(|place| Effect::Cancel(Job::Of(place))));
    effects.extend(parameters::link_anew(state, was_empty));
    effects
}

/// Says what an import came to; the report opens unless the user is in the middle of something else.
fn say(state: &mut State, report: Arc<ImportReport>) {
    if !report.unknown.is_empty() {
        state.import_line = report::line_for(&report.unknown);
    } else if report.errors.is_empty() {
        state.import_line.clear();
    }
    state.notice = Some(notice(&report));
    state.last_report = Some(Arc::clone(&report));
    if state.place().inherits() || state.place() == Place::Imports {
        report::open(state, report);
    }
}

fn notice(report: &ImportReport) -> Notice {
    if report.cancelled {
        let what = "The import was cancelled; import the file again to complete it, or take back what came of it.";
        return Notice::info(what).then(Action::Imports);
    }
    let files = count_of(report.files.len() as u64, "file");
    match report.errors.as_slice() {
        [] if report.files.is_empty() => Notice::info(format!("Imported {}", count_of(report.pictures, "picture"))),
        [] => {
            let skipped = match report.skipped() {
                0 => String::new(),
                lines => format!("; {} could not be read", count_of(lines, "line")),
            };
            let read = count_of(report.records(), "record");
            Notice::info(format!("Imported {read} of {files}{skipped}")).then(Action::Imports)
        }
        [only] if report.files.is_empty() => {
            Notice::error(format!("Nothing was imported: {only}")).then(Action::Import)
        }
        _ if report.files.is_empty() => Notice::error("Nothing was imported; the report says why."),
        errors => Notice::error(format!("Imported {files}, and {} not; the report says why.", errors.len())),
    }
}
