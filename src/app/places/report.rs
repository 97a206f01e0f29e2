//! The report of an import: open it, scroll it, and name formats that were not recognised.

use std::sync::Arc;

use super::OpenPlace;
use crate::app::update::import;
use crate::app::{Action, Effect, ImportReport, Notice, Place, State};
use crate::model::Timestamp;
use crate::text::quoted;

/// A report of an import.
#[derive(Debug, Clone, Default)]
pub struct ReportView {
    /// What it says.
    pub report: Arc<ImportReport>,
    /// The first line that is seen.
    pub top: usize,
}

/// How much of a report is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportViewport {
    /// Lines that are seen.
    pub lines: usize,
    /// Lines that there are.
    pub all: usize,
}

impl Default for ReportViewport {
    fn default() -> Self {
        Self { lines: 10, all: 0 }
    }
}

/// Shows a report.
pub(in crate::app) fn open(state: &mut State, report: Arc<ImportReport>) {
    state.places.report = ReportView { report, top: 0 };
    state.stack.open(Place::Report);
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        let seen = state.viewport.places.report;
        let view = &mut state.places.report;
        let last = seen.all.saturating_sub(seen.lines);
        let page = seen.lines.max(2) - 1;
        match action {
            Action::ReportDown => view.top += 1,
            Action::ReportUp => view.top = view.top.min(last).saturating_sub(1),
            Action::ReportPageDown => view.top += page,
            Action::ReportPageUp => view.top = view.top.min(last).saturating_sub(page),
            Action::ReportClose => state.stack.close(Place::Report),
            Action::ReportFormat => return Some(name_format(state)),
            _ => return None,
        }
        state.places.report.top = state.places.report.top.min(last);
        Some(Vec::new())
    }

    fn rows(&self) -> [Action; 2] {
        [Action::ReportUp, Action::ReportDown]
    }

    fn is_hinted(&self, state: &State, action: Action) -> bool {
        action != Action::ReportFormat || !state.places.report.report.unknown.is_empty()
    }
}

/// Asks for the import of the files that no format was found for.
fn name_format(state: &mut State) -> Vec<Effect> {
    let unknown = &state.places.report.report.unknown;
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
