//! Which pairs of accounts a layer of shared objects keeps.

use super::order_statistic::{Histogram, percentile};
use super::projection::{Projection, project};
use super::projections::{Unfiltered, Weighted, Windowed};
use super::significance::Significance;
use super::top_pairs::TopPairs;
use super::{Filtered, GraphError, Incidence, Task};
use crate::model::{AccountId, KeepRule, LinkParameters};

/// Two cosines nearer than this are the same: what a threshold means must not hang on the last bits.
const TOLERANCE: f64 = 1e-12;

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
    let cosine = |a, b, sum| filtered.cosine(a, b, sum);
    let reaching = |least: f64| {
        let strength = move |a, b, sum| Some(cosine(a, b, sum)).filter(|&cosine| cosine >= least - TOLERANCE);
        select.pairs(&Weighted(filtered), strength).map(|rows| by_account(filtered, rows))
    };
    let counted = |least: u32| move |_, _, sum: f64| Some(sum).filter(|&sum| sum >= f64::from(least));
    let mut significance = None;
    let pairs = match parameters.keep {
        KeepRule::All => reaching(0.0)?,
        KeepRule::Cosine(least) => reaching(least)?,
        KeepRule::Percentile(wanted) => match cosine_percentile(filtered, wanted, task)? {
            Some(least) => reaching(least)?,
            None => Vec::new(),
        },
        KeepRule::Shared(least) => by_id(select.pairs(&Unfiltered(incidence), counted(least))?),
        KeepRule::SharedWithin(least) => {
            by_id(select.pairs(&Windowed::new(incidence, parameters.window_seconds), counted(least))?)
        }
        KeepRule::Significant(rate) => {
            let tested = Significance::test(filtered, task)?;
            let rows = tested.significant(filtered, rate, &select)?;
            significance = Some(tested);
            by_account(filtered, rows)
        }
    };
    Ok(KeptPairs { pairs, significance })
}

/// The exact percentile of all non-zero cosines, without holding them.
fn cosine_percentile(filtered: &Filtered, wanted: f64, task: &Task<'_>) -> Result<Option<f64>, GraphError> {
    percentile(wanted, |empty: &(dyn Fn() -> Histogram + Sync)| {
        project(&Weighted(filtered), task, empty, |histogram, a, b, sum| {
            histogram.push(filtered.cosine(a, b, sum));
            Ok(())
        })
    })
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
    pub fn pairs<P: Projection>(
        &self,
        projection: &P,
        strength: impl Fn(usize, usize, f64) -> Option<f64> + Sync,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        if let Some(most) = self.top {
            let new = || TopPairs::new(projection.len(), most as usize);
            let threads = project(projection, self.task, new, |top, a, b, sum| {
                if let Some(strength) = strength(a, b, sum) {
                    top.push(a, b, strength);
                }
                Ok(())
            })?;
            return Ok(TopPairs::merge(threads));
        }
        let found = project(projection, self.task, Vec::new, |pairs, a, b, sum| {
            if strength(a, b, sum).is_some() {
                pairs.push((dense(a), dense(b)));
            }
            self.check(pairs.len())
        })?;
        let mut pairs = found.concat();
        self.check(pairs.len())?;
        pairs.sort_unstable();
        Ok(pairs)
    }

    fn check(&self, pairs: usize) -> Result<(), GraphError> {
        let advice = "keep fewer: a higher cosine or percentile, more shared targets, or only the top of each account";
        if pairs <= self.limit { Ok(()) } else { Err(GraphError::TooManyLinks { limit: self.limit, advice }) }
    }
}

fn dense(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
