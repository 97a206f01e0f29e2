//! What two accounts have in common, target by target.

use super::{ObjectId, Timestamp};

/// One target that both accounts of a pair shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedTarget {
    /// The target.
    pub object: ObjectId,
    /// When the first account shared it, where known.
    pub at_a: Option<Timestamp>,
    /// When the second account shared it, where known.
    pub at_b: Option<Timestamp>,
    /// How many accounts of the data shared it.
    pub sharers: u32,
    /// Its key was made of its author and its words, since no export told which post it is.
    pub synthetic: bool,
    /// Its id looks rounded, so that it may stand for several posts.
    pub rounded: bool,
}

impl SharedTarget {
    /// Milliseconds between the two shares, where both times are known.
    #[must_use]
    pub fn gap_ms(&self) -> Option<u64> {
        Some(self.at_a?.gap_ms(self.at_b?))
    }
}

/// Puts the smallest gap first, unknown gaps last, equal ones in the order of time, and those as they stood.
pub fn closest_first(targets: &mut [SharedTarget]) {
    targets.sort_by_key(|target| (target.gap_ms().unwrap_or(u64::MAX), target.at_a));
}
