//! Where the data came from.

use super::Timestamp;

/// An imported file as the cache lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// By this number it can be taken back.
    pub id: u32,
    /// Whether it was read to its end; importing the file again completes it.
    pub finished: bool,
    /// Which columns of a table were what, where the user said so.
    pub map: Option<String>,
    /// What is odd about the file as a whole, in words for the user. Hostile until sanitised.
    pub warnings: Vec<String>,
    /// Which file. Without its SHA-256 and its counts where reading it was broken off.
    pub file: InputFile,
}

/// One imported file. Equal bytes are one input, however often and from wherever they were imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The path as the user named it.
    pub path: String,
    /// SHA-256 of the file's bytes as they lay on disk, in hexadecimal.
    pub sha256: String,
    /// Bytes on disk.
    pub bytes: u64,
    /// Name of the format it was read as.
    pub format: String,
    /// When it was first imported.
    pub imported_at: Timestamp,
    /// Records that were read.
    pub records: u64,
    /// Lines that could not be read.
    pub skipped: u64,
}

/// A line that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedLine {
    /// Line number in the unpacked file, counted from 1.
    pub line: u64,
    /// What is wrong with it, in words for the user.
    pub reason: String,
}
