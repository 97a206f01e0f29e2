//! Where an account is at home.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Letters of the longest word.
const LONGEST: usize = 32;
/// Stands before an id that may be of any platform, so that it can be no platform.
pub const ANY_PLATFORM: &str = "id";

/// A word that names no platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no platform; write a word of up to {LONGEST} letters a to z, digits, `-` and `.`, such as x or mastodon"
)]
pub struct WrongPlatform(String);

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

impl FromStr for Platform {
    type Err = WrongPlatform;

    /// Reads what a user writes: capitals are small letters, and `twitter` is `x`.
    fn from_str(written: &str) -> Result<Self, WrongPlatform> {
        let word = written.to_ascii_lowercase();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        match word.as_str() {
            "twitter" => Ok(Self::named("x")),
            ANY_PLATFORM => Err(WrongPlatform(written.to_owned())),
            word if (1..=LONGEST).contains(&word.len()) && word.chars().all(plain) => Ok(Self::named(word)),
            _ => Err(WrongPlatform(written.to_owned())),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_is_a_short_plain_word() {
        for (written, word) in [("x", "x"), ("Twitter", "x"), ("forum-9.example", "forum-9.example")] {
            assert_eq!(written.parse::<Platform>().unwrap().word(), word);
        }
        for wrong in ["", "id", "a b", "a:b", "@x", "ä", &"a".repeat(33)] {
            let error = wrong.parse::<Platform>().unwrap_err().to_string();
            assert!(error.contains("names no platform") && error.contains("mastodon"), "{error}");
        }
        assert!("a".repeat(32).parse::<Platform>().is_ok());
    }
}
