//! Whose posts are retweeted, and by how many accounts.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AuditBasis, STEP};
use crate::graph::{GraphError, Task};
use crate::model::AccountId;

/// How many accounts retweeted each author, the audited ones left out.
#[derive(Debug, Default)]
pub(super) struct Figures {
    retweeters: FxHashMap<AccountId, u32>,
}

impl Figures {
    pub fn count(basis: &AuditBasis<'_>, hub: &FxHashSet<AccountId>, task: &Task<'_>) -> Result<Self, GraphError> {
        let mut figures = Self::default();
        for (step, account) in basis.accounts.iter().enumerate() {
            if step % STEP == 0 {
                task.check()?;
            }
            let mut authors = basis.authors_of(account.id);
            authors.sort_unstable();
            authors.dedup();
            for author in authors.into_iter().filter(|author| !hub.contains(author)) {
                *figures.retweeters.entry(author).or_default() += 1;
            }
        }
        Ok(figures)
    }

    /// Every figure with the number of its retweeters, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (AccountId, u32)> {
        self.retweeters.iter().map(|(&author, &count)| (author, count))
    }
}
