//! Imports files, takes imports back, and lists them; then reads the accounts anew where the data changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Outbox;
use super::completion::at_home;
use super::news::ImportNews;
use crate::analysis::Roster;
use crate::app::{FileReport, ImportOrder, ImportOutcome, ImportReport, Job, Made, Message};
use crate::graph::Task;
use crate::import::{ColumnMapError, FileSummary, ImportError, ImportRequest, ImportSummary, import};
use crate::store::{Store, StoreError};

/// Lines that are told of those of an import which could not be read: of one that just ended, and of one of the past.
const FIRST: usize = 20;
const MOST_LINES: usize = 1_000;

/// What stops an import: the user gave it up, or leaves.
pub(super) struct Stop {
    pub cancelled: Arc<AtomicBool>,
    pub leaving: Arc<AtomicBool>,
}

/// Imports what was ordered and tells how it ended.
pub(super) fn import_files(store: &mut Store, order: &ImportOrder, outbox: &Outbox, stop: &Stop) -> Made {
    let progress = ImportNews::of(Job::Importing, outbox, &stop.cancelled);
    ended(store, &stop.leaving, |store| {
        let before = store.counts()?;
        let request = match request(order) {
            Ok(request) => request,
            Err(reason) => return Ok(ImportOutcome::Failed(reason)),
        };
        match import(store, &request, &progress) {
            Ok(summary) => Ok(ImportOutcome::Imported(Box::new(report(summary)))),
            Err(ImportError::Cancelled) => {
                let counts = Some((before, store.counts()?));
                let report = ImportReport { cancelled: true, counts, ..ImportReport::default() };
                Ok(ImportOutcome::Imported(Box::new(report)))
            }
            Err(ImportError::Store(error)) => Err(error),
            Err(error) => Ok(ImportOutcome::Failed(error.to_string())),
        }
    })
}

/// Takes an import back and tells how it ended.
pub(super) fn take_back(store: &mut Store, id: u32, stop: &Stop) -> Made {
    ended(store, &stop.leaving, |store| {
        let path = store.imports()?.into_iter().find(|import| import.id == id).map(|import| import.file.path);
        let gone = || ImportOutcome::Failed("This file was taken back already, by another program.".to_owned());
        let taken = store.remove_import(id)?;
        Ok(path.filter(|_| taken).map_or_else(gone, ImportOutcome::TakenBack))
    })
}

/// The first lines of an import that could not be read.
pub(super) fn rejected(store: &Store, import: u32) -> Result<Message, StoreError> {
    let mut lines = store.rejected_lines(import)?;
    lines.truncate(MOST_LINES);
    Ok(Message::Rejected { import, lines })
}

/// Does `work`, and reads the accounts where it changed the data, whether or not it failed half-way; not for who leaves.
fn ended(
    store: &mut Store,
    leaving: &AtomicBool,
    work: impl FnOnce(&mut Store) -> Result<ImportOutcome, StoreError>,
) -> Made {
    let before = store.data_version().ok();
    let done = work(store).and_then(|outcome| store.check_in_place().map(|()| outcome));
    let outcome = done.unwrap_or_else(|error| ImportOutcome::Failed(error.to_string()));
    let changed = store.data_version().ok() != before;
    let task = Task { cancelled: &|| leaving.load(Ordering::Relaxed), ..Task::UNWATCHED };
    let (roster, outcome) = match changed.then(|| Roster::load(store, &task)).transpose() {
        Ok(roster) => (roster.map(Arc::new), outcome),
        Err(error) => (None, ImportOutcome::Failed(format!("The data changed and cannot be read again: {error}"))),
    };
    Made::Import { outcome, roster }
}

fn request(order: &ImportOrder) -> Result<ImportRequest, String> {
    // A file that is dropped on some terminals arrives without quotes around its blanks.
    let whole = at_home(Path::new(&order.line));
    let paths = if order.paths.len() > 1 && whole.exists() {
        vec![whole]
    } else {
        order.paths.iter().map(|path| on_disk(path)).collect()
    };
    let map = order.map.as_deref().map(str::parse).transpose().map_err(|error: ColumnMapError| error.to_string())?;
    let (format, platform) = (order.format.clone(), order.platform.clone());
    Ok(ImportRequest { paths, format, map, platform, avatars: order.avatars.as_deref().map(on_disk) })
}

/// What a path means that may begin with `~`, or be the address of a file.
fn on_disk(path: &Path) -> PathBuf {
    let address = path.to_str().filter(|text| text.starts_with("file://")).and_then(|text| url::Url::parse(text).ok());
    address.and_then(|address| address.to_file_path().ok()).unwrap_or_else(|| at_home(path))
}

fn report(summary: ImportSummary) -> ImportReport {
    let words = |path: &PathBuf| path.display().to_string();
    let unknown = summary.errors.iter().filter_map(|error| match error {
        ImportError::UnknownFormat { path, .. } => Some(words(path)),
        _ => None,
    });
    ImportReport {
        unknown: unknown.collect(),
        files: summary.files.into_iter().map(file_report).collect(),
        errors: summary.errors.iter().map(ToString::to_string).collect(),
        left_alone: summary.left_alone.iter().map(words).collect(),
        pictures: summary.pictures,
        skipped_pictures: summary.skipped_pictures.iter().map(|(path, why)| (words(path), why.clone())).collect(),
        self_retweets: summary.self_retweets,
        counts: Some((summary.before, summary.after)),
        cancelled: false,
    }
}

fn file_report(mut file: FileSummary) -> FileReport {
    file.reasons.truncate(FIRST);
    if let Some(before) = &file.replaced {
        let before = before.replacen(':', " ", 1);
        file.warnings.push(format!("this replaces what was read of the same bytes as {before} before"));
    }
    FileReport {
        import: file.import,
        path: file.path.display().to_string(),
        format: file.format.to_owned(),
        records: file.records,
        skipped: file.skipped,
        reasons: file.reasons,
        deletions: file.deletions,
        warnings: file.warnings,
        known_before: file.known_before,
        unfinished: file.unfinished,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(line: &str) -> Vec<PathBuf> {
        request(&ImportOrder::read(line, &[]).unwrap()).unwrap().paths
    }

    #[test]
    fn a_file_with_blanks_in_its_name_needs_no_quotes_where_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("my own data.csv");
        std::fs::write(&file, "x").unwrap();
        assert_eq!(paths(&format!("{} ", file.display())), [file]);
        assert_eq!(paths("a b"), [PathBuf::from("a"), PathBuf::from("b")]);
        assert_eq!(paths("file:///data/a%20b.csv"), [PathBuf::from("/data/a b.csv")]);
    }
}
