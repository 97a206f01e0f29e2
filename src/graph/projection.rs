//! From rows that share columns to pairs of rows: every pair once, its sums in a fixed order, so that the result
//! does not depend on the number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{GraphError, Task};

/// Rows that a thread takes at once.
const CHUNK: usize = 32;

/// A matrix to project: each row's columns, and each column's rows, both ascending.
pub(super) trait Matrix: Sync {
    /// How many rows there are.
    fn len(&self) -> usize;
    /// The columns of a row.
    fn columns(&self, row: usize) -> &[u32];
    /// The rows of a column.
    fn rows(&self, column: usize) -> &[u32];
    /// What a shared column adds to a pair's sum; larger than 0.
    fn weight(&self, column: usize) -> f64;
}

/// One dense sum for each row, of which only the touched ones are looked at.
struct Accumulator {
    sums: Vec<f64>,
    touched: Vec<u32>,
}

impl Accumulator {
    fn gather(&mut self, matrix: &impl Matrix, row: usize) {
        for &column in matrix.columns(row) {
            let weight = matrix.weight(column as usize);
            let rows = matrix.rows(column as usize);
            let behind = rows.partition_point(|&other| other as usize <= row);
            for &other in &rows[behind..] {
                let sum = &mut self.sums[other as usize];
                if *sum == 0.0 {
                    self.touched.push(other);
                }
                *sum += weight;
            }
        }
    }

    fn drain(&mut self, mut each: impl FnMut(usize, f64)) {
        for other in self.touched.drain(..) {
            each(other as usize, std::mem::take(&mut self.sums[other as usize]));
        }
    }
}

/// Calls `visit` with a thread's own `state`, a row, a larger row and their sum, for every pair with a shared
/// column; gives back the states of all threads. A pair is visited once, in no certain order.
///
/// # Errors
/// Fails when cancelled, and with the first error of `visit`.
pub(super) fn project<S: Send, M: Matrix>(
    matrix: &M,
    task: &Task<'_>,
    new: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, usize, usize, f64) -> Result<(), GraphError> + Sync,
) -> Result<Vec<S>, GraphError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = new();
        let mut accumulator = Accumulator { sums: vec![0.0; matrix.len()], touched: Vec::new() };
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            if start >= matrix.len() {
                return Ok(state);
            }
            task.check()?;
            task.report(start, matrix.len());
            for row in start..(start + CHUNK).min(matrix.len()) {
                accumulator.gather(matrix, row);
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
