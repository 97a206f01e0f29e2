//! How much every pair shares, and how much of it within each window, in one walk: most pairs are out by these counts alone.
//! Where only times can tell, pairs that are never near are not even come upon.

use super::{FEWEST_SHARED, WINDOWS};
use crate::graph::Incidence;
use crate::graph::projection::{Others, Projection};
use crate::graph::projections::{ByTime, Unfiltered};
use crate::model::{Csr, dense};

/// Bits of a count, where four of them make one whole number that a sum holds exactly.
const BITS: u32 = 13;
/// Bits of a count, where there are accounts with more targets than that, and two counts.
const WIDE: u32 = 26;

/// What a pair has in common, before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Shared targets; in a walk through near pairs alone the fewest that there can be of a pair that counts.
    pub shared: u32,
    /// Of these with both times, at least.
    pub timed: u32,
    /// Whether every share has a time.
    pub all_timed: bool,
    /// How many lie within each window, at the most, and no fewer than that within the longest.
    pub within: [u32; WINDOWS.len()],
}

impl Candidate {
    /// How many lie within the longest window.
    pub fn near(&self) -> u32 {
        self.within[WINDOWS.len() - 1]
    }
}

/// The whole incidence, all counts of a pair in one sum. A row is the number of an account.
pub(super) struct Candidates<'a> {
    incidence: &'a Incidence,
    by_time: ByTime,
    bits: u32,
    all_timed: bool,
}

impl<'a> Candidates<'a> {
    pub fn new(incidence: &'a Incidence) -> Self {
        let by_time = ByTime::new(incidence);
        let most = (0..incidence.account_bound()).map(|account| incidence.targets_at(dense(account)).len()).max();
        let bits = if most.unwrap_or(0) >> BITS == 0 { BITS } else { WIDE };
        let all_timed = by_time.accounts.len() == incidence.share_count();
        Self { incidence, by_time, bits, all_timed }
    }

    /// The known times of each target's shares, ascending.
    pub fn times(&self) -> &Csr<i64> {
        &self.by_time.times
    }

    /// A walk through all pairs that share anything; or through those alone that are near once, where no others count.
    pub fn walk(&self, near_only: bool) -> Walk<'_> {
        Walk { candidates: self, near_only }
    }

    fn counts(&self, sum: f64, near_only: bool) -> Candidate {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^52")]
        let sum = sum as u64;
        let count = |field: u32| dense((sum >> (field * self.bits) & ((1 << self.bits) - 1)) as usize);
        let shared = count(0);
        // Of wide counts there is only that of the longest window, and all of it may lie within the shorter ones.
        let within: [u32; WINDOWS.len()] =
            if self.bits == WIDE { [count(1); WINDOWS.len()] } else { [count(1), count(2), count(3)] };
        let near = within[WINDOWS.len() - 1];
        let shared = if near_only { near.max(FEWEST_SHARED) } else { shared };
        let timed = if self.all_timed { shared } else { near };
        Candidate { shared, timed, all_timed: self.all_timed, within }
    }

    /// What a target adds that is shared within the window at this place.
    fn weight(&self, place: usize) -> f64 {
        let field = if self.bits == WIDE { 1 } else { dense(place) + 1 };
        (1_u64 << (field * self.bits)) as f64
    }
}

/// A walk through pairs.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    candidates: &'a Candidates<'a>,
    near_only: bool,
}

impl Walk<'_> {
    /// What a sum says.
    pub fn counts(&self, sum: f64) -> Candidate {
        self.candidates.counts(sum, self.near_only)
    }
}

impl Projection for Walk<'_> {
    fn len(&self) -> usize {
        self.candidates.incidence.account_bound()
    }

    fn gather(&self, row: usize, others: Others, add: &mut impl FnMut(&[u32], f64)) {
        let Candidates { incidence, by_time: ByTime { times, accounts, places }, bits, .. } = self.candidates;
        if !self.near_only {
            Unfiltered(incidence).gather(row, others, add);
        }
        let shortest = if *bits == WIDE { WINDOWS.len() - 1 } else { 0 };
        incidence.for_each_timed_share(dense(row), |share, target, at| {
            let (of_target, times) = (times.places(target), times.items());
            let mut near = places[share] as usize..places[share] as usize + 1;
            for (place, window) in WINDOWS.into_iter().enumerate().skip(shortest) {
                let is_near = |other: i64| other.abs_diff(at) <= window.unsigned_abs();
                while near.start > of_target.start && is_near(times[near.start - 1]) {
                    near.start -= 1;
                }
                while near.end < of_target.end && is_near(times[near.end]) {
                    near.end += 1;
                }
                add(&accounts[near.clone()], self.candidates.weight(place));
            }
        });
    }
}
