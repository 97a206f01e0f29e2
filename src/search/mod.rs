//! Fuzzy search over handle, name and bio.
//!
//! Words of this room: *key*, the folded handle, name and bio of an account; *pack*, many keys side by side; *fit*, how well a key
//! meets what was typed; *hit*, an account that meets it.

mod index;
mod matcher;
mod query;
mod scan;

#[cfg(test)]
mod tests;

pub use index::{SearchIndex, SearchKey, SearchPack};
pub use matcher::{Fit, FuzzyWords, Matcher, highlight};
pub use query::Query;
pub use scan::{Candidates, Found, Hit, SEARCH_LIMIT, Watch, search, search_few};
