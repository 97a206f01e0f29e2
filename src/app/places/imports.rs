//! The list of imported files: look at what was read of one, or take it back.

use std::sync::Arc;

use super::report;
use crate::app::update::{import, not_here};
use crate::app::{Action, Effect, FileReport, ImportReport, Importing, ImportsView, Order, Place, State, Work};
use crate::model::{Import, SkippedLine};

pub(in crate::app) fn open(state: &mut State) -> Vec<Effect> {
    state.imports = ImportsView::default();
    state.stack.open(Place::Imports);
    vec![Effect::ReadImports]
}

pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let height = state.viewport.imports;
    let view = &mut state.imports;
    let count = view.rows.as_ref().map_or(0, Vec::len);
    let armed = view.armed.take();
    match action {
        Action::ImportsDown => view.cursor.move_by(1, count),
        Action::ImportsUp => view.cursor.move_by(-1, count),
        // One step at a time: a file that was about to be taken back is left first.
        Action::ImportsClose if armed.is_some() => {}
        Action::ImportsClose => state.stack.close(Place::Imports),
        Action::ImportsAdd => return import::again(state),
        Action::TakeBack => return take_back(state, armed),
        Action::ImportsReport => {
            return view.chosen().map(|chosen| Effect::ReadRejected(chosen.id)).into_iter().collect();
        }
        _ => return not_here(state, action),
    }
    state.imports.cursor.follow(count, height);
    Vec::new()
}

/// Goes to a file; one that was about to be taken back is left.
pub(in crate::app) fn choose(state: &mut State, row: usize) {
    (state.imports.cursor.row, state.imports.armed) = (row, None);
}

/// The first key says what will be gone, the second one does it.
fn take_back(state: &mut State, armed: Option<u32>) -> Vec<Effect> {
    let Some(chosen) = state.imports.chosen().map(|chosen| chosen.id) else { return Vec::new() };
    if armed != Some(chosen) {
        state.imports.armed = Some(chosen);
        return Vec::new();
    }
    if import::is_busy(state) {
        return Vec::new();
    }
    state.importing = Some(Importing { taking_back: true, ..Importing::default() });
    vec![Effect::Start(Order { generation: 0, work: Work::TakeBack(chosen) })]
}

/// Takes in the list, with the same file chosen if it is still there.
pub(in crate::app) fn take(state: &mut State, rows: Vec<Import>) {
    let height = state.viewport.imports;
    let view = &mut state.imports;
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
    let Some(row) = state.imports.rows.as_ref().and_then(|rows| rows.iter().find(|row| row.id == import)) else {
        return;
    };
    let told = state.last_report.iter().flat_map(|report| &report.files).find(|file| file.import == import);
    let file = FileReport {
        import,
        path: row.file.path.clone(),
        format: row.file.format.clone(),
        records: row.file.records,
        skipped: row.file.skipped.max(reasons.len() as u64),
        reasons,
        deletions: told.map_or(0, |file| file.deletions),
        warnings: row.warnings.clone(),
        known_before: false,
        unfinished: !row.finished,
    };
    report::open(state, Arc::new(ImportReport { files: vec![file], ..ImportReport::default() }));
}
