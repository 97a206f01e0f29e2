//! The signals of all accounts.

use std::sync::Arc;

use super::{AnalysisError, Ask, Links, Observed, Roster, found};
use crate::graph::{Cluster, Task};
use crate::model::{Account, AccountId};
use crate::signals::{AccountSignals, Places, Quote, ReadingWords, Signal, Silence, account_signals};
use crate::store::Store;

/// Where reading the cache ends, as a share of the work.
const READING_TO: f32 = 0.5;

/// Reads every signal of all accounts. Handles are compared within `clusters`.
///
/// # Errors
/// Fails where the cache cannot be read, and when cancelled.
pub fn read_signals(
    store: &Store,
    accounts: &[Account],
    clusters: &[Cluster],
    task: &Task<'_>,
) -> Result<AccountSignals, AnalysisError> {
    let part = |from: f32, to: f32| move |done: f32| (task.progress)(from + (to - from) * done);
    let progress = part(0.0, READING_TO);
    let observed = Observed::read(store, accounts, &Task { progress: &progress, ..*task })?;
    let progress = part(READING_TO, 1.0);
    Ok(account_signals(&observed.observations(accounts, clusters), &Task { progress: &progress, ..*task })?)
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
    /// Reads them from a cache. Handles are compared within the clusters of `links`.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn build(store: &Store, roster: &Roster, links: &Links, task: &Task<'_>) -> Result<Self, AnalysisError> {
        let accounts = roster.accounts();
        let clusters = found(links, &task.unreported())?;
        Ok(Self::new(accounts, read_signals(store, accounts, &clusters, task)?))
    }

    /// Makes the signals of these accounts ready to be looked at.
    #[must_use]
    pub fn new(accounts: &[Account], signals: AccountSignals) -> Self {
        let valued = Signal::ALL.into_iter().map(|signal| signals.values(signal).len()).collect();
        Self { valued, places: Places::new(accounts), signals }
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

    /// The statements that a signal names of an account.
    #[must_use]
    pub fn quotes(&self, signal: Signal, account: AccountId) -> Vec<Quote> {
        self.places.place(account).map(|place| self.signals.quotes(signal, place)).unwrap_or_default()
    }
}

/// Asks for the signals of all accounts.
#[derive(Debug, Clone)]
pub struct SignalsOf {
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Their links, in whose clusters handles are compared.
    pub links: Arc<Links>,
}

impl Ask for SignalsOf {
    type Answer = Arc<SignalSet>;

    fn answer(&self, store: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError> {
        SignalSet::build(store, &self.roster, &self.links, task).map(Arc::new)
    }
}
