//! The tables in which Twitter published posts of information operations, hashed and unhashed.

use super::{cells, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Out, Outcome, Rows};
use crate::import::table::{Heading, Row, columns};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

pub(super) struct InformationOperations;

impl Format for InformationOperations {
    fn name(&self) -> &'static str {
        "information-operations"
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
            id: must "tweetid",
            author: must "userid",
            time: may "tweet_time",
            is_retweet: may "is_retweet",
        }
        others {
            text: may "tweet_text",
            language: may "tweet_language",
            client: may "tweet_client_name",
            hashtags: may "hashtags",
            urls: may "urls",
            retweeted: may "retweet_tweetid",
            retweeted_author: may "retweet_userid",
            quoted: may "quoted_tweet_tweetid",
            replied: may "in_reply_to_tweetid",
            replied_author: may "in_reply_to_userid",
            handle: may "user_screen_name",
            name: may "user_display_name",
            bio: may "user_profile_description",
            location: may "user_reported_location",
            created: may "account_creation_date",
            followers: may "follower_count",
            following: may "following_count",
        }
    }
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let columns = Columns::find(heading)?;
    Ok(Rows::below(move |row, out| columns.read(row, out)))
}

impl Columns {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (cells::need_id(row, self.id)?, cells::need_id(row, self.author)?);
        let account = self.account(row, &author)?;
        let post = self.post(row, id, author)?;
        cells::send(out, account, post)
    }

    fn post(&self, row: &Row<'_>, id: String, author: String) -> Result<PostRecord, String> {
        let text = |column| cells::text(row, column);
        let links = lists::links(row.text(self.urls)?.unwrap_or_default(), ',');
        let quote_of = cells::further_tweet(row, [self.quoted, None])?;
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        Ok(PostRecord {
            links: tweet_links::shared(links.iter().map(String::as_str), &id, quoted),
            created_at: row.time(self.time)?.or_else(|| time::of_twitter_id(&id)),
            platform_id: id,
            author,
            text: text(self.text)?,
            retweet_of: self.retweeted(row)?,
            quote_of,
            reply_to: cells::further_tweet(row, [self.replied, self.replied_author])?,
            hashtags: lists::cut(row.text(self.hashtags)?.unwrap_or_default(), ','),
            language: text(self.language)?,
            client: text(self.client)?,
        })
    }

    /// The retweeted post; where a table does not tell which, made of its author and its words.
    fn retweeted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let text = row.text(self.text)?.unwrap_or_default();
        if let Some(target) = cells::tweet(row, [self.retweeted, self.retweeted_author])? {
            let said = Some(synthetic::without_retweet_mark("", text)).filter(|said| !said.is_empty());
            return Ok(Some(PostReference { text: said.map(str::to_owned), ..target }));
        }
        if row.flag(self.is_retweet)? != Some(true) {
            return Ok(None);
        }
        let author = cells::id(row, self.retweeted_author)?;
        let named = author.as_deref().or_else(|| synthetic::retweeted_handle(text));
        let target = named.map(|named| synthetic::target(named, text));
        Ok(target.map(|target| PostReference { author, ..target }))
    }

    fn account(&self, row: &Row<'_>, id: &str) -> Result<AccountRecord, String> {
        let text = |column| cells::text(row, column);
        // Hashed tables write the hashed id where names stood.
        let name = |column| Ok::<_, String>(row.text(column)?.filter(|name| *name != id).map(str::to_owned));
        let profile = Profile {
            handle: name(self.handle)?,
            name: name(self.name)?,
            bio: cells::perhaps_blank(row, self.bio)?,
            location: text(self.location)?,
            created_at: row.time(self.created)?,
            followers: row.count(self.followers)?,
            following: row.count(self.following)?,
            ..Profile::default()
        };
        Ok(AccountRecord { platform_id: id.to_owned(), profile, avatar_file: None })
    }
}
