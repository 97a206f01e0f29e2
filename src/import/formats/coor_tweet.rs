//! The table of the R package CooRTweet: `object_id account_id content_id timestamp_share`, in any order, among
//! other columns. Each row shares an object; it is taken as a retweet of it.

use super::cells;
use crate::import::format::{Content, Format, Item, Rows};
use crate::import::table::{Heading, columns};
use crate::model::{PostRecord, PostReference};

pub(super) struct CoorTweet;

impl Format for CoorTweet {
    fn name(&self) -> &'static str {
        "coortweet"
    }

    fn platform(&self) -> Option<&'static str> {
        None
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
            object: must "object_id",
            account: must "account_id",
            time: must "timestamp_share",
        }
        others {
            content: may "content_id",
        }
    }
}

fn open(heading: &Heading) -> Result<Rows, String> {
    let Columns { object, account, time, content } = Columns::find(heading)?;
    Ok(Rows::below(move |row, out| {
        let (object, account) = (cells::need_id(row, object)?, cells::need_id(row, account)?);
        row.need(time)?;
        let created_at = row.time(Some(time))?;
        let shared_at = created_at.map_or(0, |at| at.0);
        let post = PostRecord {
            // Without an id of its own, a share is named by what makes it one.
            platform_id: cells::id(row, content)?.unwrap_or_else(|| format!("{account}/{object}/{shared_at}")),
            author: account,
            created_at,
            retweet_of: Some(PostReference { platform_id: object, ..PostReference::default() }),
            ..PostRecord::default()
        };
        Ok(out(Item::Post(&post.borrowed())))
    }))
}
