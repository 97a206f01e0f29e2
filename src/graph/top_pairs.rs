//! The strongest pairs of each row, without holding the others.

use std::cmp::Ordering;

/// How strong a pair is, and the other row.
type Strength = (f64, u32);

/// The `most` strongest pairs of each row; of equally strong ones those with smaller rows.
#[derive(Debug)]
pub(super) struct TopPairs {
    most: usize,
    rows: Vec<Vec<Strength>>,
    /// What a row's pair must reach, once the row is full.
    floors: Vec<f64>,
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
    pub fn new(rows: usize, most: usize) -> Self {
        Self { most: most.max(1), rows: vec![Vec::new(); rows], floors: vec![0.0; rows] }
    }

    /// Takes a pair in, for both of its rows.
    pub fn push(&mut self, a: usize, b: usize, strength: f64) {
        self.push_to(a, b, strength);
        self.push_to(b, a, strength);
    }

    fn push_to(&mut self, row: usize, other: usize, strength: f64) {
        if strength < self.floors[row] {
            return;
        }
        let pairs = &mut self.rows[row];
        pairs.push((strength, u32::try_from(other).unwrap_or(u32::MAX)));
        // Cutting a row that is twice as long as it may be costs a constant for each pair.
        if pairs.len() >= 2 * self.most {
            cut(pairs, self.most);
            self.floors[row] = pairs.iter().map(|pair| pair.0).fold(f64::INFINITY, f64::min);
        }
    }

    /// The pairs of all threads that are among the strongest of one of their rows, the smaller row first, ascending.
    pub fn merge(threads: Vec<Self>) -> Vec<(u32, u32)> {
        let most = threads.first().map_or(1, |thread| thread.most);
        let length = threads.first().map_or(0, |thread| thread.rows.len());
        let mut pairs = Vec::new();
        for row in 0..length {
            let mut all: Vec<Strength> = threads.iter().flat_map(|thread| &thread.rows[row]).copied().collect();
            cut(&mut all, most);
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            pairs.extend(all.into_iter().map(|(_, other)| (row.min(other), row.max(other))));
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_stays_where_it_is_strong_for_one_of_its_rows() {
        let mut threads = [TopPairs::new(5, 1), TopPairs::new(5, 1)];
        let strengths = [(0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.7), (2, 3, 0.1), (3, 4, 0.1), (0, 3, 0.1)];
        for (index, &(a, b, strength)) in strengths.iter().enumerate() {
            threads[index % 2].push(a, b, strength);
        }
        assert_eq!(TopPairs::merge(threads.into()), [(0, 1), (0, 2), (0, 3), (3, 4)], "ties go to the smaller row");
    }
}
