//! The list of input formats: a new one is a file here and a line in the list.

mod bluesky;
mod bluesky_records;
mod coor_tweet;
mod four_cat;
mod ids;
mod information_operations;
mod lists;
mod native;
mod synthetic;
mod tweet_links;
mod twitter_v1;
mod twitter_v2;

#[cfg(test)]
mod tests;

use super::format::Format;

/// Every format, in the order in which content is asked for.
pub(super) static FORMATS: [&dyn Format; 7] = [
    &native::Native,
    &twitter_v2::TwitterV2,
    &twitter_v1::TwitterV1,
    &bluesky::Bluesky,
    &information_operations::InformationOperations,
    &four_cat::FourCat,
    &coor_tweet::CoorTweet,
];
