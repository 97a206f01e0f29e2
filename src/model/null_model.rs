//! What overlap is to be expected by chance.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// The chance that an overlap is held against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NullModelKind {
    /// The stochastic degree sequence model: it knows how active the accounts are and how popular the targets.
    #[default]
    Sdsm,
    /// Drawing targets blindly: simple to explain, but a popular target looks significant.
    Hypergeometric,
}

impl fmt::Display for NullModelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sdsm => "sdsm",
            Self::Hypergeometric => "hypergeometric",
        })
    }
}

/// A word that is no null model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no null model; write sdsm or hypergeometric")]
pub struct UnknownNullModel(String);

impl FromStr for NullModelKind {
    type Err = UnknownNullModel;

    fn from_str(word: &str) -> Result<Self, UnknownNullModel> {
        [Self::Sdsm, Self::Hypergeometric]
            .into_iter()
            .find(|kind| kind.to_string() == word)
            .ok_or_else(|| UnknownNullModel(word.to_owned()))
    }
}
