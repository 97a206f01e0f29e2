//! The signals of one account, as they are looked at.

use std::sync::Arc;

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, Links, Question, SignalSet, SignalsOf};
use crate::app::update::{jump, mark, motion};
use crate::app::{Action, Cursor, Effect, Notice, Place, Request, Same, State};
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
    pub account: Option<AccountId>,
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
        let Some((account, set)) = self.account.zip(self.set.made.as_ref()) else { return Vec::new() };
        let quotes = Signal::ALL.into_iter().flat_map(|signal| set.quotes(signal, account));
        quotes.map(|quote| quote.statement).collect()
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        let count = state.places.signals.rows().len();
        if let Some(rows) = motion::rows_of_one_list(action, state.viewport.places.signals.0) {
            state.places.signals.cursor.move_by(rows, count);
            return Some(Vec::new());
        }
        match action {
            Action::MarkAll => {
                let account = state.places.signals.account.into_iter().collect();
                mark::toggle_all(state, account);
            }
            Action::SignalsJump => return Some(jump::out_to_subject(state)),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Signals)
    }

    /// They lie over what was looked at before.
    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        if state.place() == Place::Signals {
            state.stack.close(Place::Signals);
            return Vec::new();
        }
        let Some(account) = state.subject() else {
            state.notice = Some(Notice::error("No account is chosen here whose signals could be read."));
            return Vec::new();
        };
        state.stack.open(Place::Signals);
        let view = &mut state.places.signals;
        if view.account.replace(account) != Some(account) {
            view.cursor = Cursor::default();
        }
        Vec::new()
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.places.signals.account
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.places.signals.account.into_iter().collect()
    }

    fn choose(&self, state: &mut State, _: usize, row: usize) {
        state.places.signals.cursor.row = row;
    }

    fn follow(&self, state: &mut State) {
        let rows = state.places.signals.rows().len();
        state.places.signals.cursor.follow(rows, state.viewport.places.signals.0);
    }

    fn objects(&self, state: &State) -> Vec<ObjectId> {
        state.places.signals.statements()
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords {
            under_way: "reading signals",
            cancelled: "Reading signals was cancelled; open them again to begin anew.",
        })
    }

    fn ask(&self, state: &mut State) -> Option<Effect> {
        // While accounts are linked anew, the present links are about to go.
        let links = state.links.clone().filter(|_| state.stack.has(Place::Signals) && state.wanted.is_none())?;
        let roster = state.roster.clone()?;
        let generation = state.places.signals.set.ask(Same::of(&links))?;
        Some(state.ask(Place::Signals, generation, Question::Signals(SignalsOf { roster, links })))
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.signals.set.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        if let Answer::Signals(set) = answer {
            state.places.signals.set.made = Some(set);
        }
        Vec::new()
    }

    fn give_up(&self, state: &mut State) {
        state.places.signals.set.give_up();
    }

    fn rests_on_links(&self) -> bool {
        true
    }

    fn forget(&self, state: &mut State) {
        state.places.signals.set.forget();
        state.places.signals.account = state.places.signals.account.filter(|&id| state.account(id).is_some());
        if state.places.signals.account.is_none() {
            state.stack.close(Place::Signals);
        }
    }
}
