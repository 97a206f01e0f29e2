//! Events of Bluesky's Jetstream, one a line: the first version of the stream nests a commit in an event, the second one
//! wraps a flat commit in a message. Accounts and posts are named as the network names them, `did:…` and `at://…`.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::bluesky_records::{IntoRecord, Place, Post, ProfileRecord, Repost};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::time;
use crate::model::{AccountRecord, Profile, Timestamp};

pub(super) struct Bluesky;

const POST: &str = "app.bsky.feed.post";
const REPOST: &str = "app.bsky.feed.repost";
const PROFILE: &str = "app.bsky.actor.profile";

/// An event of either version, with a record of type `R`.
#[derive(Deserialize)]
struct Event<R> {
    did: Option<String>,
    /// When the stream saw it, in microseconds.
    time_us: Option<i64>,
    /// The same in the second version.
    time: Option<String>,
    commit: Option<Commit<R>>,
    /// A commit that is not nested.
    operation: Option<String>,
    collection: Option<String>,
    rkey: Option<String>,
    record: Option<R>,
    identity: Option<Identity>,
}

#[derive(Deserialize)]
struct Commit<R> {
    operation: Option<String>,
    collection: Option<String>,
    rkey: Option<String>,
    record: Option<R>,
}

#[derive(Deserialize)]
struct Identity {
    handle: Option<String>,
}

/// The message of the second version.
#[derive(Deserialize)]
struct Message<R> {
    payload: Event<R>,
}

impl<R: DeserializeOwned> Event<R> {
    /// The event that a line holds, out of its message, with a nested commit spread out.
    fn parse(line: &str) -> Result<Self, String> {
        let wrapped = serde_json::from_str::<Message<IgnoredAny>>(line).is_ok();
        let read = if wrapped {
            serde_json::from_str::<Message<R>>(line).map(|message| message.payload)
        } else {
            serde_json::from_str::<Self>(line)
        };
        let mut event = read.map_err(|error| error.to_string())?;
        if let Some(Commit { operation, collection, rkey, record }) = event.commit.take() {
            (event.operation, event.collection) = (operation, collection);
            (event.rkey, event.record) = (rkey, record);
        }
        Ok(event)
    }

    /// When the stream saw it.
    fn seen(&self) -> Option<Timestamp> {
        let first = self.time_us.map(|microseconds| Timestamp(microseconds / 1_000));
        first.or_else(|| self.time.as_deref().and_then(time::parse))
    }

    /// Where its record is, and the record.
    fn place(self) -> Result<(Place, R), String> {
        let seen = self.seen();
        let missing = |what: &str| format!("the commit has no {what}");
        let did = self.did.ok_or_else(|| missing("did"))?;
        let (collection, rkey) = (self.collection.unwrap_or_default(), self.rkey.ok_or_else(|| missing("rkey"))?);
        let record = self.record.ok_or_else(|| missing("record"))?;
        Ok((Place { uri: format!("at://{did}/{collection}/{rkey}"), did, seen }, record))
    }
}

impl Format for Bluesky {
    fn name(&self) -> &'static str {
        "bluesky"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("bluesky")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["did", "time_us", "kind", "commit"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let Head::Object(object) = head else { return false };
        let payload = object.get("payload").and_then(|payload| payload.as_object());
        let of_stream = |kind: &str| kind.starts_with("network.bsky.jetstream");
        let kind = payload.and_then(|payload| payload.get("$type")?.as_str());
        let is_event = |event: &serde_json::Map<_, _>| event.contains_key("did") && event.contains_key("time_us");
        kind.is_some_and(of_stream) || is_event(object) || payload.is_some_and(is_event)
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(|_, text, out| line(text, out))
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    let event = Event::<IgnoredAny>::parse(line)?;
    let deletes = event.operation.as_deref() == Some("delete");
    let item = match event.collection.as_deref() {
        Some(POST | REPOST) if deletes => Item::Deleted(Event { record: Some(IgnoredAny), ..event }.place()?.0.uri),
        Some(POST) => return Ok(out(Item::Post(&record::<Post>(line)?.borrowed()))),
        Some(REPOST) => return Ok(out(Item::Post(&record::<Repost>(line)?.borrowed()))),
        Some(PROFILE) if !deletes => Item::Account(Box::new(record::<ProfileRecord>(line)?)),
        // Likes, follows and whatever else the network knows.
        Some(_) => Item::Message,
        None => named(event),
    };
    Ok(out(item))
}

fn record<R: IntoRecord + DeserializeOwned>(line: &str) -> Result<R::Record, String> {
    let (place, record) = Event::<R>::parse(line)?.place()?;
    record.into_record(place)
}

/// An account's handle, where the event tells it.
fn named(event: Event<IgnoredAny>) -> Item<'static> {
    let observed_at = event.seen();
    match (event.did, event.identity.and_then(|identity| identity.handle)) {
        (Some(platform_id), Some(handle)) => {
            let profile = Profile { handle: Some(handle), observed_at, ..Profile::default() };
            Item::Account(Box::new(AccountRecord { platform_id, profile, avatar_file: None }))
        }
        _ => Item::Message,
    }
}
