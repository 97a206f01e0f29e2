//! Twitter API v2 as twarc 2 writes it: whole pages of answers, or flattened to one tweet a line. Both hold the same
//! and give the same records.

use std::fmt;
use std::ops::ControlFlow;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::tweet_links;
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment, client_name, unescape};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

pub(super) struct TwitterV2;

/// A line of either shape: a page has `data` or `includes`, and a tweet has an `id`.
#[derive(Deserialize)]
struct Line {
    data: Option<OneOrMany>,
    includes: Option<Includes>,
    #[serde(rename = "__twarc")]
    twarc: Option<Twarc>,
    id: Option<Id>,
    author_id: Option<Id>,
    created_at: Option<Moment>,
    text: Option<String>,
    referenced_tweets: Option<Vec<Tweet>>,
    author: Option<User>,
    in_reply_to_user: Option<User>,
    entities: Option<Entities>,
    lang: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Twarc {
    retrieved_at: Option<Moment>,
}

struct Page {
    data: Vec<Tweet>,
    includes: Includes,
}

/// The tweets of a page, or the one that was asked for by its id.
struct OneOrMany(Vec<Tweet>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tweets;
        impl<'de> Visitor<'de> for Tweets {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tweet or a list of tweets")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, tweets: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(tweets)).map(OneOrMany)
            }

            fn visit_map<A: MapAccess<'de>>(self, tweet: A) -> Result<OneOrMany, A::Error> {
                Tweet::deserialize(MapAccessDeserializer::new(tweet)).map(|tweet| OneOrMany(vec![tweet]))
            }
        }
        deserializer.deserialize_any(Tweets)
    }
}

#[derive(Deserialize, Default)]
struct Includes {
    #[serde(default)]
    users: Vec<User>,
    #[serde(default)]
    tweets: Vec<Tweet>,
}

/// A tweet, or what another tweet says of one: then it has a `type`, and in flattened files all its fields too.
#[derive(Deserialize)]
struct Tweet {
    #[serde(rename = "type")]
    relation: Option<Relation>,
    id: Id,
    author_id: Option<Id>,
    created_at: Option<Moment>,
    text: Option<String>,
    #[serde(default)]
    referenced_tweets: Vec<Tweet>,
    author: Option<User>,
    in_reply_to_user: Option<User>,
    entities: Option<Entities>,
    lang: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Relation {
    Retweeted,
    Quoted,
    RepliedTo,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Entities {
    #[serde(default)]
    mentions: Vec<User>,
    #[serde(default)]
    urls: Vec<Link>,
    #[serde(default)]
    hashtags: Vec<Hashtag>,
}

#[derive(Deserialize)]
struct Link {
    expanded_url: Option<String>,
    unwound_url: Option<String>,
    /// Names a picture or film of the tweet.
    media_key: Option<IgnoredAny>,
}

impl Link {
    fn target(&self) -> Option<&str> {
        let target = self.unwound_url.as_deref().or(self.expanded_url.as_deref());
        target.filter(|_| self.media_key.is_none())
    }
}

#[derive(Deserialize)]
struct Hashtag {
    tag: String,
}

/// A user, or the mere mention of one: then it lacks id or figures.
#[derive(Deserialize, Clone)]
struct User {
    id: Option<Id>,
    username: Option<String>,
    name: Option<String>,
    description: Option<String>,
    location: Option<String>,
    created_at: Option<Moment>,
    public_metrics: Option<Metrics>,
    profile_image_url: Option<String>,
    verified: Option<bool>,
}

#[derive(Deserialize, Clone, Copy)]
struct Metrics {
    followers_count: Option<u64>,
    following_count: Option<u64>,
    tweet_count: Option<u64>,
}

impl User {
    fn is_whole(&self) -> bool {
        self.public_metrics.is_some() || self.created_at.is_some()
    }

    /// The record of a whole user; `None` for a mention.
    fn record(self, seen: Option<Timestamp>) -> Option<AccountRecord> {
        if !self.is_whole() {
            return None;
        }
        let metrics = self.public_metrics;
        Some(AccountRecord {
            platform_id: self.id?.0,
            profile: Profile {
                handle: self.username,
                name: self.name,
                bio: self.description,
                location: self.location,
                created_at: self.created_at.map(|at| at.0),
                followers: metrics.and_then(|metrics| metrics.followers_count),
                following: metrics.and_then(|metrics| metrics.following_count),
                statuses: metrics.and_then(|metrics| metrics.tweet_count),
                verified: self.verified,
                declared_bot: None,
                avatar_url: self.profile_image_url,
                observed_at: seen,
            },
            avatar_file: None,
        })
    }
}

/// The tweets that a page adds, by id.
#[derive(Default)]
struct Included<'a>(Vec<&'a Tweet>);

impl<'a> Included<'a> {
    fn of(tweets: &'a [Tweet]) -> Self {
        let mut tweets: Vec<&Tweet> = tweets.iter().collect();
        // A page has some hundred: sorting them is less work than hashing them, and no file can make it slow.
        tweets.sort_by(|a, b| a.id.0.cmp(&b.id.0));
        Self(tweets)
    }

    fn get(&self, id: &str) -> Option<&'a Tweet> {
        let place = self.0.binary_search_by(|tweet| tweet.id.0.as_str().cmp(id)).ok()?;
        self.0.get(place).copied()
    }
}

impl Tweet {
    fn at(&self) -> Option<Timestamp> {
        self.created_at.map(|at| at.0).or_else(|| time::of_twitter_id(&self.id.0))
    }

    fn text(&self) -> Option<String> {
        self.text.clone().map(unescape)
    }

    /// What the tweet stands in `relation` to, told in full by the reference itself or by the page's `includes`.
    fn reference(&self, relation: Relation, included: &Included<'_>) -> Option<PostReference> {
        let reference = self.referenced_tweets.iter().find(|r| r.relation == Some(relation))?;
        let full = included.get(&reference.id.0).unwrap_or(reference);
        Some(PostReference {
            platform_id: reference.id.0.clone(),
            author: full.author_id.as_ref().map(|id| id.0.clone()),
            created_at: full.at(),
            text: full.text(),
            synthetic: false,
        })
    }

    fn record(&self, author: &Id, included: &Included<'_>) -> PostRecord {
        let quote_of = self.reference(Relation::Quoted, included);
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let links = self.entities.iter().flat_map(|entities| &entities.urls).filter_map(Link::target);
        PostRecord {
            platform_id: self.id.0.clone(),
            author: author.0.clone(),
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.reference(Relation::Retweeted, included),
            links: tweet_links::shared(links, &self.id.0, quoted),
            quote_of,
            reply_to: self.reference(Relation::RepliedTo, included),
            hashtags: self.entities.iter().flat_map(|e| &e.hashtags).map(|hashtag| hashtag.tag.clone()).collect(),
            language: self.lang.clone(),
            client: self.source.as_deref().map(client_name),
        }
    }

    /// Sends the tweet where its author is known, what it refers to, and every whole user in it.
    fn send(&self, included: &Included<'_>, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        let mentions = self.entities.iter().flat_map(|entities| &entities.mentions);
        for user in self.author.iter().chain(&self.in_reply_to_user).chain(mentions) {
            if let Some(record) = user.is_whole().then(|| user.clone().record(seen)).flatten() {
                out(Item::Account(Box::new(record)))?;
            }
        }
        if let Some(author) = &self.author_id {
            out(Item::Post(Box::new(self.record(author, included))))?;
        }
        self.referenced_tweets.iter().try_for_each(|reference| reference.send(included, seen, out))
    }
}

impl Page {
    fn send(self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        let Includes { users, tweets } = self.includes;
        for record in users.into_iter().filter_map(|user| user.record(seen)) {
            out(Item::Account(Box::new(record)))?;
        }
        let included = Included::of(&tweets);
        self.data.iter().chain(&tweets).try_for_each(|tweet| tweet.send(&included, seen, out))
    }
}

impl Format for TwitterV2 {
    fn name(&self) -> &'static str {
        "twitter-v2"
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

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let seen = line.twarc.and_then(|twarc| twarc.retrieved_at).map(|at| at.0);
    if line.data.is_some() || line.includes.is_some() {
        let data = line.data.map_or_else(Vec::new, |data| data.0);
        return Ok(Page { data, includes: line.includes.unwrap_or_default() }.send(seen, out));
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
    Ok(tweet.send(&Included::default(), seen, out))
}
