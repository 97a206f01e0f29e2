//! The audit of an account, or of several that belong together, as it is looked at.

use std::sync::Arc;

use super::{Cursor, Request};
use crate::analysis::Audit;
use crate::model::AccountId;
use crate::signals::Retweeter;

/// The audit as it is looked at.
#[derive(Debug, Default)]
pub struct AuditView {
    /// Whether it is looked at.
    pub open: bool,
    /// Who is audited.
    pub hub: Vec<AccountId>,
    /// What was found, once it is known.
    pub found: Request<Vec<AccountId>, Arc<Audit>>,
    /// The chosen retweeter, among those that show something.
    pub cursor: Cursor,
    /// The chosen one among those that show nothing of it.
    pub plain: Cursor,
    /// Whether keys go to those that show nothing.
    pub on_plain: bool,
}

impl AuditView {
    /// Closes and forgets it; what was asked for counts no more.
    pub fn give_up(&mut self) {
        let mut found = std::mem::take(&mut self.found);
        found.forget();
        *self = Self { found, ..Self::default() };
    }

    /// Opens it for these accounts and asks for their audit; says by which number.
    pub fn begin(&mut self, hub: Vec<AccountId>) -> u64 {
        self.give_up();
        (self.open, self.hub) = (true, hub.clone());
        self.found.ask(hub).unwrap_or_default()
    }

    /// The retweeters that keys walk through.
    #[must_use]
    pub fn list(&self) -> &[Retweeter] {
        let Some(found) = &self.found.made else { return &[] };
        let (showing, plain) = found.rows.split_at(found.showing);
        if self.on_plain { plain } else { showing }
    }

    /// The accounts of the list that keys walk through.
    #[must_use]
    pub fn rows(&self) -> Vec<AccountId> {
        self.list().iter().map(|one| one.account).collect()
    }

    fn active(&mut self) -> &mut Cursor {
        if self.on_plain { &mut self.plain } else { &mut self.cursor }
    }

    /// The chosen retweeter.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        let cursor = if self.on_plain { self.plain } else { self.cursor };
        self.list().get(cursor.row).map(|one| one.account)
    }

    /// Moves by so many rows.
    pub fn step(&mut self, rows: isize) {
        let count = self.list().len();
        self.active().move_by(rows, count);
    }

    /// Keeps what is chosen in sight.
    pub fn follow(&mut self, height: usize) {
        let (showing, all) = self.found.made.as_ref().map_or((0, 0), |found| (found.showing, found.rows.len()));
        self.cursor.follow(showing, height);
        self.plain.follow(all - showing, height);
    }
}
