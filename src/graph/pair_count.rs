//! How many pairs have a target in common, without looking at what they have in common: one bit a pair.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Filtered, GraphError, Task};

/// From one row in so many on, a target's rows are one bit for each row.
const DENSE: usize = 64;
/// Rows that a thread takes at once.
const CHUNK: usize = 32;

/// Counts the pairs of rows whose cosine is not 0.
///
/// # Errors
/// Fails when cancelled.
pub(super) fn count_pairs(filtered: &Filtered, task: &Task<'_>) -> Result<u64, GraphError> {
    let words = filtered.len().div_ceil(64);
    let viral: Vec<Option<Vec<u64>>> = (0..filtered.target_bound())
        .map(|target| {
            let rows = filtered.rows(target);
            (rows.len() * DENSE > filtered.len()).then(|| {
                let mut bits = vec![0; words];
                set(&mut bits, rows);
                bits
            })
        })
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut count, mut bits) = (0, vec![0_u64; words]);
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            if start >= filtered.len() {
                return Ok(count);
            }
            task.check()?;
            count += (start..(start + CHUNK).min(filtered.len()))
                .map(|row| larger_neighbours(filtered, &viral, row, &mut bits))
                .sum::<u64>();
        }
    };
    let threads: Result<Vec<u64>, GraphError> = rayon::broadcast(|_| work()).into_iter().collect();
    Ok(threads?.iter().sum())
}

fn set(bits: &mut [u64], rows: &[u32]) {
    rows.iter().for_each(|&row| bits[row as usize / 64] |= 1 << (row % 64));
}

/// With how many larger rows a row has something in common.
fn larger_neighbours(filtered: &Filtered, viral: &[Option<Vec<u64>>], row: usize, bits: &mut [u64]) -> u64 {
    let first = row / 64;
    bits[first..].fill(0);
    let (targets, ranks) = filtered.targets_and_ranks(row);
    for (&target, &rank) in targets.iter().zip(ranks) {
        let target = target as usize;
        match &viral[target] {
            Some(rows) => bits[first..].iter_mut().zip(&rows[first..]).for_each(|(bits, rows)| *bits |= rows),
            None => set(bits, &filtered.rows(target)[rank as usize..]),
        }
    }
    // Neither the row itself nor smaller ones.
    bits[first] &= (!1_u64) << (row % 64);
    bits[first..].iter().map(|word| u64::from(word.count_ones())).sum()
}
