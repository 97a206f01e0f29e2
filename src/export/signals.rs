//! Signals of accounts as versioned JSON. The README documents the schema. Equal data and parameters give equal bytes.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::PublicIds;
use crate::model::{Account, AccountId, LinkParameters, ObjectId};
use crate::signals::{AccountSignals, Places, PublicNames, Signal};

const SCHEMA: &str = "bot-tui/signals/1";
const NOTICE: &str = "Each signal is evidence with ordinary explanations too, and none is a verdict: see cannot_tell. A \
                      percentile says where an account stands in this data, not that it is odd.";

/// The document.
#[derive(Debug, Serialize)]
pub struct SignalsDocument<'a> {
    schema: &'static str,
    version: &'static str,
    notice: &'static str,
    parameters: &'a LinkParameters,
    signals: Vec<About>,
    accounts: Accounts<'a>,
}

/// What a signal is.
#[derive(Debug, Serialize)]
struct About {
    name: &'static str,
    meaning: &'static str,
    cannot_tell: &'static str,
    known: &'static str,
}

#[derive(Debug)]
struct Accounts<'a> {
    all: &'a [Account],
    by_id: Places,
    ids: PublicIds,
    places: &'a [usize],
    signals: &'a AccountSignals,
    texts: FxHashMap<ObjectId, String>,
}

/// The signals of the accounts at `places`. `texts` are those of the statements that they name.
#[must_use]
pub fn signals_document<'a>(
    all: &'a [Account],
    places: &'a [usize],
    signals: &'a AccountSignals,
    texts: FxHashMap<ObjectId, String>,
    parameters: &'a LinkParameters,
) -> SignalsDocument<'a> {
    let about = |signal: Signal| About {
        name: signal.name(),
        meaning: signal.meaning(),
        cannot_tell: signal.cannot_tell(),
        known: signal.known(),
    };
    SignalsDocument {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        notice: NOTICE,
        parameters,
        signals: Signal::ALL.into_iter().map(about).collect(),
        accounts: Accounts { all, by_id: Places::new(all), ids: PublicIds::among(all), places, signals, texts },
    }
}

impl Serialize for Accounts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // One account after the other: together they would take many times the room of their text.
        serializer.collect_seq(self.places.iter().map(|&place| self.row(place)))
    }
}

impl Accounts<'_> {
    fn row(&self, place: usize) -> Value {
        let account = &self.all[place];
        let read = |signal: Signal| (signal.name().to_owned(), self.signals.json(signal, place, self));
        let signals: Map<String, Value> = Signal::ALL.into_iter().map(read).collect();
        json!({ "id": self.ids.public_id(account), "handle": account.profile.handle, "signals": signals })
    }
}

impl PublicNames for Accounts<'_> {
    fn account(&self, id: AccountId) -> Option<Cow<'_, str>> {
        let place = self.by_id.place(id)?;
        Some(self.ids.public_id(&self.all[place]))
    }

    fn statement(&self, id: ObjectId) -> Option<&str> {
        self.texts.get(&id).map(String::as_str)
    }
}
