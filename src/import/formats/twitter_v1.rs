//! Twitter API v1.1, one tweet a line, as twarc 1 writes it.

use std::ops::ControlFlow;

use serde::Deserialize;

use super::tweet_links;
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment, client_name, null_is_blank, unescape};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

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

#[derive(Deserialize, Default)]
struct Entities {
    #[serde(default)]
    urls: Vec<Link>,
    #[serde(default)]
    hashtags: Vec<Hashtag>,
}

#[derive(Deserialize)]
struct Link {
    expanded_url: Option<String>,
    unwound: Option<Unwound>,
}

#[derive(Deserialize)]
struct Unwound {
    url: Option<String>,
}

#[derive(Deserialize)]
struct Hashtag {
    text: String,
}

#[derive(Deserialize)]
struct User {
    id_str: Id,
    screen_name: Option<String>,
    name: Option<String>,
    #[serde(default, deserialize_with = "null_is_blank")]
    description: Option<String>,
    #[serde(default, deserialize_with = "null_is_blank")]
    location: Option<String>,
    followers_count: Option<u64>,
    friends_count: Option<u64>,
    statuses_count: Option<u64>,
    created_at: Option<Moment>,
    profile_image_url_https: Option<String>,
    verified: Option<bool>,
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
            author: Some(self.user.id_str.0.clone()),
            created_at: self.at(),
            text: self.text(),
            synthetic: false,
        }
    }

    fn quote_of(&self) -> Option<PostReference> {
        let bare = |id: &Id| PostReference { platform_id: id.0.clone(), ..PostReference::default() };
        let told = self.quoted_status.as_ref().map(|quoted| quoted.reference());
        told.or_else(|| self.quoted_status_id_str.as_ref().map(bare))
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

    fn record(&self) -> PostRecord {
        let quote_of = self.quote_of();
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let entities = self.entities();
        let links = entities.iter().flat_map(|entities| &entities.urls).filter_map(Link::target);
        PostRecord {
            platform_id: self.id_str.0.clone(),
            author: self.user.id_str.0.clone(),
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.retweeted_status.as_ref().map(|target| target.reference()),
            links: tweet_links::shared(links, &self.id_str.0, quoted),
            quote_of,
            reply_to: self.reply_to(),
            hashtags: entities.iter().flat_map(|e| &e.hashtags).map(|hashtag| hashtag.text.clone()).collect(),
            language: self.lang.clone(),
            client: self.source.as_deref().map(client_name),
        }
    }

    /// Sends the tweet, what it holds of others, and their authors. A profile is seen when the outermost tweet was
    /// made, or later.
    fn send(self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        out(Item::Account(Box::new(self.user.record(seen))))?;
        out(Item::Post(Box::new(self.record())))?;
        for inner in [self.retweeted_status, self.quoted_status].into_iter().flatten() {
            inner.send(seen, out)?;
        }
        ControlFlow::Continue(())
    }
}

impl Link {
    fn target(&self) -> Option<&str> {
        let unwound = self.unwound.as_ref().and_then(|unwound| unwound.url.as_deref());
        unwound.or(self.expanded_url.as_deref())
    }
}

impl User {
    fn record(&self, seen: Option<Timestamp>) -> AccountRecord {
        AccountRecord {
            platform_id: self.id_str.0.clone(),
            profile: Profile {
                handle: self.screen_name.clone(),
                name: self.name.clone(),
                bio: self.description.clone(),
                location: self.location.clone(),
                created_at: self.created_at.map(|at| at.0),
                followers: self.followers_count,
                following: self.friends_count,
                statuses: self.statuses_count,
                verified: self.verified,
                declared_bot: None,
                avatar_url: self.profile_image_url_https.clone(),
                observed_at: seen,
            },
            avatar_file: None,
        }
    }
}

impl Format for TwitterV1 {
    fn name(&self) -> &'static str {
        "twitter-v1"
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        matches!(head, Head::Object(object) if object.contains_key("id_str") && object.contains_key("user"))
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(line)
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    match serde_json::from_str::<Tweet>(line) {
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
