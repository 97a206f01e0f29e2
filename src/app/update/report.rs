//! The report of an import: open it, scroll it, and name formats that were not recognised.

use std::sync::Arc;

use super::{Effect, State, import};
use crate::app::{Action, ImportReport, Notice, ReportView};
use crate::text::quoted;

pub(super) fn open(state: &mut State, report: Arc<ImportReport>) {
    state.report = Some(ReportView { report, top: 0 });
}

pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let seen = state.viewport;
    let Some(view) = state.report.as_mut() else { return Vec::new() };
    let last = seen.report_lines.saturating_sub(seen.report);
    let page = seen.report.max(2) - 1;
    match action {
        Action::ReportDown => view.top += 1,
        Action::ReportUp => view.top = view.top.min(last).saturating_sub(1),
        Action::ReportPageDown => view.top += page,
        Action::ReportPageUp => view.top = view.top.min(last).saturating_sub(page),
        Action::ReportClose => {
            state.report = None;
            return Vec::new();
        }
        _ => return name_format(state),
    }
    view.top = view.top.min(last);
    Vec::new()
}

/// Asks for the import of the files that no format was found for.
fn name_format(state: &mut State) -> Vec<Effect> {
    let unknown = state.report.as_ref().map(|view| view.report.unknown.as_slice()).unwrap_or_default();
    if unknown.is_empty() {
        state.notice = Some(Notice::info("Every file here was read in a format that is known."));
        return Vec::new();
    }
    let line = line_for(unknown);
    import::start(state, line)
}

/// The line that imports `files` once a format is written behind it.
pub(super) fn line_for(files: &[String]) -> String {
    let names: Vec<_> = files.iter().map(|file| quoted(file)).collect();
    format!("{} --format ", names.join(" "))
}
