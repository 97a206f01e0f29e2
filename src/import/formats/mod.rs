//! The list of input formats: a new one is a file here and a line in the list.

mod coor_tweet;
mod native;
mod synthetic;
mod tweet_links;
mod twitter_v1;
mod twitter_v2;

use super::format::Format;

/// Every format, in the order in which content is asked for.
pub(super) static FORMATS: [&dyn Format; 4] =
    [&native::Native, &twitter_v2::TwitterV2, &twitter_v1::TwitterV1, &coor_tweet::CoorTweet];
