//! Twitter API v2 as twarc 2 writes it: whole pages of answers, or flattened to one tweet a line. Both hold the same
//! and give the same records.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::twitter_v2_pages::{Memory, Page, Part, send_tweet};
use super::twitter_v2_records::{Client, Entities, Included, OneOrMany, Said, Tweet, User};
use super::twitter_v2_refused::Refused;
use crate::import::cursor::Cursor;
use crate::import::format::{Content, Format, Head, Item, Out, Outcome, ReadLine};
use crate::import::json::{BorrowedId, Moment, Text};

pub(super) struct TwitterV2;

/// A line of either shape: a page has `data` or `includes`, and a tweet has an `id`.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    data: Option<OneOrMany<'a>>,
    includes: Option<Includes<'a>>,
    #[serde(rename = "__twarc")]
    twarc: Option<Twarc>,
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

#[derive(Deserialize, Default)]
struct Includes<'a> {
    #[serde(default, borrow)]
    users: Vec<User<'a>>,
    #[serde(default)]
    tweets: Vec<Tweet<'a>>,
}

/// Keys that have demands of their own wherever they stand.
const KEYS_OF_A_TWEET: [&str; 10] = [
    "id",
    "author_id",
    "created_at",
    "text",
    "referenced_tweets",
    "author",
    "in_reply_to_user",
    "entities",
    "lang",
    "source",
];

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
        Content::Lines(|room| Box::new(Memory::with_room(room)))
    }
}

impl ReadLine for Memory {
    fn read(&mut self, number: u64, line: &str, out: &mut Out<'_>) -> Outcome {
        let mut refused = Refused::default();
        match page(line, self, &mut refused) {
            Some(page) if refused.send(number, out).is_continue() => Ok(self.send(&page, out)),
            Some(_) => Ok(ControlFlow::Break(())),
            None => whole(line, self, out),
        }
    }

    fn finish(&mut self, out: &mut Out<'_>) -> ControlFlow<()> {
        self.send_sights(out)
    }
}

/// A line that is an ordinary page, read piece by piece, so that a piece which is not as it should be costs only itself.
/// Whatever else a line is, and what is wrong with it, is found out by reading it as a whole.
fn page<'a>(line: &'a str, memory: &Memory, refused: &mut Refused) -> Option<Page<'a>> {
    let (mut data, mut includes, mut twarc) = (None, None, None);
    let mut line = Cursor::new(line);
    line.members(|line, key| {
        let told_twice = match key {
            "data" => data.replace(tweets(line, refused)?).is_some(),
            "includes" => includes.replace(included(line, memory, refused)?).is_some(),
            "__twarc" => twarc.replace(refused.value::<Option<Twarc>>(line, key)?.flatten()).is_some(),
            key if KEYS_OF_A_TWEET.contains(&key) => true,
            _ => line.value::<IgnoredAny>().is_none(),
        };
        (!told_twice).then_some(())
    })?;
    line.is_at_end().then_some(())?;
    let data = data.flatten();
    (data.is_some() || includes.is_some()).then_some(())?;
    let (users, tweets) = includes.unwrap_or_default();
    let seen = twarc.flatten().and_then(|twarc| twarc.retrieved_at).map(|at| at.0);
    Some(Page { data: data.unwrap_or_default(), users, tweets, seen })
}

/// The tweets of a page, or the one that was asked for by its id; no list at all is an inner `None`.
fn tweets<'a>(line: &mut Cursor<'a>, refused: &mut Refused) -> Option<Option<Vec<Tweet<'a>>>> {
    let mut tweets = Vec::new();
    let mut tweet = |line: &mut Cursor<'a>| {
        if refused.has_room(tweets.len()) {
            tweets.extend(refused.value(line, "data")?);
            return Some(());
        }
        refused.too_many(line, "data")
    };
    match line.rest().as_bytes() {
        [b'[', ..] => line.elements(tweet)?,
        [b'n', ..] => return line.value::<()>().map(|()| None),
        _ => tweet(line)?,
    }
    Some(Some(tweets))
}

type Parts<'a> = (Vec<Part<'a, User<'a>>>, Vec<Part<'a, Tweet<'a>>>);

/// What a page adds.
fn included<'a>(line: &mut Cursor<'a>, memory: &Memory, refused: &mut Refused) -> Option<Parts<'a>> {
    let (mut users, mut tweets) = (None, None);
    line.members(|line, key| {
        let told_twice = match key {
            "users" => users.replace(parts(line, (key, refused), |text| memory.users.find(text))?).is_some(),
            "tweets" => tweets.replace(parts(line, (key, refused), |text| memory.tweets.find(text))?).is_some(),
            _ => line.value::<IgnoredAny>().is_none(),
        };
        (!told_twice).then_some(())
    })?;
    Some((users.unwrap_or_default(), tweets.unwrap_or_default()))
}

/// A list of which some elements are known by how they are written.
fn parts<'a, T: Deserialize<'a>>(
    line: &mut Cursor<'a>,
    (list, refused): (&str, &mut Refused),
    find: impl Fn(&str) -> Option<(u32, usize)>,
) -> Option<Vec<Part<'a, T>>> {
    let mut parts = Vec::new();
    line.elements(|line| {
        if !refused.has_room(parts.len()) {
            return refused.too_many(line, list);
        }
        match find(line.rest()) {
            Some((number, length)) => parts.push(Part::Known(number, line.skip(length)?)),
            None => {
                let (value, written) = refused.value_as_written(line, list)?;
                parts.extend(value.map(|value| Part::New(value, written)));
            }
        }
        Some(())
    })?;
    Some(parts)
}

fn whole(line: &str, memory: &mut Memory, out: &mut Out<'_>) -> Outcome {
    let line: Line<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let seen = line.twarc.and_then(|twarc| twarc.retrieved_at).map(|at| at.0);
    if line.data.is_some() || line.includes.is_some() {
        let Includes { users, tweets } = line.includes.unwrap_or_default();
        let page = Page {
            data: line.data.map_or_else(Vec::new, |data| data.0),
            users: users.into_iter().map(|user| Part::New(user, "")).collect(),
            tweets: tweets.into_iter().map(|tweet| Part::New(tweet, "")).collect(),
            seen,
        };
        return Ok(memory.send(&page, out));
    }
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
