//! Every signal of every account, in one go.

use serde_json::Value;

use super::SIGNALS;
use super::catalogue::{PublicNames, Quote, Readings, Signal};
use super::observations::Observations;
use super::reading::Silence;
use super::words::ReadingWords;
use crate::graph::{GraphError, Task};
use crate::model::AccountId;

/// Every signal of all accounts, each by the place of the account.
#[derive(Debug)]
pub struct AccountSignals {
    /// In the order of [`Signal::ALL`].
    readings: Vec<Box<dyn Readings>>,
}

/// Reads every signal of all accounts.
///
/// # Errors
/// Fails when cancelled.
pub fn account_signals(seen: &Observations<'_>, task: &Task<'_>) -> Result<AccountSignals, GraphError> {
    let all: f32 = SIGNALS.iter().map(|signal| signal.work()).sum();
    let (mut done, mut readings) = (0.0, Vec::with_capacity(SIGNALS.len()));
    for signal in SIGNALS {
        task.check()?;
        let to = done + signal.work();
        readings.push(task.part(done / all, to / all, |task| signal.read(seen, task))?);
        (task.progress)(to / all);
        done = to;
    }
    Ok(AccountSignals { readings })
}

impl AccountSignals {
    /// Every value of a signal, by the places of the accounts that have one.
    #[must_use]
    pub fn values(&self, signal: Signal) -> Vec<f64> {
        self.readings(signal).values()
    }

    /// What a signal reads of the account at `place`, in words. `name` is how an account is called.
    ///
    /// # Errors
    /// Says why there is no value.
    pub fn words(
        &self,
        signal: Signal,
        place: usize,
        name: &dyn Fn(AccountId) -> String,
    ) -> Result<ReadingWords, Silence> {
        self.readings(signal).words(place, name)
    }

    /// What a signal reads of the account at `place`, as exports have it.
    #[must_use]
    pub fn json(&self, signal: Signal, place: usize, names: &dyn PublicNames) -> Value {
        self.readings(signal).json(place, names)
    }

    /// The statements that a signal names of the account at `place`.
    #[must_use]
    pub fn quotes(&self, signal: Signal, place: usize) -> Vec<Quote> {
        self.readings(signal).quotes(place)
    }

    fn readings(&self, signal: Signal) -> &dyn Readings {
        self.readings[signal.place()].as_ref()
    }
}
