//! Twitter API v2 as twarc 2 writes it: whole pages of answers, or flattened to one tweet a line. Both hold the same
//! and give the same records.

use std::collections::HashMap;
use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::tweet_links;
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment, client_name, unescape};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

pub(super) struct TwitterV2;

/// Which of the two shapes a line has.
#[derive(Deserialize)]
struct Shape {
    data: Option<IgnoredAny>,
    includes: Option<IgnoredAny>,
    id: Option<IgnoredAny>,
    #[serde(rename = "__twarc")]
    twarc: Option<Twarc>,
}

#[derive(Deserialize)]
struct Twarc {
    retrieved_at: Option<Moment>,
}

#[derive(Deserialize)]
struct Page {
    data: Option<OneOrMany>,
    #[serde(default)]
    includes: Includes,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Tweet>),
    One(Box<Tweet>),
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
    relation: Option<String>,
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
#[derive(Deserialize)]
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
    /// The record of a whole user; `None` for a mention.
    fn record(&self, seen: Option<Timestamp>) -> Option<AccountRecord> {
        let id = self.id.clone().filter(|_| self.public_metrics.is_some() || self.created_at.is_some())?;
        let metrics = self.public_metrics;
        Some(AccountRecord {
            platform_id: id.0,
            profile: Profile {
                handle: self.username.clone(),
                name: self.name.clone(),
                bio: self.description.clone(),
                location: self.location.clone(),
                created_at: self.created_at.map(|at| at.0),
                followers: metrics.and_then(|metrics| metrics.followers_count),
                following: metrics.and_then(|metrics| metrics.following_count),
                statuses: metrics.and_then(|metrics| metrics.tweet_count),
                verified: self.verified,
                declared_bot: None,
                avatar_url: self.profile_image_url.clone(),
                observed_at: seen,
            },
            avatar_file: None,
        })
    }
}

type ById<'a> = HashMap<&'a str, &'a Tweet>;

impl Tweet {
    fn at(&self) -> Option<Timestamp> {
        self.created_at.map(|at| at.0).or_else(|| time::of_twitter_id(&self.id.0))
    }

    fn text(&self) -> Option<String> {
        self.text.clone().map(unescape)
    }

    /// What the tweet stands in `relation` to, told in full by the reference itself or by the page's `includes`.
    fn reference(&self, relation: &str, included: &ById<'_>) -> Option<PostReference> {
        let reference = self.referenced_tweets.iter().find(|r| r.relation.as_deref() == Some(relation))?;
        let full = included.get(reference.id.0.as_str()).copied().unwrap_or(reference);
        Some(PostReference {
            platform_id: reference.id.0.clone(),
            author: full.author_id.as_ref().map(|id| id.0.clone()),
            created_at: full.at(),
            text: full.text(),
            synthetic: false,
        })
    }

    fn record(&self, author: &Id, included: &ById<'_>) -> PostRecord {
        let quote_of = self.reference("quoted", included);
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let links = self.entities.iter().flat_map(|entities| &entities.urls).filter_map(Link::target);
        PostRecord {
            platform_id: self.id.0.clone(),
            author: author.0.clone(),
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.reference("retweeted", included),
            links: tweet_links::shared(links, &self.id.0, quoted),
            quote_of,
            reply_to: self.reference("replied_to", included),
            hashtags: self.entities.iter().flat_map(|e| &e.hashtags).map(|hashtag| hashtag.tag.clone()).collect(),
            language: self.lang.clone(),
            client: self.source.as_deref().map(client_name),
        }
    }

    /// Sends the tweet where its author is known, what it refers to, and every whole user in it.
    fn send(&self, included: &ById<'_>, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        let mentions = self.entities.iter().flat_map(|entities| &entities.mentions);
        for user in self.author.iter().chain(&self.in_reply_to_user).chain(mentions) {
            if let Some(record) = user.record(seen) {
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
    fn send(&self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        let included: ById<'_> = self.includes.tweets.iter().map(|tweet| (tweet.id.0.as_str(), tweet)).collect();
        for record in self.includes.users.iter().filter_map(|user| user.record(seen)) {
            out(Item::Account(Box::new(record)))?;
        }
        let data = match &self.data {
            Some(OneOrMany::Many(tweets)) => tweets.as_slice(),
            Some(OneOrMany::One(tweet)) => std::slice::from_ref(&**tweet),
            None => &[],
        };
        data.iter().chain(&self.includes.tweets).try_for_each(|tweet| tweet.send(&included, seen, out))
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
    let reason = |error: serde_json::Error| error.to_string();
    let shape: Shape = serde_json::from_str(line).map_err(reason)?;
    let seen = shape.twarc.and_then(|twarc| twarc.retrieved_at).map(|at| at.0);
    if shape.data.is_some() || shape.includes.is_some() {
        let page: Page = serde_json::from_str(line).map_err(reason)?;
        Ok(page.send(seen, out))
    } else if shape.id.is_some() {
        let tweet: Tweet = serde_json::from_str(line).map_err(reason)?;
        Ok(tweet.send(&HashMap::new(), seen, out))
    } else {
        // A page without results, or one that only holds errors.
        Ok(out(Item::Message))
    }
}
