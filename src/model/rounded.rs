//! Ids that look as if a program had taken them for numbers and rounded them, so that one may stand for several.

use super::ObjectKind;

/// What such ids name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundedKind {
    /// Accounts.
    Account,
    /// Retweeted posts.
    Target,
    /// Posts that were replied to.
    Reply,
    /// Posts that were quoted.
    Quote,
}

impl RoundedKind {
    /// What objects of a kind are called here; `None` where their keys are no ids.
    #[must_use]
    pub fn of(kind: ObjectKind) -> Option<Self> {
        match kind {
            ObjectKind::RetweetedPost => Some(Self::Target),
            ObjectKind::RepliedPost => Some(Self::Reply),
            ObjectKind::QuotedPost => Some(Self::Quote),
            ObjectKind::Link | ObjectKind::Hashtag | ObjectKind::Text => None,
        }
    }
}

/// That the ids of a column of a file look rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundedIds {
    /// What they name.
    pub kind: RoundedKind,
    /// Digits that are left at the most of an id that looks rounded; 0 where only a point in it says so.
    pub digits: u8,
}
