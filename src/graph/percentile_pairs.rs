//! The pairs at or above an exact percentile of all cosines. A sample tells about where it lies; all pairs are counted
//! without their cosines, those that surely are above are found, and the few near it are held until it is known.

use rayon::prelude::*;

use super::kept_pairs::{Select, TOLERANCE, WORTH_PRUNING};
use super::order_statistic::rank;
use super::pair_count::count_pairs;
use super::projection::{Others, Visit, project};
use super::projections::Weighted;
use super::pruned::Pruned;
use super::row_pairs::RowPairs;
use super::{Filtered, GraphError, Task};
use crate::model::dense;

/// How many rows the sample takes, about.
const SAMPLE: usize = 256;
/// By what factor more or fewer pairs may be above than the sample says; the next one where that was not enough.
const MARGINS: [f64; 3] = [1.2, 2.0, 8.0];

/// The pairs at or above a percentile.
pub(super) struct AtPercentile {
    /// The percentile, a cosine.
    pub least: f64,
    /// The pairs of rows, ascending.
    pub pairs: Vec<(u32, u32)>,
}

/// What a thread found.
struct Found {
    above_high: RowPairs,
    smallest_above: f64,
    near: Vec<(f64, u32, u32)>,
}

/// Finds the pairs, of `total` with a cosine where these are counted; `None` where the percentile is so low that nothing is gained by not visiting all of them.
///
/// # Errors
/// Fails when cancelled and where too many pairs would be kept.
pub(super) fn at_percentile(
    filtered: &Filtered,
    wanted: f64,
    mut total: Option<u64>,
    select: &Select<'_>,
) -> Result<Option<AtPercentile>, GraphError> {
    let mut sample = sample(filtered, select.task)?;
    let mut place = |share: f64| {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank"
        )]
        let place = (sample.len() as f64 * (1.0 - share).max(0.0)) as usize;
        let place = place.min(sample.len().checked_sub(1)?);
        Some(f64::from(*sample.select_nth_unstable_by(place, f32::total_cmp).1))
    };
    let share = (100.0 - wanted) / 100.0;
    for margin in MARGINS {
        let Some((low, high)) = place(share * margin).zip(place(share / margin)) else { return Ok(None) };
        if low < WORTH_PRUNING {
            return Ok(None);
        }
        let total = match total {
            Some(total) => total,
            None => *total.insert(count_pairs(filtered, select.task)?),
        };
        if let Some(found) = between(filtered, (low, high), rank(wanted, total), total, select)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The cosines of the pairs of some rows.
#[expect(clippy::cast_possible_truncation, reason = "a sample needs no more digits")]
fn sample(filtered: &Filtered, task: &Task<'_>) -> Result<Vec<f32>, GraphError> {
    let rows = Visit::SampleOf(filtered.len() / SAMPLE);
    let threads = project(&Weighted(filtered), rows, task, Vec::new, |cosines, a, b, sum| {
        cosines.push(filtered.cosine(a, b, sum) as f32);
        Ok(())
    })?;
    Ok(threads.concat())
}

/// The pairs, if the percentile lies between two cosines: `rank` is its place among all `total` cosines.
fn between(
    filtered: &Filtered,
    (low, high): (f64, f64),
    (rank, towards_next): (u64, f64),
    total: u64,
    select: &Select<'_>,
) -> Result<Option<AtPercentile>, GraphError> {
    let new = || Found { above_high: RowPairs::default(), smallest_above: f64::INFINITY, near: Vec::new() };
    let pruned = Pruned::for_all(filtered, low);
    let threads = pruned.search(Others::Larger, select.task, new, low, |found, a, b, cosine| {
        if cosine >= high {
            found.above_high.push(dense(a), dense(b));
            found.smallest_above = found.smallest_above.min(cosine);
        } else if cosine >= low {
            found.near.push((cosine, dense(a), dense(b)));
        }
        select.check(found.above_high.len())
    })?;
    let smallest_above = threads.iter().map(|found| found.smallest_above).fold(f64::INFINITY, f64::min);
    let (above_high, near): (Vec<RowPairs>, Vec<_>) =
        threads.into_iter().map(|found| (found.above_high, found.near)).unzip();
    let mut near = near.concat();
    let below = total - above_high.iter().map(RowPairs::len).sum::<usize>() as u64 - near.len() as u64;
    let Some(place) = rank.checked_sub(below).and_then(|place| usize::try_from(place).ok()) else { return Ok(None) };
    if place >= near.len() {
        return Ok(None);
    }
    let (_, &mut (lower, ..), larger) = near.select_nth_unstable_by(place, |a, b| a.0.total_cmp(&b.0));
    let next = larger.iter().map(|pair| pair.0).min_by(f64::total_cmp).unwrap_or(smallest_above);
    let next = if next.is_finite() { next } else { lower };
    let least = lower + (next - lower) * towards_next;
    near.retain(|pair| pair.0 >= least - TOLERANCE);
    let mut pairs = RowPairs::merge(above_high);
    pairs.extend(near.into_iter().map(|(_, a, b)| (a, b)));
    select.check(pairs.len())?;
    pairs.par_sort_unstable();
    Ok(Some(AtPercentile { least, pairs }))
}
