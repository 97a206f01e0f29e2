//! The pairs among the strongest cosines of one of their accounts, without visiting all pairs: how strong the last of an
//! account's strongest is about is learnt from a sample of accounts with as many targets. Where that was too much, the
//! account is visited as a whole.

use super::kept_pairs::{Select, TOLERANCE};
use super::projection::{Visit, project};
use super::projections::Weighted;
use super::pruned::Pruned;
use super::top_pairs::{TopPairs, merge, ordered};
use super::{Filtered, GraphError, Task};
use crate::model::dense;

/// How many accounts the sample takes, about.
const SAMPLE: usize = 512;
/// Of the sampled accounts with about as many targets this share may have weaker ones than is expected of all.
const WEAKER: usize = 10;
/// What is expected is a little less than what the sample says.
const CAUTION: f64 = 0.95;
/// Expecting less than this gains nothing over visiting all pairs.
const LOWEST: f64 = 1e-3;

/// What a thread found.
#[derive(Default)]
struct Found {
    /// The smaller row first.
    pairs: Vec<(u32, u32)>,
    /// Rows of which fewer were found than are wanted, although there may be more.
    short: Vec<u32>,
}

/// The pairs of rows with a cosine of `least` or more that are among the `most` strongest of one of their rows, ascending.
///
/// # Errors
/// Fails when cancelled and where too many pairs would be kept.
pub(super) fn strongest(
    filtered: &Filtered,
    most: u32,
    least: f64,
    select: &Select<'_>,
) -> Result<Vec<(u32, u32)>, GraphError> {
    let most = most as usize;
    let expected = expected_floors(filtered, most, select.task)?;
    let floor = |row: usize| expected[octave(filtered.degree(row))].max(least - TOLERANCE).max(LOWEST);
    let lowest = (0..filtered.len()).map(floor).fold(1.0, f64::min);
    let pruned = Pruned::for_strongest(filtered, lowest);
    let found = pruned.strongest(most, select.task, Found::default, floor, |found, row, others| {
        found.pairs.extend(others.iter().map(|&other| ordered(dense(row), other)));
        if others.len() < most && floor(row) > least {
            found.short.push(dense(row));
        }
        select.check(found.pairs.len() / 2)
    })?;
    let (mut pairs, short): (Vec<_>, Vec<_>) = found.into_iter().map(|found| (found.pairs, found.short)).unzip();
    pairs.extend(visited(filtered, &short.concat(), most, least, select)?.into_iter().map(TopPairs::into_pairs));
    Ok(merge(&pairs, filtered.len()))
}

/// The strongest pairs of some rows, all of whose pairs are visited.
fn visited(
    filtered: &Filtered,
    rows: &[u32],
    most: usize,
    least: f64,
    select: &Select<'_>,
) -> Result<Vec<TopPairs>, GraphError> {
    let new = || TopPairs::new(most);
    project(&Weighted(filtered), Visit::NeighboursOf(rows), select.task, new, |top, row, other, sum| {
        let floor = top.floor(dense(row)).max(least - TOLERANCE);
        if let Some(cosine) = filtered.cosine_from(row, other, sum, floor) {
            top.push(dense(row), dense(other), cosine);
        }
        select.check(top.len() / 2)
    })
}

/// Rows with about as many targets.
fn octave(degree: u32) -> usize {
    (u32::BITS - degree.leading_zeros()) as usize
}

/// What the last of the strongest pairs of a row about is at the least, by octave; 0 where that is not known.
fn expected_floors(filtered: &Filtered, most: usize, task: &Task<'_>) -> Result<Vec<f64>, GraphError> {
    let step = (filtered.len() / SAMPLE).max(1);
    let rows: Vec<u32> = (0..dense(filtered.len())).step_by(step).collect();
    let new = || Sample { most, row: 0, cosines: Vec::new(), lasts: Vec::new() };
    let threads = project(&Weighted(filtered), Visit::NeighboursOf(&rows), task, new, |sample, row, other, sum| {
        sample.push(row, filtered.cosine(row, other, sum));
        Ok(())
    })?;
    let mut by_octave = vec![Vec::new(); u32::BITS as usize + 1];
    for mut thread in threads {
        thread.close_row();
        for (row, last) in thread.lasts {
            by_octave[octave(filtered.degree(row))].push(last);
        }
    }
    let floor = |mut lasts: Vec<f64>| {
        let place = lasts.len() / WEAKER;
        if lasts.is_empty() { 0.0 } else { *lasts.select_nth_unstable_by(place, f64::total_cmp).1 * CAUTION }
    };
    Ok(by_octave.into_iter().map(floor).collect())
}

/// The last of the strongest cosines of each row of a sample.
struct Sample {
    most: usize,
    row: usize,
    cosines: Vec<f64>,
    lasts: Vec<(usize, f64)>,
}

impl Sample {
    fn push(&mut self, row: usize, cosine: f64) {
        if row != self.row {
            self.close_row();
            self.row = row;
        }
        self.cosines.push(cosine);
    }

    fn close_row(&mut self) {
        if self.cosines.len() >= self.most {
            let place = self.cosines.len() - self.most;
            self.lasts.push((self.row, *self.cosines.select_nth_unstable_by(place, f64::total_cmp).1));
        }
        self.cosines.clear();
    }
}
