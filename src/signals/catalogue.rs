//! What a signal of an account is: its file gives all that lists, screens and exports tell of it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_json::{Value, json};

use super::SIGNALS;
use super::observations::Observations;
use super::reading::{Outcome, Ranked, Silence, rank};
use super::words::ReadingWords;
use crate::graph::{GraphError, Task};
use crate::model::{AccountId, ObjectId};

/// What a signal reads of one account, and what there is to be told of the signal.
pub(super) trait Evidence: fmt::Debug + Send + Sync + Sized + 'static {
    /// The signal's name in exports; on screens with blanks.
    const NAME: &'static str;
    /// What its value is, and from how many observations on there is one.
    const MEANING: &'static str;
    /// What it cannot tell, in whole sentences.
    const CANNOT_TELL: &'static str;
    /// How well it told accounts apart where it is known which belong together, in whole sentences.
    const KNOWN: &'static str = "Not measured on labelled data yet.";
    /// How long reading it takes, where going through all accounts once is 1: progress is told by it.
    const WORK: f32 = 1.0;

    /// Reads it of every account, in their order.
    ///
    /// # Errors
    /// Fails when cancelled.
    fn read(seen: &Observations<'_>, task: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError>;

    /// A value with its unit.
    fn value(value: f64) -> String;

    /// What a value rests on, in words. `name` is how an account is called; names are hostile until sanitised.
    fn words(&self, name: &dyn Fn(AccountId) -> String) -> String;

    /// The same in an export.
    fn json(&self, names: &dyn PublicNames) -> Value;

    /// Statements that it names, which are shown in full.
    fn quotes(&self) -> Vec<Quote> {
        Vec::new()
    }
}

/// How an export calls what evidence names.
pub trait PublicNames {
    /// The id of an account; `None` where it is not in the data.
    fn account(&self, id: AccountId) -> Option<Cow<'_, str>>;
    /// A statement; `None` where nobody knows what it says.
    fn statement(&self, id: ObjectId) -> Option<&str>;
}

impl dyn PublicNames + '_ {
    /// The ids of the accounts that are in the data.
    pub(super) fn accounts(&self, ids: &[AccountId]) -> Vec<Cow<'_, str>> {
        ids.iter().filter_map(|&id| self.account(id)).collect()
    }
}

/// A statement that evidence names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// Who said it, as in `it said`.
    pub who: &'static str,
    /// The statement.
    pub statement: ObjectId,
}

/// A signal of one account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signal(usize);

impl Signal {
    /// Every signal, in the order in which they are shown.
    pub const ALL: [Self; SIGNALS.len()] = {
        let mut all = [Self(0); SIGNALS.len()];
        let mut place = 0;
        while place < all.len() {
            all[place] = Self(place);
            place += 1;
        }
        all
    };

    /// Its name in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.about().name()
    }

    /// What its value is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.about().meaning()
    }

    /// What it cannot tell.
    #[must_use]
    pub fn cannot_tell(self) -> &'static str {
        self.about().cannot_tell()
    }

    /// How well it told accounts apart where it is known which belong together.
    #[must_use]
    pub fn known(self) -> &'static str {
        self.about().known()
    }

    /// Its place in [`Self::ALL`].
    pub(super) fn place(self) -> usize {
        self.0
    }

    fn about(self) -> &'static dyn Listed {
        SIGNALS[self.0]
    }
}

impl fmt::Debug for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A signal in the list, whatever its evidence is.
pub(super) trait Listed: Sync {
    fn name(&self) -> &'static str;
    fn meaning(&self) -> &'static str;
    fn cannot_tell(&self) -> &'static str;
    fn known(&self) -> &'static str;
    fn work(&self) -> f32;
    fn read(&self, seen: &Observations<'_>, task: &Task<'_>) -> Result<Box<dyn Readings>, GraphError>;
}

/// The signal with this evidence.
pub(super) const fn signal<E: Evidence>() -> &'static dyn Listed {
    &PhantomData::<fn() -> E>
}

impl<E: Evidence> Listed for PhantomData<fn() -> E> {
    fn name(&self) -> &'static str {
        E::NAME
    }

    fn meaning(&self) -> &'static str {
        E::MEANING
    }

    fn cannot_tell(&self) -> &'static str {
        E::CANNOT_TELL
    }

    fn known(&self) -> &'static str {
        E::KNOWN
    }

    fn work(&self) -> f32 {
        E::WORK
    }

    fn read(&self, seen: &Observations<'_>, task: &Task<'_>) -> Result<Box<dyn Readings>, GraphError> {
        Ok(Box::new(rank(E::read(seen, task)?)))
    }
}

/// What a signal reads of all accounts, by their places.
pub(super) trait Readings: fmt::Debug + Send + Sync {
    /// Every value, by the places of the accounts that have one.
    fn values(&self) -> Vec<f64>;
    /// What is read of the account at `place`, in words; an error is why there is no value.
    fn words(&self, place: usize, name: &dyn Fn(AccountId) -> String) -> Result<ReadingWords, Silence>;
    /// The same in an export.
    fn json(&self, place: usize, names: &dyn PublicNames) -> Value;
    /// The statements that the evidence of the account at `place` names.
    fn quotes(&self, place: usize) -> Vec<Quote>;
}

impl<E: Evidence> Readings for Vec<Ranked<E>> {
    fn values(&self) -> Vec<f64> {
        self.iter().flatten().map(|reading| reading.value).collect()
    }

    fn words(&self, place: usize, name: &dyn Fn(AccountId) -> String) -> Result<ReadingWords, Silence> {
        let outcome = self.get(place).ok_or(Silence::Unknown("not in the data"))?;
        let reading = outcome.as_ref().map_err(|silence| *silence)?;
        let (value, evidence) = (E::value(reading.value), reading.evidence.words(name));
        Ok(ReadingWords { value, percentile: reading.percentile, evidence })
    }

    fn json(&self, place: usize, names: &dyn PublicNames) -> Value {
        match self.get(place) {
            Some(Ok(reading)) => {
                let evidence = reading.evidence.json(names);
                json!({ "value": reading.value, "percentile": reading.percentile, "evidence": evidence })
            }
            Some(Err(silence)) => json!({ "value": null, "why": silence.to_string() }),
            None => Value::Null,
        }
    }

    fn quotes(&self, place: usize) -> Vec<Quote> {
        let reading = self.get(place).and_then(|outcome| outcome.as_ref().ok());
        reading.map(|reading| reading.evidence.quotes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_signal_says_what_it_cannot_tell_and_none_passes_a_verdict() {
        let names: BTreeSet<&str> = Signal::ALL.iter().map(|signal| signal.name()).collect();
        assert_eq!(names.len(), Signal::ALL.len());
        for signal in Signal::ALL {
            assert!(signal.cannot_tell().ends_with('.') && signal.known().ends_with('.'));
            let words = format!("{} {} {}", signal.meaning(), signal.cannot_tell(), signal.known()).to_lowercase();
            let passed = |word: &str| ["bot", "bots", "fake", "troll", "inauthentic"].contains(&word);
            assert!(!words.split(|letter: char| !letter.is_alphanumeric()).any(passed), "{words}");
        }
    }
}
