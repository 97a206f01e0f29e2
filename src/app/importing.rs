//! An import under way, the list of imports, and the report of one.

use std::sync::Arc;

use super::{Cursor, ImportReport};
use crate::model::Import;

/// An import under way, or one that is being taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Importing {
    /// Whether an import is being taken back.
    pub taking_back: bool,
    /// Bytes that are read.
    pub done: u64,
    /// Bytes that there are, 0 where nobody can tell.
    pub total: u64,
    /// Records that are read.
    pub records: u64,
    /// Whether another program holds the cache and is waited for.
    pub waiting: bool,
    /// Whether the user asked to stop.
    pub cancelling: bool,
}

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

/// A report of an import.
#[derive(Debug, Clone, Default)]
pub struct ReportView {
    /// What it says.
    pub report: Arc<ImportReport>,
    /// The first line that is seen.
    pub top: usize,
}
