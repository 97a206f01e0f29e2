//! The stochastic degree sequence model: how likely an overlap is, given the degrees of both accounts and of all
//! targets. Pairs of equal degrees and overlap share one answer, so that each is computed once.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::poisson_binomial::{Trials, tails};
use super::{Fitness, hypergeometric_tail};
use crate::graph::{GraphError, Task};

/// What the probability of a pair depends on, the smaller degree first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Overlap {
    degree_a: u32,
    degree_b: u32,
    shared: u32,
}

impl Overlap {
    /// Two accounts of these degrees that share so many targets.
    #[must_use]
    pub fn new(degree_a: u32, degree_b: u32, shared: u32) -> Self {
        Self { degree_a: degree_a.min(degree_b), degree_b: degree_a.max(degree_b), shared }
    }

    /// Whether nothing is shared, which every pair does at the least.
    pub(super) fn is_none(self) -> bool {
        self.shared == 0
    }

    /// `P(X ≥ shared)` where both accounts chose blindly among so many targets.
    #[must_use]
    pub fn hypergeometric_tail(self, targets: u32) -> f64 {
        hypergeometric_tail(targets, self.degree_a, self.degree_b, self.shared)
    }
}

/// The null model of one data set. [Neal et al. 2021]
#[derive(Debug, Clone)]
pub struct NullModel {
    fitness: Fitness,
}

impl NullModel {
    /// The model of accounts and targets with these degrees.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn new(account_degrees: &[u32], target_degrees: &[u32], task: &Task<'_>) -> Result<Self, GraphError> {
        Ok(Self { fitness: Fitness::solve(account_degrees, target_degrees, task)? })
    }

    /// `P(X ≥ shared)` of one overlap. Never 0 for an overlap that is possible: what is smaller than a number can be is
    /// the smallest number.
    #[must_use]
    pub fn tail(&self, overlap: Overlap) -> f64 {
        let (of_a, of_b) = (self.fitness.probabilities(overlap.degree_a), self.fitness.probabilities(overlap.degree_b));
        tails(&trials(&of_a, &of_b), &[overlap.shared])[0]
    }

    /// The tails of many overlaps at once, on all threads; `overlaps` must be sorted, so that those of equal degrees
    /// stand together and share one distribution.
    #[must_use]
    pub fn tails(&self, overlaps: &[Overlap]) -> FxHashMap<Overlap, f64> {
        let mut degrees: Vec<u32> = overlaps.iter().flat_map(|overlap| [overlap.degree_a, overlap.degree_b]).collect();
        degrees.sort_unstable();
        degrees.dedup();
        let probabilities: FxHashMap<u32, Vec<(u32, f64)>> =
            degrees.par_iter().map(|&degree| (degree, self.fitness.probabilities(degree))).collect();
        let chances = |degree| probabilities.get(&degree).map_or(&[][..], Vec::as_slice);
        let of_run = |run: &[Overlap]| {
            let shared: Vec<u32> = run.iter().map(|overlap| overlap.shared).collect();
            let found = tails(&trials(chances(run[0].degree_a), chances(run[0].degree_b)), &shared);
            run.iter().copied().zip(found).collect::<Vec<_>>()
        };
        let runs: Vec<&[Overlap]> =
            overlaps.chunk_by(|a, b| (a.degree_a, a.degree_b) == (b.degree_a, b.degree_b)).collect();
        runs.into_par_iter().flat_map_iter(of_run).collect()
    }

    /// The fitness that the model rests on.
    #[must_use]
    pub fn fitness(&self) -> &Fitness {
        &self.fitness
    }
}

/// How likely both accounts share a target, for each class of targets.
fn trials(of_a: &[(u32, f64)], of_b: &[(u32, f64)]) -> Vec<Trials> {
    of_a.iter().zip(of_b).map(|(&(count, a), &(_, b))| Trials { count, probability: a * b }).collect()
}
