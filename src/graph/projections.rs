//! What pairs can have in common: weighted or counted targets after the filters, all targets, targets within a window.

use rayon::prelude::*;

use super::projection::{Others, Projection};
use super::{Filtered, Incidence};
use crate::model::{Csr, dense};

/// The filtered incidence, each shared target weighing the square of its idf: sums become cosines.
pub(super) struct Weighted<'a>(pub &'a Filtered);

impl Projection for Weighted<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn gather(&self, row: usize, others: Others, add: &mut impl FnMut(&[u32], f64)) {
        for (target, rows) in self.0.targets_and_rows(row, others) {
            add(rows, self.0.squared_idf(target));
        }
    }
}

/// The filtered incidence, each shared target counting 1.
pub(super) struct Counted<'a>(pub &'a Filtered);

impl Projection for Counted<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn gather(&self, row: usize, others: Others, add: &mut impl FnMut(&[u32], f64)) {
        for (_, rows) in self.0.targets_and_rows(row, others) {
            add(rows, 1.0);
        }
    }
}

/// The whole incidence, each shared target counting 1. A row is the number of an account.
pub(super) struct Unfiltered<'a>(pub &'a Incidence);

impl Projection for Unfiltered<'_> {
    fn len(&self) -> usize {
        self.0.account_bound()
    }

    fn gather(&self, row: usize, others: Others, add: &mut impl FnMut(&[u32], f64)) {
        for &target in self.0.targets_at(dense(row)) {
            add(others.among(self.0.sharers_of(target as usize), row), 1.0);
        }
    }
}

/// The whole incidence, each target counting 1 that both shared within the window. A row is the number of an account.
pub(super) struct Windowed<'a> {
    incidence: &'a Incidence,
    window_ms: u64,
    by_time: ByTime,
}

impl<'a> Windowed<'a> {
    pub fn new(incidence: &'a Incidence, window_seconds: u32) -> Self {
        Self { incidence, window_ms: u64::from(window_seconds) * 1_000, by_time: ByTime::new(incidence) }
    }
}

/// The shares of each target whose times are known, in the order of these.
pub(super) struct ByTime {
    /// The times, ascending.
    pub times: Csr<i64>,
    /// The numbers of the accounts of these shares.
    pub accounts: Vec<u32>,
    /// Where each share stands in `times`, account by account; of no use where its time is not known.
    pub places: Vec<u32>,
}

impl ByTime {
    pub fn new(incidence: &Incidence) -> Self {
        let mut by_time = incidence.timed_shares();
        by_time.rows_mut().collect::<Vec<_>>().into_par_iter().for_each(<[_]>::sort_unstable);
        let mut places = vec![0; incidence.share_count()];
        for (place, &(_, share)) in (0..).zip(by_time.items()) {
            places[share as usize] = place;
        }
        let times = by_time.map(|(at, _)| at);
        let mut accounts = vec![0; times.items().len()];
        for row in (0..incidence.account_bound()).map(dense) {
            incidence.for_each_timed_share(row, |share, _, _| accounts[places[share] as usize] = row);
        }
        Self { times, accounts, places }
    }
}

impl Projection for Windowed<'_> {
    fn len(&self) -> usize {
        self.incidence.account_bound()
    }

    fn gather(&self, row: usize, _: Others, add: &mut impl FnMut(&[u32], f64)) {
        self.incidence.for_each_timed_share(dense(row), |share, target, at| {
            let ByTime { times, accounts, places } = &self.by_time;
            let place = places[share] as usize;
            // The window seldom holds many, so that walking to its ends is faster than searching them.
            let near = |time: &&i64| time.abs_diff(at) <= self.window_ms;
            let (times, of_target) = (times.items(), times.places(target));
            let before = times[of_target.start..place].iter().rev().take_while(near).count();
            let behind = times[place + 1..of_target.end].iter().take_while(near).count();
            add(&accounts[place - before..=place + behind], 1.0);
        });
    }
}
