//! The list of imported files: look at what was read of one, or take it back.

use std::sync::Arc;

use super::{OpenPlace, report};
use crate::app::update::import;
use crate::app::{Action, Cursor, Effect, FileReport, ImportReport, Job, Order, Place, State, Work};
use crate::model::{Import, SkippedLine, Timestamp};

/// The list of imports.
#[derive(Debug, Clone, Default)]
pub struct ImportsView {
    /// The files; `None` until they are read.
    pub rows: Option<Vec<Import>>,
    /// The chosen one.
    pub cursor: Cursor,
    /// The one that the next key takes back.
    pub armed: Option<u32>,
}

impl ImportsView {
    /// The chosen import.
    #[must_use]
    pub fn chosen(&self) -> Option<&Import> {
        self.rows.as_ref()?.get(self.cursor.row)
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        let height = state.viewport.places.imports.0;
        let view = &mut state.places.imports;
        let count = view.rows.as_ref().map_or(0, Vec::len);
        let armed = view.armed.take();
        match action {
            Action::ImportsDown => view.cursor.move_by(1, count),
            Action::ImportsUp => view.cursor.move_by(-1, count),
            // One step at a time: a file that was about to be taken back is left first.
            Action::ImportsClose if armed.is_some() => {}
            Action::ImportsClose => state.stack.close(Place::Imports),
            Action::ImportsAdd => return Some(import::again(state)),
            Action::TakeBack => return Some(take_back(state, armed)),
            Action::ImportsReport => {
                return Some(view.chosen().map(|chosen| Effect::ReadRejected(chosen.id)).into_iter().collect());
            }
            _ => return None,
        }
        state.places.imports.cursor.follow(count, height);
        Some(Vec::new())
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Imports)
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        let of_one = matches!(action, Action::ImportsReport | Action::TakeBack);
        (of_one && state.places.imports.chosen().is_none()).then(|| "No imported file is chosen here.".to_owned())
    }

    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        state.places.imports = ImportsView::default();
        state.stack.open(Place::Imports);
        vec![Effect::ReadImports]
    }

    fn rows(&self) -> [Action; 2] {
        [Action::ImportsUp, Action::ImportsDown]
    }

    /// A file that was about to be taken back is left.
    fn choose(&self, state: &mut State, _: usize, row: usize) {
        (state.places.imports.cursor.row, state.places.imports.armed) = (row, None);
    }
}

/// The first key says what will be gone, the second one does it.
fn take_back(state: &mut State, armed: Option<u32>) -> Vec<Effect> {
    let Some(chosen) = state.places.imports.chosen().map(|chosen| chosen.id) else { return Vec::new() };
    if armed != Some(chosen) {
        state.places.imports.armed = Some(chosen);
        return Vec::new();
    }
    if import::is_busy(state) {
        return Vec::new();
    }
    state.jobs.hold(Job::Importing, import::TAKING_BACK);
    vec![Effect::Start(Order { generation: 0, work: Work::TakeBack(chosen) })]
}

/// Takes in the list, with the same file chosen if it is still there.
pub(in crate::app) fn take(state: &mut State, rows: Vec<Import>) {
    let height = state.viewport.places.imports.0;
    let view = &mut state.places.imports;
    let before = view.chosen().map(|chosen| chosen.id);
    // What was imported last is what one asks about first.
    let rows: Vec<Import> = rows.into_iter().rev().collect();
    let place = before.and_then(|id| rows.iter().position(|row| row.id == id));
    view.cursor.row = place.unwrap_or(view.cursor.row);
    view.cursor.follow(rows.len(), height);
    view.rows = Some(rows);
}

/// Shows what was read of a file, and the lines of it that could not be read.
pub(in crate::app) fn show(state: &mut State, import: u32, reasons: Vec<SkippedLine>) {
    if !state.stack.has(Place::Imports) {
        return;
    }
    let Some(row) = state.places.imports.rows.as_ref().and_then(|rows| rows.iter().find(|row| row.id == import)) else {
        return;
    };
    let reported = state.last_report.iter().flat_map(|report| &report.files).find(|file| file.import == import);
    let file = FileReport {
        import,
        path: row.file.path.clone(),
        format: row.file.format.clone(),
        records: row.file.records,
        skipped: row.file.skipped.max(reasons.len() as u64),
        reasons,
        deletions: reported.map_or(0, |file| file.deletions),
        warnings: row.warnings.clone(),
        known_before: false,
        unfinished: !row.finished,
    };
    report::open(state, Arc::new(ImportReport { files: vec![file], ..ImportReport::default() }));
}
