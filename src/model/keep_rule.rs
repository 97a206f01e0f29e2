//! Which pairs become links.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Which pairs of a layer of shared objects become links.
///
/// ```
/// use bot_tui::model::KeepRule;
///
/// assert_eq!("shared-within:3".parse(), Ok(KeepRule::SharedWithin(3)));
/// assert_eq!(KeepRule::Cosine(0.5).to_string(), "cosine:0.5");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "rule", content = "value")]
pub enum KeepRule {
    /// Every pair with a shared target.
    All,
    /// Pairs at or above this percentile (0 to 100) of all non-zero cosines, linear interpolation as numpy's.
    Percentile(f64),
    /// Pairs whose TF-IDF cosine is at least this, 0 to 1.
    Cosine(f64),
    /// Pairs that share at least this many targets.
    Shared(u32),
    /// Pairs that share at least this many targets within the window.
    SharedWithin(u32),
    /// Pairs whose overlap is significant at this false discovery rate, 0 to 1, under the null model.
    Significant(f64),
    /// Pairs that share, and share at once, what holding each author and the pace of the data explain with at most this chance,
    /// 0 to 1.
    Coordinated(f64),
    /// The same by what is shared of each author alone.
    AuthorHeld(f64),
    /// The same by times alone.
    Timing(f64),
}

/// Which part of the test of coordination is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoordinationPart {
    /// What is shared of each author.
    AuthorHeld,
    /// How near in time it is shared.
    Timing,
    /// Both as one.
    Both,
}

impl KeepRule {
    /// The part of the test of coordination that the rule asks for, and the largest chance that it keeps.
    #[must_use]
    pub fn coordination(self) -> Option<(CoordinationPart, f64)> {
        match self {
            Self::Coordinated(chance) => Some((CoordinationPart::Both, chance)),
            Self::AuthorHeld(chance) => Some((CoordinationPart::AuthorHeld, chance)),
            Self::Timing(chance) => Some((CoordinationPart::Timing, chance)),
            Self::All
            | Self::Percentile(_)
            | Self::Cosine(_)
            | Self::Shared(_)
            | Self::SharedWithin(_)
            | Self::Significant(_) => None,
        }
    }

    /// Whether the rule looks at all that was shared, and not only at what the minimum filters leave.
    #[must_use]
    pub fn looks_at_all(self) -> bool {
        matches!(self, Self::Shared(_) | Self::SharedWithin(_)) || self.coordination().is_some()
    }

    /// Whether it matters to the rule when something was shared.
    #[must_use]
    pub fn looks_at_times(self) -> bool {
        matches!(self, Self::SharedWithin(_) | Self::Coordinated(_) | Self::Timing(_))
    }

    /// What the rule cannot tell and is easily taken for, in one line.
    #[must_use]
    pub fn limits(self) -> Option<&'static str> {
        match self {
            Self::Percentile(_) => Some("it is relative: it keeps the same share of pairs, whatever the data"),
            Self::Significant(_) => Some(
                "it knows neither topic nor time: several topics in one cache, or one viral target, can make half of all \
                 accounts significant; q speaks of pairs, not of accounts or clusters",
            ),
            Self::Coordinated(_) | Self::AuthorHeld(_) | Self::Timing(_) => Some(
                "those who amplify one author alone, or are most sharers of a target, can hide; the chance is of pairs, not of \
                 accounts or clusters",
            ),
            Self::All | Self::Cosine(_) | Self::Shared(_) | Self::SharedWithin(_) => None,
        }
    }
}

impl fmt::Display for KeepRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Percentile(value) => write!(f, "percentile:{value}"),
            Self::Cosine(value) => write!(f, "cosine:{value}"),
            Self::Shared(value) => write!(f, "shared:{value}"),
            Self::SharedWithin(value) => write!(f, "shared-within:{value}"),
            Self::Significant(value) => write!(f, "significant:{value}"),
            Self::Coordinated(value) => write!(f, "coordinated:{value}"),
            Self::AuthorHeld(value) => write!(f, "author-held:{value}"),
            Self::Timing(value) => write!(f, "timing:{value}"),
        }
    }
}

/// A word that is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no rule; write all, percentile:P (0 to 100), cosine:T (0 to 1), shared:N, shared-within:N (N from 1 on), \
     significant:Q, coordinated:P, author-held:P or timing:P (0 to 1)"
)]
pub struct UnknownRule(String);

impl FromStr for KeepRule {
    type Err = UnknownRule;

    fn from_str(word: &str) -> Result<Self, UnknownRule> {
        let unknown = || UnknownRule(word.to_owned());
        if word == "all" {
            return Ok(Self::All);
        }
        let (name, value) = word.split_once(':').ok_or_else(unknown)?;
        let between = |most: f64| value.parse::<f64>().ok().filter(|value| (0.0..=most).contains(value));
        let count = || value.parse::<u32>().ok().filter(|&count| count > 0);
        let rule = match name {
            "percentile" => between(100.0).map(Self::Percentile),
            "cosine" => between(1.0).map(Self::Cosine),
            "shared" => count().map(Self::Shared),
            "shared-within" => count().map(Self::SharedWithin),
            "significant" => between(1.0).map(Self::Significant),
            "coordinated" => between(1.0).map(Self::Coordinated),
            "author-held" => between(1.0).map(Self::AuthorHeld),
            "timing" => between(1.0).map(Self::Timing),
            _ => None,
        };
        rule.ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_as_they_are_written() {
        let counted = ["all", "percentile:99.5", "cosine:0.25", "shared:3", "shared-within:1"];
        let tested = ["significant:0.01", "coordinated:0.0003", "author-held:0.001", "timing:1"];
        for word in counted.into_iter().chain(tested) {
            assert_eq!(word.parse::<KeepRule>().unwrap().to_string(), word);
        }
        for word in ["", "cosine", "cosine:2", "cosine:NaN", "shared:0", "shared:-1", "percentile:101", "some:1"] {
            assert!(word.parse::<KeepRule>().is_err(), "{word}");
        }
    }
}
