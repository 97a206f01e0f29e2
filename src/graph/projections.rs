//! What pairs can have in common: weighted or counted targets after the filters, all targets, targets within a window.

use rayon::prelude::*;

use super::projection::{Projection, behind};
use super::{Filtered, Incidence};
use crate::model::AccountId;

fn account(row: usize) -> AccountId {
    AccountId(u32::try_from(row).unwrap_or(u32::MAX))
}

/// The filtered incidence, each shared target weighing the square of its idf: sums become cosines.
pub(super) struct Weighted<'a>(pub &'a Filtered);

impl Projection for Weighted<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn gather(&self, row: usize, add: &mut impl FnMut(u32, f64)) {
        for &target in self.0.targets(row) {
            let weight = self.0.squared_idf(target as usize);
            for &other in behind(self.0.rows(target as usize), row) {
                add(other, weight);
            }
        }
    }
}

/// The filtered incidence, each shared target counting 1.
pub(super) struct Counted<'a>(pub &'a Filtered);

impl Projection for Counted<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn gather(&self, row: usize, add: &mut impl FnMut(u32, f64)) {
        for &target in self.0.targets(row) {
            for &other in behind(self.0.rows(target as usize), row) {
                add(other, 1.0);
            }
        }
    }
}

/// The whole incidence, each shared target counting 1. A row is an account id.
pub(super) struct Unfiltered<'a>(pub &'a Incidence);

impl Projection for Unfiltered<'_> {
    fn len(&self) -> usize {
        self.0.account_bound()
    }

    fn gather(&self, row: usize, add: &mut impl FnMut(u32, f64)) {
        for &target in self.0.targets_of(account(row)) {
            for &other in behind(self.0.sharers_of(target as usize), row) {
                add(other, 1.0);
            }
        }
    }
}

/// The whole incidence, each target counting 1 that both shared within the window. A row is an account id.
pub(super) struct Windowed<'a> {
    incidence: &'a Incidence,
    window_ms: i64,
    /// The known times of each target's shares, ascending, with their accounts.
    by_time: Vec<(i64, u32)>,
    /// Where the shares of each target begin in `by_time`; one longer than there are targets.
    starts: Vec<usize>,
}

impl<'a> Windowed<'a> {
    pub fn new(incidence: &'a Incidence, window_seconds: u32) -> Self {
        let (mut by_time, starts) = incidence.timed_shares();
        let mut rest = by_time.as_mut_slice();
        let mut targets = Vec::with_capacity(starts.len());
        for bounds in starts.windows(2) {
            let (target, behind) = rest.split_at_mut(bounds[1] - bounds[0]);
            targets.push(target);
            rest = behind;
        }
        targets.into_par_iter().for_each(<[_]>::sort_unstable);
        Self { incidence, window_ms: i64::from(window_seconds) * 1_000, by_time, starts }
    }
}

impl Projection for Windowed<'_> {
    fn len(&self) -> usize {
        self.incidence.account_bound()
    }

    fn gather(&self, row: usize, add: &mut impl FnMut(u32, f64)) {
        self.incidence.for_each_timed_target(account(row), |target, at| {
            let shares = &self.by_time[self.starts[target]..self.starts[target + 1]];
            let first = shares.partition_point(|share| share.0 < at.saturating_sub(self.window_ms));
            let near = shares[first..].iter().take_while(|share| share.0 <= at.saturating_add(self.window_ms));
            for &(_, other) in near.filter(|share| share.1 as usize > row) {
                add(other, 1.0);
            }
        });
    }
}
