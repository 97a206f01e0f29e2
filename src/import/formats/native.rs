//! The program's own JSONL, which the README documents: every field that the cache holds.

use serde::Deserialize;

use crate::import::format::{Content, Format, Head, Item, Out, Outcome};
use crate::import::json::{Id, Moment};
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

pub(super) struct Native;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Account(Box<Account>),
    Post(Box<Post>),
}

#[derive(Deserialize)]
struct Account {
    id: Id,
    handle: Option<String>,
    name: Option<String>,
    bio: Option<String>,
    location: Option<String>,
    created_at: Option<Moment>,
    followers: Option<u64>,
    following: Option<u64>,
    statuses: Option<u64>,
    verified: Option<bool>,
    declared_bot: Option<bool>,
    avatar_url: Option<String>,
    observed_at: Option<Moment>,
    avatar: Option<String>,
}

#[derive(Deserialize)]
struct Post {
    id: Id,
    author_id: Id,
    created_at: Option<Moment>,
    text: Option<String>,
    retweet_of: Option<Reference>,
    quote_of: Option<Reference>,
    reply_to: Option<Reference>,
    links: Option<Vec<String>>,
    hashtags: Option<Vec<String>>,
    language: Option<String>,
    client: Option<String>,
}

#[derive(Deserialize)]
struct Reference {
    id: Id,
    author_id: Option<Id>,
    created_at: Option<Moment>,
    text: Option<String>,
    #[serde(default)]
    synthetic: bool,
}

impl From<Account> for AccountRecord {
    fn from(line: Account) -> Self {
        Self {
            platform_id: line.id.0,
            profile: Profile {
                handle: line.handle,
                name: line.name,
                bio: line.bio,
                location: line.location,
                created_at: line.created_at.map(|at| at.0),
                followers: line.followers,
                following: line.following,
                statuses: line.statuses,
                verified: line.verified,
                avatar_url: line.avatar_url,
                declared_bot: line.declared_bot,
                observed_at: line.observed_at.map(|at| at.0),
            },
            avatar_file: line.avatar,
        }
    }
}

impl From<Reference> for PostReference {
    fn from(line: Reference) -> Self {
        Self {
            platform_id: line.id.0,
            author: line.author_id.map(|id| id.0),
            created_at: line.created_at.map(|at| at.0),
            text: line.text,
            synthetic: line.synthetic,
        }
    }
}

impl From<Post> for PostRecord {
    fn from(line: Post) -> Self {
        Self {
            platform_id: line.id.0,
            author: line.author_id.0,
            created_at: line.created_at.map(|at| at.0),
            text: line.text,
            retweet_of: line.retweet_of.map(PostReference::from),
            quote_of: line.quote_of.map(PostReference::from),
            reply_to: line.reply_to.map(PostReference::from),
            links: line.links.unwrap_or_default(),
            hashtags: line.hashtags.unwrap_or_default(),
            language: line.language,
            client: line.client,
        }
    }
}

impl Format for Native {
    fn name(&self) -> &'static str {
        "native"
    }

    fn platform(&self) -> Option<&'static str> {
        None
    }

    fn marks(&self) -> &'static [&'static str] {
        &["type", "id", "author_id"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let Head::Object(object) = head else { return false };
        matches!(object.get("type").and_then(|kind| kind.as_str()), Some("account" | "post"))
            && object.contains_key("id")
    }

    fn content(&self) -> Content<'_> {
        Content::Lines(|_, text, out| line(text, out))
    }
}

fn line(line: &str, out: &mut Out<'_>) -> Outcome {
    Ok(match serde_json::from_str(line).map_err(|error| error.to_string())? {
        Line::Account(account) => out(Item::Account(Box::new((*account).into()))),
        Line::Post(post) => out(Item::Post(&PostRecord::from(*post).borrowed())),
    })
}
