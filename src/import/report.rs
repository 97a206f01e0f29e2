//! How an import is watched, and what it says in the end.

use std::path::PathBuf;

use super::ImportError;
use crate::model::{Counts, SkippedLine};

/// Reasons of lines that could not be read which are kept of one file; the rest is counted.
pub const REASONS: usize = 1_000;

/// Watches an import.
pub trait ImportProgress: Sync {
    /// So many of so many bytes are read; `total` is 0 where it is not known.
    fn advanced(&self, done: u64, total: u64);

    /// So many records are read, of all files so far.
    fn counted(&self, _records: u64) {}

    /// Another program holds the cache and is waited for; said again as long as that lasts.
    fn waits(&self) {}

    /// So many of so many pictures are read.
    fn pictures(&self, _done: usize, _total: usize) {}

    /// Whether to stop.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl ImportProgress for NoProgress {
    fn advanced(&self, _: u64, _: u64) {}
}

/// What one file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSummary {
    /// The number of the import, by which it can be taken back.
    pub import: u32,
    /// Which file.
    pub path: PathBuf,
    /// As which format it was read.
    pub format: &'static str,
    /// Records that were read.
    pub records: u64,
    /// Lines that could not be read.
    pub skipped: u64,
    /// The first [`REASONS`] of them.
    pub reasons: Vec<SkippedLine>,
    /// Posts that the file says were deleted.
    pub deletions: u64,
    /// Messages of a stream that are no records.
    pub messages: u64,
    /// What is odd about the file as a whole, in words for the user; hostile until sanitised.
    pub warnings: Vec<String>,
    /// The same bytes were imported before, so that nothing is kept of this time.
    pub known_before: bool,
    /// How the same bytes were read before, where this reading takes the place of that one.
    pub replaced: Option<String>,
    /// It was not read to its end.
    pub unfinished: bool,
}

/// What an import gave.
#[derive(Debug, Default)]
pub struct ImportSummary {
    /// Each file that was read.
    pub files: Vec<FileSummary>,
    /// Pictures that were read.
    pub pictures: u64,
    /// Those of them that move: of these the first frame counts.
    pub moving_pictures: u64,
    /// Pictures that could not be read, and why.
    pub skipped_pictures: Vec<(PathBuf, String)>,
    /// Retweets of an account's own posts; the layers leave them out.
    pub self_retweets: u64,
    /// Data files of folders that are in no known format; they were left alone.
    pub left_alone: Vec<PathBuf>,
    /// What went wrong with whole files.
    pub errors: Vec<ImportError>,
    /// Counts of the cache before.
    pub before: Counts,
    /// Counts of the cache after.
    pub after: Counts,
}
