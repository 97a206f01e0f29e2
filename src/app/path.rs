//! The path between two marked accounts, as it is looked at.

use std::sync::Arc;

use super::Cursor;
use crate::analysis::{FoundPath, Links};
use crate::model::AccountId;

/// The path as it is looked at.
#[derive(Debug, Default)]
pub struct PathView {
    /// Whether it is looked at.
    pub open: bool,
    /// Between whom.
    pub ends: Option<[AccountId; 2]>,
    /// What was found, once it is known.
    pub found: Option<FoundPath>,
    /// The chosen account on the way.
    pub cursor: Cursor,
    /// The latest request; what comes back of an older one counts no more.
    pub generation: u64,
    /// The links of the latest request.
    asked: Option<Arc<Links>>,
}

impl PathView {
    /// Opens it for two accounts.
    pub fn open(&mut self, ends: [AccountId; 2]) {
        *self = Self { open: true, ends: Some(ends), generation: self.generation, ..Self::default() };
    }

    /// Forgets what was found, since the data is another.
    pub fn forget(&mut self) {
        *self = Self { generation: self.generation + 1, ..Self::default() };
    }

    /// Whether the path must be asked for in these links; it counts as asked for from now on.
    pub fn ask(&mut self, links: &Arc<Links>) -> bool {
        let new = !self.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, links));
        if new {
            self.asked = Some(Arc::clone(links));
            self.generation += 1;
            self.found = None;
        }
        new
    }

    /// The accounts on the way, both ends included.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountId> {
        let steps = self.found.as_ref().map_or(&[][..], |found| &found.steps);
        steps.first().map(|step| step.from).into_iter().chain(steps.iter().map(|step| step.to)).collect()
    }

    /// The chosen account on the way.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        self.accounts().get(self.cursor.row).copied()
    }
}
