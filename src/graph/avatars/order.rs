//! The middle and the width of a set of hashes, and an order in which near ones stand together.

use rayon::prelude::*;

use crate::graph::hamming_index::{Words, distance};
use crate::graph::{GraphError, Task};

/// From this size on the nearest neighbour of each picture takes too long to find, and the distance to the medoid orders.
const LARGE: usize = 20_000;

/// Where a set of hashes has its middle, and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread {
    /// The place with the smallest weighted sum of distances; of several the first.
    pub medoid: usize,
    /// The largest distance of two.
    pub diameter: u32,
}

/// Measures every pair.
///
/// # Errors
/// Fails when cancelled.
pub(super) fn spread(hashes: &[Words], weights: &[u64], task: &Task<'_>) -> Result<Spread, GraphError> {
    let measure = |(place, hash): (usize, &Words)| {
        task.check()?;
        let far = |(sum, widest): (u64, u32), (other, weight): (&Words, &u64)| {
            let distance = distance(hash, other);
            (sum + u64::from(distance) * weight, widest.max(distance))
        };
        let (sum, widest) = hashes.iter().zip(weights).fold((0, 0), far);
        Ok((sum, place, widest))
    };
    let measured: Result<Vec<(u64, usize, u32)>, GraphError> = hashes.par_iter().enumerate().map(measure).collect();
    let measured = measured?;
    let medoid = measured.iter().min().map_or(0, |&(_, place, _)| place);
    Ok(Spread { medoid, diameter: measured.iter().map(|&(.., widest)| widest).max().unwrap_or(0) })
}

/// The places in an order that begins with `first` and goes on, each time, with the nearest one that is left.
///
/// # Errors
/// Fails when cancelled.
pub(super) fn side_by_side(hashes: &[Words], first: usize, task: &Task<'_>) -> Result<Vec<usize>, GraphError> {
    let mut left: Vec<usize> = (0..hashes.len()).filter(|&place| place != first).collect();
    if hashes.len() > LARGE {
        left.sort_by_cached_key(|&place| (distance(&hashes[place], &hashes[first]), hashes[place]));
        return Ok([first].into_iter().chain(left).collect());
    }
    let mut order = Vec::with_capacity(hashes.len());
    let mut here = first;
    order.push(here);
    while !left.is_empty() {
        task.check()?;
        let nearest = (0..left.len()).min_by_key(|&at| (distance(&hashes[left[at]], &hashes[here]), left[at]));
        here = left.swap_remove(nearest.unwrap_or_default());
        order.push(here);
    }
    Ok(order)
}
