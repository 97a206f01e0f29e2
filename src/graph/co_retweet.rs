//! The co-retweet layer: which pairs of accounts are kept.

use super::order_statistic::percentile;
use super::projection::{Matrix, project};
use super::{Filtered, GraphError, Incidence, Task};
use crate::model::{AccountId, KeepRule};

/// Pairs that are held at the most; beyond it neither memory nor eye could take them in.
const LIMIT: usize = 5_000_000;
/// Two cosines nearer than this are the same: what a threshold means must not hang on the last bits.
const TOLERANCE: f64 = 1e-12;

impl Matrix for Filtered {
    fn len(&self) -> usize {
        self.len()
    }

    fn columns(&self, row: usize) -> &[u32] {
        self.targets(row)
    }

    fn rows(&self, column: usize) -> &[u32] {
        self.rows(column)
    }

    fn weight(&self, column: usize) -> f64 {
        self.squared_idf(column)
    }
}

/// The unfiltered incidence, in which each shared target counts 1.
struct Counted<'a>(&'a Incidence);

impl Matrix for Counted<'_> {
    fn len(&self) -> usize {
        self.0.account_bound()
    }

    fn columns(&self, row: usize) -> &[u32] {
        self.0.targets_of(AccountId(u32::try_from(row).unwrap_or(u32::MAX)))
    }

    fn rows(&self, column: usize) -> &[u32] {
        self.0.sharers_of(column)
    }

    fn weight(&self, _: usize) -> f64 {
        1.0
    }
}

/// The pairs that `keep` keeps, `a < b`, ascending. The rules on the cosine look at the accounts and targets that
/// the minimum filters leave; `shared:N` looks at all of them.
///
/// # Errors
/// Fails when cancelled and where more than five million pairs would be kept.
pub fn co_retweet_pairs(
    incidence: &Incidence,
    filtered: &Filtered,
    keep: KeepRule,
    task: &Task<'_>,
) -> Result<Vec<(AccountId, AccountId)>, GraphError> {
    let cosine = |row_a, row_b, sum| filtered.cosine(row_a, row_b, sum);
    let account = |row| filtered.account(row);
    match keep {
        KeepRule::All => collect(filtered, task, account, |_, _, _| true),
        KeepRule::Cosine(least) => collect(filtered, task, account, |a, b, sum| cosine(a, b, sum) >= least - TOLERANCE),
        KeepRule::Percentile(wanted) => {
            let pass = |empty: &(dyn Fn() -> super::order_statistic::Histogram + Sync)| {
                project(filtered, task, empty, |histogram, a, b, sum| {
                    histogram.push(cosine(a, b, sum));
                    Ok(())
                })
            };
            let Some(least) = percentile(wanted, pass)? else { return Ok(Vec::new()) };
            collect(filtered, task, account, |a, b, sum| cosine(a, b, sum) >= least - TOLERANCE)
        }
        KeepRule::Shared(least) => {
            let account = |row| AccountId(u32::try_from(row).unwrap_or(u32::MAX));
            collect(&Counted(incidence), task, account, |_, _, sum| sum >= f64::from(least))
        }
    }
}

fn collect<M: Matrix>(
    matrix: &M,
    task: &Task<'_>,
    account: impl Fn(usize) -> AccountId + Sync,
    keeps: impl Fn(usize, usize, f64) -> bool + Sync,
) -> Result<Vec<(AccountId, AccountId)>, GraphError> {
    let too_many = || GraphError::TooManyLinks {
        layer: "co-retweet",
        limit: LIMIT,
        advice: "keep fewer: a higher cosine or percentile, or more shared targets",
    };
    let found = project(matrix, task, Vec::new, |pairs, a, b, sum| {
        if keeps(a, b, sum) {
            pairs.push((account(a), account(b)));
        }
        if pairs.len() > LIMIT { Err(too_many()) } else { Ok(()) }
    })?;
    let mut pairs = found.concat();
    if pairs.len() > LIMIT {
        return Err(too_many());
    }
    pairs.sort_unstable();
    Ok(pairs)
}
