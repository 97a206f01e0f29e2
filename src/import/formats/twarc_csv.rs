//! The tables that twarc-csv makes of Twitter API v2: of tweets, with their authors, or of users.

use serde_json::Value;

use super::{cells, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome, Rows};
use crate::import::json::unescape;
use crate::import::table::{Heading, Row};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

pub(super) struct TwarcCsv;

const USERS: [&str; 3] = ["id", "username", "public_metrics.followers_count"];

impl Format for TwarcCsv {
    fn name(&self) -> &'static str {
        "twarc-csv"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["id", "author_id", "text", "referenced_tweets.retweeted.id"]
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let has = |marks: &[&str]| marks.iter().all(|mark| head.has(mark));
        matches!(head, Head::Heading(_)) && (has(self.marks()) || has(&USERS))
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(open))
    }
}

struct Tweets {
    id: usize,
    author: usize,
    created: Option<usize>,
    text: Option<usize>,
    retweeted: [Option<usize>; 2],
    retweeted_handle: Option<usize>,
    quoted: [Option<usize>; 2],
    replied: [Option<usize>; 2],
    hashtags: Option<usize>,
    urls: Option<usize>,
    language: Option<usize>,
    source: Option<usize>,
    user: User,
}

struct User {
    handle: Option<usize>,
    name: Option<usize>,
    bio: Option<usize>,
    location: Option<usize>,
    created: Option<usize>,
    followers: Option<usize>,
    following: Option<usize>,
    statuses: Option<usize>,
    verified: Option<usize>,
    avatar_url: Option<usize>,
    seen: Option<usize>,
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let id = heading.need("id")?;
    if heading.column("author_id").is_none() && heading.column("username").is_some() {
        let user = User::of(heading, "");
        return Ok(Rows::below(move |row, out| {
            let platform_id = cells::need_id(row, id)?;
            Ok(out(Item::Account(Box::new(AccountRecord { platform_id, profile: user.read(row)?, avatar_file: None }))))
        }));
    }
    let column = |name| heading.column(name);
    let tweets = Tweets {
        id,
        author: heading.need("author_id")?,
        created: column("created_at"),
        text: column("text"),
        retweeted: [column("referenced_tweets.retweeted.id"), column("retweeted_user_id")],
        retweeted_handle: column("retweeted_username"),
        quoted: [column("referenced_tweets.quoted.id"), column("quoted_user_id")],
        replied: [column("referenced_tweets.replied_to.id"), column("in_reply_to_user_id")],
        hashtags: column("entities.hashtags"),
        urls: column("entities.urls"),
        language: column("lang"),
        source: column("source"),
        user: User::of(heading, "author."),
    };
    Ok(Rows::below(move |row, out| tweets.read(row, out)))
}

/// A text whose line ends the table writes as `\n`.
fn said(row: &Row<'_>, column: Option<usize>) -> Result<Option<String>, String> {
    Ok(row.text(column)?.map(|text| unescape(text.replace("\\n", "\n"))))
}

impl Tweets {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (cells::need_id(row, self.id)?, cells::need_id(row, self.author)?);
        let account = AccountRecord { platform_id: author.clone(), profile: self.user.read(row)?, avatar_file: None };
        let quote_of = cells::further_tweet(row, self.quoted)?;
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let links = listed(row.text(self.urls)?, &["unwound_url", "expanded_url"]);
        let links = links.iter().map(String::as_str).filter(|link| link.contains("://"));
        let post = PostRecord {
            links: tweet_links::shared(links, &id, quoted),
            created_at: row.time(self.created)?.or_else(|| time::of_twitter_id(&id)),
            platform_id: id,
            author,
            text: said(row, self.text)?,
            retweet_of: self.retweeted(row)?,
            quote_of,
            reply_to: cells::further_tweet(row, self.replied)?,
            hashtags: listed(row.text(self.hashtags)?, &["tag"]),
            language: cells::text(row, self.language)?,
            client: cells::text(row, self.source)?,
        };
        cells::send(out, account, post)
    }

    /// The table writes what the retweeted tweet says in full.
    fn retweeted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let Some(target) = cells::tweet(row, self.retweeted)? else { return Ok(None) };
        let handle = row.text(self.retweeted_handle)?.unwrap_or_default();
        let text = said(row, self.text)?.map(|text| synthetic::without_retweet_mark(handle, &text).to_owned());
        Ok(Some(PostReference { text, ..target }))
    }
}

/// The items of a list in JSON: texts, or objects that hold them under one of `keys`.
fn listed(cell: Option<&str>, keys: &[&str]) -> Vec<String> {
    let cell = cell.unwrap_or_default();
    let Ok(items) = serde_json::from_str::<Vec<Value>>(cell) else { return lists::cut(cell, ',') };
    let text = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => keys.iter().find_map(|key| Some(object.get(*key)?.as_str()?.to_owned())),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

impl User {
    fn of(heading: &Heading, before: &str) -> Self {
        let column = |name: &str| heading.column(&format!("{before}{name}"));
        Self {
            handle: column("username"),
            name: column("name"),
            bio: column("description"),
            location: column("location"),
            created: column("created_at"),
            followers: column("public_metrics.followers_count"),
            following: column("public_metrics.following_count"),
            statuses: column("public_metrics.tweet_count"),
            verified: column("verified"),
            avatar_url: column("profile_image_url"),
            seen: heading.column("__twarc.retrieved_at"),
        }
    }

    fn read(&self, row: &Row<'_>) -> Result<Profile, String> {
        let handle = cells::text(row, self.handle)?;
        let bio = said(row, self.bio)?;
        Ok(Profile {
            // Where the table knows the author at all, a blank bio is blank.
            bio: bio.or_else(|| handle.as_ref().and(self.bio).map(|_| String::new())),
            handle,
            name: cells::text(row, self.name)?,
            location: cells::text(row, self.location)?,
            created_at: row.time(self.created)?,
            followers: row.count(self.followers)?,
            following: row.count(self.following)?,
            statuses: row.count(self.statuses)?,
            verified: row.flag(self.verified)?,
            declared_bot: None,
            avatar_url: cells::text(row, self.avatar_url)?,
            observed_at: row.time(self.seen)?,
        })
    }
}
