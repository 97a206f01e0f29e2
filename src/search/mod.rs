//! Fuzzy search over handle, name and bio.

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
