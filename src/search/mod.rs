//! Fuzzy search over handle, name and bio.

mod index;
mod matcher;
mod query;

pub use index::{Hit, SEARCH_LIMIT, SearchIndex, SearchKey, search};
pub use matcher::{FuzzyWords, Matcher, highlight};
pub use query::Query;
