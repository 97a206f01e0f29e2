//! One row laid out so that many others can be compared with it.

use super::popular::Popular;
use crate::graph::Filtered;

/// The row that is laid out.
#[derive(Debug)]
pub(super) struct OpenedRow<'a> {
    filtered: &'a Filtered,
    popular: &'a Popular,
    row: Option<usize>,
    /// The popular targets of the row that were added to the sums of some others only.
    partly: Vec<(u32, f32)>,
    /// One bit for each target, so that all that is looked at stays near the processor.
    has: Vec<u64>,
    /// The length, 0 to 1, of the row's vector up to and with each of these targets; else 0.
    lengths: Vec<f32>,
    /// Shared targets. Room for one more than there are.
    found: Vec<u32>,
}

impl<'a> OpenedRow<'a> {
    pub fn new(filtered: &'a Filtered, popular: &'a Popular) -> Self {
        let words = filtered.target_bound() / 64 + 1;
        Self {
            filtered,
            popular,
            row: None,
            partly: Vec::new(),
            has: vec![0; words],
            lengths: vec![0.0; popular.len()],
            found: Vec::new(),
        }
    }

    /// Lays out a row, whose popular targets of `partly` were added to the sums of some others only, those with which
    /// they might make a difference.
    pub fn open(&mut self, row: usize, partly: &[(u32, f32)]) {
        if let Some(last) = self.row.replace(row) {
            self.filtered.targets(last).iter().for_each(|&target| self.has[target as usize / 64] = 0);
        }
        for &target in self.filtered.targets(row) {
            self.has[target as usize / 64] |= 1 << (target % 64);
        }
        self.partly.drain(..).for_each(|(rank, _)| self.lengths[rank as usize] = 0.0);
        self.partly.extend_from_slice(partly);
        partly.iter().for_each(|&(rank, length)| self.lengths[rank as usize] = length);
    }

    /// What the popular targets that both have add to their sum of which this was not seen, where those were that have a
    /// product of both lengths not below `product`.
    pub fn unseen(&self, other: usize, product: f64) -> f64 {
        let mut sum = 0.0;
        for &(rank, length) in self.popular.of_row(other) {
            let own = self.lengths[rank as usize];
            if own > 0.0 {
                if !super::popular::is_below(own, length, product) {
                    break;
                }
                sum += self.popular.weight(rank);
            }
        }
        sum
    }

    /// The cosine with another row, summed in the order of the targets as everywhere.
    pub fn cosine(&mut self, other: usize) -> f64 {
        let targets = self.filtered.targets(other);
        if self.found.len() <= targets.len() {
            self.found.resize(targets.len() + 1, 0);
        }
        let found = &mut self.found[..=targets.len()];
        let mut count = 0;
        for &target in targets {
            // Without a branch, since no processor can guess which targets are shared.
            found[count] = target;
            count += usize::from(self.has[target as usize / 64] >> (target % 64) & 1 == 1);
        }
        let sum = found[..count].iter().fold(0.0, |sum, &target| sum + self.filtered.squared_idf(target as usize));
        self.row.map_or(0.0, |row| self.filtered.cosine(row, other, sum))
    }
}
