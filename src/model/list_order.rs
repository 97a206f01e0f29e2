//! The order of a list of accounts.

/// The order of the list while nothing is searched; a search orders by how well accounts match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListOrder {
    /// Most links first.
    #[default]
    Links,
    /// By handle.
    Handle,
    /// Most followers first.
    Followers,
    /// Most distinct retweeted targets first.
    Retweets,
}

impl ListOrder {
    /// The order after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Links => Self::Handle,
            Self::Handle => Self::Followers,
            Self::Followers => Self::Retweets,
            Self::Retweets => Self::Links,
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        [Self::Links, Self::Handle, Self::Followers, Self::Retweets].into_iter().find(|order| order.word() == word)
    }

    /// How the order is called on the screen, and in the cache.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Handle => "handle",
            Self::Followers => "followers",
            Self::Retweets => "retweets",
        }
    }
}
