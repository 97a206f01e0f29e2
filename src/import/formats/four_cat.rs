//! The table in which 4CAT exports posts of X. It does not tell which post a retweet repeats, only whose and its words:
//! the target's key is made of these.

use super::{cells, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Out, Outcome, Rows};
use crate::import::table::{Heading, Row, columns};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

pub(super) struct FourCat;

impl Format for FourCat {
    fn name(&self) -> &'static str {
        "4cat"
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
            _thread: may "thread_id",
            unix_time: may "unix_timestamp",
            body: may "body",
            handle: may "author",
            author_id: must "author_id",
            is_retweet: may "is_retweet",
        }
        others {
            id: must "id",
            time: may "timestamp",
            retweeted_user: may "retweeted_user",
            quoted: may "quote_tweet_id",
            quoted_text: may "quote_body",
            hashtags: may "hashtags",
            urls: may "urls",
            language: may "language_guess",
            source: may "source",
            name: may "author_fullname",
            bio: may "author_bio",
            location: may "author_location",
            followers: may "author_followers",
            following: may "author_following",
            verified: may "verified",
            avatar_url: may "author_avatar_url",
        }
    }
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let columns = Columns::find(heading)?;
    Ok(Rows::below(move |row, out| columns.read(row, out)))
}

impl Columns {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (cells::need_id(row, self.id)?, cells::need_id(row, self.author_id)?);
        let unix = row.time(self.unix_time)?;
        let at = if unix.is_some() { unix } else { row.time(self.time)? };
        let at = at.or_else(|| time::of_twitter_id(&id));
        let account = self.account(row, author.clone(), at)?;
        let post = self.post(row, id, author, at)?;
        cells::send(out, account, post)
    }

    fn post(
        &self,
        row: &Row<'_>,
        id: String,
        author: String,
        created_at: Option<Timestamp>,
    ) -> Result<PostRecord, String> {
        let text = |column| cells::text(row, column);
        let links = lists::links(row.text(self.urls)?.unwrap_or_default(), ',');
        let quote_of = self.quoted(row)?;
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        Ok(PostRecord {
            links: tweet_links::shared(links.iter().map(String::as_str), &id, quoted),
            retweet_of: self.retweeted(row, &author)?,
            platform_id: id,
            author,
            created_at,
            text: text(self.body)?,
            quote_of,
            // Only whom it answers is told, not what.
            reply_to: None,
            hashtags: lists::cut(row.text(self.hashtags)?.unwrap_or_default(), ','),
            language: text(self.language)?,
            client: text(self.source)?,
        })
    }

    fn retweeted(&self, row: &Row<'_>, author: &str) -> Result<Option<PostReference>, String> {
        let body = row.text(self.body)?.unwrap_or_default();
        let Some(handle) = row.text(self.retweeted_user)?.or_else(|| synthetic::retweeted_handle(body)) else {
            return Ok(None);
        };
        if row.flag(self.is_retweet)? != Some(true) {
            return Ok(None);
        }
        let own = row.text(self.handle)?.is_some_and(|own| own.eq_ignore_ascii_case(handle));
        let target = synthetic::target(handle, body);
        Ok(Some(PostReference { author: own.then(|| author.to_owned()), ..target }))
    }

    fn quoted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let Some(quoted) = cells::further_tweet(row, [self.quoted, None])? else { return Ok(None) };
        Ok(Some(PostReference { text: cells::text(row, self.quoted_text)?, ..quoted }))
    }

    fn account(&self, row: &Row<'_>, platform_id: String, seen: Option<Timestamp>) -> Result<AccountRecord, String> {
        let text = |column| cells::text(row, column);
        let name = text(self.name)?;
        // Without a name the export knows nothing of the profile; with one, a blank bio is blank.
        let perhaps_blank = |column| Ok::<_, String>(row.cell(column)?.filter(|_| name.is_some()).map(str::to_owned));
        let profile = Profile {
            handle: text(self.handle)?,
            bio: perhaps_blank(self.bio)?,
            location: perhaps_blank(self.location)?,
            followers: row.count(self.followers)?,
            following: row.count(self.following)?,
            verified: row.flag(self.verified)?,
            avatar_url: text(self.avatar_url)?,
            observed_at: seen,
            name,
            ..Profile::default()
        };
        Ok(AccountRecord { platform_id, profile, avatar_file: None })
    }
}
