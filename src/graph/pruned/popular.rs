//! The targets that most accounts share, each with its rows in the order of how much they rest on such targets: a row
//! looks only at those with which all that is popular could make a difference.

use std::cmp::Reverse;

use super::SLACK;
use super::lanes::{LARGEST, Lanes, whole};
use crate::graph::Filtered;
use crate::model::{Csr, Offsets, dense};

/// Where more than one of so many rows is looked at, looking at all of them side by side is faster.
const DENSE: usize = 12;
/// Stands for a target that is not popular.
const RARE: u32 = u32::MAX;

/// Whether what two rows share up to a place, where their lengths are these, surely is below `product`.
pub(super) fn is_below(length_a: f32, length_b: f32, product: f64) -> bool {
    f64::from(length_a) * f64::from(length_b) < product * (1.0 - SLACK)
}

/// The popular targets. A rank is a place in the order of popularity.
#[derive(Debug, Default)]
pub(super) struct Popular {
    /// Rank of each target, or `RARE`.
    ranks: Vec<u32>,
    /// Square of the idf by rank.
    weights: Vec<f64>,
    /// The rows of each rank, those of which most rests on what is popular first.
    rows: Csr<u32>,
    /// The length, 0 to 1, of each of these rows' vectors up to and with this rank.
    lengths: Vec<f32>,
    /// Ranks of each row, ascending, with the length up to and with it.
    of_rows: Csr<(u32, f32)>,
    /// For each of the first ranks, all bits for the rows that have it.
    masks: Vec<Vec<i16>>,
}

impl Popular {
    /// The targets up to which most rows keep below a length whose square is `product`, and those that a row in
    /// `DENSE` has.
    pub fn new(filtered: &Filtered, product: f64) -> Self {
        let targets = filtered.target_bound();
        let mut order: Vec<usize> = (0..targets).filter(|&target| filtered.rows(target).len() > 1).collect();
        order.sort_by_key(|&target| Reverse(filtered.rows(target).len()));
        let mut popular = Self { ranks: vec![RARE; targets], ..Self::default() };
        let mut squares = vec![0.0; filtered.len()];
        for (rank, target) in order.into_iter().enumerate() {
            if !popular.take(filtered, target, &mut squares, product) {
                break;
            }
            popular.ranks[target] = dense(rank);
        }
        popular.lay_out_rows(filtered.len());
        popular
    }

    /// Takes the next target in, if it is popular. `squares` are the squared lengths up to here.
    fn take(&mut self, filtered: &Filtered, target: usize, squares: &mut [f64], product: f64) -> bool {
        let rows = filtered.rows(target);
        let weight = filtered.squared_idf(target);
        let mut taken: Vec<(f32, u32)> = Vec::with_capacity(rows.len());
        for &row in rows {
            let square = &mut squares[row as usize];
            *square += weight;
            #[expect(clippy::cast_possible_truncation, reason = "a bound with room for it")]
            let length = (square.sqrt() / filtered.norm(row as usize)) as f32;
            taken.push((length, row));
        }
        let is_viral = rows.len() * DENSE > filtered.len();
        let long = taken.iter().filter(|taken| f64::from(taken.0).powi(2) >= product).count();
        if !is_viral && long * 2 >= taken.len() {
            return false;
        }
        taken.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        self.rows.push(taken.iter().map(|taken| taken.1));
        self.lengths.extend(taken.iter().map(|taken| taken.0));
        self.weights.push(weight);
        if is_viral {
            let mut mask = vec![0; filtered.len()];
            rows.iter().for_each(|&row| mask[row as usize] = -1);
            self.masks.push(mask);
        }
        true
    }

    /// Turns the lists of the ranks into those of so many rows.
    fn lay_out_rows(&mut self, rows: usize) {
        let offsets = Offsets::counting(rows, self.rows.items().iter().copied());
        let ranked = (0..self.rows.len()).flat_map(|rank| {
            let lengths = &self.lengths[self.rows.places(rank)];
            self.rows.row(rank).iter().zip(lengths).map(move |(&row, &length)| (row, (dense(rank), length)))
        });
        self.of_rows = Csr::filled(offsets, ranked);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether a target is one of them.
    pub fn has(&self, target: usize) -> bool {
        self.ranks[target] != RARE
    }

    /// The square of a rank's idf.
    pub fn weight(&self, rank: u32) -> f64 {
        self.weights[rank as usize]
    }

    /// The ranks of a row, ascending, with the length of its vector up to and with each.
    pub fn of_row(&self, row: usize) -> &[(u32, f32)] {
        self.of_rows.row(row)
    }

    /// Adds the popular targets of a row, in units of `unit`, to the sums of the rows from `first` on with which it has
    /// them in common, at least where the product of the lengths is not below `product`. Those that were added for some of
    /// these rows only are put into `partly`, with the length up to each. Gives back the smallest number added.
    pub fn add<'a>(
        &'a self,
        lanes: &mut Lanes<'a>,
        (row, first): (usize, usize),
        product: f64,
        unit: f64,
        partly: &mut Vec<(u32, f32)>,
    ) -> i16 {
        partly.clear();
        let mut smallest = LARGEST;
        for &(rank, length) in self.of_row(row) {
            let (rows, lengths) = (self.rows.row(rank as usize), &self.lengths[self.rows.places(rank as usize)]);
            let seen = lengths.partition_point(|&other| !is_below(length, other, product));
            let weight = whole(self.weight(rank) * unit);
            if seen > 0 {
                smallest = smallest.min(weight);
            }
            match self.masks.get(rank as usize) {
                Some(mask) if seen * DENSE > mask.len() - first => lanes.add_where(mask, first, weight),
                _ => {
                    lanes.add(&rows[..seen], weight);
                    if seen < lengths.len() {
                        partly.push((rank, length));
                    }
                }
            }
        }
        smallest
    }
}
