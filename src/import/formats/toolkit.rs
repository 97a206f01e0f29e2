//! The table of the coordination-network-toolkit, whose columns are known by their places: `message_id user_id username
//! repost_id reply_id message timestamp urls`, with or without a heading.

use super::{cells, lists, synthetic};
use crate::import::format::{Content, Format, Head, Out, Outcome, Rows};
use crate::import::table::{Heading, Row};
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

pub(super) struct Toolkit;

const COLUMNS: [&str; 8] =
    ["message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"];
const MESSAGE_ID: usize = 0;
const USER_ID: usize = 1;
const USERNAME: usize = 2;
const REPOST_ID: usize = 3;
const REPLY_ID: usize = 4;
const MESSAGE: usize = 5;
const TIMESTAMP: usize = 6;
const URLS: usize = 7;
/// Smaller numbers may be times too, but they may be anything: tables without a heading must be later than this.
const FIRST: Timestamp = Timestamp(946_684_800_000);

impl Format for Toolkit {
    fn name(&self) -> &'static str {
        "coordination-network-toolkit"
    }

    fn platform(&self) -> Option<&'static str> {
        None
    }

    fn marks(&self) -> &'static [&'static str] {
        &COLUMNS
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        let Head::Heading(heading) = head else { return false };
        heading.names() == COLUMNS || is_row(heading.names())
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(open))
    }
}

/// Whether the first line is a row, as tables without a heading begin.
fn is_row(cells: &[String]) -> bool {
    let [message, user, .., timestamp, urls] = cells else { return false };
    let timed = time::parse(timestamp).is_some_and(|at| at >= FIRST);
    cells.len() == COLUMNS.len()
        && timed
        && !message.is_empty()
        && !user.is_empty()
        && (urls.is_empty() || urls.contains('.'))
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let names = heading.names();
    // A row may break off in the middle of a message that has several lines; a heading does not.
    let is_heading = names.len() >= COLUMNS.len() && time::parse(&names[TIMESTAMP]).is_none();
    Ok(if is_heading { Rows::Below(Box::new(read)) } else { Rows::All(Box::new(read)) })
}

fn read(row: &Row<'_>, out: &mut Out<'_>) -> Outcome {
    let (id, author) = (cells::need_id(row, MESSAGE_ID)?, cells::need_id(row, USER_ID)?);
    row.need(TIMESTAMP)?;
    let text = cells::text(row, Some(MESSAGE))?;
    let repost = cells::reference(row, [Some(REPOST_ID), None])?;
    let said = text.as_deref().map(|text| synthetic::without_retweet_mark("", text).to_owned());
    let profile = Profile { handle: cells::text(row, Some(USERNAME))?, ..Profile::default() };
    let account = AccountRecord { platform_id: author.clone(), profile, avatar_file: None };
    let post = PostRecord {
        platform_id: id,
        author,
        created_at: row.time(Some(TIMESTAMP))?,
        text,
        retweet_of: repost.map(|target| PostReference { text: said, ..target }),
        reply_to: cells::further(row, [Some(REPLY_ID), None])?,
        links: lists::cut(row.text(Some(URLS))?.unwrap_or_default(), ' '),
        ..PostRecord::default()
    };
    cells::send(out, account, post)
}
