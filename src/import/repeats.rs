//! What a file says again and again: a post that is retweeted a thousand times comes with each of its retweets, and its
//! author with each page.

use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, RandomState};

use rustc_hash::FxHashMap;

/// Records that are remembered, some megabytes; then it begins anew, since what repeats itself does so soon.
const MOST: usize = 1 << 18;

/// Knows the records that one reader of a file has seen lately, by hashes that no file can foresee.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    keys: RandomState,
    /// By the hash of what a record is called: the hash of the record. Most come once, so that the first of a name is
    /// not hashed as a whole.
    seen: FxHashMap<u64, Option<u64>>,
}

impl Repeats {
    /// Whether a record of that name was not seen lately; it is new once more where it comes for the second time.
    pub fn is_new(&mut self, name: &str, record: &impl Hash) -> bool {
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        match self.seen.entry(self.keys.hash_one(name)) {
            Entry::Vacant(entry) => {
                entry.insert(None);
                true
            }
            Entry::Occupied(mut entry) => {
                let record = Some(self.keys.hash_one(record));
                entry.insert(record) != record
            }
        }
    }
}
