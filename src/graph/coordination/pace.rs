//! How often two sharers of one target come within each window, over all targets together: learnt of everybody, so that a
//! campaign that makes up most of a target's sharers is not measured by its own pace.

use super::WINDOWS;
use crate::graph::Incidence;

/// A share, 0 to 1, for each window.
pub(super) type Shares = [f64; WINDOWS.len()];

/// Pairs of sharers of one target with known times, summed over all targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    pairs: u64,
    within: [u64; WINDOWS.len()],
}

impl Pace {
    /// The pace of all pairs.
    pub fn of_all(incidence: &Incidence) -> Self {
        let mut pace = Self { pairs: 0, within: [0; WINDOWS.len()] };
        let mut times: Vec<i64> = Vec::new();
        for row in incidence.timed_shares().rows() {
            times.clear();
            times.extend(row.iter().map(|&(at, _)| at));
            times.sort_unstable();
            pace.pairs += times.len() as u64 * (times.len() as u64).saturating_sub(1) / 2;
            for (within, window) in pace.within.iter_mut().zip(WINDOWS) {
                let mut first = 0;
                for (place, &at) in times.iter().enumerate() {
                    while at - times[first] > window {
                        first += 1;
                    }
                    *within += (place - first) as u64;
                }
            }
        }
        pace
    }

    /// The pairs, and those within each window.
    #[cfg(test)]
    pub fn counts(&self) -> (u64, [u64; WINDOWS.len()]) {
        (self.pairs, self.within)
    }

    /// The same without some pairs of accounts.
    pub fn forget(&mut self, incidence: &Incidence, pairs: &[(u32, u32)]) {
        for &(a, b) in pairs {
            for_each_shared(incidence, a, b, |_, gap| {
                let Some(gap) = gap else { return };
                self.pairs -= 1;
                for (within, window) in self.within.iter_mut().zip(WINDOWS) {
                    *within -= u64::from(gap <= window);
                }
            });
        }
    }

    /// The share of pairs within each window; never 0, as what was not seen once is not impossible. None where no pair has
    /// both times.
    pub fn shares(&self) -> Option<Shares> {
        (self.pairs > 0).then(|| self.within.map(|within| (within as f64 + 1.0) / (self.pairs as f64 + 1.0)))
    }
}

/// Calls `each` with every target that both accounts shared, and how far apart, in milliseconds, where both times are known.
pub(super) fn for_each_shared(incidence: &Incidence, a: u32, b: u32, mut each: impl FnMut(u32, Option<i64>)) {
    let ((targets_a, times_a), (targets_b, times_b)) = (incidence.row(a), incidence.row(b));
    let (mut at_a, mut at_b) = (0, 0);
    while at_a < targets_a.len() && at_b < targets_b.len() {
        let (target_a, target_b) = (targets_a[at_a], targets_b[at_b]);
        if target_a == target_b {
            let (when_a, when_b) = (times_a[at_a], times_b[at_b]);
            let known = when_a != crate::graph::incidence::UNKNOWN && when_b != crate::graph::incidence::UNKNOWN;
            each(target_a, known.then(|| (when_a - when_b).abs()));
        }
        at_a += usize::from(target_a <= target_b);
        at_b += usize::from(target_b <= target_a);
    }
}
