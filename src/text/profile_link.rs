//! Where the profile of an account is found. The program never goes there itself: it asks, and the browser goes.

use std::borrow::Cow;
use std::str::FromStr;

use url::Url;

use crate::model::Account;

/// Letters of a handle or an id that may stand in a link as they are.
const PLAIN: &str = "_.-:@";

/// Hosts of platforms that have one.
const HOSTS: [(&str, &str); 3] = [("x.com", "x"), ("twitter.com", "x"), ("bsky.app", "bluesky")];

/// A link with `{handle}` or `{id}` in it, over https; or an empty one, which leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileLink(Cow<'static, str>);

/// A link that leads to no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` leads to no profile; write a link over https with {{handle}} or {{id}} in it")]
pub struct NoProfileLink(String);

impl FromStr for ProfileLink {
    type Err = NoProfileLink;

    fn from_str(template: &str) -> Result<Self, Self::Err> {
        if template.is_empty() {
            return Ok(Self::NOWHERE);
        }
        let filled = template.replace("{handle}", "x").replace("{id}", "1");
        if filled != template && Self::is_safe(&filled) {
            Ok(Self(Cow::Owned(template.to_owned())))
        } else {
            Err(NoProfileLink(template.to_owned()))
        }
    }
}

impl ProfileLink {
    /// Where profiles are is not known.
    pub const NOWHERE: Self = Self(Cow::Borrowed(""));

    /// The profile of an account; `None` where the account has no handle, or one that no link can hold, or is of another
    /// platform than that to which the link leads.
    #[must_use]
    pub fn url(&self, account: &Account) -> Option<String> {
        if self.leads_elsewhere(account) {
            return None;
        }
        let mut link = self.0.clone().into_owned();
        for (place, word) in [("{handle}", account.profile.handle.as_deref()), ("{id}", Some(&*account.platform_id))] {
            if link.contains(place) {
                link = link.replace(place, word.filter(|word| is_plain(word))?);
            }
        }
        Self::is_safe(&link).then_some(link)
    }
}

impl ProfileLink {
    /// Whether a link may be handed to the browser: over https, to a host, and without what a terminal or a shell would act on.
    #[must_use]
    pub fn is_safe(link: &str) -> bool {
        let plain = link.chars().all(|c| c.is_ascii_graphic());
        plain
            && Url::parse(link).is_ok_and(|url| url.scheme() == "https" && url.has_host() && url.username().is_empty())
    }

    /// Whether the link leads to another platform than that of the account, where it would show somebody else.
    #[must_use]
    pub fn leads_elsewhere(&self, account: &Account) -> bool {
        let rest = self.0.strip_prefix("https://").unwrap_or_default();
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        let platform = HOSTS.iter().find(|(known, _)| *known == host).map(|(_, platform)| *platform);
        account.platform.is_known() && platform.is_some_and(|platform| platform != account.platform.word())
    }
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || PLAIN.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, Activity, Platform, Profile};

    fn account(platform_id: &str, handle: &str) -> Account {
        Account {
            id: AccountId(1),
            platform: Platform::default(),
            platform_id: platform_id.to_owned(),
            profile: Profile { handle: Some(handle.to_owned()), ..Profile::default() },
            avatar: None,
            activity: Activity::default(),
        }
    }

    #[test]
    fn only_plain_handles_become_links_and_only_over_https() {
        let link: ProfileLink = "https://social.example/{handle}".parse().unwrap();
        let mut lamp = account("9001", "lamp_01");
        assert_eq!(link.url(&lamp).as_deref(), Some("https://social.example/lamp_01"));
        assert_eq!(
            link.url(&account("9017", "lamp\u{202e}")),
            None,
            "a handle with a direction override is in no link"
        );
        let by_id: ProfileLink = "https://social.example/user/{id}".parse().unwrap();
        assert_eq!(by_id.url(&lamp).as_deref(), Some("https://social.example/user/9001"));
        let bluesky: ProfileLink = "https://bsky.app/profile/{handle}".parse().unwrap();
        assert_eq!(bluesky.url(&lamp).as_deref(), Some("https://bsky.app/profile/lamp_01"));
        lamp.platform = Platform::named("x");
        assert_eq!((bluesky.url(&lamp), bluesky.leads_elsewhere(&lamp)), (None, true));
        assert!(link.url(&lamp).is_some(), "a host that may be any platform's is the user's own choice");
        for wrong in [
            "http://social.example/{handle}",
            "https://social.example/",
            "file:///{handle}",
            "https://a@b.example/{id}",
        ] {
            assert!(wrong.parse::<ProfileLink>().is_err(), "{wrong}");
        }
    }
}
