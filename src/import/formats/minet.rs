//! The table of tweets that minet and gazouilloire write.

use super::{cells, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Out, Outcome, Rows};
use crate::import::table::{Heading, Row, columns};
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
        Columns::MARKS
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(open))
    }
}

columns! {
    struct Columns {
        marks {
            id: must "id",
            time: may "timestamp_utc",
            author: must "user_id",
            handle: may "user_screen_name",
            retweeted: may "retweeted_id",
        }
        others {
            text: may "text",
            language: may "lang",
            source: may "source_name",
            retweeted_author: may "retweeted_user_id",
            retweeted_handle: may "retweeted_user",
            retweeted_time: may "retweeted_timestamp_utc",
            quoted: may "quoted_id",
            quoted_author: may "quoted_user_id",
            quoted_time: may "quoted_timestamp_utc",
            replied: may "to_tweetid",
            replied_author: may "to_userid",
            links: may "links",
            hashtags: may "hashtags",
            name: may "user_name",
            bio: may "user_description",
            location: may "user_location",
            created: may "user_timestamp_utc",
            created_in_words: may "user_created_at",
            followers: may "user_followers",
            friends: may "user_friends",
            tweets: may "user_tweets",
            verified: may "user_verified",
            image: may "user_image",
            collected: may "collection_time",
        }
    }
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let columns = Columns::find(heading)?;
    Ok(Rows::below(move |row, out| columns.read(row, out)))
}

/// A tweet at the time that the table tells of it, or else at that of its id.
fn at_table_time(
    row: &Row<'_>,
    tweet: Option<PostReference>,
    time: Option<usize>,
) -> Result<Option<PostReference>, String> {
    let Some(tweet) = tweet else { return Ok(None) };
    let in_table = row.time(time)?;
    Ok(Some(PostReference { created_at: in_table.or(tweet.created_at), ..tweet }))
}

impl Columns {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (cells::need_id(row, self.id)?, cells::need_id(row, self.author)?);
        let account = AccountRecord { platform_id: author.clone(), profile: self.profile(row)?, avatar_file: None };
        let quote_of = cells::further_tweet(row, [self.quoted, self.quoted_author])?;
        let quote_of = at_table_time(row, quote_of, self.quoted_time)?;
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
            reply_to: cells::further_tweet(row, [self.replied, self.replied_author])?,
            hashtags: lists::cut(row.text(self.hashtags)?.unwrap_or_default(), SEPARATOR),
            language: cells::text(row, self.language)?,
            client: cells::text(row, self.source)?,
        };
        cells::send(out, account, post)
    }

    /// The retweeted tweet, whose whole text stands behind the retweet's mark.
    fn retweeted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let target = cells::tweet(row, [self.retweeted, self.retweeted_author])?;
        let Some(target) = at_table_time(row, target, self.retweeted_time)? else { return Ok(None) };
        let handle = row.text(self.retweeted_handle)?.unwrap_or_default();
        let text = row.text(self.text)?.map(|text| synthetic::without_retweet_mark(handle, text).to_owned());
        Ok(Some(PostReference { text, ..target }))
    }

    fn profile(&self, row: &Row<'_>) -> Result<Profile, String> {
        let created_at = row.time(self.created)?;
        Ok(Profile {
            handle: cells::text(row, self.handle)?,
            name: cells::text(row, self.name)?,
            bio: cells::perhaps_blank(row, self.bio)?,
            location: cells::perhaps_blank(row, self.location)?,
            created_at: if created_at.is_some() { created_at } else { row.time(self.created_in_words)? },
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
