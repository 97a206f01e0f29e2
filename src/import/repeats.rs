//! What a file says again and again: a post that is retweeted a thousand times comes with each of its retweets, and its
//! author with each page.

use std::hash::{BuildHasher, Hash, RandomState};

use rustc_hash::FxHashSet;

/// Records that are remembered, some megabytes; then it begins anew, since what repeats itself does so soon.
const MOST: usize = 1 << 18;

/// Knows the records that one reader of a file has seen lately, by a hash that no file can foresee.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    keys: RandomState,
    seen: FxHashSet<u64>,
}

impl Repeats {
    /// Whether the record was not seen lately.
    pub fn is_new(&mut self, record: &impl Hash) -> bool {
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        self.seen.insert(self.keys.hash_one(record))
    }
}
