//! The strongest pairs of each row, without holding the others.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

/// How strong a pair is, and the other row.
type Strength = (f64, u32);

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

fn cut(row: &mut Vec<Strength>, most: usize) {
    if row.len() > most {
        row.select_nth_unstable_by(most - 1, strongest_first);
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
        self.pairs.extend(self.strongest.drain(..).map(|(_, other)| (row.min(other), row.max(other))));
        self.floor = 0.0;
    }

    fn into_pairs(mut self) -> Vec<(u32, u32)> {
        self.close_row();
        self.pairs
    }

    /// The pairs of all threads that are among the strongest of one of their rows, the smaller row first, ascending.
    pub fn merge(threads: Vec<Self>) -> Vec<(u32, u32)> {
        let mut threads = threads.into_iter();
        let mut pairs = threads.next().map(Self::into_pairs).unwrap_or_default();
        threads.for_each(|thread| pairs.extend(thread.into_pairs()));
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }
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
        assert_eq!(TopPairs::merge(threads.into()), [(0, 1), (0, 2), (0, 3), (3, 4)], "ties go to the smaller row");
    }
}
