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
}

impl Accumulator {
    fn gather(&mut self, projection: &impl Projection, row: usize) {
        let Self { sums, touched } = self;
        projection.gather(row, &mut |other, weight| {
            let sum = &mut sums[other as usize];
            if *sum == 0.0 {
                touched.push(other);
            }
            *sum += weight;
        });
    }

    fn drain(&mut self, mut each: impl FnMut(usize, f64)) {
        for other in self.touched.drain(..) {
            each(other as usize, std::mem::take(&mut self.sums[other as usize]));
        }
    }
}

/// Calls `visit` with a thread's own `state`, a row, a larger row and their sum, for every pair with something in
/// common; gives back the states of all threads. A pair is visited once, in no certain order.
///
/// # Errors
/// Fails when cancelled, and with the first error of `visit`.
pub(super) fn project<S: Send, P: Projection>(
    projection: &P,
    task: &Task<'_>,
    new: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, usize, usize, f64) -> Result<(), GraphError> + Sync,
) -> Result<Vec<S>, GraphError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = new();
        let mut accumulator = Accumulator { sums: vec![0.0; projection.len()], touched: Vec::new() };
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            if start >= projection.len() {
                return Ok(state);
            }
            task.check()?;
            task.report(start, projection.len());
            for row in start..(start + CHUNK).min(projection.len()) {
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
