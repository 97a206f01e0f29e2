//! The table of tweets that minet and gazouilloire write.

use super::{cells, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Out, Outcome, Rows};
use crate::import::table::{Heading, Row};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

pub(super) struct Minet;

/// What stands between the items of a list.
const SEPARATOR: char = '|';

impl Format for Minet {
    fn name(&self) -> &'static str {
        "minet"
    }

    fn platform(&self) -> Option<&'static str> {
        Some("x")
    }

    fn marks(&self) -> &'static [&'static str] {
        &["id", "timestamp_utc", "user_id", "user_screen_name", "retweeted_id"]
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(open))
    }
}

struct Columns {
    id: usize,
    author: usize,
    time: Option<usize>,
    text: Option<usize>,
    language: Option<usize>,
    source: Option<usize>,
    retweeted: Other,
    retweeted_handle: Option<usize>,
    quoted: Other,
    replied: [Option<usize>; 2],
    links: Option<usize>,
    hashtags: Option<usize>,
    user: User,
}

/// Another tweet: its id, its author's, its time.
struct Other([Option<usize>; 2], Option<usize>);

struct User {
    handle: Option<usize>,
    name: Option<usize>,
    bio: Option<usize>,
    location: Option<usize>,
    created: [Option<usize>; 2],
    followers: Option<usize>,
    friends: Option<usize>,
    tweets: Option<usize>,
    verified: Option<usize>,
    image: Option<usize>,
    collected: Option<usize>,
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let column = |name| heading.column(name);
    let columns = Columns {
        id: heading.need("id")?,
        author: heading.need("user_id")?,
        time: column("timestamp_utc"),
        text: column("text"),
        language: column("lang"),
        source: column("source_name"),
        retweeted: Other([column("retweeted_id"), column("retweeted_user_id")], column("retweeted_timestamp_utc")),
        retweeted_handle: column("retweeted_user"),
        quoted: Other([column("quoted_id"), column("quoted_user_id")], column("quoted_timestamp_utc")),
        replied: [column("to_tweetid"), column("to_userid")],
        links: column("links"),
        hashtags: column("hashtags"),
        user: User {
            handle: column("user_screen_name"),
            name: column("user_name"),
            bio: column("user_description"),
            location: column("user_location"),
            created: [column("user_timestamp_utc"), column("user_created_at")],
            followers: column("user_followers"),
            friends: column("user_friends"),
            tweets: column("user_tweets"),
            verified: column("user_verified"),
            image: column("user_image"),
            collected: column("collection_time"),
        },
    };
    Ok(Rows::below(move |row, out| columns.read(row, out)))
}

type ReadTweet = fn(&Row<'_>, [Option<usize>; 2]) -> Result<Option<PostReference>, String>;

impl Other {
    fn read(&self, row: &Row<'_>, tweet: ReadTweet) -> Result<Option<PostReference>, String> {
        let Some(other) = tweet(row, self.0)? else { return Ok(None) };
        let told = row.time(self.1)?;
        Ok(Some(PostReference { created_at: told.or(other.created_at), ..other }))
    }
}

impl Columns {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (cells::need_id(row, self.id)?, cells::need_id(row, self.author)?);
        let account = AccountRecord { platform_id: author.clone(), profile: self.user.read(row)?, avatar_file: None };
        let quote_of = self.quoted.read(row, cells::further_tweet)?;
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        let links = lists::links(row.text(self.links)?.unwrap_or_default(), SEPARATOR);
        let post = PostRecord {
            links: tweet_links::shared(links.iter().map(String::as_str), &id, quoted),
            created_at: row.time(self.time)?.or_else(|| time::of_twitter_id(&id)),
            platform_id: id,
            author,
            text: cells::text(row, self.text)?,
            retweet_of: self.retweeted(row)?,
            quote_of,
            reply_to: cells::further_tweet(row, self.replied)?,
            hashtags: lists::cut(row.text(self.hashtags)?.unwrap_or_default(), SEPARATOR),
            language: cells::text(row, self.language)?,
            client: cells::text(row, self.source)?,
        };
        cells::send(out, account, post)
    }

    /// The retweeted tweet, whose whole text stands behind the retweet's mark.
    fn retweeted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let Some(target) = self.retweeted.read(row, cells::tweet)? else { return Ok(None) };
        let handle = row.text(self.retweeted_handle)?.unwrap_or_default();
        let text = row.text(self.text)?.map(|text| synthetic::without_retweet_mark(handle, text).to_owned());
        Ok(Some(PostReference { text, ..target }))
    }
}

impl User {
    fn read(&self, row: &Row<'_>) -> Result<Profile, String> {
        let [seconds, written] = self.created;
        let created_at = row.time(seconds)?;
        Ok(Profile {
            handle: cells::text(row, self.handle)?,
            name: cells::text(row, self.name)?,
            bio: cells::perhaps_blank(row, self.bio)?,
            location: cells::perhaps_blank(row, self.location)?,
            created_at: if created_at.is_some() { created_at } else { row.time(written)? },
            followers: row.count(self.followers)?,
            following: row.count(self.friends)?,
            statuses: row.count(self.tweets)?,
            verified: row.flag(self.verified)?,
            declared_bot: None,
            avatar_url: cells::text(row, self.image)?,
            // The collector's clock without its zone: some hours off, but in order.
            observed_at: row.time(self.collected)?,
        })
    }
}
