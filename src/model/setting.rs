//! The settings that a user changes while looking, each by a name and a word for its value.

use super::{KeepRule, LinkParameters};

/// What is written where a setting is not set.
const NONE: &str = "none";

/// One of the link parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// What accounts share.
    Layer,
    /// Which pairs become links.
    Keep,
    /// Seconds within which a shared target counts as close in time.
    Window,
    /// The fewest targets of an account.
    MinRetweets,
    /// The fewest accounts of a target.
    MinAccounts,
    /// The most accounts of a target.
    MaxAccounts,
    /// What overlap is to be expected by chance.
    NullModel,
    /// The strongest links of each account.
    Top,
    /// The largest distance of two pictures that are alike.
    AvatarDistance,
    /// Whether pictures turned over are alike.
    Mirrored,
    /// The share of accounts from which a picture is a default.
    DefaultShare,
}

/// A word that is no value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is no value of {name}; write {expected}")]
pub struct WrongValue {
    name: &'static str,
    value: String,
    expected: &'static str,
}

impl Setting {
    /// Every setting, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Layer,
        Self::Keep,
        Self::Window,
        Self::MinRetweets,
        Self::MinAccounts,
        Self::MaxAccounts,
        Self::NullModel,
        Self::Top,
        Self::AvatarDistance,
        Self::Mirrored,
        Self::DefaultShare,
    ];

    /// How it is called, on the command line too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Layer => "layer",
            Self::Keep => "keep",
            Self::Window => "window",
            Self::MinRetweets => "min-retweets",
            Self::MinAccounts => "min-accounts",
            Self::MaxAccounts => "max-accounts",
            Self::NullModel => "null-model",
            Self::Top => "top",
            Self::AvatarDistance => "avatar-distance",
            Self::Mirrored => "mirrored",
            Self::DefaultShare => "default-share",
        }
    }

    /// What it decides.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Layer => "what accounts share",
            Self::Keep => "which pairs become links",
            Self::Window => "seconds that count as close in time",
            Self::MinRetweets => "leave out accounts with fewer targets",
            Self::MinAccounts => "then leave out targets of fewer accounts",
            Self::MaxAccounts => "mute targets of more accounts",
            Self::NullModel => "what overlap chance explains",
            Self::Top => "only the strongest links of each account",
            Self::AvatarDistance => "bits in which pictures that are alike may differ",
            Self::Mirrored => "pictures mirrored or rotated are alike too",
            Self::DefaultShare => "a picture of a larger share of the accounts links nobody",
        }
    }

    /// Whether it is about pictures and not about what accounts share.
    #[must_use]
    pub const fn is_of_pictures(self) -> bool {
        matches!(self, Self::AvatarDistance | Self::Mirrored | Self::DefaultShare)
    }

    /// What it still does where it decides no link by `rule`; `None` where it decides some.
    #[must_use]
    pub fn unused_by(self, rule: KeepRule) -> Option<&'static str> {
        let counts = rule.looks_at_all();
        match (self, rule) {
            (Self::Window, KeepRule::SharedWithin(_)) | (Self::NullModel, KeepRule::Significant(_)) => None,
            (Self::Window, _) => Some("only counts the shared targets that are called close in time"),
            (Self::NullModel, _) => Some("only counts where pairs are tested all the same"),
            (Self::MinRetweets | Self::MinAccounts, _) if counts => Some("only decides which pairs have a cosine"),
            _ => None,
        }
    }

    /// What can be written for it.
    #[must_use]
    pub fn expected(self) -> &'static str {
        match self {
            Self::Layer => "co-retweet, co-link, co-hashtag, co-reply, co-quote or co-text",
            Self::Keep => {
                "all, percentile:P (0 to 100), cosine:T (0 to 1), shared:N, shared-within:N (N from 1 on), \
                 significant:Q, coordinated:P, author-held:P or timing:P (0 to 1)"
            }
            Self::Window => "seconds, 0 or more, such as 10, 60 or 600",
            Self::MinRetweets | Self::MinAccounts => "a whole number",
            Self::NullModel => "sdsm or hypergeometric",
            Self::MaxAccounts | Self::Top => "a whole number from 1 on, or none",
            Self::AvatarDistance => "a whole number, 0 to 31",
            Self::Mirrored => "yes or no",
            Self::DefaultShare => "a share, 0 to 1",
        }
    }

    /// Its value as it is written.
    #[must_use]
    pub fn value(self, parameters: &LinkParameters) -> String {
        let optional = |value: Option<u32>| value.map_or_else(|| NONE.to_owned(), |value| value.to_string());
        match self {
            Self::Layer => parameters.layer.layer().to_owned(),
            Self::Keep => parameters.keep.to_string(),
            Self::Window => parameters.window_seconds.to_string(),
            Self::MinRetweets => parameters.min_retweets.to_string(),
            Self::MinAccounts => parameters.min_accounts.to_string(),
            Self::MaxAccounts => optional(parameters.max_accounts),
            Self::NullModel => parameters.null_model.to_string(),
            Self::Top => optional(parameters.top),
            Self::AvatarDistance => parameters.max_avatar_distance.to_string(),
            Self::Mirrored => if parameters.mirrored { "yes" } else { "no" }.to_owned(),
            Self::DefaultShare => parameters.default_avatar_share.to_string(),
        }
    }

    /// Sets it to what is written.
    ///
    /// # Errors
    /// Fails, and changes nothing, where `value` is none that it can have.
    pub fn set(self, parameters: &mut LinkParameters, value: &str) -> Result<(), WrongValue> {
        let value = value.trim();
        self.try_set(parameters, value).ok_or_else(|| WrongValue {
            name: self.name(),
            value: value.to_owned(),
            expected: self.expected(),
        })
    }

    fn try_set(self, parameters: &mut LinkParameters, value: &str) -> Option<()> {
        let number = || value.parse::<u32>().ok();
        let optional = || match value {
            "" | NONE => Some(None),
            _ => number().filter(|&number| number > 0).map(Some),
        };
        match self {
            Self::Layer => {
                let layer = value.parse().ok()?;
                if parameters.layer != layer {
                    // Keys of one layer mean nothing in another.
                    parameters.muted.clear();
                }
                parameters.layer = layer;
            }
            Self::Keep => parameters.keep = value.parse().ok()?,
            Self::Window => parameters.window_seconds = number()?,
            Self::MinRetweets => parameters.min_retweets = number()?,
            Self::MinAccounts => parameters.min_accounts = number()?,
            Self::MaxAccounts => parameters.max_accounts = optional()?,
            Self::NullModel => parameters.null_model = value.parse().ok()?,
            Self::Top => parameters.top = optional()?,
            Self::AvatarDistance => {
                parameters.max_avatar_distance = number().filter(|&bits| bits <= LinkParameters::FARTHEST_AVATAR)?;
            }
            Self::Mirrored => parameters.mirrored = ["no", "yes"].iter().position(|&word| word == value)? == 1,
            Self::DefaultShare => {
                parameters.default_avatar_share = value.parse().ok().filter(|share| (0.0..=1.0).contains(share))?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{KeepRule, NullModelKind, ObjectKind};

    #[test]
    fn settings_are_read_as_they_are_written() {
        let strict = LinkParameters {
            layer: ObjectKind::Text,
            keep: KeepRule::SharedWithin(3),
            max_accounts: Some(900),
            null_model: NullModelKind::Hypergeometric,
            top: Some(5),
            max_avatar_distance: 12,
            mirrored: true,
            default_avatar_share: 0.025,
            ..LinkParameters::default()
        };
        let mut read = LinkParameters::default();
        for setting in Setting::ALL {
            setting.set(&mut read, &setting.value(&strict)).unwrap();
        }
        assert_eq!(read, strict);
        for setting in Setting::ALL {
            setting.set(&mut read, &setting.value(&LinkParameters::default())).unwrap();
        }
        assert_eq!(read, LinkParameters::default());
    }

    #[test]
    fn what_is_no_value_changes_nothing_and_says_what_is_one() {
        let mut parameters = LinkParameters::default();
        for (setting, value) in [
            (Setting::Layer, "avatar"),
            (Setting::Keep, "cosine:9"),
            (Setting::Window, "-1"),
            (Setting::MinRetweets, "x"),
            (Setting::MaxAccounts, "0"),
            (Setting::NullModel, "none"),
            (Setting::Top, "some"),
            (Setting::AvatarDistance, "32"),
            (Setting::Mirrored, "perhaps"),
            (Setting::DefaultShare, "NaN"),
        ] {
            let error = setting.set(&mut parameters, value).unwrap_err().to_string();
            assert!(error.contains(value) && error.contains(setting.expected()), "{error}");
        }
        assert_eq!(parameters, LinkParameters::default());
    }

    #[test]
    fn another_layer_unmutes() {
        let mut parameters = LinkParameters { muted: ["1".to_owned()].into(), ..LinkParameters::default() };
        Setting::Layer.set(&mut parameters, "co-retweet").unwrap();
        assert_eq!(parameters.muted.len(), 1);
        Setting::Layer.set(&mut parameters, "co-link").unwrap();
        assert!(parameters.muted.is_empty());
    }

    #[test]
    fn settings_that_decide_no_link_by_a_rule_say_so() {
        let unused = |rule: &str| {
            let rule = rule.parse().unwrap();
            let names = Setting::ALL.into_iter().filter(|setting| setting.unused_by(rule).is_some()).map(Setting::name);
            names.collect::<Vec<_>>().join(" ")
        };
        for rule in ["all", "cosine:0.5", "percentile:99"] {
            assert_eq!(unused(rule), "window null-model", "{rule}");
        }
        assert_eq!(unused("significant:0.01"), "window");
        assert_eq!(unused("shared:3"), "window min-retweets min-accounts null-model");
        assert_eq!(unused("shared-within:3"), "min-retweets min-accounts null-model");
    }
}
