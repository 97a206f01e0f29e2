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
    /// Calls `add` with a larger row and a weight above 0 for everything that `row` has in common with it.
    fn gather(&self, row: usize, add: &mut impl FnMut(u32, f64));
}

/// The part of an ascending list of rows that lies behind `row`.
pub(super) fn behind(rows: &[u32], row: usize) -> &[u32] {
    &rows[rows.partition_point(|&other| other as usize <= row)..]
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

    fn gather(&mut self, projection: &impl Projection, row: usize) {
        let Self { sums, touched, count } = self;
        projection.gather(row, &mut |other, weight| {
            let sum = &mut sums[other as usize];
            // Without a branch, since about half of the sums are new and no processor can guess which.
            touched[*count] = other;
            *count += usize::from(*sum == 0.0);
            *sum += weight;
        });
    }

    fn drain(&mut self, mut each: impl FnMut(usize, f64)) {
        for &other in &self.touched[..std::mem::take(&mut self.count)] {
            each(other as usize, std::mem::take(&mut self.sums[other as usize]));
        }
    }
}

/// Which rows are projected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// All of them.
    All,
    /// Every n-th, as a sample.
    Every(usize),
}

/// Calls `visit` with a thread's own `state`, each of `rows`, a larger row and their sum, for every pair with something in
/// common; gives back the states of all threads. A pair is visited once, in no certain order.
///
/// # Errors
/// Fails when cancelled, and with the first error of `visit`.
pub(super) fn project<S: Send, P: Projection>(
    projection: &P,
    rows: Rows,
    task: &Task<'_>,
    new: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, usize, usize, f64) -> Result<(), GraphError> + Sync,
) -> Result<Vec<S>, GraphError> {
    let step = match rows {
        Rows::All => 1,
        Rows::Every(step) => step.max(1),
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = new();
        let mut accumulator = Accumulator::new(projection.len());
        loop {
            let start = next.fetch_add(CHUNK * step, Ordering::Relaxed);
            if start >= projection.len() {
                return Ok(state);
            }
            task.check()?;
            task.report(start, projection.len());
            for row in (start..(start + CHUNK * step).min(projection.len())).step_by(step) {
                accumulator.gather(projection, row);
                let mut outcome = Ok(());
                accumulator.drain(|other, sum| {
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
