//! Counts of the whole cache.

use serde::Serialize;

/// What the tables of the cache hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Accounts known by any record.
    pub accounts: u64,
    /// Posts, retweets and quoted originals included.
    pub posts: u64,
    /// Distinct account–target pairs, self-retweets included.
    pub retweets: u64,
    /// Distinct retweeted posts.
    pub targets: u64,
    /// Distinct pictures by their bytes.
    pub avatars: u64,
    /// Accounts whose current tag has a label.
    pub tagged: u64,
    /// Targets whose key was made of author and text, since the export does not tell which post they are.
    pub synthetic_targets: u64,
    /// Ids of accounts and posts that look rounded, so that one may stand for several.
    pub rounded_ids: u64,
    /// Lines of all inputs that could not be read.
    pub skipped: u64,
}

/// The answer to `bot-tui stats --json`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// What the cache holds.
    #[serde(flatten)]
    pub counts: Counts,
    /// Pairs of accounts that the default parameters link.
    pub links: u64,
}
