//! Posts and objects in text that lies elsewhere.

use crate::model::{ObjectRecord, PostRecord, Timestamp};

/// A post as it is handed over; its texts are those of somebody else, or say where they lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostRef<Text> {
    /// The id as the platform wrote it.
    pub id: Text,
    /// Platform id of its author.
    pub author: Text,
    /// When it was posted.
    pub at: Option<Timestamp>,
    /// What it says.
    pub text: Option<Text>,
    /// The language that the platform or the export names.
    pub language: Option<Text>,
    /// The program with which it was posted.
    pub client: Option<Text>,
    /// It is a retweet without a word of its own.
    pub retweet: bool,
}

/// An object as it is handed over: what a layer made of a post.
pub type ObjectRef<'p> = ObjectRecord<&'p str>;

impl<Text: Copy> PostRef<Text> {
    /// The same with every text made another way.
    pub fn map<New>(&self, text: impl Fn(Text) -> New) -> PostRef<New> {
        PostRef {
            id: text(self.id),
            author: text(self.author),
            at: self.at,
            text: self.text.map(&text),
            language: self.language.map(&text),
            client: self.client.map(&text),
            retweet: self.retweet,
        }
    }
}

impl<'p> From<&'p PostRecord> for PostRef<&'p str> {
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
