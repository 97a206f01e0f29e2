//! Posts of X as Zeeschuimer takes them from the website: one a line, as the browser extension writes them (each in an
//! envelope) or as 4CAT hands them on. The website changed where it keeps things several times; all places are read.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::tweet_parts::{Entities, User};
use super::website_user::WebsiteUser;
use super::{synthetic, tweet_links};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment, client_name, unescape};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Timestamp};

pub(super) struct Zeeschuimer;

#[derive(Deserialize)]
struct Envelope {
    data: Option<IgnoredAny>,
    timestamp_collected: Option<Moment>,
    #[serde(rename = "__import_meta")]
    import: Option<Import>,
}

#[derive(Deserialize)]
struct Import {
    timestamp_collected: Option<Moment>,
}

#[derive(Deserialize)]
struct Filled {
    data: Tweet,
}

#[derive(Deserialize)]
struct Tweet {
    rest_id: Option<Id>,
    legacy: Option<Legacy>,
    core: Option<Core>,
    /// Where the oldest captures keep the author.
    user: Option<User>,
    note_tweet: Option<Note>,
    quoted_status_result: Option<Found>,
    source: Option<String>,
    /// The tweet itself, where a notice is wrapped around it.
    tweet: Option<Box<Tweet>>,
}

#[derive(Deserialize)]
struct Legacy {
    id_str: Option<Id>,
    user_id_str: Option<Id>,
    created_at: Option<Moment>,
    full_text: Option<String>,
    retweeted_status_result: Option<Found>,
    quoted_status_id_str: Option<Id>,
    in_reply_to_status_id_str: Option<Id>,
    in_reply_to_user_id_str: Option<Id>,
    entities: Option<Entities>,
    lang: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Found {
    result: Option<Box<Tweet>>,
}

#[derive(Deserialize)]
struct Core {
    user_results: Option<UserFound>,
}

#[derive(Deserialize)]
struct UserFound {
    result: Option<Box<WebsiteUser>>,
}

/// A text that is too long for the old place.
#[derive(Deserialize)]
struct Note {
    note_tweet_results: Option<NoteFound>,
}

#[derive(Deserialize)]
struct NoteFound {
    result: Option<NoteText>,
}

#[derive(Deserialize)]
struct NoteText {
    text: Option<String>,
    entity_set: Option<Entities>,
}

impl Found {
    fn tweet(&self) -> Option<&Tweet> {
        let found = self.result.as_ref()?;
        Some(found.tweet.as_ref().unwrap_or(found))
    }
}

impl Tweet {
    fn id(&self) -> Option<&str> {
        let id = self.rest_id.as_ref().or_else(|| self.legacy.as_ref()?.id_str.as_ref())?;
        Some(&id.0)
    }

    fn website_user(&self) -> Option<&WebsiteUser> {
        self.core.as_ref()?.user_results.as_ref()?.result.as_deref()
    }

    fn author(&self) -> Option<&str> {
        let from_legacy = self.legacy.as_ref().and_then(|legacy| legacy.user_id_str.as_ref());
        let user = || self.website_user().and_then(|user| user.rest_id.as_ref());
        let oldest = || self.user.as_ref().and_then(|user| user.id_str.as_ref());
        from_legacy.or_else(user).or_else(oldest).map(|id| id.0.as_str())
    }

    fn at(&self) -> Option<Timestamp> {
        let from_legacy = self.legacy.as_ref().and_then(|legacy| legacy.created_at).map(|at| at.0);
        from_legacy.or_else(|| time::of_twitter_id(self.id()?))
    }

    fn note(&self) -> Option<&NoteText> {
        self.note_tweet.as_ref()?.note_tweet_results.as_ref()?.result.as_ref().filter(|note| note.text.is_some())
    }

    fn text(&self) -> Option<String> {
        let note = self.note().and_then(|note| note.text.clone());
        note.or_else(|| self.legacy.as_ref()?.full_text.clone()).map(unescape)
    }

    fn entities(&self) -> Option<&Entities> {
        let note = self.note().and_then(|note| note.entity_set.as_ref());
        note.or_else(|| self.legacy.as_ref()?.entities.as_ref())
    }

    fn reference(&self) -> Option<PostReference> {
        Some(PostReference {
            platform_id: self.id()?.to_owned(),
            author: self.author().map(str::to_owned),
            created_at: self.at(),
            text: self.text(),
            synthetic: false,
        })
    }

    fn retweeted(&self) -> Option<&Tweet> {
        self.legacy.as_ref()?.retweeted_status_result.as_ref()?.tweet()
    }

    fn quoted(&self) -> Option<&Tweet> {
        self.quoted_status_result.as_ref()?.tweet()
    }

    /// The retweeted tweet; where the website withholds it, made of what the retweet says.
    fn retweet_of(&self) -> Option<PostReference> {
        self.legacy.as_ref()?.retweeted_status_result.as_ref()?;
        self.retweeted().and_then(Tweet::reference).or_else(|| {
            let text = self.text()?;
            Some(synthetic::target(synthetic::retweeted_handle(&text)?, &text))
        })
    }

    fn quote_of(&self) -> Option<PostReference> {
        let bare = |id: &Id| PostReference { platform_id: id.0.clone(), ..PostReference::default() };
        let named = || self.legacy.as_ref()?.quoted_status_id_str.as_ref().map(bare);
        self.quoted().and_then(Tweet::reference).or_else(named)
    }

    fn reply_to(&self) -> Option<PostReference> {
        let legacy = self.legacy.as_ref()?;
        let id = legacy.in_reply_to_status_id_str.as_ref()?;
        let author = legacy.in_reply_to_user_id_str.as_ref().map(|id| id.0.clone());
        Some(PostReference { platform_id: id.0.clone(), author, ..PostReference::default() })
    }

    fn record(&self) -> Option<PostRecord> {
        let (id, legacy) = (self.id()?, self.legacy.as_ref()?);
        let quote_of = self.quote_of();
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let links = self.entities().into_iter().flat_map(Entities::links);
        Some(PostRecord {
            platform_id: id.to_owned(),
            author: self.author()?.to_owned(),
            created_at: self.at(),
            text: self.text(),
            retweet_of: self.retweet_of(),
            links: tweet_links::shared(links, id, quoted),
            quote_of,
            reply_to: self.reply_to(),
            hashtags: self.entities().map(Entities::hashtags).unwrap_or_default(),
            language: legacy.lang.clone(),
            client: self.source.as_deref().or(legacy.source.as_deref()).map(client_name),
        })
    }

    fn account(&self, seen: Option<Timestamp>) -> Option<AccountRecord> {
        let oldest = || self.user.as_ref().map(|user| user.profile(seen));
        let profile = self.website_user().map(|user| user.profile(seen)).or_else(oldest)?;
        Some(AccountRecord { platform_id: self.author()?.to_owned(), profile, avatar_file: None })
    }

    fn send(&self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        if let Some(account) = self.account(seen) {
            out(Item::Account(Box::new(account)))?;
        }
        if let Some(post) = self.record() {
            out(Item::Post(&post.borrowed()))?;
        }
        [self.retweeted(), self.quoted()].into_iter().flatten().try_for_each(|tweet| tweet.send(seen, out))
    }
}

impl Format for Zeeschuimer {
    fn name(&self) -> &'static str {
        "zeeschuimer"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["rest_id", "legacy", "core"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let Head::Object(object) = head else { return false };
        let within = object.get("data").and_then(|data| data.as_object()).unwrap_or(object);
        within.contains_key("legacy") && (within.contains_key("rest_id") || within.contains_key("user"))
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(|_, text, out| line(text, out))
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    let reason = |error: serde_json::Error| error.to_string();
    let envelope: Envelope = serde_json::from_str(line).map_err(reason)?;
    let tweet = if envelope.data.is_some() {
        serde_json::from_str::<Filled>(line).map_err(reason)?.data
    } else {
        serde_json::from_str::<Tweet>(line).map_err(reason)?
    };
    let tweet = tweet.tweet.as_deref().unwrap_or(&tweet);
    if tweet.id().is_none() || tweet.legacy.is_none() || tweet.author().is_none() {
        return Err("there is no post with an id and an author".to_owned());
    }
    let collected = envelope.timestamp_collected.or_else(|| envelope.import?.timestamp_collected);
    Ok(tweet.send(collected.map(|at| at.0).or_else(|| tweet.at()), out))
}
