//! What leaves the program: one file per output format.

mod json_text;
mod tagged_accounts;
mod write;

pub use json_text::to_json;
pub use tagged_accounts::{Source, TaggedAccounts, tagged_accounts};
pub use write::{ExportError, write_new, write_replacing};
