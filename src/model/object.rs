//! What two accounts can share. The kind of an object names the layer that links its sharers.

use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{AccountId, ObjectId, RoundedKind, Timestamp};

macro_rules! kinds {
    ($($kind:ident($($ids:ident)?) = $number:literal, $layer:literal, $file:ident;)*) => {
        /// A kind of shared object: one for each layer. Its number is what the cache stores.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ObjectKind {
            $(#[doc = concat!("What ", $layer, " links by.")] $kind = $number,)*
        }

        impl ObjectKind {
            /// Every kind, in the order of their numbers.
            pub const ALL: [Self; [$($layer),*].len()] = [$(Self::$kind),*];

            /// The layer that objects of this kind span.
            #[must_use]
            pub fn layer(self) -> &'static str {
                match self {
                    $(Self::$kind => $layer,)*
                }
            }

            /// Whose ids the keys are, as those tell who look for rounded ones; `None` where they are no ids.
            #[must_use]
            pub fn ids(self) -> Option<RoundedKind> {
                match self {
                    $(Self::$kind => [$(RoundedKind::$ids)?].first().copied(),)*
                }
            }
        }
    };
}

layers!(kinds);

/// Objects are counted by the places of their kinds, and what a post shared has four bits for a kind.
const _: () = {
    let mut place = 0;
    while place < ObjectKind::ALL.len() {
        assert!(
            ObjectKind::ALL[place] as usize == place + 1,
            "layers are numbered from 1 on, in the order of their list"
        );
        place += 1;
    }
    assert!(ObjectKind::ALL.len() < 16, "a post's targets have no room for more kinds than 15");
};

impl ObjectKind {
    /// The number that the cache stores.
    #[must_use]
    pub fn code(self) -> i64 {
        self as i64
    }

    /// Whether it is a post, which belongs to one platform. All others are the same everywhere.
    #[must_use]
    pub fn is_post(self) -> bool {
        self.ids().is_some()
    }
}

/// A word that names no layer of shared objects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no layer; use {layers}", layers = ObjectKind::ALL.map(ObjectKind::layer).join(", "))]
pub struct UnknownLayer {
    word: String,
}

impl FromStr for ObjectKind {
    type Err = UnknownLayer;

    fn from_str(word: &str) -> Result<Self, UnknownLayer> {
        Self::ALL.into_iter().find(|kind| kind.layer() == word).ok_or_else(|| UnknownLayer { word: word.to_owned() })
    }
}

impl Serialize for ObjectKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.layer())
    }
}

/// An object as a layer hands it to the cache: sharing it is what the post did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectRecord<Text = String> {
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// Its identity among objects of that kind, as its layer makes it.
    pub key: Text,
    /// Platform id of its author, where known.
    pub author: Option<Text>,
    /// When it was made, where known.
    pub created_at: Option<Timestamp>,
    /// What it says, where known.
    pub text: Option<Text>,
    /// Its key was made of its author and its text, since the export does not tell which post it is.
    pub synthetic: bool,
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
    /// Its key was made of its author and its text, by what one record or more say: the export did not tell which post it is.
    pub synthetic: bool,
}

impl<Text> ObjectRecord<Text> {
    /// The same with every text made another way.
    pub fn map<'r, New>(&'r self, text: impl Fn(&'r Text) -> New) -> ObjectRecord<New> {
        ObjectRecord {
            kind: self.kind,
            key: text(&self.key),
            author: self.author.as_ref().map(&text),
            created_at: self.created_at,
            text: self.text.as_ref().map(&text),
            synthetic: self.synthetic,
        }
    }
}

impl ObjectRecord {
    /// The same with texts that lie in this one.
    #[must_use]
    pub fn borrowed(&self) -> ObjectRecord<&str> {
        self.map(String::as_str)
    }
}
