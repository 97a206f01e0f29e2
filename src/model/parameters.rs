//! What decides which pairs of accounts are linked.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::{KeepRule, NullModelKind, ObjectKind, Setting};

/// Every choice that the links depend on; printed with every result that rests on them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkParameters {
    /// What accounts share.
    pub layer: ObjectKind,
    /// Accounts with fewer distinct targets are left out of the cosine and of its rules.
    pub min_retweets: u32,
    /// Targets shared by fewer of the accounts left are dropped.
    pub min_accounts: u32,
    /// Targets that more accounts of the data shared are muted, as those named in `muted` are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_accounts: Option<u32>,
    /// Targets that count nowhere, by their keys.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub muted: BTreeSet<String>,
    /// Seconds, inclusive, within which a shared target counts as shared within the window.
    pub window_seconds: u32,
    /// Which pairs are kept.
    pub keep: KeepRule,
    /// The chance that overlaps are held against where pairs are tested.
    pub null_model: NullModelKind,
    /// Of the pairs kept, only those among the strongest of one of their accounts, so many an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top: Option<u32>,
    /// Largest Hamming distance of two PDQ hashes that still links, 0 to 31.
    pub max_avatar_distance: u32,
    /// Whether a picture that was mirrored or rotated counts as the same one.
    pub mirrored: bool,
    /// A picture carried by more than this share of the accounts that have one is a default and links nobody.
    pub default_avatar_share: f64,
    /// A picture is called a default only from this many accounts on.
    pub default_avatar_accounts: u32,
}

impl LinkParameters {
    /// The largest distance at which pictures can be called alike: beyond it the index would miss some. [Meta, PDQ]
    pub const FARTHEST_AVATAR: u32 = 31;
}

impl Default for LinkParameters {
    fn default() -> Self {
        Self {
            layer: ObjectKind::RetweetedPost,
            min_retweets: 10,
            min_accounts: 2,
            max_accounts: None,
            muted: BTreeSet::new(),
            window_seconds: 60,
            keep: KeepRule::Cosine(0.5),
            null_model: NullModelKind::Sdsm,
            top: None,
            max_avatar_distance: Self::FARTHEST_AVATAR,
            mirrored: false,
            default_avatar_share: 0.10,
            default_avatar_accounts: 50,
        }
    }
}

impl fmt::Display for LinkParameters {
    /// Layer and rule, and what else differs from the defaults.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.layer.layer(), self.keep)?;
        let defaults = Self::default();
        for setting in Setting::ALL.into_iter().filter(|setting| ![Setting::Layer, Setting::Keep].contains(setting)) {
            let value = setting.value(self);
            if value != setting.value(&defaults) {
                write!(f, " {}={value}", setting.name())?;
            }
        }
        if self.muted.is_empty() { Ok(()) } else { write!(f, " {} muted", self.muted.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_the_defaults_is_said() {
        assert_eq!(LinkParameters::default().to_string(), "co-retweet cosine:0.5");
        let muted = ["a".to_owned(), "b".to_owned()].into();
        let other = LinkParameters { layer: ObjectKind::Link, window_seconds: 5, muted, ..LinkParameters::default() };
        assert_eq!(other.to_string(), "co-link cosine:0.5 window=5 2 muted");
    }
}
