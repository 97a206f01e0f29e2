//! The signals of one account, as they are looked at.

use std::sync::Arc;

use super::OpenPlace;
use crate::analysis::{Links, SignalSet};
use crate::app::update::{begin, jump, mark, motion};
use crate::app::{Action, Cursor, Effect, Job, Notice, Pane, Place, Request, Same, State, Work};
use crate::model::{Account, AccountId, ObjectId, Timestamp};
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

    /// The statements that the evidence of the chosen account names.
    #[must_use]
    pub fn statements(&self) -> Vec<ObjectId> {
        let Some((account, set)) = self.of.zip(self.set.made.as_ref()) else { return Vec::new() };
        let quotes = Signal::ALL.into_iter().flat_map(|signal| set.quotes(signal, account));
        quotes.map(|quote| quote.statement).collect()
    }
}

/// What this place answers.
pub(in crate::app) struct SignalsPlace;

impl OpenPlace for SignalsPlace {
    fn job(&self) -> Option<Job> {
        Some(Job::Signals)
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.signals.of
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.signals.of.into_iter().collect()
    }

    /// They are of one account, and no list of accounts.
    fn row(&self, _: &State) -> Option<usize> {
        None
    }

    fn step(&self, _: &mut State) {}

    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn ask(&self, state: &mut State) -> Option<Effect> {
        ask(state)
    }

    fn follow(&self, state: &mut State) {
        follow(state);
    }
}

/// Opens the signals of the chosen account, or closes them. They lie over what was looked at before.
pub(in crate::app) fn toggle(state: &mut State) {
    if state.place() == Place::Signals {
        state.stack.close(Place::Signals);
        return;
    }
    let Some(account) = state.subject() else {
        state.notice = Some(Notice::error("No account is chosen here whose signals could be read."));
        return;
    };
    state.stack.open(Place::Signals);
    let view = &mut state.signals;
    if view.of.replace(account) != Some(account) {
        view.cursor = Cursor::default();
    }
}

/// What an action means while signals are looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let count = state.signals.rows().len();
    if let Some(rows) = motion::rows_of_one_list(action, state.viewport.signals) {
        state.signals.cursor.move_by(rows, count);
        return Some(Vec::new());
    }
    match action {
        Action::MarkAll => {
            let account = state.signals.of.into_iter().collect();
            mark::toggle_all(state, account);
        }
        Action::SignalsJump => {
            let effects = jump::to_subject(state);
            state.stack.uncover();
            state.focus = Pane::Accounts;
            return Some(effects);
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Asks for signals where somebody looks and the present ones are of other links.
fn ask(state: &mut State) -> Option<Effect> {
    // While accounts are linked anew, the present links are about to go.
    let links = state.links.clone().filter(|_| state.stack.has(Place::Signals) && state.wanted.is_none())?;
    let roster = state.roster.clone()?;
    let generation = state.signals.set.ask(Same(Arc::clone(&links)))?;
    Some(begin(state, generation, Work::Signals { roster, links }))
}

/// Takes in what was read.
pub(in crate::app) fn take(state: &mut State, set: Arc<SignalSet>) {
    state.signals.set.made = Some(set);
}

/// Why signals could not be read.
pub(in crate::app) fn failed(state: &mut State, reason: String) {
    state.stack.close(Place::Signals);
    state.signals.set.give_up();
    state.notice = Some(Notice::error(reason));
}

/// Keeps what is chosen in sight.
fn follow(state: &mut State) {
    let rows = state.signals.rows().len();
    state.signals.cursor.follow(rows, state.viewport.signals);
}
