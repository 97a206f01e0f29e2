//! From rows that share columns to pairs of rows: every pair once, its sums in a fixed order, so that the result
//! does not depend on the number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{GraphError, Task};

/// Rows that a thread takes at once.
const CHUNK: usize = 32;

/// Rows, and what each has in common with larger ones.
pub(super) trait Projection: Sync {
    /// How many rows there are.
    fn len(&self) -> usize;
    /// Calls `add` with rows that have something in common with `row`, and its weight above 0; at least with all of
    /// `others`.
    fn gather(&self, row: usize, others: Others, add: &mut impl FnMut(&[u32], f64));
}

/// Which rows are looked at beside a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// Those with larger numbers, so that each pair is seen once.
    Larger,
    /// All of them, so that each pair is seen from both of its ends.
    All,
}

impl Others {
    /// The part of an ascending list of rows that is looked at beside `row`, perhaps with that row itself.
    pub fn among(self, rows: &[u32], row: usize) -> &[u32] {
        match self {
            Self::Larger => &rows[rows.partition_point(|&other| other as usize <= row)..],
            Self::All => rows,
        }
    }

    fn has(self, other: usize, row: usize) -> bool {
        if self == Self::Larger { other > row } else { other != row }
    }
}

/// One dense sum for each row, of which only the touched ones are looked at.
struct Accumulator {
    sums: Vec<f64>,
    touched: Vec<u32>,
    count: usize,
}

impl Accumulator {
    fn new(rows: usize) -> Self {
        // One more than can be touched: the place behind the last is written to as well.
        Self { sums: vec![0.0; rows], touched: vec![0; rows + 1], count: 0 }
    }

    /// Adds the weight to the sums of these rows.
    fn add(&mut self, rows: &[u32], weight: f64) {
        let Self { sums, touched, .. } = self;
        // In a register, and no branch, since about half of the sums are new and no processor can guess which.
        let mut count = self.count;
        for &other in rows {
            let sum = &mut sums[other as usize];
            touched[count] = other;
            count += usize::from(*sum == 0.0);
            *sum += weight;
        }
        self.count = count;
    }

    /// Calls `each` with every one of `others` and its sum, and begins anew.
    fn drain(&mut self, row: usize, others: Others, mut each: impl FnMut(usize, f64)) {
        for &other in &self.touched[..std::mem::take(&mut self.count)] {
            let sum = std::mem::take(&mut self.sums[other as usize]);
            if others.has(other as usize, row) {
                each(other as usize, sum);
            }
        }
    }
}

/// Which pairs are visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visit<'r> {
    /// Every pair once, from its smaller row.
    Pairs,
    /// Those of every n-th row, as a sample.
    SampleOf(usize),
    /// Every pair from both of its rows.
    Neighbours,
    /// Every pair of some rows, from these.
    NeighboursOf(&'r [u32]),
}

/// Calls `visit` with a thread's own `state`, a row, another row and their sum, for every pair with something in common;
/// gives back the states of all threads. All pairs of a row are visited one after the other, in no certain order.
///
/// # Errors
/// Fails when cancelled, and with the first error of `visit`.
pub(super) fn project<S: Send, P: Projection>(
    projection: &P,
    which: Visit<'_>,
    task: &Task<'_>,
    new: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, usize, usize, f64) -> Result<(), GraphError> + Sync,
) -> Result<Vec<S>, GraphError> {
    let step = if let Visit::SampleOf(step) = which { step.max(1) } else { 1 };
    let others = match which {
        Visit::Pairs | Visit::SampleOf(_) => Others::Larger,
        Visit::Neighbours | Visit::NeighboursOf(_) => Others::All,
    };
    let some = if let Visit::NeighboursOf(rows) = which { Some(rows) } else { None };
    let length = some.map_or(projection.len(), <[u32]>::len);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = new();
        let mut accumulator = Accumulator::new(projection.len());
        loop {
            let start = next.fetch_add(CHUNK * step, Ordering::Relaxed);
            if start >= length {
                return Ok(state);
            }
            task.check()?;
            task.report(start, length);
            for place in (start..(start + CHUNK * step).min(length)).step_by(step) {
                let row = some.map_or(place, |rows| rows[place] as usize);
                projection.gather(row, others, &mut |rows, weight| accumulator.add(rows, weight));
                let mut outcome = Ok(());
                accumulator.drain(row, others, |other, sum| {
                    if outcome.is_ok() {
                        outcome = visit(&mut state, row, other, sum);
                    }
                });
                outcome?;
            }
        }
    };
    rayon::broadcast(|_| work()).into_iter().collect()
}
