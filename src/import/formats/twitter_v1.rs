//! Twitter API v1.1, one tweet a line, as twarc 1 writes it.

use std::ops::ControlFlow;

use serde::Deserialize;

use super::tweet_links;
use super::tweet_parts::{Entities, User};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment, client_name, unescape};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Timestamp};

pub(super) struct TwitterV1;

/// Messages of a stream that are no tweets.
const MESSAGES: [&str; 8] =
    ["delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning", "event"];

#[derive(Deserialize)]
struct Tweet {
    id_str: Id,
    created_at: Option<Moment>,
    full_text: Option<String>,
    extended_tweet: Option<Extended>,
    text: Option<String>,
    user: User,
    retweeted_status: Option<Box<Tweet>>,
    quoted_status: Option<Box<Tweet>>,
    quoted_status_id_str: Option<Id>,
    in_reply_to_status_id_str: Option<Id>,
    in_reply_to_user_id_str: Option<Id>,
    entities: Option<Entities>,
    lang: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Extended {
    full_text: Option<String>,
    entities: Option<Entities>,
}

impl Tweet {
    fn at(&self) -> Option<Timestamp> {
        self.created_at.map(|at| at.0).or_else(|| time::of_twitter_id(&self.id_str.0))
    }

    /// The whole text, wherever this version of the interface put it.
    fn text(&self) -> Option<String> {
        let extended = self.extended_tweet.as_ref().and_then(|extended| extended.full_text.clone());
        extended.or_else(|| self.full_text.clone()).or_else(|| self.text.clone()).map(unescape)
    }

    fn reference(&self) -> PostReference {
        PostReference {
            platform_id: self.id_str.0.clone(),
            author: self.user.id_str.as_ref().map(|id| id.0.clone()),
            created_at: self.at(),
            text: self.text(),
            synthetic: false,
        }
    }

    fn quote_of(&self) -> Option<PostReference> {
        let bare = |id: &Id| PostReference { platform_id: id.0.clone(), ..PostReference::default() };
        let quoted = self.quoted_status.as_ref().map(|quoted| quoted.reference());
        quoted.or_else(|| self.quoted_status_id_str.as_ref().map(bare))
    }

    fn reply_to(&self) -> Option<PostReference> {
        let id = self.in_reply_to_status_id_str.as_ref()?;
        let author = self.in_reply_to_user_id_str.as_ref().map(|id| id.0.clone());
        Some(PostReference { platform_id: id.0.clone(), author, ..PostReference::default() })
    }

    /// The entities of the whole text, wherever this version of the interface put them.
    fn entities(&self) -> Option<&Entities> {
        let extended = self.extended_tweet.as_ref().and_then(|extended| extended.entities.as_ref());
        extended.or(self.entities.as_ref())
    }

    fn record(&self, author: String) -> PostRecord {
        let quote_of = self.quote_of();
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let entities = self.entities();
        let links = entities.iter().flat_map(|entities| entities.links());
        PostRecord {
            platform_id: self.id_str.0.clone(),
            author,
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.retweeted_status.as_ref().map(|target| target.reference()),
            links: tweet_links::shared(links, &self.id_str.0, quoted),
            quote_of,
            reply_to: self.reply_to(),
            hashtags: entities.map(Entities::hashtags).unwrap_or_default(),
            language: self.lang.clone(),
            client: self.source.as_deref().map(client_name),
        }
    }

    /// Sends the tweet, what it holds of others, and their authors. A profile is seen when the outermost tweet was
    /// made, or later.
    fn send(self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        if let Some(Id(author)) = &self.user.id_str {
            let profile = self.user.profile(seen);
            out(Item::Account(Box::new(AccountRecord { platform_id: author.clone(), profile, avatar_file: None })))?;
            out(Item::Post(&self.record(author.clone()).borrowed()))?;
        }
        for inner in [self.retweeted_status, self.quoted_status].into_iter().flatten() {
            inner.send(seen, out)?;
        }
        ControlFlow::Continue(())
    }
}

impl Format for TwitterV1 {
    fn name(&self) -> &'static str {
        "twitter-v1"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["id_str", "user", "created_at", "text"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        matches!(head, Head::Object(_)) && head.has("id_str") && head.has("user") && !head.has("rawContent")
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(|_, text, out| line(text, out))
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    match serde_json::from_str::<Tweet>(line) {
        Ok(tweet) if tweet.user.id_str.is_none() => Err("the user has no id_str".to_owned()),
        Ok(tweet) => {
            let seen = tweet.at();
            Ok(tweet.send(seen, out))
        }
        Err(_) if is_message(line) => Ok(out(Item::Message)),
        Err(error) => Err(error.to_string()),
    }
}

fn is_message(line: &str) -> bool {
    let object: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(line).ok();
    object.is_some_and(|object| object.len() == 1 && MESSAGES.iter().any(|name| object.contains_key(*name)))
}
