//! Which pairs of accounts a layer of shared objects keeps.

use rayon::slice::ParallelSliceMut;

use super::order_statistic::{Histogram, percentile, rank};
use super::projection::{Others, Projection, Visit, project};
use super::projections::{Unfiltered, Weighted, Windowed};
use super::pruned::Pruned;
use super::row_pairs::RowPairs;
use super::significance::Significance;
use super::top_pairs::TopPairs;
use super::{Filtered, GraphError, Incidence, Task};
use crate::model::{AccountId, KeepRule, LinkParameters};

/// Two cosines nearer than this are the same: what a threshold means must not hang on the last bits.
const TOLERANCE: f64 = 1e-12;

/// From this cosine on bounding pairs costs less than visiting them all.
const WORTH_PRUNING: f64 = 0.005;

/// The pairs that a layer keeps.
#[derive(Debug, Default)]
pub struct KeptPairs {
    /// The pairs, `a < b`, ascending.
    pub pairs: Vec<(AccountId, AccountId)>,
    /// What they were tested against, where the rule tests.
    pub significance: Option<Significance>,
}

/// The pairs that `parameters` keep. Rules on the cosine and on significance look at the accounts and targets that the
/// minimum filters leave; those on shared targets look at all of them.
///
/// # Errors
/// Fails when cancelled and where more than `limit` pairs would be kept.
pub fn kept_pairs(
    incidence: &Incidence,
    filtered: &Filtered,
    parameters: &LinkParameters,
    limit: usize,
    task: &Task<'_>,
) -> Result<KeptPairs, GraphError> {
    let select = Select { top: parameters.top, limit, task };
    let reaching = |least: f64| {
        let strength = move |a, b, sum, floor| filtered.cosine_from(a, b, sum, f64::max(least - TOLERANCE, floor));
        select.pairs(&Weighted(filtered), strength).map(|rows| by_account(filtered, rows))
    };
    let counted = |least: u32| move |_, _, sum: f64, _| Some(sum).filter(|&sum| sum >= f64::from(least));
    let mut significance = None;
    let pairs = match parameters.keep {
        KeepRule::All => reaching(0.0)?,
        KeepRule::Cosine(least) if least >= WORTH_PRUNING => by_account(filtered, pruned(filtered, least, &select)?),
        KeepRule::Cosine(least) => reaching(least)?,
        KeepRule::Percentile(wanted) => match in_one_pass(filtered, wanted, &select)? {
            Some(rows) => by_account(filtered, rows),
            None => match cosine_percentile(filtered, wanted, task)? {
                Some(least) => reaching(least)?,
                None => Vec::new(),
            },
        },
        KeepRule::Shared(least) => by_id(select.pairs(&Unfiltered(incidence), counted(least))?),
        KeepRule::SharedWithin(least) => {
            by_id(select.pairs(&Windowed::new(incidence, parameters.window_seconds), counted(least))?)
        }
        KeepRule::Significant(rate) => {
            let tested = Significance::test(filtered, parameters.null_model, task)?;
            let rows = tested.significant(filtered, rate, &select)?;
            significance = Some(tested);
            by_account(filtered, rows)
        }
    };
    Ok(KeptPairs { pairs, significance })
}

/// The pairs of rows whose cosine reaches a threshold, without visiting all.
fn pruned(filtered: &Filtered, least: f64, select: &Select<'_>) -> Result<Vec<(u32, u32)>, GraphError> {
    let pruned = Pruned::new(filtered, least);
    if let Some(most) = select.top {
        let new = || TopPairs::new(most as usize);
        let threads = pruned.search(Others::All, select.task, new, |_| least, |top, row, other, cosine| {
            if cosine >= least - TOLERANCE {
                top.push(dense(row), dense(other), cosine);
            }
            select.check(top.len() / 2)
        })?;
        return Ok(TopPairs::merge(threads));
    }
    let found = pruned.search(Others::Larger, select.task, RowPairs::default, |_| least, |pairs, a, b, cosine| {
        if cosine >= least - TOLERANCE {
            pairs.push(dense(a), dense(b));
        }
        select.check(pairs.len())
    })?;
    select.check(found.iter().map(RowPairs::len).sum())?;
    Ok(RowPairs::merge(found))
}

/// The exact percentile of all non-zero cosines, without holding them.
fn cosine_percentile(filtered: &Filtered, wanted: f64, task: &Task<'_>) -> Result<Option<f64>, GraphError> {
    percentile(wanted, |empty: &(dyn Fn() -> Histogram + Sync)| {
        project(&Weighted(filtered), Visit::Pairs, task, empty, |histogram, a, b, sum| {
            histogram.push(filtered.cosine(a, b, sum));
            Ok(())
        })
    })
}

/// A pair of rows and its cosine.
type Weighed = (u32, u32, f64);

/// How many rows the sample takes, about.
const SAMPLE: usize = 512;
/// What is collected beyond the share that is wanted, so that a sample can err.
const MARGIN: f64 = 1.6;

/// The pairs at or above a percentile, in one pass over all pairs: a sample tells from where on to collect them, and
/// counting the others tells whether that was low enough; `None` where it was not, or where `top` asks for less.
fn in_one_pass(filtered: &Filtered, wanted: f64, select: &Select<'_>) -> Result<Option<Vec<(u32, u32)>>, GraphError> {
    if select.top.is_some() {
        return Ok(None);
    }
    let bound = sampled_bound(filtered, wanted, select.task)?;
    let new = || (0_u64, Vec::<Weighed>::new());
    let threads = project(&Weighted(filtered), Visit::Pairs, select.task, new, |(below, pairs), a, b, sum| {
        match filtered.cosine_from(a, b, sum, bound) {
            None => *below += 1,
            Some(cosine) if pairs.len() <= select.limit => pairs.push((dense(a), dense(b), cosine)),
            Some(_) => {}
        }
        Ok(())
    })?;
    let (below, pairs) = threads.into_iter().fold((0, Vec::new()), |(below, mut pairs), (more, other)| {
        pairs.extend(other);
        (below + more, pairs)
    });
    Ok(if pairs.len() > select.limit { None } else { at_or_above(pairs, below, wanted) })
}

/// A cosine that surely lies below the percentile, if the rows of a sample are like the others.
fn sampled_bound(filtered: &Filtered, wanted: f64, task: &Task<'_>) -> Result<f64, GraphError> {
    let rows = Visit::SampleOf(filtered.len() / SAMPLE);
    let threads = project(&Weighted(filtered), rows, task, Vec::new, |cosines, a, b, sum| {
        cosines.push(filtered.cosine(a, b, sum));
        Ok(())
    })?;
    let mut cosines = threads.concat();
    let share = ((100.0 - wanted) / 100.0 * MARGIN).min(1.0);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
    let place = ((cosines.len() as f64 * (1.0 - share)) as usize).min(cosines.len().saturating_sub(1));
    Ok(if cosines.is_empty() { 0.0 } else { *cosines.select_nth_unstable_by(place, f64::total_cmp).1 })
}

/// Of the pairs that were collected those at or above the percentile, where `below` more were only counted.
fn at_or_above(mut pairs: Vec<Weighed>, below: u64, wanted: f64) -> Option<Vec<(u32, u32)>> {
    let total = below + pairs.len() as u64;
    if total == 0 {
        return Some(Vec::new());
    }
    let (rank, towards_next) = rank(wanted, total);
    let place = usize::try_from(rank.checked_sub(below)?).ok()?;
    let (_, &mut (.., lower), above) = pairs.select_nth_unstable_by(place, |a, b| a.2.total_cmp(&b.2));
    let next = above.iter().map(|pair| pair.2).min_by(f64::total_cmp).unwrap_or(lower);
    let least = lower + (next - lower) * towards_next;
    let kept = pairs.into_iter().filter(|pair| pair.2 >= least - TOLERANCE);
    let mut rows: Vec<(u32, u32)> = kept.map(|(a, b, _)| (a, b)).collect();
    rows.par_sort_unstable();
    Some(rows)
}

fn by_account(filtered: &Filtered, rows: Vec<(u32, u32)>) -> Vec<(AccountId, AccountId)> {
    rows.into_iter().map(|(a, b)| (filtered.account(a as usize), filtered.account(b as usize))).collect()
}

fn by_id(rows: Vec<(u32, u32)>) -> Vec<(AccountId, AccountId)> {
    rows.into_iter().map(|(a, b)| (AccountId(a), AccountId(b))).collect()
}

/// How many of the pairs that pass are taken.
pub(super) struct Select<'a> {
    top: Option<u32>,
    limit: usize,
    task: &'a Task<'a>,
}

impl Select<'_> {
    /// The pairs of rows to which `strength` gives a value, ascending; with `top` only the strongest of each row.
    /// Its last argument is a strength below which it need not give one.
    pub fn pairs<P: Projection>(
        &self,
        projection: &P,
        strength: impl Fn(usize, usize, f64, f64) -> Option<f64> + Sync,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        if let Some(most) = self.top {
            let new = || TopPairs::new(most as usize);
            let threads = project(projection, Visit::Neighbours, self.task, new, |top, row, other, sum| {
                if let Some(strength) = strength(row, other, sum, top.floor(dense(row))) {
                    top.push(dense(row), dense(other), strength);
                }
                self.check(top.len() / 2)
            })?;
            return Ok(TopPairs::merge(threads));
        }
        let found = project(projection, Visit::Pairs, self.task, RowPairs::default, |pairs, a, b, sum| {
            if strength(a, b, sum, 0.0).is_some() {
                pairs.push(dense(a), dense(b));
            }
            self.check(pairs.len())
        })?;
        self.check(found.iter().map(RowPairs::len).sum())?;
        Ok(RowPairs::merge(found))
    }

    fn check(&self, pairs: usize) -> Result<(), GraphError> {
        let advice = "keep fewer: a higher cosine or percentile, more shared targets, or only the top of each account";
        if pairs <= self.limit { Ok(()) } else { Err(GraphError::TooManyLinks { limit: self.limit, advice }) }
    }
}

fn dense(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
