//! The report of an import: open it, scroll it, and name formats that were not recognised.

use std::sync::Arc;

use crate::app::update::{import, not_here};
use crate::app::{Action, Effect, ImportReport, Notice, Place, ReportView, State};
use crate::text::quoted;

pub(in crate::app) fn open(state: &mut State, report: Arc<ImportReport>) {
    state.report = ReportView { report, top: 0 };
    state.stack.open(Place::Report);
}

pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let seen = state.viewport;
    let view = &mut state.report;
    let last = seen.report_lines.saturating_sub(seen.report);
    let page = seen.report.max(2) - 1;
    match action {
        Action::ReportDown => view.top += 1,
        Action::ReportUp => view.top = view.top.min(last).saturating_sub(1),
        Action::ReportPageDown => view.top += page,
        Action::ReportPageUp => view.top = view.top.min(last).saturating_sub(page),
        Action::ReportClose => {
            state.stack.close(Place::Report);
            return Vec::new();
        }
        Action::ReportFormat => return name_format(state),
        _ => return not_here(state, action),
    }
    view.top = view.top.min(last);
    Vec::new()
}

/// Asks for the import of the files that no format was found for.
fn name_format(state: &mut State) -> Vec<Effect> {
    let unknown = &state.report.report.unknown;
    if unknown.is_empty() {
        state.notice = Some(Notice::info("Every file here was read in a format that is known."));
        return Vec::new();
    }
    let line = line_for(unknown);
    import::start(state, line)
}

/// The line that imports `files` once a format is written behind it.
pub(in crate::app) fn line_for(files: &[String]) -> String {
    let names: Vec<_> = files.iter().map(|file| quoted(file)).collect();
    format!("{} --format ", names.join(" "))
}
