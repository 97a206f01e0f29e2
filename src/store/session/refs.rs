//! Posts and objects in text that lies elsewhere.

use crate::model::{ObjectKind, ObjectRecord, PostRecord, Timestamp};

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
}

/// An object as it is handed over: what a layer made of a post, see the model's `ObjectRecord`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectRef<'p> {
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// Its identity among objects of that kind.
    pub key: &'p str,
    /// Platform id of its author, where known.
    pub author: Option<&'p str>,
    /// When it was made, where known.
    pub created_at: Option<Timestamp>,
    /// What it says, where known.
    pub text: Option<&'p str>,
    /// Its key was made of its author and its text.
    pub synthetic: bool,
}

impl<'p> From<&'p PostRecord> for PostRef<'p> {
    fn from(record: &'p PostRecord) -> Self {
        Self {
            id: &record.platform_id,
            author: &record.author,
            at: record.created_at,
            text: record.text.as_deref(),
            language: record.language.as_deref(),
            client: record.client.as_deref(),
        }
    }
}

impl<'p> From<&'p ObjectRecord> for ObjectRef<'p> {
    fn from(record: &'p ObjectRecord) -> Self {
        Self {
            kind: record.kind,
            key: &record.key,
            author: record.author.as_deref(),
            created_at: record.created_at,
            text: record.text.as_deref(),
            synthetic: record.synthetic,
        }
    }
}
