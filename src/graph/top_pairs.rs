//! The strongest pairs of each row, without holding the others.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::model::Csr;

/// How strong a pair is, and the other row.
pub(super) type Strength = (f64, u32);

/// The `most` strongest pairs of each row that one thread visits; of equally strong ones those with smaller rows.
#[derive(Debug)]
pub(super) struct TopPairs {
    most: usize,
    row: u32,
    /// Those of the row that is visited, and more until it is cut.
    strongest: Vec<Strength>,
    /// What another one must reach.
    floor: f64,
    /// Those of the rows that were visited, the smaller row first.
    pairs: Vec<(u32, u32)>,
}

fn strongest_first(a: &Strength, b: &Strength) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

/// Leaves the `most` strongest of a row, of equally strong ones those with smaller rows.
pub(super) fn cut(row: &mut Vec<Strength>, most: usize) {
    if row.len() > most {
        row.select_nth_unstable_by(most, strongest_first);
        row.truncate(most);
    }
}

impl TopPairs {
    pub fn new(most: usize) -> Self {
        Self { most: most.max(1), row: 0, strongest: Vec::new(), floor: 0.0, pairs: Vec::new() }
    }

    /// How many pairs of visited rows are held; one may be held twice.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// What a pair of a row must reach to be taken in.
    pub fn floor(&self, row: u32) -> f64 {
        if row == self.row { self.floor } else { 0.0 }
    }

    /// Takes a pair in, for the row that is visited; all pairs of a row come one after the other.
    pub fn push(&mut self, row: u32, other: u32, strength: f64) {
        if row != self.row {
            self.close_row();
            self.row = row;
        }
        if strength < self.floor {
            return;
        }
        self.strongest.push((strength, other));
        // Cutting a row that is twice as long as it may be costs a constant for each pair.
        if self.strongest.len() >= 2 * self.most {
            cut(&mut self.strongest, self.most);
            self.floor = self.strongest.iter().map(|pair| pair.0).fold(f64::INFINITY, f64::min);
        }
    }

    fn close_row(&mut self) {
        cut(&mut self.strongest, self.most);
        let row = self.row;
        self.pairs.extend(self.strongest.drain(..).map(|(_, other)| ordered(row, other)));
        self.floor = 0.0;
    }

    /// The pairs of all rows that were visited, the smaller row first.
    pub fn into_pairs(mut self) -> Vec<(u32, u32)> {
        self.close_row();
        self.pairs
    }
}

/// The smaller row first.
pub(super) fn ordered(row: u32, other: u32) -> (u32, u32) {
    (row.min(other), row.max(other))
}

/// The pairs of all threads between so many rows, each once, ascending.
pub(super) fn merge(threads: &[Vec<(u32, u32)>], rows: usize) -> Vec<(u32, u32)> {
    // Put to their smaller row first, since sorting many short rows is much faster than sorting all pairs at once.
    let mut others = Csr::from_pairs(rows, threads.iter().flatten().copied());
    others.rows_mut().collect::<Vec<_>>().into_par_iter().for_each(<[u32]>::sort_unstable);
    let mut pairs = Vec::with_capacity(others.items().len());
    for (row, others) in (0..).zip(others.rows()) {
        pairs.extend(others.chunk_by(|a, b| a == b).map(|same| (row, same[0])));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_stays_where_it_is_strong_for_one_of_its_rows() {
        let mut threads = [TopPairs::new(1), TopPairs::new(1)];
        let strengths = [(0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.7), (2, 3, 0.1), (3, 4, 0.1), (0, 3, 0.1)];
        for row in 0..5 {
            for &(a, b, strength) in &strengths {
                if a == row || b == row {
                    threads[row as usize % 2].push(row, a + b - row, strength);
                }
            }
        }
        let merged = merge(&threads.map(TopPairs::into_pairs), 5);
        assert_eq!(merged, [(0, 1), (0, 2), (0, 3), (3, 4)], "ties go to the smaller row");
    }
}
