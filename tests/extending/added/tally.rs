//! A table of who shared what. Invented, to show what a format takes.

use super::cells;
use crate::import::format::{Content, Format, Item, Rows};
use crate::import::table::{Heading, columns};
use crate::model::{PostRecord, PostReference};

pub(super) struct Tally;

columns! {
    struct Columns {
        marks {
            who: must "tally_who",
            what: must "tally_what",
        }
        others {
            when: may "tally_when",
        }
    }
}

impl Format for Tally {
    fn name(&self) -> &'static str {
        "tally"
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

fn open(heading: &Heading) -> Result<Rows, String> {
    let Columns { who, what, when } = Columns::find(heading)?;
    Ok(Rows::below(move |row, out| {
        let (author, target) = (cells::need_id(row, who)?, cells::need_id(row, what)?);
        let post = PostRecord {
            platform_id: format!("{author}/{target}"),
            author,
            created_at: row.time(when)?,
            retweet_of: Some(PostReference { platform_id: target, ..PostReference::default() }),
            ..PostRecord::default()
        };
        Ok(out(Item::Post(&post.borrowed())))
    }))
}
