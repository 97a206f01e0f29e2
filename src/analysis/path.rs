//! The path between two accounts.

use std::sync::Arc;

use super::{AnalysisError, Ask, Links};
use crate::graph::{GraphError, PathStep, Task};
use crate::model::AccountId;
use crate::signals::PairCautions;
use crate::store::Store;

/// A path, and what speaks against reading much into each of its links.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundPath {
    /// Its links, in order; none where no path leads from one account to the other.
    pub steps: Vec<PathStep>,
    /// What speaks against each of them, in words.
    pub cautions: Vec<Vec<String>>,
}

impl FoundPath {
    /// Looks for the path between `ends` in these links. `accounts` is how many the data has, to say which targets are
    /// popular.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn build(
        links: &Links,
        [from, to]: [AccountId; 2],
        accounts: u64,
        task: &Task<'_>,
    ) -> Result<Self, GraphError> {
        let Links { incidence, graph, .. } = links;
        let steps = graph.path(from, to, task)?.unwrap_or_default();
        let window = graph.parameters().window_seconds;
        let caution = |step: &PathStep| {
            let cautions = PairCautions::new(&incidence.shared_targets(step.from, step.to), accounts, window);
            cautions.with_rounded_ends(incidence.rounded_ends(step.from, step.to)).words()
        };
        let cautions = steps.iter().map(caution).collect();
        Ok(Self { steps, cautions })
    }
}

/// Asks for the path between two accounts.
#[derive(Debug, Clone)]
pub struct PathBetween {
    /// The two.
    pub ends: [AccountId; 2],
    /// The links that a path may use.
    pub links: Arc<Links>,
    /// How many accounts the data has, to say which targets are popular.
    pub accounts: u64,
}

impl Ask for PathBetween {
    type Answer = Arc<FoundPath>;

    fn answer(&self, _: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError> {
        Ok(Arc::new(FoundPath::build(&self.links, self.ends, self.accounts, task)?))
    }

    fn answer_from_memory(&self, task: &Task<'_>) -> Option<Result<Self::Answer, AnalysisError>> {
        let found = FoundPath::build(&self.links, self.ends, self.accounts, task);
        Some(found.map(Arc::new).map_err(AnalysisError::Graph))
    }
}
