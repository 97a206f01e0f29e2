//! The tables that twarc-csv makes of Twitter API v2: of tweets, with their authors, or of users.

use serde_json::Value;

use super::{cells, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome, Rows};
use crate::import::json::unescape;
use crate::import::table::{Heading, Row, columns};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

pub(super) struct TwarcCsv;

impl Format for TwarcCsv {
    fn name(&self) -> &'static str {
        "twarc-csv"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        Tweets::MARKS
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let has = |marks: &[&str]| marks.iter().all(|mark| head.has(mark));
        matches!(head, Head::Heading(_)) && (has(Tweets::MARKS) || has(Users::MARKS) && has(User::MARKS))
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(open))
    }
}

columns! {
    /// A table of tweets, beside the columns of their authors.
    struct Tweets {
        marks {
            id: must "id",
            author: must "author_id",
            text: may "text",
            retweeted: may "referenced_tweets.retweeted.id",
        }
        others {
            created: may "created_at",
            retweeted_author: may "retweeted_user_id",
            retweeted_handle: may "retweeted_username",
            quoted: may "referenced_tweets.quoted.id",
            quoted_author: may "quoted_user_id",
            replied: may "referenced_tweets.replied_to.id",
            replied_author: may "in_reply_to_user_id",
            hashtags: may "entities.hashtags",
            urls: may "entities.urls",
            language: may "lang",
            source: may "source",
            seen: may "__twarc.retrieved_at",
        }
    }
}

columns! {
    /// A table of users, beside what their profiles say.
    struct Users {
        marks {
            id: must "id",
        }
        others {
            seen: may "__twarc.retrieved_at",
        }
    }
}

columns! {
    /// What a profile says: in a table of tweets each column has `author.` before it.
    struct User {
        marks {
            handle: may "username",
            followers: may "public_metrics.followers_count",
        }
        others {
            name: may "name",
            bio: may "description",
            location: may "location",
            created: may "created_at",
            following: may "public_metrics.following_count",
            statuses: may "public_metrics.tweet_count",
            verified: may "verified",
            avatar_url: may "profile_image_url",
        }
    }
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let Users { id, seen } = Users::find(heading)?;
    let user = User::find(heading)?;
    if user.handle.is_some() && heading.column("author_id").is_none() {
        return Ok(Rows::below(move |row, out| {
            let (platform_id, profile) = (cells::need_id(row, id)?, user.read(row, seen)?);
            Ok(out(Item::Account(Box::new(AccountRecord { platform_id, profile, avatar_file: None }))))
        }));
    }
    let (tweets, user) = (Tweets::find(heading)?, User::find(&heading.behind("author."))?);
    Ok(Rows::below(move |row, out| tweets.read(&user, row, out)))
}

/// A text whose line ends the table writes as `\n`.
fn said(row: &Row<'_>, column: Option<usize>) -> Result<Option<String>, String> {
    Ok(row.text(column)?.map(|text| unescape(text.replace("\\n", "\n"))))
}

impl Tweets {
    fn read(&self, user: &User, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (cells::need_id(row, self.id)?, cells::need_id(row, self.author)?);
        let profile = user.read(row, self.seen)?;
        let account = AccountRecord { platform_id: author.clone(), profile, avatar_file: None };
        let quote_of = cells::further_tweet(row, [self.quoted, self.quoted_author])?;
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
            reply_to: cells::further_tweet(row, [self.replied, self.replied_author])?,
            hashtags: listed(row.text(self.hashtags)?, &["tag"]),
            language: cells::text(row, self.language)?,
            client: cells::text(row, self.source)?,
        };
        cells::send(out, account, post)
    }

    /// The table writes what the retweeted tweet says in full.
    fn retweeted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let Some(target) = cells::tweet(row, [self.retweeted, self.retweeted_author])? else { return Ok(None) };
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
    fn read(&self, row: &Row<'_>, seen: Option<usize>) -> Result<Profile, String> {
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
            observed_at: row.time(seen)?,
        })
    }
}
