//! From files to the cache: one file per input format.
//!
//! Words of this room: *format*, how a tool writes; *record*, what a line says of an account or a post; *batch*, records on their way
//! to the cache; *warning*, what is odd about a file; *skipped line*, what could not be read, with its reason.

mod avatars;
mod batch;
mod document;
mod error;
mod format;
mod formats;
mod fuzz;
mod home;
mod json;
mod lines;
mod parsing;
mod paths;
mod pipeline;
mod repeats;
mod report;
mod rounded;
mod source;
mod table;
mod time;
mod warnings;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::model::Platform;

pub use error::ImportError;
pub use format::format_names;
pub use formats::{ColumnMap, ColumnMapError};
#[doc(hidden)]
pub use fuzz::{fuzz_format, fuzz_names};
pub use paths::is_data;
pub use pipeline::{import, import_into};
pub use report::{FileSummary, ImportProgress, ImportSummary, NoProgress, REASONS};

/// What to import.
#[derive(Debug, Clone, Default)]
pub struct ImportRequest {
    /// Files, folders, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Read everything as this format, rather than looking at the content.
    pub format: Option<String>,
    /// Read everything as tables whose columns are these.
    pub map: Option<ColumnMap>,
    /// Whose accounts and posts are those of files that do not tell.
    pub platform: Option<Platform>,
    /// A folder of pictures named by account id or handle.
    pub avatars: Option<PathBuf>,
}
