//! What two accounts can share. The kind of an object names the layer that links its sharers.

use super::{AccountId, ObjectId, Timestamp};

/// A kind of shared object. Codes are stored in the cache: never renumber them, add at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// A retweeted post; the layer is co-retweet and the object is called a target.
    RetweetedPost,
}

impl ObjectKind {
    /// Every kind, in the order of their codes.
    pub const ALL: [Self; 1] = [Self::RetweetedPost];

    /// The number that the cache stores.
    #[must_use]
    pub fn code(self) -> i64 {
        match self {
            Self::RetweetedPost => 1,
        }
    }

    /// The layer that objects of this kind span.
    #[must_use]
    pub fn layer(self) -> &'static str {
        match self {
            Self::RetweetedPost => "co-retweet",
        }
    }
}

/// An object as an importer hands it to the cache: sharing it is what the post did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRecord {
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// Its identity among objects of that kind; for a retweeted post the platform's id of it.
    pub key: String,
    /// Platform id of its author, where known.
    pub author: Option<String>,
    /// When it was made, where known.
    pub created_at: Option<Timestamp>,
    /// What it says, where known.
    pub text: Option<String>,
}

/// An object as the cache holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Row in the cache.
    pub id: ObjectId,
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// Its identity among objects of that kind.
    pub key: String,
    /// Its author, where known.
    pub author: Option<AccountId>,
    /// When it was made, where known.
    pub created_at: Option<Timestamp>,
    /// What it says, where known.
    pub text: Option<String>,
}
