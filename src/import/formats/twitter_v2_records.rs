//! What Twitter's API v2 tells of tweets and users, and the records that are made of it. Texts lie in the line that was
//! read.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::tweet_links;
use crate::import::json::{BorrowedId, Moment, Text, client_in, unescaped};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

/// A tweet, or what another tweet says of one: then it has a `type`, and in flattened files all its fields too.
#[derive(Deserialize)]
pub(super) struct Tweet<'a> {
    #[serde(rename = "type")]
    pub relation: Option<Relation>,
    #[serde(borrow)]
    pub id: BorrowedId<'a>,
    pub author_id: Option<BorrowedId<'a>>,
    pub created_at: Option<Moment>,
    pub text: Option<Said<'a>>,
    #[serde(default)]
    pub referenced_tweets: Vec<Tweet<'a>>,
    pub author: Option<User<'a>>,
    pub in_reply_to_user: Option<User<'a>>,
    pub entities: Option<Entities<'a>>,
    pub lang: Option<Text<'a>>,
    pub source: Option<Client<'a>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Relation {
    Retweeted,
    Quoted,
    RepliedTo,
    #[serde(other)]
    Other,
}

/// What a tweet says, without entities.
pub(super) struct Said<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Said<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|text| Self(unescaped(text.0)))
    }
}

/// The name of a program that posts.
pub(super) struct Client<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Client<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Text::deserialize(deserializer)?.0 {
            Cow::Borrowed(source) => client_in(source),
            Cow::Owned(source) => Cow::Owned(client_in(&source).into_owned()),
        }))
    }
}

#[derive(Deserialize)]
pub(super) struct Entities<'a> {
    #[serde(default, borrow)]
    mentions: Vec<User<'a>>,
    #[serde(default)]
    urls: Vec<Link<'a>>,
    #[serde(default)]
    hashtags: Vec<Hashtag<'a>>,
}

#[derive(Deserialize)]
struct Link<'a> {
    #[serde(borrow)]
    expanded_url: Option<Text<'a>>,
    unwound_url: Option<Text<'a>>,
    /// Names a picture or film of the tweet.
    media_key: Option<IgnoredAny>,
}

impl Link<'_> {
    fn target(&self) -> Option<&str> {
        let target = self.unwound_url.as_ref().or(self.expanded_url.as_ref()).map(|url| &*url.0);
        target.filter(|_| self.media_key.is_none())
    }
}

#[derive(Deserialize)]
struct Hashtag<'a> {
    #[serde(borrow)]
    tag: Text<'a>,
}

/// A user, or the mere mention of one: then it lacks id or figures.
#[derive(Deserialize)]
pub(super) struct User<'a> {
    #[serde(borrow)]
    id: Option<BorrowedId<'a>>,
    username: Option<Text<'a>>,
    name: Option<Text<'a>>,
    description: Option<Text<'a>>,
    location: Option<Text<'a>>,
    created_at: Option<Moment>,
    public_metrics: Option<Metrics>,
    profile_image_url: Option<Text<'a>>,
    verified: Option<bool>,
}

#[derive(Deserialize, Clone, Copy)]
struct Metrics {
    followers_count: Option<u64>,
    following_count: Option<u64>,
    tweet_count: Option<u64>,
}

impl User<'_> {
    /// Whether it is more than a mention.
    pub fn is_whole(&self) -> bool {
        self.id.is_some() && (self.public_metrics.is_some() || self.created_at.is_some())
    }

    /// The record of a whole user; `None` for a mention.
    pub fn record(&self, seen: Option<Timestamp>) -> Option<AccountRecord> {
        if !self.is_whole() {
            return None;
        }
        let own = |text: &Option<Text<'_>>| text.as_ref().map(|text| text.0.clone().into_owned());
        let metrics = self.public_metrics;
        Some(AccountRecord {
            platform_id: self.id.as_ref()?.0.clone().into_owned(),
            profile: Profile {
                handle: own(&self.username),
                name: own(&self.name),
                bio: own(&self.description),
                location: own(&self.location),
                created_at: self.created_at.map(|at| at.0),
                followers: metrics.and_then(|metrics| metrics.followers_count),
                following: metrics.and_then(|metrics| metrics.following_count),
                statuses: metrics.and_then(|metrics| metrics.tweet_count),
                verified: self.verified,
                declared_bot: None,
                avatar_url: own(&self.profile_image_url),
                observed_at: seen,
            },
            avatar_file: None,
        })
    }
}

/// What a page adds of a tweet to which others refer.
#[derive(Clone, Copy, Default)]
pub(super) struct Target<'t> {
    pub id: &'t str,
    pub author: Option<&'t str>,
    pub at: Option<Timestamp>,
    pub text: Option<&'t str>,
}

/// The tweets that a page adds, in the order of their ids.
#[derive(Default)]
pub(super) struct Included<'t>(Vec<Target<'t>>);

impl<'t> Included<'t> {
    pub fn new(targets: impl Iterator<Item = Target<'t>>) -> Self {
        let mut targets: Vec<_> = targets.collect();
        // A page has some hundred: sorting them is less work than hashing them, and no file can make it slow.
        targets.sort_by(|a, b| a.id.cmp(b.id));
        Self(targets)
    }

    fn get(&self, id: &str) -> Option<Target<'t>> {
        let found = self.0.binary_search_by(|target| target.id.cmp(id)).ok()?;
        self.0.get(found).copied()
    }
}

impl<'a> Tweet<'a> {
    pub fn at(&self) -> Option<Timestamp> {
        self.created_at.map(|at| at.0).or_else(|| time::of_twitter_id(&self.id.0))
    }

    fn text(&self) -> Option<&str> {
        self.text.as_ref().map(|text| &*text.0)
    }

    /// What the tweet says of itself to those that refer to it.
    pub fn target(&self) -> Target<'_> {
        let author = self.author_id.as_ref().map(|id| &*id.0);
        Target { id: &self.id.0, author, at: self.at(), text: self.text() }
    }

    /// Every user in it, whole or not.
    pub fn users(&self) -> impl Iterator<Item = &User<'a>> {
        let mentions = self.entities.iter().flat_map(|entities| &entities.mentions);
        self.author.iter().chain(&self.in_reply_to_user).chain(mentions)
    }

    fn first(&self, relation: Relation) -> Option<&Self> {
        self.referenced_tweets.iter().find(|reference| reference.relation == Some(relation))
    }

    /// What the tweet stands in `relation` to, told in full by the reference itself or by the page's `includes`.
    fn reference<'t>(&'t self, relation: Relation, included: &Included<'t>) -> Option<PostReference<&'t str>> {
        let reference = self.first(relation)?;
        let full = included.get(&reference.id.0).unwrap_or_else(|| reference.target());
        Some(PostReference {
            platform_id: &reference.id.0,
            author: full.author,
            created_at: full.at,
            text: full.text,
            synthetic: false,
        })
    }

    /// The post that it is; `None` where it has no author.
    pub fn record<'t>(&'t self, included: &Included<'t>) -> Option<PostRecord<&'t str>> {
        let quote_of = self.reference(Relation::Quoted, included);
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id);
        let links = self.entities.iter().flat_map(|entities| &entities.urls).filter_map(Link::target);
        Some(PostRecord {
            platform_id: &self.id.0,
            author: &self.author_id.as_ref()?.0,
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.reference(Relation::Retweeted, included),
            links: tweet_links::leading_elsewhere(links, &self.id.0, quoted),
            quote_of,
            reply_to: self.reference(Relation::RepliedTo, included),
            hashtags: self.entities.iter().flat_map(|e| &e.hashtags).map(|hashtag| &*hashtag.tag.0).collect(),
            language: self.lang.as_ref().map(|lang| &*lang.0),
            client: self.source.as_ref().map(|source| &*source.0),
        })
    }
}
