//! The signals of one account, as they are looked at.

use std::sync::Arc;

use super::{Cursor, Request, Same};
use crate::analysis::{Links, SignalSet};
use crate::model::{Account, AccountId, ObjectId};
use crate::signals::{Personas, Signal, UsesName};

/// A row of the signals of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignalRow {
    /// A signal.
    Signal(Signal),
    /// Whether it uses a name on the user's list.
    Name,
}

/// The signals of one account, as they are looked at.
#[derive(Debug, Default)]
pub struct SignalsView {
    /// Whether they are looked at.
    pub open: bool,
    /// Whose they are.
    pub of: Option<AccountId>,
    /// The signals of all accounts, once they are known.
    pub set: Request<Same<Links>, Arc<SignalSet>>,
    /// Names that accounts are held against, where the user has a list.
    pub names: Option<Personas>,
    /// The chosen row.
    pub cursor: Cursor,
}

impl SignalsView {
    /// The rows: every signal, and where the user has a list of names, whether the account uses one.
    #[must_use]
    pub fn rows(&self) -> Vec<SignalRow> {
        let name = self.names.iter().map(|_| SignalRow::Name);
        Signal::ALL.into_iter().map(SignalRow::Signal).chain(name).collect()
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<SignalRow> {
        self.rows().get(self.cursor.row).copied()
    }

    /// The name on the user's list that an account uses.
    #[must_use]
    pub fn listed_name(&self, account: &Account) -> Option<UsesName> {
        self.names.as_ref()?.used_by(account)
    }

    /// Gives up what was asked for; it is asked for again when somebody looks.
    pub fn give_up(&mut self) {
        self.open = false;
        self.set.give_up();
    }

    /// The statements that the evidence of the chosen account names.
    #[must_use]
    pub fn statements(&self) -> Vec<ObjectId> {
        let example = self.of.filter(|_| self.open).zip(self.set.made.as_ref());
        let example = example.and_then(|(account, set)| set.twin_statement(account));
        example.into_iter().flat_map(|example| [example.statement, example.other_statement]).collect()
    }
}
