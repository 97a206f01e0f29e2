//! Twitter API v2 as twarc 2 writes it: whole pages of answers, or flattened to one tweet a line. Both hold the same
//! and give the same records.

use std::ops::ControlFlow;

use serde::Deserialize;

use super::twitter_v2_pages::{Elements, Lenient, send_refused};
use super::twitter_v2_records::{Client, Entities, Included, Said, Tweet, User};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{BorrowedId, Moment, Text};
use crate::model::Timestamp;

pub(super) struct TwitterV2;

/// A line of either shape: a page has `data` or `includes`, and a tweet has an `id`. Lists that are not `STRICT` have room
/// for what is not as it should be.
#[derive(Deserialize)]
struct Line<'a, const STRICT: bool> {
    #[serde(borrow)]
    data: Option<Elements<Tweet<'a>, STRICT>>,
    includes: Option<Includes<'a, STRICT>>,
    #[serde(rename = "__twarc")]
    twarc: Option<Lenient<Twarc>>,
    id: Option<BorrowedId<'a>>,
    author_id: Option<BorrowedId<'a>>,
    created_at: Option<Moment>,
    text: Option<Said<'a>>,
    referenced_tweets: Option<Vec<Tweet<'a>>>,
    author: Option<User<'a>>,
    in_reply_to_user: Option<User<'a>>,
    entities: Option<Entities<'a>>,
    lang: Option<Text<'a>>,
    source: Option<Client<'a>>,
}

#[derive(Deserialize)]
struct Twarc {
    retrieved_at: Option<Moment>,
}

impl Twarc {
    /// When the line was asked for.
    fn seen(self) -> Option<Timestamp> {
        self.retrieved_at.map(|at| at.0)
    }
}

#[derive(Deserialize, Default)]
struct Includes<'a, const STRICT: bool> {
    #[serde(borrow)]
    users: Option<Elements<User<'a>, STRICT>>,
    tweets: Option<Elements<Tweet<'a>, STRICT>>,
}

impl Format for TwitterV2 {
    fn name(&self) -> &'static str {
        "twitter-v2"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["data", "includes", "meta", "author_id", "author", "referenced_tweets"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let Head::Object(object) = head else { return false };
        let has = |key| object.contains_key(key);
        (has("data") && (has("includes") || has("meta") || has("__twarc"))) || (has("author_id") && has("id"))
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(line)
    }
}

fn line(number: u64, line: &str, out: &mut Out<'_>) -> Outcome {
    match serde_json::from_str::<Line<'_, true>>(line) {
        Ok(line) => send(line, number, out),
        Err(_) => leniently(number, line, out),
    }
}

fn leniently(number: u64, line: &str, out: &mut Out<'_>) -> Outcome {
    let line: Line<'_, false> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    send(line, number, out)
}

fn send<const STRICT: bool>(line: Line<'_, STRICT>, number: u64, out: &mut Out<'_>) -> Outcome {
    if line.data.is_some() || line.includes.is_some() {
        return Ok(send_page(line, number, out));
    }
    let seen = line.twarc.map(|twarc| twarc.0).transpose()?.and_then(Twarc::seen);
    // A page without results, or one that only holds errors, has none.
    let Some(id) = line.id else { return Ok(out(Item::Message)) };
    let tweet = Tweet {
        relation: None,
        id,
        author_id: line.author_id,
        created_at: line.created_at,
        text: line.text,
        referenced_tweets: line.referenced_tweets.unwrap_or_default(),
        author: line.author,
        in_reply_to_user: line.in_reply_to_user,
        entities: line.entities,
        lang: line.lang,
        source: line.source,
    };
    Ok(send_tweet(&tweet, &Included::default(), seen, out))
}

fn send_page<const STRICT: bool>(page: Line<'_, STRICT>, number: u64, out: &mut Out<'_>) -> ControlFlow<()> {
    let Includes { users, tweets } = page.includes.unwrap_or_default();
    page.data.iter().try_for_each(|data| data.send_refused("data", number, out))?;
    users.iter().try_for_each(|users| users.send_refused("users", number, out))?;
    tweets.iter().try_for_each(|tweets| tweets.send_refused("tweets", number, out))?;
    let seen = match page.twarc.map(|twarc| twarc.0) {
        Some(Ok(twarc)) => twarc.seen(),
        Some(Err(reason)) => {
            send_refused("__twarc", &reason, number, out)?;
            None
        }
        None => None,
    };
    users.iter().flat_map(Elements::iter).try_for_each(|user| send_user(user, seen, out))?;
    let added = || tweets.iter().flat_map(Elements::iter);
    let included = Included::new(added().map(Tweet::target));
    let mut tweets = page.data.iter().flat_map(Elements::iter).chain(added());
    tweets.try_for_each(|tweet| send_tweet(tweet, &included, seen, out))
}

fn send_user(user: &User<'_>, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
    user.record(seen).map_or(ControlFlow::Continue(()), |record| out(Item::Account(Box::new(record))))
}

/// Sends the tweet where its author is known, what it refers to, and every whole user in it.
fn send_tweet(
    tweet: &Tweet<'_>,
    included: &Included<'_>,
    seen: Option<Timestamp>,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    tweet.users().try_for_each(|user| send_user(user, seen, out))?;
    if let Some(record) = tweet.record(included) {
        out(Item::Post(&record))?;
    }
    tweet.referenced_tweets.iter().try_for_each(|reference| send_tweet(reference, included, seen, out))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &str = include_str!("../../../tests/samples/twitter-v2.jsonl");

    fn items(read: impl Fn(u64, &str, &mut Out<'_>) -> Outcome, text: &str) -> Vec<String> {
        let mut items = Vec::new();
        for text in text.lines() {
            let outcome = read(1, text, &mut |item| {
                items.push(format!("{item:?}"));
                ControlFlow::Continue(())
            });
            items.extend(outcome.err());
        }
        items
    }

    proptest! {
        #[test]
        fn room_for_bad_values_changes_nothing_of_what_is_read(cuts in prop::collection::vec(any::<(usize, u8)>(), 0..3)) {
            let mut bytes = SAMPLE.as_bytes().to_vec();
            for (at, byte) in cuts {
                let at = at % bytes.len();
                bytes[at] = byte % 128;
            }
            let text = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(items(line, &text), items(leniently, &text));
        }
    }

    #[test]
    fn a_list_without_end_is_read_so_far_and_the_rest_counted() {
        let page = format!(r#"{{"data":[{}{{"id":"2"}}],"meta":{{}}}}"#, "{\"id\":1},".repeat((1 << 18) + 1));
        for read in [line, leniently] {
            let items = items(read, &page);
            assert_eq!(items.len(), 2);
            assert!(items.iter().all(|item| item.contains("`data` of the page has more than 262144 elements")));
        }
    }
}
