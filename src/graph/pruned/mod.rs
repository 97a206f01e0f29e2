//! Pairs whose cosine reaches a threshold, without looking at most of the others. Targets are put in one order, the most
//! popular first. What two accounts share up to one place of it adds at the most the product of the lengths of both
//! vectors up to there to their cosine, so that where this product stays below a share of the threshold nothing needs to
//! be looked at: viral targets, which nearly all pairs share, are looked at for few of them. What is seen is summed in
//! whole numbers that are rounded up; where these stay too small the pair is done, and the few that remain are computed.
//! Where only the strongest pairs of a row are asked for, the sums also tell how large a cosine is at least, and only those
//! near the last of the strongest are computed.
//! [Bayardo, Ma and Srikant 2007 for leaving beginnings out; Anastasiu and Karypis 2014 for bounds by lengths]
//!
//! Words of this room: *row*, an account that the filters leave, as its vector of targets; *length*, that of a row's vector up
//! to a target; *popular*, targets that most accounts share, which are looked at for few pairs; *lanes*, sums that the
//! processor compares at once; *limit*, what such a sum must exceed.

mod candidates;
mod lanes;
mod opened_row;
mod popular;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::projection::Others;
use super::{Filtered, GraphError, Task};
use crate::model::dense;
use candidates::{Candidates, nth_largest};
use lanes::{LARGEST, Lanes};
use opened_row::OpenedRow;
use popular::Popular;

/// Rounding must not lose a pair: a part of a bound that is far more than rounding can make.
const SLACK: f64 = 1e-5;
/// The share of a threshold that may stay unseen; the rest must be found. Less means fewer pairs to compute, more means
/// fewer to look at.
const UNSEEN: f64 = 0.3;
/// The same where all pairs above a high threshold are searched for: hardly any pair is near that.
const UNSEEN_OF_HIGH: f64 = 0.5;
/// Cosines from here on are high.
const HIGH: f64 = 0.4;
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
    /// The share of a threshold that may stay unseen.
    unseen: f64,
    popular: Popular,
    rare: Vec<Rare>,
    /// A sum above it may be a pair; by row.
    limits: Vec<i16>,
    /// Whole numbers for a length of 1.
    scale: f64,
    /// 1 / the length of each row's vector.
    inverse_norms: Vec<f32>,
}

/// A row that is compared with others.
#[derive(Debug, Clone, Copy)]
struct Query {
    row: usize,
    others: Others,
    /// What a cosine must reach, less what rounding may take from it.
    bound: f64,
    /// Whole numbers for a product of lengths of 1.
    unit: f64,
}

/// What a thread searches with.
struct Bench<'a> {
    lanes: Lanes<'a>,
    opened: OpenedRow<'a>,
    /// Where the rows of each target of a row are that is not popular, and what it adds to their sums.
    slices: Vec<(u32, u32, i16)>,
    /// The popular targets of a row that were added to the sums of some others only, see `Popular::add`.
    partly: Vec<(u32, f32)>,
    /// The rows that may reach what a cosine must, with the sums.
    hits: Vec<(u32, i16)>,
    candidates: Candidates,
    /// What was seen of each hit's cosine, in no order.
    bounds: Vec<f32>,
    /// What was found of a row.
    strongest: Vec<u32>,
}

impl<'a> Pruned<'a> {
    /// Lays out for searching all pairs with a cosine of `least` or more, above 0; lower ones can be searched for too, only not
    /// so fast.
    pub fn for_all(filtered: &'a Filtered, least: f64) -> Self {
        Self::new(filtered, least, if least < HIGH { UNSEEN } else { UNSEEN_OF_HIGH })
    }

    /// The same for searching the strongest pairs of each row.
    pub fn for_strongest(filtered: &'a Filtered, least: f64) -> Self {
        Self::new(filtered, least, UNSEEN)
    }

    fn new(filtered: &'a Filtered, least: f64, unseen: f64) -> Self {
        let popular = Popular::new(filtered, unseen * least);
        let rare = (0..filtered.target_bound()).map(|target| {
            let rows = filtered.place_of_rows(target);
            let weight = if popular.has(target) { 0.0 } else { rounded_up(filtered.squared_idf(target)) };
            Rare { start: dense(rows.start), end: dense(rows.end), weight }
        });
        let longest = (0..filtered.len()).map(|row| filtered.norm(row)).fold(f64::MIN_POSITIVE, f64::max);
        let scale = LONGEST / longest;
        #[expect(clippy::cast_possible_truncation, reason = "at most LONGEST")]
        let limits = (0..filtered.len()).map(|row| ((filtered.norm(row) * scale) as i16).max(1) - 1).collect();
        let limits = lanes::whole_lines(limits);
        let inverse_norms = (0..filtered.len()).map(|row| single(1.0 / filtered.norm(row))).collect();
        Self { filtered, unseen, rare: rare.collect(), popular, limits, scale, inverse_norms }
    }

    /// Calls `visit` with a thread's own state, a row, another row and their cosine, for every pair whose cosine is at
    /// least `least`, above 0, and for some that are a little below it. All pairs of a row are visited one after the other.
    /// Gives back the states of all threads.
    ///
    /// # Errors
    /// Fails when cancelled, and with the first error of `visit`.
    pub fn search<S: Send>(
        &self,
        others: Others,
        task: &Task<'_>,
        new: impl Fn() -> S + Sync,
        least: f64,
        visit: impl Fn(&mut S, usize, usize, f64) -> Result<(), GraphError> + Sync,
    ) -> Result<Vec<S>, GraphError> {
        self.each_row(task, new, |state, bench, row| {
            let query = self.query(row, others, least);
            self.find(bench, query);
            for &(other, seen) in &bench.hits {
                let other = other as usize;
                if self.may_reach(&bench.opened, query, other, seen) {
                    visit(state, row, other, bench.opened.cosine(other))?;
                }
            }
            Ok(())
        })
    }

    /// Calls `visit` with a thread's own state, every row, and its `most` strongest others whose cosine is at least what
    /// `least` says for the row, above 0, in no order; fewer where fewer reach that. Of equally strong ones those with
    /// smaller numbers are taken. Gives back the states of all threads.
    ///
    /// # Errors
    /// Fails when cancelled, and with the first error of `visit`.
    pub fn strongest<S: Send>(
        &self,
        most: usize,
        task: &Task<'_>,
        new: impl Fn() -> S + Sync,
        least: impl Fn(usize) -> f64 + Sync,
        visit: impl Fn(&mut S, usize, &[u32]) -> Result<(), GraphError> + Sync,
    ) -> Result<Vec<S>, GraphError> {
        self.each_row(task, new, |state, bench, row| {
            let least = least(row);
            self.bound_cosines(bench, self.query(row, Others::All, least), most);
            let Bench { candidates, opened, strongest, .. } = bench;
            candidates.take_strongest(most, least, |other| opened.cosine(other), strongest);
            visit(state, row, strongest)
        })
    }

    /// Calls `visit` for every row with a thread's own state and what it searches with.
    fn each_row<'s, S: Send>(
        &'s self,
        task: &Task<'_>,
        new: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, &mut Bench<'s>, usize) -> Result<(), GraphError> + Sync,
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
                    visit(&mut state, &mut bench, row)?;
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
            partly: Vec::new(),
            hits: Vec::new(),
            candidates: Candidates::default(),
            bounds: Vec::new(),
            strongest: Vec::new(),
        }
    }

    fn query(&self, row: usize, others: Others, least: f64) -> Query {
        let bound = least * (1.0 - SLACK);
        Query { row, others, bound, unit: self.scale / ((1.0 - self.unseen) * bound * self.filtered.norm(row)) }
    }

    /// Finds the rows that may reach the bound, and gives back the smallest number that sums are made of.
    fn find<'s>(&'s self, bench: &mut Bench<'s>, query: Query) -> i16 {
        let Query { row, others, bound, unit } = query;
        let first = if others == Others::Larger { row + 1 } else { 0 };
        let Bench { lanes, partly, .. } = bench;
        let smallest = self.popular.add(lanes, (row, first), self.unseen * bound, unit, partly);
        let smallest = smallest.min(self.add_rare(bench, query));
        bench.lanes.drain(first, &mut bench.hits);
        if let Ok(itself) = bench.hits.binary_search_by_key(&row, |hit| hit.0 as usize) {
            bench.hits.remove(itself);
        }
        if !bench.hits.is_empty() {
            bench.opened.open(row, &bench.partly);
        }
        smallest
    }

    /// Whether what was seen of a pair and what was not may together reach the bound.
    fn may_reach(&self, opened: &OpenedRow<'_>, query: Query, other: usize, seen: i16) -> bool {
        let Query { row, bound, unit, .. } = query;
        let lengths = self.filtered.norm(row) * self.filtered.norm(other);
        seen == LARGEST || f64::from(seen) / unit + opened.unseen(other, self.unseen * bound) >= bound * lengths
    }

    /// Finds the candidates for the `most` strongest of a row, with bounds of their cosines: what was seen is rounded up, and
    /// what was not is known, so that both ends lie near each other.
    fn bound_cosines<'s>(&'s self, bench: &mut Bench<'s>, query: Query, most: usize) {
        // Each weight was rounded up by less than 1, and none is smaller than this.
        let rounded = 1.0 - 1.0 / f32::from(self.find(bench, query));
        let Query { row, bound, unit, .. } = query;
        let Bench { opened, hits, candidates, bounds, .. } = bench;
        let own = 1.0 / self.filtered.norm(row);
        let seen_in =
            |&(other, seen): &(u32, i16)| f32::from(seen) * (single(own / unit) * self.inverse_norms[other as usize]);
        // From here on a candidate must reach what so many surely have, by what was seen of them alone.
        let last = nth_largest(bounds, most, hits.iter().map(seen_in)).unwrap_or(0.0);
        let floor = (last * rounded).max(single(bound)) * (1.0 - single(SLACK));
        let most_unseen = single(self.unseen * bound);
        for hit in &*hits {
            let seen = seen_in(hit);
            if seen + most_unseen >= floor || hit.1 == LARGEST {
                let other = hit.0 as usize;
                let unseen = single(opened.unseen(other, self.unseen * bound) * own) * self.inverse_norms[other];
                let upper = if hit.1 == LARGEST { f32::INFINITY } else { (seen + unseen) * (1.0 + single(SLACK)) };
                if upper >= floor {
                    candidates.push(hit.0, (seen * rounded + unseen) * (1.0 - single(SLACK)), upper);
                }
            }
        }
    }

    /// Adds the row's targets that are not popular, and gives back the smallest number added.
    fn add_rare<'s>(&'s self, bench: &mut Bench<'s>, query: Query) -> i16 {
        let Query { row, others, unit, .. } = query;
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
        let mut smallest = LARGEST;
        for &(start, end, weight) in &slices[..count] {
            lanes.add(&rows[start as usize..end as usize], weight);
            smallest = smallest.min(weight);
        }
        smallest
    }
}

/// The next larger number of single precision: bounds are rounded up.
#[expect(clippy::cast_possible_truncation, reason = "meant")]
fn rounded_up(value: f64) -> f32 {
    (value as f32).next_up()
}

/// A number of single precision: of use where there is `SLACK`.
#[expect(clippy::cast_possible_truncation, reason = "meant")]
fn single(value: f64) -> f32 {
    value as f32
}
