//! How often two sharers of one target come within each window, over all targets together: learnt of everybody, so that a
//! campaign that makes up most of a target's sharers is not measured by its own pace.

use rayon::prelude::*;

use super::WINDOWS;
use super::common::Common;
use crate::model::Csr;

/// Fewer than one in so many pairs are too few to learn from.
const TOO_FEW: u64 = 100;

/// A share, 0 to 1, for each window.
pub(super) type Shares = [f64; WINDOWS.len()];

/// Pairs of sharers of one target with known times, summed over all targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    pairs: u64,
    within: [u64; WINDOWS.len()],
}

impl Pace {
    /// That of no pair.
    pub fn of_none() -> Self {
        Self { pairs: 0, within: [0; WINDOWS.len()] }
    }

    /// That of all pairs, by the known times of each target's shares, which ascend.
    pub fn of_all(times: &Csr<i64>) -> Self {
        let of_target = |target| Self::of_target(times.row(target));
        (0..times.len()).into_par_iter().map(of_target).reduce(Self::of_none, Self::plus)
    }

    fn of_target(times: &[i64]) -> Self {
        let sharers = times.len() as u64;
        let within = WINDOWS.map(|window| {
            let (mut first, mut pairs) = (0, 0);
            for (place, &at) in times.iter().enumerate() {
                while at.abs_diff(times[first]) > window.unsigned_abs() {
                    first += 1;
                }
                pairs += (place - first) as u64;
            }
            pairs
        });
        Self { pairs: sharers * sharers.saturating_sub(1) / 2, within }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let within = std::array::from_fn(|place| self.within[place] + other.within[place]);
        Self { pairs: self.pairs + other.pairs, within }
    }

    /// Adds the shared targets of a pair.
    pub fn add(&mut self, common: &Common) {
        *self = self.plus(Self { pairs: common.timed.len() as u64, within: common.within.map(u64::from) });
    }

    /// The same without some of its pairs. Where nearly none is left nobody can say what the pace is without them, and it
    /// stays as it is.
    #[must_use]
    pub fn without(self, some: Self) -> Self {
        let within = std::array::from_fn(|place| self.within[place].saturating_sub(some.within[place]));
        let rest = Self { pairs: self.pairs.saturating_sub(some.pairs), within };
        if rest.pairs * TOO_FEW < self.pairs { self } else { rest }
    }

    /// The pairs, and those within each window.
    #[cfg(test)]
    pub fn counts(&self) -> (u64, [u64; WINDOWS.len()]) {
        (self.pairs, self.within)
    }

    /// The share of pairs within each window; never 0, as what was not seen once is not impossible. None where no pair has
    /// both times.
    pub fn shares(&self) -> Option<Shares> {
        (self.pairs > 0).then(|| self.within.map(|within| (within as f64 + 1.0) / (self.pairs as f64 + 1.0)))
    }
}
