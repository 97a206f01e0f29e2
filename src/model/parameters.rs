//! What decides which pairs of accounts are linked.

use serde::Serialize;

/// Which co-retweet pairs become links.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "rule", content = "value")]
pub enum KeepRule {
    /// Every pair with a shared target.
    All,
    /// Pairs at or above this percentile (0 to 100) of all non-zero cosines, linear interpolation as numpy's.
    Percentile(f64),
    /// Pairs whose TF-IDF cosine is at least this, 0 to 1.
    Cosine(f64),
    /// Pairs that share at least this many targets.
    Shared(u32),
}

/// Every choice that the links depend on; printed with every result that rests on them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LinkParameters {
    /// Accounts with fewer distinct targets are left out of the co-retweet layer.
    pub min_retweets: u32,
    /// Targets retweeted by fewer of the accounts left are dropped.
    pub min_accounts: u32,
    /// Seconds, inclusive, within which a shared target counts as shared within the window.
    pub window_seconds: u32,
    /// Which co-retweet pairs are kept.
    pub keep: KeepRule,
    /// Largest Hamming distance of two PDQ hashes that still links, 0 to 31.
    pub max_avatar_distance: u32,
    /// A picture carried by more than this share of the accounts that have one is a default and links nobody.
    pub default_avatar_share: f64,
    /// A picture is called a default only from this many accounts on.
    pub default_avatar_accounts: u32,
}

impl Default for LinkParameters {
    fn default() -> Self {
        Self {
            min_retweets: 10,
            min_accounts: 2,
            window_seconds: 60,
            keep: KeepRule::Cosine(0.5),
            max_avatar_distance: 31,
            default_avatar_share: 0.10,
            default_avatar_accounts: 50,
        }
    }
}
