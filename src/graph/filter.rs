//! The minimum filters of the cosine and the weights of what they leave.

use std::ops::Range;

use rayon::prelude::*;

use super::Incidence;
use super::projection::Others;
use crate::model::{Csr, LinkParameters, Offsets, dense};

/// Stands for an account or a target that the filters left out.
const OUT: u32 = u32::MAX;
/// More than rounding can take from a cosine.
const ROUNDING: f64 = 1e-12;

/// Which accounts and targets the minimum filters leave.
#[derive(Debug)]
struct Remaining {
    /// How many active accounts each dense target has; 0 where it is left out.
    frequency: Vec<usize>,
    /// Targets that an account must have to be active.
    least_targets: usize,
    counts: FilterCounts,
}

/// How much the minimum filters leave, and leave out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FilterCounts {
    /// Accounts that have targets left.
    pub accounts: usize,
    /// Accounts with fewer than `min_retweets` targets.
    pub below_min_retweets: usize,
    /// Targets with fewer than `min_accounts` of the accounts that have enough targets.
    pub below_min_accounts: usize,
}

impl FilterCounts {
    /// Counts, and lays nothing out.
    #[must_use]
    pub fn new(incidence: &Incidence, parameters: &LinkParameters) -> Self {
        Remaining::new(incidence, parameters).counts
    }

    /// m, the number of pairs of the accounts that are left, also of those that share nothing.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        let accounts = self.accounts as u64;
        accounts * accounts.saturating_sub(1) / 2
    }
}

impl Remaining {
    fn new(incidence: &Incidence, parameters: &LinkParameters) -> Self {
        let least_targets = parameters.min_retweets.max(1) as usize;
        let least_accounts = parameters.min_accounts.max(1) as usize;
        let mut remaining = Self { frequency: Vec::new(), least_targets, counts: FilterCounts::default() };
        remaining.frequency = (0..incidence.target_count())
            .into_par_iter()
            .map(|target| {
                incidence.sharers_of(target).iter().filter(|&&one| remaining.is_active(incidence, one)).count()
            })
            .map(|count| if count >= least_accounts { count } else { 0 })
            .collect();
        let (accounts, below_min_retweets) = (0..dense(incidence.account_bound()))
            .into_par_iter()
            .map(|account| match remaining.is_active(incidence, account) {
                true => (usize::from(remaining.targets(incidence, account).next().is_some()), 0),
                false => (0, usize::from(!incidence.targets_at(account).is_empty())),
            })
            .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        let below_min_accounts = remaining.frequency.iter().filter(|&&count| count == 0).count();
        remaining.counts = FilterCounts { accounts, below_min_retweets, below_min_accounts };
        remaining
    }

    fn is_active(&self, incidence: &Incidence, account: u32) -> bool {
        incidence.targets_at(account).len() >= self.least_targets
    }

    /// The kept targets of an account, whether or not it is active.
    fn targets<'i>(&self, incidence: &'i Incidence, account: u32) -> impl Iterator<Item = u32> + use<'i, '_> {
        incidence.targets_at(account).iter().copied().filter(|&target| self.frequency[target as usize] > 0)
    }
}

/// Accounts with at least `min_retweets` targets, then targets with at least `min_accounts` of these accounts.
/// Each target weighs `idf(t) = ln((1+n)/(1+df(t))) + 1`, with `n` the accounts left that still have a target and
/// `df(t)` the accounts of target `t` among them; each account's vector is normalised to length 1.
/// [Pacheco et al. 2021; Luceri et al. 2024; smooth idf as in scikit-learn]
#[derive(Debug, Default)]
pub struct Filtered {
    /// Row of each account by its number, or `OUT`.
    row_of: Vec<u32>,
    /// Number of the account of each row, ascending.
    accounts: Vec<u32>,
    /// Square of the idf by dense target of the incidence; 0 where the target is left out.
    squared_idf: Vec<f64>,
    /// The kept targets of each row, ascending.
    targets: Csr<u32>,
    /// For each of them, how many rows of that target there are up to and with this row.
    ranks: Vec<u32>,
    /// The rows of each target, ascending; none where it is left out.
    rows: Csr<u32>,
    /// Length of each row's vector before it is normalised.
    norms: Vec<f64>,
    counts: FilterCounts,
}

impl Filtered {
    /// Filters and weighs.
    #[must_use]
    pub fn new(incidence: &Incidence, parameters: &LinkParameters) -> Self {
        let remaining = Remaining::new(incidence, parameters);
        let row_of = vec![OUT; incidence.account_bound()];
        let mut filtered = Self { row_of, counts: remaining.counts, ..Self::default() };
        filtered.take_rows(incidence, &remaining);
        debug_assert_eq!(filtered.len(), remaining.counts.accounts);
        filtered.take_columns(incidence, &remaining.frequency);
        filtered.squared_idf = squared_idf(filtered.len(), &remaining.frequency);
        let (ranks, norms) = rayon::join(|| filtered.find_ranks(), || filtered.find_norms());
        Self { ranks, norms, ..filtered }
    }

    /// Takes the accounts that have kept targets, with these targets.
    fn take_rows(&mut self, incidence: &Incidence, remaining: &Remaining) {
        let kept = |account: u32| remaining.targets(incidence, account);
        let length = |account| if remaining.is_active(incidence, account) { kept(account).count() } else { 0 };
        let lengths: Vec<usize> = (0..self.row_of.len()).into_par_iter().map(dense).map(length).collect();
        for (account, _) in (0..).zip(&lengths).filter(|(_, length)| **length > 0) {
            self.row_of[account as usize] = dense(self.accounts.len());
            self.accounts.push(account);
        }
        let offsets = Offsets::of_lengths(lengths.into_iter().filter(|&length| length > 0));
        self.targets = Csr::filled_by_row(offsets, |row| kept(self.accounts[row]));
    }

    /// Takes the accounts of each kept target.
    fn take_columns(&mut self, incidence: &Incidence, frequency: &[usize]) {
        // Whoever is active and shared a target that is kept has a row.
        self.rows = Csr::filled_by_row(Offsets::of_lengths(frequency.iter().copied()), |target| {
            let sharers = if frequency[target] > 0 { incidence.sharers_of(target) } else { &[] };
            sharers.iter().map(|&account| self.row_of[account as usize]).filter(|&row| row != OUT)
        });
    }

    fn find_ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.targets.items().len()];
        let mut slots = self.targets.offsets().slots();
        for rows in self.rows.rows() {
            (1..).zip(rows).for_each(|(rank, &row)| ranks[slots.take(row)] = rank);
        }
        ranks
    }

    fn find_norms(&self) -> Vec<f64> {
        let norm = |row| self.targets(row).iter().map(|&target| self.squared_idf[target as usize]).sum::<f64>().sqrt();
        (0..self.accounts.len()).into_par_iter().map(norm).collect()
    }

    /// How many accounts are left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.accounts.len()
    }

    /// Whether no account is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// How much is left, and left out.
    #[must_use]
    pub fn counts(&self) -> FilterCounts {
        self.counts
    }

    /// The row of the account with this number, if it is left.
    pub(super) fn row(&self, number: u32) -> Option<usize> {
        self.row_of.get(number as usize).filter(|&&row| row != OUT).map(|&row| row as usize)
    }

    /// The number of the account of a row.
    pub(super) fn account(&self, row: usize) -> u32 {
        self.accounts[row]
    }

    /// How many kept targets a row has.
    pub(super) fn degree(&self, row: usize) -> u32 {
        dense(self.targets(row).len())
    }

    /// How many kept targets each row has, and how many rows each kept target.
    pub(super) fn degrees(&self) -> (Vec<u32>, Vec<u32>) {
        let targets = (0..self.squared_idf.len()).map(|target| dense(self.rows(target).len()));
        ((0..self.len()).map(|row| self.degree(row)).collect(), targets.filter(|&degree| degree > 0).collect())
    }

    /// The kept targets of a row, ascending.
    pub(super) fn targets(&self, row: usize) -> &[u32] {
        self.targets.row(row)
    }

    /// The rows of a target, ascending.
    pub(super) fn rows(&self, target: usize) -> &[u32] {
        self.rows.row(target)
    }

    /// The kept targets of a row, ascending, and for each how many of its rows there are up to and with this one.
    pub(super) fn targets_and_ranks(&self, row: usize) -> (&[u32], &[u32]) {
        (self.targets.row(row), &self.ranks[self.targets.places(row)])
    }

    /// The rows of all targets one after the other, see `place_of_rows`.
    pub(super) fn all_rows(&self) -> &[u32] {
        self.rows.items()
    }

    /// Where the rows of a target stand among those of all targets.
    pub(super) fn place_of_rows(&self, target: usize) -> Range<usize> {
        self.rows.places(target)
    }

    /// Every kept target of a row, with those of its rows that are looked at beside this one.
    pub(super) fn targets_and_rows(&self, row: usize, others: Others) -> impl Iterator<Item = (usize, &[u32])> {
        let (targets, ranks) = self.targets_and_ranks(row);
        targets.iter().zip(ranks).map(move |(&target, &rank)| {
            let skipped = if others == Others::Larger { rank as usize } else { 0 };
            (target as usize, &self.rows(target as usize)[skipped..])
        })
    }

    /// The square of a target's idf, 0 where it is left out.
    pub(super) fn squared_idf(&self, target: usize) -> f64 {
        self.squared_idf[target]
    }

    /// Dense targets are numbered below this.
    pub(super) fn target_bound(&self) -> usize {
        self.squared_idf.len()
    }

    /// The length of a row's vector before it is normalised.
    pub(super) fn norm(&self, row: usize) -> f64 {
        self.norms[row]
    }

    /// What the cosine of two rows would be without one target, the weights of the others held; `shared_by` tells which
    /// of the two have it. `None` where a row would have no target left.
    pub(super) fn cosine_without(
        &self,
        row_a: usize,
        row_b: usize,
        cosine: f64,
        target: usize,
        shared_by: [bool; 2],
    ) -> Option<f64> {
        let weight = self.squared_idf(target);
        let (norm_a, norm_b) = (self.norms[row_a], self.norms[row_b]);
        let without = |norm: f64, has: bool| norm * norm - if has { weight } else { 0.0 };
        let lengths = without(norm_a, shared_by[0]) * without(norm_b, shared_by[1]);
        let sum = cosine * norm_a * norm_b - if shared_by == [true, true] { weight } else { 0.0 };
        // Rounding must not make something of what is nothing.
        (lengths > 1e-9).then(|| if sum > 1e-9 { sum / lengths.sqrt() } else { 0.0 })
    }

    /// The cosine of a sum, where it is at least `least`; those far below cost no division.
    pub(super) fn cosine_from(&self, row_a: usize, row_b: usize, sum: f64, least: f64) -> Option<f64> {
        let lengths = self.norms[row_a] * self.norms[row_b];
        if sum < (least - ROUNDING) * lengths {
            return None;
        }
        Some((sum / lengths).min(1.0)).filter(|&cosine| cosine >= least)
    }

    /// The cosine that a sum of squared idf over the shared targets makes.
    pub(super) fn cosine(&self, row_a: usize, row_b: usize, sum: f64) -> f64 {
        (sum / (self.norms[row_a] * self.norms[row_b])).min(1.0)
    }
}

/// Squares of the idf of targets that so many of all accounts shared; 0 where none did.
fn squared_idf(accounts: usize, frequency: &[usize]) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let float = |count: usize| count as f64;
    let idf = |count: usize| ((1.0 + float(accounts)) / (1.0 + float(count))).ln() + 1.0;
    frequency.iter().map(|&count| if count > 0 { idf(count).powi(2) } else { 0.0 }).collect()
}
