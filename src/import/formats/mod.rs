//! The list of input formats.
//!
//! Words of this room: *marks*, the columns or keys by which a format is known; *role*, what the user says a column of another
//! table is; *reference*, another post that a post names; *synthetic*, a target known by its author and words only.

mod bluesky;
mod bluesky_records;
mod cells;
mod coor_tweet;
mod four_cat;
mod html;
mod information_operations;
mod lists;
mod mapped;
mod mastodon;
mod minet;
mod native;
mod synthetic;
mod toolkit;
mod twarc_csv;
mod tweet_links;
mod tweet_parts;
mod twitter_v1;
mod twitter_v2;
mod twitter_v2_pages;
mod twitter_v2_records;
mod twscrape;
mod website_user;
mod zeeschuimer;

#[cfg(test)]
mod tests;

use super::format::Format;
pub use mapped::{ColumnMap, ColumnMapError};

/// Every format, in the order in which content is asked for.
pub(super) static FORMATS: &[&dyn Format] = &[
    &native::Native,
    &twitter_v2::TwitterV2,
    &twitter_v1::TwitterV1,
    &twarc_csv::TwarcCsv,
    &information_operations::InformationOperations,
    &coor_tweet::CoorTweet,
    &toolkit::Toolkit,
    &minet::Minet,
    &twscrape::Twscrape,
    &zeeschuimer::Zeeschuimer,
    &four_cat::FourCat,
    &bluesky::Bluesky,
    &mastodon::Mastodon,
];
