//! What an import came to, as it is told.

use crate::model::{Counts, SkippedLine};

/// What one file gave. Paths, reasons and warnings are hostile until sanitised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The number of the import, by which it can be taken back.
    pub import: u32,
    /// Which file.
    pub path: String,
    /// As which format it was read.
    pub format: String,
    /// Records that were read.
    pub records: u64,
    /// Lines that could not be read.
    pub skipped: u64,
    /// The first of them.
    pub reasons: Vec<SkippedLine>,
    /// Posts that the file says were deleted.
    pub deletions: u64,
    /// What is odd about the file as a whole.
    pub warnings: Vec<String>,
    /// The same bytes were imported before, so that nothing new is kept.
    pub known_before: bool,
    /// It was not read to its end.
    pub unfinished: bool,
}

/// What an import gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Each file that was read.
    pub files: Vec<FileReport>,
    /// What went wrong with whole files, and what to do next.
    pub errors: Vec<String>,
    /// Files whose format has to be named.
    pub unknown: Vec<String>,
    /// Data files of folders that are in no known format.
    pub left_alone: Vec<String>,
    /// Pictures that were read.
    pub pictures: u64,
    /// Pictures that could not be read, and why.
    pub skipped_pictures: Vec<(String, String)>,
    /// Retweets of an account's own posts.
    pub self_retweets: u64,
    /// Counts of the cache before and after; `None` where one looks at an import of the past.
    pub counts: Option<(Counts, Counts)>,
    /// The user stopped it.
    pub cancelled: bool,
}

impl ImportReport {
    /// Records of all files.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.files.iter().map(|file| file.records).sum()
    }

    /// Lines of all files that could not be read.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.files.iter().map(|file| file.skipped).sum()
    }
}

/// How an import, or taking one back, ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportOutcome {
    /// It was done, at least in part, or stopped by the user.
    Imported(Box<ImportReport>),
    /// The file with this path was taken back.
    TakenBack(String),
    /// Nothing was done; why, and what to do next.
    Failed(String),
}
