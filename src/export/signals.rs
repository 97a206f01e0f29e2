//! Signals of accounts as versioned JSON. The README documents the schema. Equal data and parameters give equal bytes.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::PublicIds;
use crate::model::{Account, AccountId, LinkParameters, ObjectId};
use crate::signals::{AccountSignals, Places, Signal, Told};

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
    let about =
        |signal: Signal| About { name: signal.name(), meaning: signal.meaning(), cannot_tell: signal.cannot_tell() };
    SignalsDocument {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        notice: NOTICE,
        parameters,
        signals: Signal::ALL.into_iter().map(about).collect(),
        accounts: Accounts { all, by_id: Places::of(all), ids: PublicIds::among(all), places, signals, texts },
    }
}

impl Serialize for Accounts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // One account after the other: together they would take many times the room of their text.
        serializer.collect_seq(self.places.iter().map(|&place| self.account(place)))
    }
}

impl Accounts<'_> {
    fn account(&self, place: usize) -> Value {
        let account = &self.all[place];
        let signals: Map<String, Value> =
            Signal::ALL.into_iter().map(|signal| (signal.name().to_owned(), self.signal(signal, place))).collect();
        json!({ "id": self.ids.public_id(account), "handle": account.profile.handle, "signals": signals })
    }

    fn signal(&self, signal: Signal, place: usize) -> Value {
        let of = self.signals;
        match signal {
            Signal::RetweetShare => {
                told(&of.retweet_share, place, |e| json!({ "retweets": e.retweets, "posts": e.posts }))
            }
            Signal::SinglePurpose => told(
                &of.single_purpose,
                place,
                |e| json!({ "account": self.id(e.author), "of_account": e.of_author, "retweets": e.retweets }),
            ),
            Signal::FastRetweets => told(
                &of.fast_retweets,
                place,
                |e| json!({ "timed": e.timed, "within_10_s": e.fast, "fastest_ms": e.fastest_ms }),
            ),
            Signal::GapRegularity => told(
                &of.gap_regularity,
                place,
                |e| json!({ "gaps": e.gaps, "mean_s": e.mean_s, "deviation_s": e.deviation_s, "entropy_bits": e.entropy_bits }),
            ),
            Signal::Hours => told(
                &of.hours,
                place,
                |e| json!({ "posts_by_hour_utc": e.posts, "quiet_hours": e.quiet, "quiet_from": e.quiet_from }),
            ),
            Signal::CreationBurst => told(
                &of.creation_burst,
                place,
                |e| json!({ "others": e.others, "expected": e.expected, "p": e.p, "examples": self.ids(&e.examples) }),
            ),
            Signal::ProfileTwins => told(&of.profile_twins, place, |e| {
                json!({ "followers": e.followers, "following": e.following, "blank_bio": e.blank_bio, "others": e.others,
                        "examples": self.ids(&e.examples) })
            }),
            Signal::HandleTemplate => told(&of.handle_template, place, |e| {
                json!({ "shape": e.shape, "others": e.others, "members": e.members, "expected": e.expected,
                        "examples": self.ids(&e.examples) })
            }),
            Signal::BioTwins => told(
                &of.bio_twins,
                place,
                |e| json!({ "others": e.others, "same_words": e.same_words, "examples": self.ids(&e.examples) }),
            ),
            Signal::TextTwins => told(&of.text_twins, place, |e| {
                let example = e.example.map(|one| {
                    json!({ "statement": self.texts.get(&one.statement), "said_by_others": one.said_by_others,
                            "other": self.id(one.other), "other_statement": self.texts.get(&one.other_statement) })
                });
                json!({ "statements": e.statements, "twinned": e.twinned, "example": example })
            }),
        }
    }

    fn id(&self, id: AccountId) -> Option<Cow<'_, str>> {
        let place = self.by_id.place(id)?;
        Some(self.ids.public_id(&self.all[place]))
    }

    fn ids(&self, ids: &[AccountId]) -> Vec<Cow<'_, str>> {
        ids.iter().filter_map(|&id| self.id(id)).collect()
    }
}

fn told<E>(all: &[Told<E>], place: usize, evidence: impl FnOnce(&E) -> Value) -> Value {
    match all.get(place) {
        Some(Ok(reading)) => {
            json!({ "value": reading.value, "percentile": reading.percentile, "evidence": evidence(&reading.evidence) })
        }
        Some(Err(silence)) => json!({ "value": null, "why": silence.to_string() }),
        None => Value::Null,
    }
}
