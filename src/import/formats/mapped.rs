//! Any other table: the user says which of its columns is what.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::{cells, lists};
use crate::import::format::{Content, Format, Out, Outcome, Rows, names_in_words};
use crate::import::table::{Heading, Row};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile};

/// What a column can be.
const ROLES: [&str; 15] = [
    "account", "target", "time", "post", "author", "made", "handle", "name", "bio", "avatar", "text", "url",
    "hashtags", "reply", "quote",
];
/// What accounts can share, of which one must be there.
const SHARED: [&str; 6] = ["target", "text", "url", "hashtags", "reply", "quote"];

/// Which column of a table is what, as `--map` tells it: `account=user_id,target=retweeted,time=3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMap(BTreeMap<&'static str, String>);

/// Why a map is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnMapError {
    /// A part that is no `role=column`.
    #[error("`{0}` does not say which column is what; write for example account=user_id")]
    NoColumn(String),
    /// A role that there is not.
    #[error("`{0}` is nothing that a column can be; use {roles}", roles = ROLES.join(", "))]
    NoRole(String),
    /// A role that stands twice.
    #[error("`{0}` is told twice")]
    Twice(&'static str),
    /// No column names accounts.
    #[error("no column is the account; add account=COLUMN")]
    NoAccount,
    /// Nothing links accounts.
    #[error("nothing says what accounts share; add target=COLUMN, or one of {others}", others = SHARED[1..].join(", "))]
    NothingShared,
}

impl FromStr for ColumnMap {
    type Err = ColumnMapError;

    fn from_str(text: &str) -> Result<Self, ColumnMapError> {
        let mut columns = BTreeMap::new();
        for part in text.split(',') {
            let pair = part.split_once('=').map(|(role, column)| (role.trim(), column.trim()));
            let (named, column) = pair
                .filter(|(_, column)| !column.is_empty())
                .ok_or_else(|| ColumnMapError::NoColumn(part.to_owned()))?;
            let role = ROLES.into_iter().find(|role| *role == named);
            let role = role.ok_or_else(|| ColumnMapError::NoRole(named.to_owned()))?;
            if columns.insert(role, column.to_owned()).is_some() {
                return Err(ColumnMapError::Twice(role));
            }
        }
        if !columns.contains_key("account") {
            return Err(ColumnMapError::NoAccount);
        }
        let links = SHARED.iter().any(|role| columns.contains_key(role));
        if links { Ok(Self(columns)) } else { Err(ColumnMapError::NothingShared) }
    }
}

impl fmt::Display for ColumnMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|(role, column)| format!("{role}={column}")).collect();
        f.write_str(&parts.join(","))
    }
}

impl Format for ColumnMap {
    fn name(&self) -> &'static str {
        "map"
    }

    fn platform(&self) -> Option<&'static str> {
        None
    }

    fn how(&self) -> String {
        format!("map:{self}")
    }

    fn marks(&self) -> &'static [&'static str] {
        &[]
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(|heading| self.open(heading)))
    }
}

impl ColumnMap {
    fn open(&self, heading: &Heading) -> Result<Rows, String> {
        let place = |role: &str| self.0.get(role).map(|column| place(heading, column)).transpose();
        let columns = Columns {
            account: place("account")?.ok_or("no column is the account")?,
            target: [place("target")?, place("author")?],
            made: place("made")?,
            time: place("time")?,
            post: place("post")?,
            handle: place("handle")?,
            name: place("name")?,
            bio: place("bio")?,
            avatar: place("avatar")?,
            text: place("text")?,
            url: place("url")?,
            hashtags: place("hashtags")?,
            reply: place("reply")?,
            quote: place("quote")?,
        };
        let by_number = self.0.values().all(|column| heading.column(column).is_none());
        let timed =
            columns.time.and_then(|time| heading.names().get(time)).is_some_and(|cell| time::parse(cell).is_some());
        let read = move |row: &Row<'_>, out: &mut Out<'_>| columns.read(row, out);
        // Whoever tells all columns by number may have a table without a heading: a heading has no time.
        Ok(if by_number && timed { Rows::All(Box::new(read)) } else { Rows::below(read) })
    }
}

/// The place of a column that is told by its name, or by its number, from 1 on.
fn place(heading: &Heading, named_as: &str) -> Result<usize, String> {
    let numbered = || named_as.parse().ok().filter(|number| (1..=heading.names().len()).contains(number));
    let missing = || {
        let (count, names) = (heading.names().len(), names_in_words(heading.names().iter()));
        format!("there is no column `{named_as}` among its {count} columns {names}; name one of them, or its number")
    };
    heading.column(named_as).or_else(|| numbered().map(|number: usize| number - 1)).ok_or_else(missing)
}

struct Columns {
    account: usize,
    target: [Option<usize>; 2],
    /// When the target was made.
    made: Option<usize>,
    time: Option<usize>,
    post: Option<usize>,
    handle: Option<usize>,
    name: Option<usize>,
    bio: Option<usize>,
    avatar: Option<usize>,
    text: Option<usize>,
    url: Option<usize>,
    hashtags: Option<usize>,
    reply: Option<usize>,
    quote: Option<usize>,
}

impl Columns {
    fn read(&self, row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
        let author = cells::need_id(row, self.account)?;
        let profile = Profile {
            handle: row.text(self.handle)?.map(|handle| handle.trim_start_matches('@').to_owned()),
            name: cells::text(row, self.name)?,
            bio: cells::perhaps_blank(row, self.bio)?,
            avatar_url: cells::text(row, self.avatar)?,
            ..Profile::default()
        };
        let account = AccountRecord { platform_id: author.clone(), profile, avatar_file: None };
        cells::send(out, account, self.post(row, author)?)
    }

    fn post(&self, row: &Row<'_>, author: String) -> Result<PostRecord, String> {
        let created_at = row.time(self.time)?;
        let made = row.time(self.made)?;
        let retweet_of = cells::reference(row, self.target)?;
        let text = cells::text(row, self.text)?;
        let platform_id = match cells::id(row, self.post)? {
            Some(id) => id,
            // Without an id of its own, a post is named by what makes it one.
            None => {
                let shared = retweet_of.as_ref().map(|target| &target.platform_id).or(text.as_ref());
                let url = row.text(self.url)?.unwrap_or_default();
                let at = created_at.map_or(0, |at| at.0);
                format!("{author}/{:.60}/{at}", shared.map_or(url, String::as_str))
            }
        };
        let (urls, hashtags) = (row.text(self.url)?.unwrap_or_default(), row.text(self.hashtags)?.unwrap_or_default());
        Ok(PostRecord {
            platform_id,
            author,
            created_at,
            retweet_of: retweet_of.map(|target| PostReference { text: text.clone(), created_at: made, ..target }),
            text,
            quote_of: cells::further(row, [self.quote, None])?,
            reply_to: cells::further(row, [self.reply, None])?,
            links: lists::links(urls, lists::separator(urls)),
            hashtags: lists::cut(hashtags, lists::separator(hashtags)),
            ..PostRecord::default()
        })
    }
}
