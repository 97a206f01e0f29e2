//! The path between two marked accounts, as it is looked at.

use super::{Cursor, Request, Same};
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
    pub found: Request<([AccountId; 2], Same<Links>), FoundPath>,
    /// The chosen account on the way.
    pub cursor: Cursor,
}

impl PathView {
    /// Opens it for two accounts.
    pub fn open(&mut self, ends: [AccountId; 2]) {
        (self.open, self.ends, self.cursor) = (true, Some(ends), Cursor::default());
        self.found.forget();
    }

    /// Closes it and forgets what was found.
    pub fn forget(&mut self) {
        (self.open, self.ends, self.cursor) = (false, None, Cursor::default());
        self.found.forget();
    }

    /// The accounts on the way, both ends included.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountId> {
        let steps = self.found.made.as_ref().map_or(&[][..], |found| &found.steps);
        steps.first().map(|step| step.from).into_iter().chain(steps.iter().map(|step| step.to)).collect()
    }

    /// The chosen account on the way.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        self.accounts().get(self.cursor.row).copied()
    }
}
