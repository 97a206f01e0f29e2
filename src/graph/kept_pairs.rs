//! Which pairs of accounts a layer of shared objects keeps.

use super::fits::{Room, Threshold, check_percentile, check_threshold};
use super::order_statistic::{Histogram, percentile};
use super::percentile_pairs::at_percentile;
use super::projection::{Others, Projection, Visit, project};
use super::projections::{Unfiltered, Weighted, Windowed};
use super::pruned::Pruned;
use super::row_pairs::RowPairs;
use super::significance::Significance;
use super::strongest::strongest;
use super::top_pairs::{TopPairs, merge};
use super::{Coordination, Filtered, GraphError, Incidence, Task};
use crate::model::{AccountId, CoordinationPart, KeepRule, LinkParameters, dense};

/// Two cosines nearer than this are the same: what a threshold means must not hang on the last bits.
pub(super) const TOLERANCE: f64 = 1e-12;

/// From this cosine on bounding pairs costs less than visiting them all, and sums in whole numbers tell them apart.
pub(super) const WORTH_PRUNING: f64 = 0.005;

/// The pairs that a layer keeps.
#[derive(Debug, Default)]
pub struct KeptPairs {
    /// The pairs in the order of the numbers of the accounts, the smaller number first.
    pub pairs: Vec<(AccountId, AccountId)>,
    /// What they were tested against, where the rule tests.
    pub significance: Option<Significance>,
    /// What coordination was tested against, where the rule tests it, and by which part.
    coordination: Option<(Coordination, CoordinationPart)>,
}

impl KeptPairs {
    /// Pairs that are known already, and tested against nothing.
    #[must_use]
    pub fn untested(pairs: Vec<(AccountId, AccountId)>) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// What coordination was tested against, where the rule tests it, and by which part.
    #[must_use]
    pub fn coordination(&self) -> Option<(&Coordination, CoordinationPart)> {
        self.coordination.as_ref().map(|(learned, part)| (learned, *part))
    }
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
    let room = Room { limit, top: parameters.top };
    let mut significance = None;
    let mut coordination = None;
    let reaching = |least: f64| match select.top {
        Some(most) => strongest(filtered, most, least, &select),
        None if least >= WORTH_PRUNING => pruned(filtered, least, &select),
        None => every_pair(filtered, least, &select),
    };
    let account = |row: u32| incidence.account(filtered.account(row as usize));
    let by_account = |rows: Vec<(u32, u32)>| rows.into_iter().map(|(a, b)| (account(a), account(b))).collect();
    let reaching = |least| reaching(least).map(by_account);
    let mut by_coordination = |part, at_most| {
        let (learned, found) = Coordination::find(incidence, part, at_most, &select)?;
        coordination = Some((learned, part));
        Ok(by_number(incidence, found))
    };
    let check_cosine = |least| {
        let threshold = Threshold { word: "cosine", least, step: 0.001 };
        check_threshold(&Weighted(filtered), threshold, room, task, |a, b, sum| filtered.cosine(a, b, sum))
    };
    let pairs = match parameters.keep {
        KeepRule::All => {
            check_cosine(0.0)?;
            reaching(0.0)?
        }
        KeepRule::Cosine(least) => {
            check_cosine(least)?;
            reaching(least)?
        }
        KeepRule::Percentile(wanted) => {
            let total = check_percentile(filtered, wanted, room, task)?;
            match at_percentile(filtered, wanted, total, &select)? {
                Some(found) if select.top.is_none() => by_account(found.pairs),
                Some(found) => reaching(found.least)?,
                None => match cosine_percentile(filtered, wanted, task)? {
                    Some(least) => reaching(least)?,
                    None => Vec::new(),
                },
            }
        }
        KeepRule::Shared(least) => by_number(incidence, select.counted(&Unfiltered(incidence), "shared", least, room)?),
        KeepRule::SharedWithin(least) => {
            let windowed = Windowed::new(incidence, parameters.window_seconds);
            by_number(incidence, select.counted(&windowed, "shared-within", least, room)?)
        }
        KeepRule::Significant(rate) => {
            let tested = Significance::test(filtered, parameters.null_model, task)?;
            let rows = tested.significant(filtered, rate, &select)?;
            significance = Some(tested);
            by_account(rows)
        }
        KeepRule::Coordinated(at_most) => by_coordination(CoordinationPart::Both, at_most)?,
        KeepRule::AuthorHeld(at_most) => by_coordination(CoordinationPart::AuthorHeld, at_most)?,
        KeepRule::Timing(at_most) => by_coordination(CoordinationPart::Timing, at_most)?,
    };
    Ok(KeptPairs { pairs, significance, coordination })
}

/// The pairs of rows whose cosine reaches a threshold, without visiting all.
fn pruned(filtered: &Filtered, least: f64, select: &Select<'_>) -> Result<Vec<(u32, u32)>, GraphError> {
    let pruned = Pruned::for_all(filtered, least);
    let found = pruned.search(Others::Larger, select.task, RowPairs::default, least, |pairs, a, b, cosine| {
        if cosine >= least - TOLERANCE {
            pairs.push(dense(a), dense(b));
        }
        select.check(pairs.len())
    })?;
    select.check(found.iter().map(RowPairs::len).sum())?;
    Ok(RowPairs::merge(found))
}

/// The pairs of rows whose cosine reaches a threshold, by visiting all.
fn every_pair(filtered: &Filtered, least: f64, select: &Select<'_>) -> Result<Vec<(u32, u32)>, GraphError> {
    select.pairs(&Weighted(filtered), |a, b, sum, floor| {
        filtered.cosine_from(a, b, sum, f64::max(least - TOLERANCE, floor))
    })
}

/// What `KeepRule::Cosine` keeps, by numbers and by visiting all pairs: only to be measured against.
///
/// # Errors
/// Fails when cancelled.
#[doc(hidden)]
pub fn visited_pairs(
    filtered: &Filtered,
    least: f64,
    task: &Task<'_>,
) -> Result<Vec<(AccountId, AccountId)>, GraphError> {
    let select = Select { top: None, limit: usize::MAX, task };
    let account = |row: u32| AccountId(filtered.account(row as usize));
    let rows = every_pair(filtered, least, &select)?;
    Ok(rows.into_iter().map(|(a, b)| (account(a), account(b))).collect())
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

fn by_number(incidence: &Incidence, numbers: Vec<(u32, u32)>) -> Vec<(AccountId, AccountId)> {
    numbers.into_iter().map(|(a, b)| (incidence.account(a), incidence.account(b))).collect()
}

/// How many of the pairs that pass are taken.
pub(super) struct Select<'a> {
    /// How many of each row.
    pub top: Option<u32>,
    /// How many of all.
    pub limit: usize,
    /// How the work is watched.
    pub task: &'a Task<'a>,
}

impl Select<'_> {
    /// The pairs of rows that have at least so much in common, ascending.
    fn counted<P: Projection>(
        &self,
        projection: &P,
        word: &'static str,
        least: u32,
        room: Room,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        let least = f64::from(least);
        check_threshold(projection, Threshold { word, least, step: 1.0 }, room, self.task, |_, _, sum| sum)?;
        self.pairs(projection, |_, _, sum, _| Some(sum).filter(|&sum| sum >= least))
    }

    /// The pairs of rows to which `strength` gives a value, ascending; with `top` only the strongest of each row.
    /// Its last argument is a strength below which it need not give one.
    pub fn pairs<P: Projection>(
        &self,
        projection: &P,
        strength: impl Fn(usize, usize, f64, f64) -> Option<f64> + Sync,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        self.pairs_with(projection, || (), |(), a, b, sum, floor| strength(a, b, sum, floor))
    }

    /// The same, where `strength` has memory of its own in each thread.
    pub fn pairs_with<P: Projection, M: Send>(
        &self,
        projection: &P,
        memory: impl Fn() -> M + Sync,
        strength: impl Fn(&mut M, usize, usize, f64, f64) -> Option<f64> + Sync,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        if let Some(most) = self.top {
            let new = || (TopPairs::new(most as usize), memory());
            let threads = project(projection, Visit::Neighbours, self.task, new, |(top, memory), row, other, sum| {
                if let Some(strength) = strength(memory, row, other, sum, top.floor(dense(row))) {
                    top.push(dense(row), dense(other), strength);
                }
                self.check(top.len() / 2)
            })?;
            let pairs: Vec<_> = threads.into_iter().map(|(top, _)| top.into_pairs()).collect();
            return Ok(merge(&pairs, projection.len()));
        }
        let new = || (RowPairs::default(), memory());
        let found = project(projection, Visit::Pairs, self.task, new, |(pairs, memory), a, b, sum| {
            if strength(memory, a, b, sum, 0.0).is_some() {
                pairs.push(dense(a), dense(b));
            }
            self.check(pairs.len())
        })?;
        let found: Vec<RowPairs> = found.into_iter().map(|(pairs, _)| pairs).collect();
        self.check(found.iter().map(RowPairs::len).sum())?;
        Ok(RowPairs::merge(found))
    }

    /// Stops where more pairs are taken than fit.
    pub fn check(&self, pairs: usize) -> Result<(), GraphError> {
        let advice = "keep fewer: a higher cosine or percentile, more shared targets, or only the top of each account";
        if pairs <= self.limit { Ok(()) } else { Err(GraphError::TooManyLinks { limit: self.limit, advice }) }
    }
}
