//! Statuses of Mastodon, and of what speaks its language, one a line. Every instance has its own ids: posts are known by
//! their `uri` and accounts by the address of their page, which are the same wherever they are seen.

use std::ops::ControlFlow;

use serde::Deserialize;

use super::html;
use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment};
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

pub(super) struct Mastodon;

#[derive(Deserialize)]
struct Status {
    uri: Id,
    created_at: Option<Moment>,
    content: Option<String>,
    account: Account,
    reblog: Option<Box<Status>>,
    quote: Option<Quote>,
    in_reply_to_id: Option<Id>,
    in_reply_to_account_id: Option<Id>,
    #[serde(default)]
    mentions: Vec<Mention>,
    #[serde(default)]
    tags: Vec<Tag>,
    language: Option<String>,
    application: Option<Application>,
}

#[derive(Deserialize)]
struct Quote {
    quoted_status: Option<Box<Status>>,
}

#[derive(Deserialize)]
struct Mention {
    id: Option<Id>,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Tag {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Application {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Account {
    id: Option<Id>,
    acct: String,
    url: Option<String>,
    uri: Option<String>,
    display_name: Option<String>,
    note: Option<String>,
    avatar: Option<String>,
    bot: Option<bool>,
    created_at: Option<Moment>,
    followers_count: Option<u64>,
    following_count: Option<u64>,
    statuses_count: Option<u64>,
}

impl Account {
    /// The address of its page; without one, its name.
    fn key(&self) -> &str {
        let address = self.url.as_deref().or(self.uri.as_deref());
        address.filter(|address| !address.is_empty()).unwrap_or(&self.acct)
    }

    /// Its name with its instance, which instances leave out of their own.
    fn handle(&self) -> String {
        let host = || Some(self.key().split_once("://")?.1.split('/').next()?.to_owned());
        match host().filter(|_| !self.acct.contains('@')) {
            Some(host) => format!("{}@{host}", self.acct),
            None => self.acct.clone(),
        }
    }

    fn record(&self, seen: Option<Timestamp>) -> AccountRecord {
        AccountRecord {
            platform_id: self.key().to_owned(),
            profile: Profile {
                handle: Some(self.handle()),
                name: self.display_name.clone(),
                bio: self.note.as_deref().map(html::plain_text),
                location: None,
                created_at: self.created_at.map(|at| at.0),
                followers: self.followers_count,
                following: self.following_count,
                statuses: self.statuses_count,
                verified: None,
                declared_bot: self.bot,
                avatar_url: self.avatar.clone(),
                observed_at: seen,
            },
            avatar_file: None,
        }
    }
}

impl Status {
    fn at(&self) -> Option<Timestamp> {
        self.created_at.map(|at| at.0)
    }

    fn text(&self) -> Option<String> {
        self.content.as_deref().map(html::plain_text)
    }

    fn reference(&self) -> PostReference {
        PostReference {
            platform_id: self.uri.0.clone(),
            author: Some(self.account.key().to_owned()),
            created_at: self.at(),
            text: self.text(),
            synthetic: false,
        }
    }

    /// What it answers, by the id that the instance gave it where the status was seen: another instance's differs.
    fn reply_to(&self) -> Option<PostReference> {
        let id = self.in_reply_to_id.as_ref()?;
        let own = self.in_reply_to_account_id.is_some() && self.in_reply_to_account_id == self.account.id;
        let named =
            self.mentions.iter().find(|mention| mention.id.is_some() && mention.id == self.in_reply_to_account_id);
        let author = if own { Some(self.account.key()) } else { named.and_then(|mention| mention.url.as_deref()) };
        Some(PostReference {
            platform_id: format!("status:{}", id.0),
            author: author.map(str::to_owned),
            ..PostReference::default()
        })
    }

    fn record(&self) -> PostRecord {
        let quoted = self.quote.as_ref().and_then(|quote| quote.quoted_status.as_ref());
        let client = self.application.as_ref().and_then(|application| application.name.clone());
        PostRecord {
            platform_id: self.uri.0.clone(),
            author: self.account.key().to_owned(),
            created_at: self.at(),
            // What a boost holds is the boosted status's.
            text: self.text().filter(|_| self.reblog.is_none()),
            retweet_of: self.reblog.as_ref().map(|target| target.reference()),
            quote_of: quoted.map(|quoted| quoted.reference()),
            reply_to: self.reply_to(),
            links: self.content.as_deref().map(html::links).unwrap_or_default(),
            hashtags: self.tags.iter().filter_map(|tag| tag.name.clone()).collect(),
            language: self.language.clone(),
            client,
        }
    }

    fn send(&self, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
        out(Item::Account(Box::new(self.account.record(seen))))?;
        out(Item::Post(&self.record().borrowed()))?;
        let quoted = self.quote.as_ref().and_then(|quote| quote.quoted_status.as_ref());
        [self.reblog.as_ref(), quoted].into_iter().flatten().try_for_each(|status| status.send(seen, out))
    }
}

impl Format for Mastodon {
    fn name(&self) -> &'static str {
        "mastodon"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("mastodon")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["uri", "account", "content", "reblog"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let Head::Object(object) = head else { return false };
        object.contains_key("uri") && object.get("account").is_some_and(|account| account.get("acct").is_some())
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(|_, text, out| line(text, out))
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    let status: Status = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(status.send(status.at(), out))
}
