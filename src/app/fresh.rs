//! What another program changed, and what is read anew of it.

use std::sync::Arc;

use super::TagBook;
use crate::analysis::Roster;
use crate::model::TagBatch;

/// How far the cache is: both numbers only ever grow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Raised whenever an import, or taking one back, changed the data.
    pub data: i64,
    /// The number of the last action on tags.
    pub tags: u64,
}

/// The cache as it was at one moment.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// How far it was.
    pub seen: Seen,
    /// The accounts, where they were asked for.
    pub roster: Option<Arc<Roster>>,
    /// All tags.
    pub tags: TagBook,
    /// How they came about.
    pub log: Vec<TagBatch>,
}

/// What is known of how far the cache is, and whether it is being read anew.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// How far it was when it was read last, with what this program wrote since.
    pub seen: Seen,
    /// How far anybody saw it, so that no news is lost that comes while something else is under way.
    pub newest: Seen,
    /// The cache is being read anew.
    pub rereading: bool,
    /// The tags have to be read anew, whatever their numbers say.
    pub stale: bool,
    /// Whether that was so of what is being read anew now.
    pub reread_stale: bool,
    /// The last action that was read where it was none of the newest: once is too early, and twice is so.
    pub fewer: Option<u64>,
}

impl Known {
    /// Takes in how far somebody saw the cache.
    pub fn see(&mut self, seen: Seen) {
        self.newest.data = self.newest.data.max(seen.data);
        self.newest.tags = self.newest.tags.max(seen.tags);
    }
}
