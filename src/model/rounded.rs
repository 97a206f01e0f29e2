//! Ids that look as if a program had taken them for numbers and rounded them, so that one may stand for several.

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

/// That the ids of a column of a file look rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundedIds {
    /// What they name.
    pub kind: RoundedKind,
    /// Digits that are left at the most of an id that looks rounded; 0 where only a point in it says so.
    pub digits: u8,
}
