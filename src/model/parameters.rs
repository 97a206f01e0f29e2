//! What decides which pairs of accounts are linked.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Which pairs of a layer of shared objects become links.
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
    /// Pairs whose overlap is significant at this false discovery rate, 0 to 1, under the stochastic degree sequence
    /// model.
    Significant(f64),
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
        }
    }
}

/// A word that is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no rule; write all, percentile:P (0 to 100), cosine:T (0 to 1), shared:N, shared-within:N (N from 1 on) \
     or significant:Q (0 to 1)"
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
            _ => None,
        };
        rule.ok_or_else(unknown)
    }
}

/// Every choice that the links depend on; printed with every result that rests on them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LinkParameters {
    /// Accounts with fewer distinct targets are left out of the cosine and of its rules.
    pub min_retweets: u32,
    /// Targets shared by fewer of the accounts left are dropped.
    pub min_accounts: u32,
    /// Seconds, inclusive, within which a shared target counts as shared within the window.
    pub window_seconds: u32,
    /// Which pairs are kept.
    pub keep: KeepRule,
    /// Of the pairs kept, only those among the strongest of one of their accounts, so many an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top: Option<u32>,
    /// Largest Hamming distance of two PDQ hashes that still links, 0 to 31.
    pub max_avatar_distance: u32,
    /// A picture carried by more than this share of the accounts that have one is a default and links nobody.
    pub default_avatar_share: f64,
    /// A picture is called a default only from this many accounts on.
    pub default_avatar_accounts: u32,
}

impl Default for LinkParameters {
    fn default() -> Self {
        Self {
            min_retweets: 10,
            min_accounts: 2,
            window_seconds: 60,
            keep: KeepRule::Cosine(0.5),
            top: None,
            max_avatar_distance: 31,
            default_avatar_share: 0.10,
            default_avatar_accounts: 50,
        }
    }
}

impl fmt::Display for LinkParameters {
    /// The settings that a user changes while looking, as `with_settings` reads them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { keep, window_seconds, min_retweets, min_accounts, top, .. } = self;
        write!(f, "keep={keep} window={window_seconds} min-retweets={min_retweets} min-accounts={min_accounts}")?;
        top.map_or(Ok(()), |top| write!(f, " top={top}"))
    }
}

/// A text that sets nothing, or something else than links depend on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownSetting {
    /// A word that is no setting.
    #[error("`{0}` is no setting; write keep=RULE window=SECONDS min-retweets=N min-accounts=N top=K")]
    Name(String),
    /// A rule that there is not.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
}

impl LinkParameters {
    /// These parameters with the settings that `text` names; `top` is taken away where it is not named.
    ///
    /// # Errors
    /// Fails where a word is no setting, or its value none that it can have.
    pub fn with_settings(&self, text: &str) -> Result<Self, UnknownSetting> {
        let mut parameters = Self { top: None, ..*self };
        for word in text.split_whitespace() {
            let unknown = || UnknownSetting::Name(word.to_owned());
            let (name, value) = word.split_once('=').ok_or_else(unknown)?;
            let number = || value.parse::<u32>().map_err(|_| unknown());
            match name {
                "keep" => parameters.keep = value.parse()?,
                "window" => parameters.window_seconds = number()?,
                "min-retweets" => parameters.min_retweets = number()?,
                "min-accounts" => parameters.min_accounts = number()?,
                "top" => parameters.top = Some(number()?.max(1)),
                _ => return Err(unknown()),
            }
        }
        Ok(parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_written() {
        let strict = LinkParameters { keep: KeepRule::SharedWithin(3), top: Some(5), ..LinkParameters::default() };
        let read = |text: &str| LinkParameters::default().with_settings(text);
        assert_eq!(read(&strict.to_string()), Ok(strict));
        assert_eq!(read("window=10").unwrap().window_seconds, 10);
        assert_eq!(read(""), Ok(LinkParameters::default()));
        assert_eq!(strict.with_settings("").unwrap().top, None);
        for text in ["window", "window=x", "colour=red", "keep=cosine:9"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rules_are_read_as_they_are_written() {
        for word in ["all", "percentile:99.5", "cosine:0.25", "shared:3", "shared-within:1", "significant:0.01"] {
            assert_eq!(word.parse::<KeepRule>().unwrap().to_string(), word);
        }
        for word in ["", "cosine", "cosine:2", "cosine:NaN", "shared:0", "shared:-1", "percentile:101", "some:1"] {
            assert!(word.parse::<KeepRule>().is_err(), "{word}");
        }
    }
}
