//! Tweets as twscrape, and before it snscrape, write them: one a line. Lines may be accounts too.

use std::ops::ControlFlow;

use serde::Deserialize;

use super::tweet_links;
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment, client_name, unescape};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

pub(super) struct Twscrape;

/// What a line is: a tweet has content.
#[derive(Deserialize)]
struct Shape {
    #[serde(rename = "rawContent")]
    content: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tweet {
    #[serde(rename = "id_str")]
    id_str: Option<Id>,
    id: Option<Id>,
    date: Option<Moment>,
    raw_content: Option<String>,
    user: User,
    lang: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    hashtags: Vec<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    links: Vec<Link>,
    retweeted_tweet: Option<Box<Tweet>>,
    quoted_tweet: Option<Box<Tweet>>,
    in_reply_to_tweet_id_str: Option<Id>,
    in_reply_to_tweet_id: Option<Id>,
    in_reply_to_user: Option<User>,
    source_label: Option<String>,
    source: Option<String>,
}

fn null_is_empty<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default())
}

#[derive(Deserialize)]
struct Link {
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    #[serde(rename = "id_str")]
    id_str: Option<Id>,
    id: Option<Id>,
    username: Option<String>,
    displayname: Option<String>,
    raw_description: Option<String>,
    created: Option<Moment>,
    followers_count: Option<u64>,
    friends_count: Option<u64>,
    statuses_count: Option<u64>,
    location: Option<String>,
    profile_image_url: Option<String>,
    verified: Option<bool>,
}

impl User {
    fn id(&self) -> Option<&str> {
        self.id_str.as_ref().or(self.id.as_ref()).map(|id| id.0.as_str())
    }

    fn record(&self, seen: Option<Timestamp>) -> Option<AccountRecord> {
        Some(AccountRecord {
            platform_id: self.id()?.to_owned(),
            profile: Profile {
                handle: self.username.clone(),
                name: self.displayname.clone(),
                bio: self.raw_description.clone(),
                location: self.location.clone(),
                // Where the website does not tell, the tool writes the beginning of 1970.
                created_at: self.created.map(|at| at.0).filter(|at| at.0 != 0),
                followers: self.followers_count,
                following: self.friends_count,
                statuses: self.statuses_count,
                verified: self.verified,
                declared_bot: None,
                avatar_url: self.profile_image_url.clone(),
                observed_at: seen,
            },
            avatar_file: None,
        })
    }
}

impl Tweet {
    fn id(&self) -> Option<&str> {
        self.id_str.as_ref().or(self.id.as_ref()).map(|id| id.0.as_str())
    }

    fn at(&self) -> Option<Timestamp> {
        self.date.map(|at| at.0).or_else(|| time::of_twitter_id(self.id()?))
    }

    fn text(&self) -> Option<String> {
        self.raw_content.clone().map(unescape)
    }

    fn reference(&self) -> Option<PostReference> {
        Some(PostReference {
            platform_id: self.id()?.to_owned(),
            author: self.user.id().map(str::to_owned),
            created_at: self.at(),
            text: self.text(),
            synthetic: false,
        })
    }

    fn reply_to(&self) -> Option<PostReference> {
        let id = self.in_reply_to_tweet_id_str.as_ref().or(self.in_reply_to_tweet_id.as_ref())?;
        let author = self.in_reply_to_user.as_ref().and_then(User::id).map(str::to_owned);
        let created_at = time::of_twitter_id(&id.0);
        Some(PostReference { platform_id: id.0.clone(), author, created_at, ..PostReference::default() })
    }

    fn record(&self) -> Option<PostRecord> {
        let id = self.id()?;
        let quote_of = self.quoted_tweet.as_ref().and_then(|quoted| quoted.reference());
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let links = self.links.iter().filter_map(|link| link.url.as_deref());
        let source = self.source_label.as_deref().or(self.source.as_deref());
        Some(PostRecord {
            platform_id: id.to_owned(),
            author: self.user.id()?.to_owned(),
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.retweeted_tweet.as_ref().and_then(|target| target.reference()),
            links: tweet_links::shared(links, id, quoted),
            quote_of,
            reply_to: self.reply_to(),
            hashtags: self.hashtags.clone(),
            language: self.lang.clone(),
            client: source.map(client_name),
        })
    }

    fn send(&self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        if let Some(account) = self.user.record(seen) {
            out(Item::Account(Box::new(account)))?;
        }
        if let Some(post) = self.record() {
            out(Item::Post(&post.borrowed()))?;
        }
        let inner = [&self.retweeted_tweet, &self.quoted_tweet];
        inner.into_iter().flatten().try_for_each(|tweet| tweet.send(seen, out))
    }
}

impl Format for Twscrape {
    fn name(&self) -> &'static str {
        "twscrape"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["rawContent", "user", "date", "id"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let tweet = head.has("rawContent") && head.has("user");
        matches!(head, Head::Object(_)) && (tweet || head.has("rawDescription") && head.has("username"))
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(|_, text, out| line(text, out))
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    let reason = |error: serde_json::Error| error.to_string();
    let shape: Shape = serde_json::from_str(line).map_err(reason)?;
    if shape.content.is_none() {
        let user: User = serde_json::from_str(line).map_err(reason)?;
        let record = user.record(None).ok_or("there is neither a tweet nor an account with an id")?;
        return Ok(out(Item::Account(Box::new(record))));
    }
    let tweet: Tweet = serde_json::from_str(line).map_err(reason)?;
    if tweet.id().is_none() || tweet.user.id().is_none() {
        return Err("the tweet or its user has no id".to_owned());
    }
    Ok(tweet.send(tweet.at(), out))
}
