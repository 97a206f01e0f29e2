//! Posts.

use super::{ObjectRecord, Timestamp};

/// A post as an importer hands it to the cache. Its author's profile travels in an `AccountRecord` of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostRecord {
    /// The id as the platform wrote it.
    pub platform_id: String,
    /// Platform id of its author.
    pub author: String,
    /// When it was posted.
    pub created_at: Option<Timestamp>,
    /// What it says.
    pub text: Option<String>,
    /// The objects that it shares: for a retweet, the retweeted post.
    pub shares: Vec<ObjectRecord>,
}
