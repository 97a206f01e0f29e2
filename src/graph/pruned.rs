//! Pairs whose cosine reaches a threshold, without visiting the others. Targets are put in one order, the most popular
//! first. The longest beginning of an account's targets whose length stays below the threshold is left out of the
//! index: a pair that reaches the threshold must share a target behind the beginnings of both, since whatever it shares
//! only within a beginning is too little. So viral targets, which nearly all pairs share, are hardly looked at. What the
//! index finds is bounded from above, and the few pairs that the bound leaves are computed. [Bayardo, Ma and Srikant
//! 2007 for the index; Anastasiu and Karypis 2014 for the bound by lengths]

use std::cmp::Reverse;

use super::Filtered;
use super::projection::{Others, Projection};

/// Rounding must not lose a pair.
const SLACK: f64 = 1e-9;

/// The index of a threshold.
pub(super) struct Pruned<'a> {
    filtered: &'a Filtered,
    least: f64,
    /// Place of each target in the order, by dense target.
    rank: Vec<u32>,
    /// Where the targets of each row begin in `ranks` and `lengths`; one longer than there are rows.
    starts: Vec<usize>,
    /// The places of each row's targets, ascending.
    ranks: Vec<u32>,
    /// The length, 0 to 1, of the row's vector up to and with this target.
    lengths: Vec<f64>,
    /// How many of each row's targets are its beginning.
    beginnings: Vec<usize>,
    /// Where the rows of each place begin in `rows`; one longer than there are places.
    index_starts: Vec<usize>,
    /// The rows behind whose beginning a target lies, ascending.
    rows: Vec<u32>,
}

impl<'a> Pruned<'a> {
    pub fn new(filtered: &'a Filtered, least: f64) -> Self {
        let targets = filtered.target_bound();
        let mut order: Vec<usize> = (0..targets).collect();
        order.sort_by_key(|&target| Reverse(filtered.rows(target).len()));
        let mut rank = vec![0; targets];
        for (place, target) in (0_u32..).zip(order) {
            rank[target] = place;
        }
        let mut pruned = Self {
            filtered,
            least,
            rank,
            starts: vec![0],
            ranks: Vec::new(),
            lengths: Vec::new(),
            beginnings: Vec::new(),
            index_starts: Vec::new(),
            rows: Vec::new(),
        };
        (0..filtered.len()).for_each(|row| pruned.take_row(row));
        pruned.build_index();
        pruned
    }

    fn take_row(&mut self, row: usize) {
        let start = self.ranks.len();
        let mut targets: Vec<(u32, f64)> = self
            .filtered
            .targets(row)
            .iter()
            .map(|&target| (self.rank[target as usize], self.filtered.squared_idf(target as usize)))
            .collect();
        targets.sort_unstable_by_key(|&(rank, _)| rank);
        let mut sum = 0.0;
        for (rank, weight) in targets {
            sum += weight;
            self.ranks.push(rank);
            self.lengths.push(sum.sqrt() / self.filtered.norm(row));
        }
        let beginning = self.lengths[start..].partition_point(|&length| length < self.least - SLACK);
        self.beginnings.push(beginning);
        self.starts.push(self.ranks.len());
    }

    fn build_index(&mut self) {
        let mut starts = vec![0; self.rank.len() + 1];
        for row in 0..self.beginnings.len() {
            self.behind_beginning(row).iter().for_each(|&rank| starts[rank as usize + 1] += 1);
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; starts.last().copied().unwrap_or(0)];
        for row in 0..self.beginnings.len() {
            for &rank in self.behind_beginning(row) {
                rows[next[rank as usize]] = u32::try_from(row).unwrap_or(u32::MAX);
                next[rank as usize] += 1;
            }
        }
        (self.index_starts, self.rows) = (starts, rows);
    }

    fn behind_beginning(&self, row: usize) -> &[u32] {
        &self.ranks[self.starts[row] + self.beginnings[row]..self.starts[row + 1]]
    }

    /// The length of a row's vector over the targets before a place.
    fn length_before(&self, row: usize, place: u32) -> f64 {
        let (start, end) = (self.starts[row], self.starts[row + 1]);
        let before = self.ranks[start..end].partition_point(|&rank| rank < place);
        if before == 0 { 0.0 } else { self.lengths[start + before - 1] }
    }

    /// The cosine of a pair whose sum over the index is `sum`, where it reaches the threshold.
    pub fn cosine(&self, a: usize, b: usize, sum: f64) -> Option<f64> {
        let found = self.filtered.cosine(a, b, sum);
        let first = |row| self.behind_beginning(row).first().copied().unwrap_or(u32::MAX);
        // What the index does not hold of the two lies before the later of the two first places.
        let place = first(a).max(first(b));
        let missing = self.length_before(a, place) * self.length_before(b, place);
        if found + missing < self.least - SLACK {
            return None;
        }
        Some(self.filtered.cosine_of(a, b))
    }
}

impl Projection for Pruned<'_> {
    fn len(&self) -> usize {
        self.filtered.len()
    }

    fn gather(&self, row: usize, others: Others, add: &mut impl FnMut(&[u32], f64)) {
        let first = self.starts[row] + self.beginnings[row];
        let mut before = if self.beginnings[row] == 0 { 0.0 } else { self.lengths[first - 1].powi(2) };
        let norm = self.filtered.norm(row).powi(2);
        for at in first..self.starts[row + 1] {
            let rank = self.ranks[at] as usize;
            let length = self.lengths[at].powi(2);
            let weight = ((length - before) * norm).max(f64::MIN_POSITIVE);
            before = length;
            add(others.among(&self.rows[self.index_starts[rank]..self.index_starts[rank + 1]], row), weight);
        }
    }
}
