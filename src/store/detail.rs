//! What objects are known to be, merged whatever the order of import.

use crate::model::{AccountId, Timestamp};

/// What is known of an object.
#[derive(Debug, Default)]
pub(super) struct Detail {
    pub author: Option<u32>,
    pub created_at: Option<i64>,
    pub text: Option<String>,
}

impl Detail {
    /// Takes in what else is said of the object.
    pub fn merge(&mut self, author: Option<AccountId>, created_at: Option<Timestamp>, text: Option<&str>) {
        self.author = self.author.into_iter().chain(author.map(|author| author.0)).min();
        self.created_at = self.created_at.into_iter().chain(created_at.map(|at| at.0)).min();
        if let Some(text) = text.filter(|text| fuller(text, self.text.as_deref())) {
            self.text = Some(text.to_owned());
        }
    }
}

/// Of two texts of one post the longer one is the one that was not cut; of equally long ones the greater, so that
/// the order of import makes no difference.
pub(super) fn fuller(new: &str, known: Option<&str>) -> bool {
    known.is_none_or(|known| new != known && (new.chars().count(), new) > (known.chars().count(), known))
}
