//! Where an account is at home.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The platform of an account or a post, by the word that files and options use: `x`, `bluesky`, `mastodon`, or the
/// user's own. Blank where nothing says it. Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Platform(Arc<str>);

impl Platform {
    /// The platform with this word.
    #[must_use]
    pub fn named(word: &str) -> Self {
        Self(Arc::from(word))
    }

    /// Its word; blank where it is not known.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.0
    }

    /// Whether it is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.0.is_empty()
    }
}

impl Default for Platform {
    fn default() -> Self {
        Self::named("")
    }
}

impl Borrow<str> for Platform {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
