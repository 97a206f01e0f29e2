//! Pairs whose cosine reaches a threshold, without looking at most of the others. Targets are put in one order, the most
//! popular first. What two accounts share up to one place of it adds at the most the product of the lengths of both
//! vectors up to there to their cosine, so that where this product stays below a share of the threshold nothing needs to
//! be looked at: viral targets, which nearly all pairs share, are looked at for few of them. What is seen is summed in
//! whole numbers that are rounded up; where these stay too small the pair is done, and the few that remain are computed.
//! [Bayardo, Ma and Srikant 2007 for leaving beginnings out; Anastasiu and Karypis 2014 for bounds by lengths]

mod lanes;
mod opened_row;
mod popular;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::projection::Others;
use super::{Filtered, GraphError, Task};
use lanes::{LARGEST, Lanes};
use opened_row::OpenedRow;
use popular::Popular;

/// Rounding must not lose a pair: a part of a bound that is far more than rounding can make.
const SLACK: f64 = 1e-5;
/// The share of a threshold that may stay unseen; the rest must be found. Less means fewer pairs to compute, more means
/// fewer to look at.
const UNSEEN: f64 = 0.3;
/// Rows that a thread takes at once.
const CHUNK: usize = 32;
/// The longest vector's length in whole numbers.
const LONGEST: f64 = 16_000.0;

/// A target as the search walks it.
#[derive(Debug, Clone, Copy)]
struct Rare {
    /// Where its rows begin and end.
    start: u32,
    end: u32,
    /// The square of its idf; 0 where it is among the popular ones.
    weight: f32,
}

/// The filtered incidence, laid out for thresholds from one on.
pub(super) struct Pruned<'a> {
    filtered: &'a Filtered,
    popular: Popular,
    rare: Vec<Rare>,
    /// A sum above it may be a pair; by row.
    limits: Vec<i16>,
    /// Whole numbers for a length of 1.
    scale: f64,
    /// So many that seem the strongest of a row are visited before its others.
    first: usize,
}

/// What a thread searches with.
struct Bench<'a> {
    lanes: Lanes<'a>,
    opened: OpenedRow<'a>,
    slices: Vec<(u32, u32, i16)>,
    hits: Vec<(u32, i16)>,
    /// The hits with how strong they seem.
    order: Vec<(f32, (u32, i16))>,
}

impl<'a> Pruned<'a> {
    /// Lays out for cosines of `least` or more, above 0; lower ones can be searched for too, only not so fast.
    pub fn new(filtered: &'a Filtered, least: f64) -> Self {
        let popular = Popular::new(filtered, UNSEEN * least);
        let rare = (0..filtered.target_bound()).map(|target| {
            let rows = filtered.place_of_rows(target);
            let weight = if popular.has(target) { 0.0 } else { above(filtered.squared_idf(target)) };
            Rare { start: dense(rows.start), end: dense(rows.end), weight }
        });
        let longest = (0..filtered.len()).map(|row| filtered.norm(row)).fold(f64::MIN_POSITIVE, f64::max);
        let scale = LONGEST / longest;
        #[expect(clippy::cast_possible_truncation, reason = "at most LONGEST")]
        let limits = (0..filtered.len()).map(|row| ((filtered.norm(row) * scale) as i16).max(1) - 1).collect();
        Self { filtered, rare: rare.collect(), popular, limits, scale, first: usize::MAX }
    }

    /// Visits about so many of the strongest pairs of each row before its others, which is of use where the floor rises.
    pub fn strongest_first(self, first: usize) -> Self {
        Self { first, ..self }
    }

    /// Calls `visit` with a thread's own state, a row, another row and their cosine, for every pair whose cosine is at
    /// least what `least` says for the row, above 0, and for some that are a little below it. From each visit on, pairs of
    /// the row below the cosine that it gives back need not be visited. All pairs of a row are visited one after the other.
    /// Gives back the states of all threads.
    ///
    /// # Errors
    /// Fails when cancelled, and with the first error of `visit`.
    pub fn search<S: Send>(
        &self,
        others: Others,
        task: &Task<'_>,
        new: impl Fn() -> S + Sync,
        least: impl Fn(usize) -> f64 + Sync,
        visit: impl Fn(&mut S, usize, usize, f64) -> Result<f64, GraphError> + Sync,
    ) -> Result<Vec<S>, GraphError> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut state = new();
            let mut bench = self.bench();
            loop {
                let start = next.fetch_add(CHUNK, Ordering::Relaxed);
                if start >= self.filtered.len() {
                    return Ok(state);
                }
                task.check()?;
                task.report(start, self.filtered.len());
                for row in start..(start + CHUNK).min(self.filtered.len()) {
                    let mut each = |other, cosine| visit(&mut state, row, other, cosine);
                    self.search_row(&mut bench, row, others, least(row), &mut each)?;
                }
            }
        };
        rayon::broadcast(|_| work()).into_iter().collect()
    }

    fn bench(&self) -> Bench<'_> {
        Bench {
            lanes: Lanes::new(&self.limits),
            opened: OpenedRow::new(self.filtered, &self.popular),
            slices: Vec::new(),
            hits: Vec::new(),
            order: Vec::new(),
        }
    }

    fn search_row(
        &self,
        bench: &mut Bench<'_>,
        row: usize,
        others: Others,
        least: f64,
        each: &mut impl FnMut(usize, f64) -> Result<f64, GraphError>,
    ) -> Result<(), GraphError> {
        let first = if others == Others::Larger { row + 1 } else { 0 };
        let norm = self.filtered.norm(row);
        let bound = least * (1.0 - SLACK);
        let unit = self.scale / ((1.0 - UNSEEN) * bound * norm);
        self.popular.add(&mut bench.lanes, row, first, UNSEEN * bound, unit);
        self.add_rare(bench, row, others, unit);
        bench.lanes.drain(first, &mut bench.hits);
        if bench.hits.is_empty() {
            return Ok(());
        }
        bench.opened.open(row);
        self.order(bench);
        let mut floor = bound;
        for &(other, seen) in bench.hits.iter().filter(|hit| hit.0 as usize != row) {
            let other = other as usize;
            let lengths = norm * self.filtered.norm(other);
            if seen < LARGEST {
                // No more than this is missing, and what is in truth takes longer to tell.
                let seen = f64::from(seen) / unit;
                if seen + UNSEEN * bound * lengths < floor * lengths
                    || seen + bench.opened.unseen(other, UNSEEN * bound) < floor * lengths
                {
                    continue;
                }
            }
            floor = floor.max(each(other, bench.opened.cosine(other))? * (1.0 - SLACK));
        }
        Ok(())
    }

    /// Brings those that seem the strongest to the front, so that a floor that rises with them saves the others.
    fn order(&self, bench: &mut Bench<'_>) {
        let Bench { hits, order, .. } = bench;
        if hits.len() > self.first {
            let strength = |&(row, seen): &(u32, i16)| f32::from(seen) / f32::from(self.limits[row as usize].max(1));
            order.clear();
            order.extend(hits.iter().map(|hit| (strength(hit), *hit)));
            order.select_nth_unstable_by(self.first, |a, b| b.0.total_cmp(&a.0));
            hits.iter_mut().zip(order).for_each(|(hit, ordered)| *hit = ordered.1);
        }
    }

    /// Adds the row's targets that are not popular.
    fn add_rare(&self, bench: &mut Bench<'_>, row: usize, others: Others, unit: f64) {
        let Bench { lanes, slices, .. } = bench;
        let (targets, ranks) = self.filtered.targets_and_ranks(row);
        if slices.len() < targets.len() {
            slices.resize(targets.len(), (0, 0, 0));
        }
        // What is looked up for all of them first, and without a branch, is waited for once.
        let mut count = 0;
        for (&target, &rank) in targets.iter().zip(ranks) {
            let Rare { start, end, weight } = self.rare[target as usize];
            let start = start + if others == Others::Larger { rank } else { 0 };
            slices[count] = (start, end, lanes::whole(f64::from(weight) * unit));
            count += usize::from(weight > 0.0 && start < end);
        }
        let rows = self.filtered.all_rows();
        for &(start, end, weight) in &slices[..count] {
            lanes.add(&rows[start as usize..end as usize], weight);
        }
    }
}

/// The next larger number of half the size: bounds are rounded up.
#[expect(clippy::cast_possible_truncation, reason = "meant")]
fn above(value: f64) -> f32 {
    (value as f32).next_up()
}

fn dense(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
