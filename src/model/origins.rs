//! Where objects come from.

use super::{AccountId, ObjectId, Timestamp};

/// Author and time of every object of the cache, as far as they are known.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    by_object: Vec<(Option<AccountId>, Option<Timestamp>)>,
}

impl Origins {
    /// Notes what is known of an object.
    pub fn note(&mut self, object: ObjectId, author: Option<AccountId>, created_at: Option<Timestamp>) {
        if self.by_object.len() <= object.index() {
            self.by_object.resize(object.index() + 1, (None, None));
        }
        self.by_object[object.index()] = (author, created_at);
    }

    /// Who made it.
    #[must_use]
    pub fn author(&self, object: ObjectId) -> Option<AccountId> {
        self.by_object.get(object.index())?.0
    }

    /// When it was made.
    #[must_use]
    pub fn created_at(&self, object: ObjectId) -> Option<Timestamp> {
        self.by_object.get(object.index())?.1
    }
}
