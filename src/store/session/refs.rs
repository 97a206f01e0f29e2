//! Posts and objects in text that lies elsewhere.

use crate::model::{ObjectRecord, PostRecord, Timestamp};

/// A post as it is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostRef<'p> {
    /// The id as the platform wrote it.
    pub id: &'p str,
    /// Platform id of its author.
    pub author: &'p str,
    /// When it was posted.
    pub at: Option<Timestamp>,
    /// What it says.
    pub text: Option<&'p str>,
    /// The language that the platform or the export names.
    pub language: Option<&'p str>,
    /// The program with which it was posted.
    pub client: Option<&'p str>,
    /// It is a retweet without a word of its own.
    pub retweet: bool,
}

/// An object as it is handed over: what a layer made of a post.
pub type ObjectRef<'p> = ObjectRecord<&'p str>;

impl<'p> From<&'p PostRecord> for PostRef<'p> {
    fn from(record: &'p PostRecord) -> Self {
        Self {
            id: &record.platform_id,
            author: &record.author,
            at: record.created_at,
            text: record.text.as_deref(),
            language: record.language.as_deref(),
            client: record.client.as_deref(),
            retweet: record.retweet_of.is_some(),
        }
    }
}
