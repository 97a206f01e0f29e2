//! The tables in which Twitter published posts of information operations, hashed and unhashed.

use std::ops::ControlFlow;

use super::{ids, lists, synthetic, tweet_links};
use crate::import::format::{Content, Format, Head, Item, Out, Outcome, RowReader};
use crate::import::table::{Heading, Row};
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

pub(super) struct InformationOperations;

impl Format for InformationOperations {
    fn name(&self) -> &'static str {
        "information-operations"
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        matches!(head, Head::Heading(heading) if heading.has(&["tweetid", "userid", "tweet_time", "is_retweet"]))
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
    client: Option<usize>,
    hashtags: Option<usize>,
    urls: Option<usize>,
    is_retweet: Option<usize>,
    retweeted: [Option<usize>; 2],
    quoted: Option<usize>,
    replied: [Option<usize>; 2],
    account: Account,
}

struct Account {
    handle: Option<usize>,
    name: Option<usize>,
    bio: Option<usize>,
    location: Option<usize>,
    created: Option<usize>,
    followers: Option<usize>,
    following: Option<usize>,
}

fn open(heading: &Heading) -> Result<RowReader, String> {
    let column = |name| heading.column(name);
    let columns = Columns {
        id: heading.need("tweetid")?,
        author: heading.need("userid")?,
        time: column("tweet_time"),
        text: column("tweet_text"),
        language: column("tweet_language"),
        client: column("tweet_client_name"),
        hashtags: column("hashtags"),
        urls: column("urls"),
        is_retweet: column("is_retweet"),
        retweeted: [column("retweet_tweetid"), column("retweet_userid")],
        quoted: column("quoted_tweet_tweetid"),
        replied: [column("in_reply_to_tweetid"), column("in_reply_to_userid")],
        account: Account {
            handle: column("user_screen_name"),
            name: column("user_display_name"),
            bio: column("user_profile_description"),
            location: column("user_reported_location"),
            created: column("account_creation_date"),
            followers: column("follower_count"),
            following: column("following_count"),
        },
    };
    Ok(Box::new(move |row: &Row<'_>, out: &mut Out<'_>| columns.read(row, out)))
}

fn reference(row: &Row<'_>, [post, author]: [Option<usize>; 2]) -> Result<Option<PostReference>, String> {
    let Some(platform_id) = ids::id(row, post)? else { return Ok(None) };
    Ok(Some(PostReference { platform_id, author: ids::id(row, author)?, ..PostReference::default() }))
}

impl Columns {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let (id, author) = (ids::need(row, self.id)?, ids::need(row, self.author)?);
        let account = self.account.read(row, &author)?;
        let post = self.post(row, id, author)?;
        let flow = out(Item::Account(Box::new(account)));
        Ok(if flow.is_break() { ControlFlow::Break(()) } else { out(Item::Post(Box::new(post))) })
    }

    fn post(&self, row: &Row<'_>, id: String, author: String) -> Result<PostRecord, String> {
        let text = |column| Ok::<_, String>(row.text(column)?.map(str::to_owned));
        let links = lists::links(row.text(self.urls)?.unwrap_or_default(), ',');
        let quote_of = reference(row, [self.quoted, None])?;
        let quoted = quote_of.as_ref().map(|quoted| quoted.platform_id.as_str());
        Ok(PostRecord {
            links: tweet_links::shared(links.iter().map(String::as_str), &id, quoted),
            platform_id: id,
            author,
            created_at: row.time(self.time)?,
            text: text(self.text)?,
            retweet_of: self.retweeted(row)?,
            quote_of,
            reply_to: reference(row, self.replied)?,
            hashtags: lists::cut(row.text(self.hashtags)?.unwrap_or_default(), ','),
            language: text(self.language)?,
            client: text(self.client)?,
        })
    }

    /// The retweeted post; where a table does not tell which, made of its author and its words.
    fn retweeted(&self, row: &Row<'_>) -> Result<Option<PostReference>, String> {
        let [_, author] = self.retweeted;
        let told = reference(row, self.retweeted)?;
        if told.is_some() || row.flag(self.is_retweet)? != Some(true) {
            return Ok(told);
        }
        let text = row.text(self.text)?.unwrap_or_default();
        let author = ids::id(row, author)?;
        let named = author.as_deref().or_else(|| synthetic::retweeted_handle(text));
        let target = named.map(|named| synthetic::target(named, text));
        Ok(target.map(|target| PostReference { author, ..target }))
    }
}

impl Account {
    fn read(&self, row: &Row<'_>, id: &str) -> Result<AccountRecord, String> {
        let text = |column| Ok::<_, String>(row.text(column)?.map(str::to_owned));
        // Hashed tables write the hashed id where names stood.
        let name = |column| Ok::<_, String>(row.text(column)?.filter(|name| *name != id).map(str::to_owned));
        let profile = Profile {
            handle: name(self.handle)?,
            name: name(self.name)?,
            bio: row.cell(self.bio)?.map(str::to_owned),
            location: text(self.location)?,
            created_at: row.time(self.created)?,
            followers: row.count(self.followers)?,
            following: row.count(self.following)?,
            ..Profile::default()
        };
        Ok(AccountRecord { platform_id: id.to_owned(), profile, avatar_file: None })
    }
}
