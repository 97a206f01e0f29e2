//! What decides which pairs of accounts are linked.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

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

/// The name under which muted targets are written down.
const MUTED: &str = "muted";

impl LinkParameters {
    /// Every setting and muted target in one line, as the cache and the tag log keep them.
    #[must_use]
    pub fn to_line(&self) -> String {
        let settings = Setting::ALL.map(|setting| (setting.name().to_owned(), Value::from(setting.value(self))));
        let muted = Value::from_iter(self.muted.iter().map(String::as_str));
        let all: Map<String, Value> = settings.into_iter().chain([(MUTED.to_owned(), muted)]).collect();
        Value::Object(all).to_string()
    }

    /// What `to_line` wrote; `None` where it says something that this program does not know.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let mut all: Map<String, Value> = serde_json::from_str(line).ok()?;
        let muted = all.remove(MUTED);
        let mut read = Self::default();
        for setting in Setting::ALL {
            if let Some(value) = all.remove(setting.name()) {
                setting.set(&mut read, value.as_str()?).ok()?;
            }
        }
        let keys = muted.as_ref().map_or(Some(&[][..]), |muted| muted.as_array().map(Vec::as_slice))?;
        read.muted = keys.iter().map(|key| key.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        all.is_empty().then_some(read)
    }

    /// The settings that are different in `other`.
    pub fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Setting> + 'a {
        Setting::ALL.into_iter().filter(|setting| setting.value(self) != setting.value(other))
    }

    /// Takes over what became different from `before` to `after`, and leaves the rest.
    pub fn take_changes(&mut self, before: &Self, after: &Self) {
        for setting in before.differences(after) {
            // What a setting says of itself it takes.
            let _ = setting.set(self, &setting.value(after));
        }
        self.muted.extend(after.muted.difference(&before.muted).cloned());
        self.muted.retain(|key| after.muted.contains(key) || !before.muted.contains(key));
    }
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

    #[test]
    fn parameters_are_read_as_they_are_written() {
        let muted = ["a \"b\"".to_owned(), "ß".to_owned()].into();
        let keep = KeepRule::Cosine(0.1 + 0.2);
        let other = LinkParameters { keep, top: Some(5), mirrored: true, muted, ..LinkParameters::default() };
        for parameters in [LinkParameters::default(), other] {
            assert_eq!(LinkParameters::from_line(&parameters.to_line()), Some(parameters));
        }
        assert_eq!(LinkParameters::from_line("{}"), Some(LinkParameters::default()));
        for line in ["", "7", r#"{"keep":"some:1"}"#, r#"{"of a later version":"x"}"#, r#"{"muted":[1]}"#] {
            assert_eq!(LinkParameters::from_line(line), None, "{line}");
        }
    }
}
