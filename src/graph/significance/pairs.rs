//! The test of every pair of a layer: the null model, one tail for each distinct overlap, and the false discovery rate
//! over all pairs, also those that share nothing.

use rustc_hash::FxHashMap;

use super::{NullModel, Overlap, QValues};
use crate::graph::kept_pairs::Select;
use crate::graph::projection::{Visit, project};
use crate::graph::projections::Counted;
use crate::graph::{Filtered, GraphError, Task};
use crate::model::{NullModelKind, dense};

/// p- and q-values of the pairs that a filtered layer leaves.
#[derive(Debug, Clone)]
pub struct Significance {
    values: QValues<Overlap>,
}

impl Significance {
    /// Tests all pairs of the accounts that are left against a null model.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn test(filtered: &Filtered, null_model: NullModelKind, task: &Task<'_>) -> Result<Self, GraphError> {
        let counts = overlaps(filtered, task)?;
        let mut seen: Vec<Overlap> = counts.keys().copied().collect();
        seen.sort_unstable();
        let tails = tails(filtered, null_model, &seen, task)?;
        task.check()?;
        let groups = seen.iter().filter_map(|overlap| Some((*overlap, *counts.get(overlap)?, *tails.get(overlap)?)));
        Ok(Self { values: QValues::adjust(groups.collect(), filtered.counts().pairs()) })
    }

    /// p and q of a pair by the degrees and the overlap that the filters leave, both 1 where they leave none; `None` for an
    /// overlap that no pair has.
    #[must_use]
    pub fn get(&self, overlap: Overlap) -> Option<(f64, f64)> {
        if overlap.is_none() { Some((1.0, 1.0)) } else { self.values.get(&overlap) }
    }

    /// m, the number of pairs that were tested.
    #[must_use]
    pub fn tests(&self) -> u64 {
        self.values.tests()
    }

    /// The pairs of rows whose q is at most `rate`.
    pub(in crate::graph) fn significant(
        &self,
        filtered: &Filtered,
        rate: f64,
        select: &Select<'_>,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        select.pairs(&Counted(filtered), |a, b, sum, _| {
            let (p, q) = self.get(overlap(filtered, a, b, sum))?;
            // The smaller p, the stronger.
            (q <= rate).then(|| -p.ln())
        })
    }
}

/// The tail of each of these overlaps, which are sorted.
fn tails(
    filtered: &Filtered,
    null_model: NullModelKind,
    seen: &[Overlap],
    task: &Task<'_>,
) -> Result<FxHashMap<Overlap, f64>, GraphError> {
    let (accounts, targets) = filtered.degrees();
    Ok(match null_model {
        NullModelKind::Sdsm => NullModel::new(&accounts, &targets, task)?.tails(seen),
        NullModelKind::Hypergeometric => {
            let number = dense(targets.len());
            seen.iter().map(|&overlap| (overlap, overlap.hypergeometric_tail(number))).collect()
        }
    })
}

fn overlap(filtered: &Filtered, a: usize, b: usize, sum: f64) -> Overlap {
    let degree = |row| dense(filtered.targets(row).len());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of ones")]
    let shared = sum as u32;
    Overlap::new(degree(a), degree(b), shared)
}

/// How many pairs have each overlap.
fn overlaps(filtered: &Filtered, task: &Task<'_>) -> Result<FxHashMap<Overlap, u64>, GraphError> {
    let threads =
        project(&Counted(filtered), Visit::Pairs, task, FxHashMap::<Overlap, u64>::default, |counts, a, b, sum| {
            *counts.entry(overlap(filtered, a, b, sum)).or_default() += 1;
            Ok(())
        })?;
    Ok(threads.into_iter().fold(FxHashMap::default(), |mut all, thread| {
        for (overlap, count) in thread {
            *all.entry(overlap).or_default() += count;
        }
        all
    }))
}
