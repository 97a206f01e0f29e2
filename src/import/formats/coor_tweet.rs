//! The table of the R package CooRTweet: `object_id account_id content_id timestamp_share`, in any order, among
//! other columns. Each row shares an object; it is taken as a retweet of it.

use crate::import::format::{Content, Format, Head, Item, Out, RowReader};
use crate::import::table::{Heading, Row};
use crate::model::{PostRecord, PostReference};

pub(super) struct CoorTweet;

impl Format for CoorTweet {
    fn name(&self) -> &'static str {
        "coortweet"
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        matches!(head, Head::Heading(heading) if heading.has(&["object_id", "account_id", "timestamp_share"]))
    }

    fn content(&self) -> Content<'_> {
        Content::Table(Box::new(open))
    }
}

fn open(heading: &Heading) -> Result<RowReader, String> {
    let object = heading.need("object_id")?;
    let account = heading.need("account_id")?;
    let time = heading.need("timestamp_share")?;
    let content = heading.column("content_id");
    Ok(Box::new(move |row: &Row<'_>, out: &mut Out<'_>| {
        let (object, account) = (row.need(object)?, row.need(account)?);
        row.need(time)?;
        let at = row.time(Some(time))?;
        let shared_at = at.map_or(0, |at| at.0);
        Ok(out(Item::Post(Box::new(PostRecord {
            // Without an id of its own, a share is named by what makes it one.
            platform_id: match row.text(content)? {
                Some(content) => content.to_owned(),
                None => format!("{account}/{object}/{shared_at}"),
            },
            author: account.to_owned(),
            created_at: at,
            retweet_of: Some(PostReference { platform_id: object.to_owned(), ..PostReference::default() }),
            ..PostRecord::default()
        }))))
    }))
}
