//! How accounts are named in what leaves the program.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{Account, Platform};

/// Names accounts by their ids as the platform wrote them; and as `platform:id` where there are several platforms, which may
/// give equal ids. Whoever is of no known platform is `:id` then. `bot-tui tag` and others take what is written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicIds {
    several: bool,
}

impl PublicIds {
    /// For accounts of these platforms.
    #[must_use]
    pub fn for_platforms<'p>(platforms: impl IntoIterator<Item = &'p Platform>) -> Self {
        let mut platforms = platforms.into_iter();
        let first = platforms.next();
        Self { several: platforms.any(|platform| Some(platform) != first) }
    }

    /// For all accounts of a cache.
    #[must_use]
    pub fn among(accounts: &[Account]) -> Self {
        Self::for_platforms(accounts.iter().map(|account| &account.platform))
    }

    /// Whether there are several platforms.
    #[must_use]
    pub fn are_of_several(self) -> bool {
        self.several
    }

    /// Names an account. Hostile until sanitised.
    #[must_use]
    pub fn public_id(self, account: &Account) -> Cow<'_, str> {
        if self.several {
            Cow::Owned(written(&account.platform, &account.platform_id))
        } else {
            Cow::Borrowed(&account.platform_id)
        }
    }

    /// The same of an account of which only this is known.
    #[must_use]
    pub fn of_id(self, platform: &Platform, id: String) -> String {
        if self.several { written(platform, &id) } else { id }
    }
}

fn written(platform: &Platform, id: &str) -> String {
    format!("{platform}:{id}")
}

/// How many of these accounts have each id.
pub(super) fn bearers(accounts: &[Account]) -> HashMap<&str, u32> {
    let mut bearers = HashMap::new();
    for account in accounts {
        *bearers.entry(account.platform_id.as_str()).or_default() += 1;
    }
    bearers
}
