//! Accounts and what their profile said.

use super::{AccountId, AvatarId, Platform, Timestamp};

/// What an account says of itself, as one input showed it. `None` means "not in the data", never zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Screen name without the `@`.
    pub handle: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// Description; `Some("")` is a bio known to be blank.
    pub bio: Option<String>,
    /// Self-declared place.
    pub location: Option<String>,
    /// When the account was created.
    pub created_at: Option<Timestamp>,
    /// Accounts that follow it.
    pub followers: Option<u64>,
    /// Accounts that it follows.
    pub following: Option<u64>,
    /// Posts that the platform counts for it, whether or not they are in the data.
    pub statuses: Option<u64>,
    /// The platform's verification mark.
    pub verified: Option<bool>,
    /// Where the platform serves its avatar; never fetched.
    pub avatar_url: Option<String>,
    /// Whether the account declares itself automated, as the platform shows it.
    pub declared_bot: Option<bool>,
    /// When this profile was seen. The newest sight of a field wins; an unknown time is the oldest of all.
    pub observed_at: Option<Timestamp>,
}

/// An account as an importer hands it to the cache.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AccountRecord {
    /// The id as the platform wrote it.
    pub platform_id: String,
    /// What the profile said.
    pub profile: Profile,
    /// A picture's path, relative to the folder of the input file.
    pub avatar_file: Option<String>,
}

/// An account as the cache holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Row in the cache.
    pub id: AccountId,
    /// Where it is at home.
    pub platform: Platform,
    /// The id as the platform wrote it.
    pub platform_id: String,
    /// The newest known profile.
    pub profile: Profile,
    /// Its picture, where one was imported.
    pub avatar: Option<AvatarId>,
    /// What it did in the data.
    pub activity: Activity,
}

/// Names an account for good: rows of a cache come and go with imports, a platform and its id do not.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// Where it is at home.
    pub platform: Platform,
    /// The id as the platform wrote it. Hostile until sanitised.
    pub id: String,
}

impl AccountKey {
    /// Whether this names the account. Where an import came to tell the platform, names from before do not know it.
    #[must_use]
    pub fn names(&self, account: &Account) -> bool {
        let same_platform =
            self.platform == account.platform || !self.platform.is_known() || !account.platform.is_known();
        self.id == account.platform_id && same_platform
    }
}

impl Account {
    /// What names the account whatever happens to its row.
    #[must_use]
    pub fn key(&self) -> AccountKey {
        AccountKey { platform: self.platform.clone(), id: self.platform_id.clone() }
    }

    /// How the account is called: `@handle`, else its platform id. Hostile until sanitised.
    #[must_use]
    pub fn mention(&self) -> String {
        self.profile.handle.as_ref().map_or_else(|| self.platform_id.clone(), |handle| format!("@{handle}"))
    }
}

/// What an account did in the imported data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Activity {
    /// Posts of it that the data holds, retweets included.
    pub posts: u32,
    /// Those of them that are retweets without a word of their own.
    pub retweet_posts: u32,
    /// Distinct targets it retweeted, self-retweets included.
    pub retweets: u32,
    /// The most distinct targets of one author among those retweets; 0 where no author is known.
    pub top_author_retweets: u32,
    /// That author.
    pub top_author: Option<AccountId>,
}
