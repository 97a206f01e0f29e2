//! The signals of all accounts, and those of one account as they are looked at.

use std::sync::Arc;

use super::{Cursor, LinkingError, Links, Observed, Roster, found};
use crate::graph::{Cluster, Task};
use crate::model::{Account, AccountId, ObjectId};
use crate::signals::{
    AccountSignals, Personas, Places, ReadingWords, Signal, Silence, TwinStatement, UsesName, account_signals,
};
use crate::store::Store;

/// Where reading the cache ends, as a share of the work.
const READING_TO: f32 = 0.5;

/// Of which data signals are to be read.
#[derive(Debug, Clone)]
pub struct SignalsRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Their links, in whose clusters handles are compared.
    pub links: Arc<Links>,
}

/// Reads every signal of all accounts. Handles are compared within `clusters`.
///
/// # Errors
/// Fails where the cache cannot be read, and when cancelled.
pub fn read_signals(
    store: &Store,
    accounts: &[Account],
    clusters: &[Cluster],
    task: &Task<'_>,
) -> Result<AccountSignals, LinkingError> {
    let part = |from: f32, to: f32| move |done: f32| (task.progress)(from + (to - from) * done);
    let progress = part(0.0, READING_TO);
    let observed = Observed::read(store, accounts, &Task { progress: &progress, ..*task })?;
    let progress = part(READING_TO, 1.0);
    Ok(account_signals(&observed.of(accounts, clusters), &Task { progress: &progress, ..*task })?)
}

/// The signals of all accounts.
#[derive(Debug)]
pub struct SignalSet {
    signals: AccountSignals,
    places: Places,
    /// How many accounts have a value of each signal, in the order of [`Signal::ALL`].
    valued: Vec<usize>,
}

impl SignalSet {
    /// Reads them from a cache.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn build(store: &Store, request: &SignalsRequest, task: &Task<'_>) -> Result<Self, LinkingError> {
        let accounts = request.roster.accounts();
        let clusters = found(&request.links, &task.unreported())?;
        Ok(Self::new(accounts, read_signals(store, accounts, &clusters, task)?))
    }

    /// Makes the signals of these accounts ready to be looked at.
    #[must_use]
    pub fn new(accounts: &[Account], signals: AccountSignals) -> Self {
        let valued = Signal::ALL.into_iter().map(|signal| signals.values(signal).len()).collect();
        Self { valued, places: Places::of(accounts), signals }
    }

    /// What a signal reads of an account, in words. `name` is how an account is called.
    ///
    /// # Errors
    /// Says why there is no value.
    pub fn words(
        &self,
        signal: Signal,
        account: AccountId,
        name: &dyn Fn(AccountId) -> String,
    ) -> Result<ReadingWords, Silence> {
        let place = self.places.place(account).ok_or(Silence::Unknown("not in the data"))?;
        self.signals.words(signal, place, name)
    }

    /// How many accounts have a value of a signal.
    #[must_use]
    pub fn valued(&self, signal: Signal) -> usize {
        let place = Signal::ALL.into_iter().position(|other| other == signal);
        place.and_then(|place| self.valued.get(place)).copied().unwrap_or_default()
    }

    /// The statement of an account that others made most often, with theirs.
    #[must_use]
    pub fn twin_statement(&self, account: AccountId) -> Option<TwinStatement> {
        self.signals.text_twins.get(self.places.place(account)?)?.as_ref().ok()?.evidence.example
    }
}

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
    pub set: Option<Arc<SignalSet>>,
    /// Names that accounts are held against, where the user has a list.
    pub names: Option<Personas>,
    /// The chosen row.
    pub cursor: Cursor,
    /// The latest request; what comes back of an older one counts no more.
    pub generation: u64,
    /// The links of the latest request.
    asked: Option<Arc<Links>>,
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

    /// Whether signals must be read with these links; they count as asked for from now on.
    pub fn ask(&mut self, links: &Arc<Links>) -> bool {
        let new = !self.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, links));
        if new {
            self.asked = Some(Arc::clone(links));
            self.generation += 1;
        }
        new
    }

    /// Gives up what was asked for; it is asked for again when somebody looks.
    pub fn give_up(&mut self) {
        (self.open, self.asked) = (false, None);
        self.generation += 1;
    }

    /// Forgets what was read, since the data is another.
    pub fn forget(&mut self) {
        (self.set, self.asked) = (None, None);
        self.generation += 1;
    }

    /// The statements that the evidence of the chosen account names.
    #[must_use]
    pub fn statements(&self) -> Vec<ObjectId> {
        let example = self.of.filter(|_| self.open).zip(self.set.as_ref());
        let example = example.and_then(|(account, set)| set.twin_statement(account));
        example.into_iter().flat_map(|example| [example.statement, example.other_statement]).collect()
    }
}
