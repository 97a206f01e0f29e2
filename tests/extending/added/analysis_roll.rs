//! The roll: how many accounts are called by each first letter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Ask, AnalysisError, Roster};
use crate::graph::Task;
use crate::store::Store;

/// How many accounts are called by each first letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll(pub BTreeMap<char, usize>);

/// Asks for the roll.
#[derive(Debug, Clone)]
pub struct RollOf {
    /// The accounts.
    pub roster: Arc<Roster>,
}

impl Ask for RollOf {
    type Answer = Arc<Roll>;

    fn answer(&self, _: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError> {
        task.check()?;
        let mut roll = Roll::default();
        for account in self.roster.accounts() {
            let first = account.mention().chars().nth(1).unwrap_or(' ');
            *roll.0.entry(first).or_default() += 1;
        }
        Ok(Arc::new(roll))
    }
}
