//! Accounts whose profiles show the same figures. A blank bio alone is nothing: only accounts whose follower and
//! friend counts are both known can have twins.

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::words::{named, whole};
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId, dense};
use crate::text::thousands;

/// Others that are named.
const NAMED: usize = 5;

/// Followers, following, and whether the bio is blank where that is known.
type Figures = (u64, u64, Option<bool>);

/// How many accounts show each combination of figures.
#[derive(Debug, Default)]
pub struct ProfileTwins {
    counts: FxHashMap<Figures, u32>,
}

fn figures(account: &Account) -> Option<Figures> {
    let profile = &account.profile;
    let blank = profile.bio.as_ref().map(|bio| bio.trim().is_empty());
    Some((profile.followers?, profile.following?, blank))
}

impl ProfileTwins {
    /// Counts the combinations among `accounts`.
    #[must_use]
    pub fn count(accounts: &[Account]) -> Self {
        let mut counts = FxHashMap::default();
        for figures in accounts.iter().filter_map(figures) {
            *counts.entry(figures).or_default() += 1;
        }
        Self { counts }
    }

    /// How many other accounts show the same figures as `account`.
    #[must_use]
    pub fn others_like(&self, account: &Account) -> u32 {
        self.others_if_known(account).unwrap_or(0)
    }

    /// As `others_like`, but `None` where the account's figures are not known.
    #[must_use]
    pub fn others_if_known(&self, account: &Account) -> Option<u32> {
        Some(self.counts.get(&figures(account)?).map_or(0, |count| count.saturating_sub(1)))
    }
}

/// The accounts that show the same figures as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameFigures {
    /// Its followers,
    pub followers: u64,
    /// the accounts that it follows,
    pub following: u64,
    /// and whether its bio is blank, where that is known.
    pub blank_bio: Option<bool>,
    /// How many others show the same.
    pub others: u32,
    /// Some of them.
    pub examples: Vec<AccountId>,
}

/// The profile twins of each account; the value is how many there are.
fn same_figures(accounts: &[Account]) -> Vec<Outcome<SameFigures>> {
    let mut groups: FxHashMap<Figures, Vec<AccountId>> = FxHashMap::default();
    for account in accounts {
        if let Some(figures) = figures(account) {
            groups.entry(figures).or_default().push(account.id);
        }
    }
    let one = |account: &Account| {
        let unknown = Silence::Unknown("no follower and friend counts in the data");
        let figures @ (followers, following, blank_bio) = figures(account).ok_or(unknown)?;
        let group = groups.get(&figures).map(Vec::as_slice).unwrap_or_default();
        let others = dense(group.len().saturating_sub(1));
        let examples = group.iter().copied().filter(|&id| id != account.id).take(NAMED).collect();
        Ok((f64::from(others), SameFigures { followers, following, blank_bio, others, examples }))
    };
    accounts.iter().map(one).collect()
}

impl Evidence for SameFigures {
    const NAME: &'static str = "profile_twins";
    const MEANING: &'static str =
        "other accounts with the same follower and friend counts and the same state of the bio";
    const CANNOT_TELL: &'static str =
        "Small counts coincide by chance; counts differ with the day on which a profile was seen.";
    const KNOWN: &'static str = "Ranked a coordinated account above another 50 to 98 % of the time, on five labelled sets; a coin does so 50 %.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        Ok(same_figures(seen.accounts))
    }

    fn value(value: f64) -> String {
        whole(value)
    }

    fn words(&self, name: &dyn Fn(AccountId) -> String) -> String {
        let (followers, following) = (thousands(self.followers), thousands(self.following));
        let others = named(", ", &self.examples, self.others, name);
        format!("followers {followers}, following {following}{others}")
    }

    fn json(&self, names: &dyn PublicNames) -> Value {
        let Self { followers, following, blank_bio, others, examples } = self;
        json!({ "followers": followers, "following": following, "blank_bio": blank_bio, "others": others,
                "examples": names.accounts(examples) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Activity, Profile};
    use crate::signals::{Silence, retweet_share, single_purpose};

    fn account(followers: Option<u64>, following: Option<u64>, bio: Option<&str>) -> Account {
        let profile = Profile { followers, following, bio: bio.map(str::to_owned), ..Profile::default() };
        let activity = Activity::default();
        Account {
            id: AccountId(1),
            platform: Default::default(),
            platform_id: String::new(),
            profile,
            avatar: None,
            activity,
        }
    }

    #[test]
    fn twins_agree_in_both_counts_and_the_state_of_the_bio() {
        let accounts = [
            account(Some(86), Some(112), Some("")),
            account(Some(86), Some(112), Some(" ")),
            account(Some(86), Some(112), Some("hello")),
            account(Some(86), None, Some("")),
            account(Some(86), None, Some("")),
        ];
        let twins = ProfileTwins::count(&accounts);
        let others: Vec<u32> = accounts.iter().map(|account| twins.others_like(account)).collect();
        assert_eq!(others, [1, 1, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn looking_at_all_pairs_finds_the_same(
            profiles in prop::collection::vec(
                (prop::option::of(0_u64..3), prop::option::of(0_u64..3), prop::option::of("[ a]{0,2}")),
                1..30,
            ),
        ) {
            let accounts: Vec<Account> = (1..).zip(&profiles).map(|(id, (followers, following, bio))| {
                Account { id: AccountId(id), ..account(*followers, *following, bio.as_deref()) }
            }).collect();
            let blank = |bio: &Option<String>| bio.as_ref().map(|bio| bio.chars().all(|letter| letter == ' '));
            for ((me, mine), found) in accounts.iter().zip(&profiles).zip(same_figures(&accounts)) {
                let (Some(followers), Some(following)) = (mine.0, mine.1) else {
                    prop_assert!(found.is_err());
                    continue;
                };
                let is_twin = |other: &(Option<u64>, Option<u64>, Option<String>)| {
                    (other.0, other.1, blank(&other.2)) == (Some(followers), Some(following), blank(&mine.2))
                };
                let twins = accounts.iter().zip(&profiles).filter(|(other, profile)| other.id != me.id && is_twin(profile));
                let twins: Vec<AccountId> = twins.map(|(other, _)| other.id).collect();
                let (value, evidence) = found.unwrap();
                prop_assert_eq!((value, evidence.others as usize), (twins.len() as f64, twins.len()));
                prop_assert_eq!(&evidence.examples[..], &twins[..twins.len().min(NAMED)]);
            }
        }
    }

    #[test]
    fn shares_are_silent_where_nothing_is_known() {
        let mut account = account(None, None, None);
        assert_eq!(retweet_share(&account), Err(Silence::TooFew { what: "posts", has: 0, needs: 5 }));
        assert_eq!(single_purpose(&account), Err(Silence::TooFew { what: "retweets", has: 0, needs: 5 }));
        let top_author = Some(AccountId(9));
        // Two posts retweet one target: posts count above and below, targets do.
        account.activity = Activity { posts: 8, retweet_posts: 6, retweets: 5, top_author_retweets: 3, top_author };
        assert_eq!(retweet_share(&account).unwrap().share, 0.75);
        let purpose = single_purpose(&account).unwrap();
        assert_eq!((purpose.author, purpose.share), (AccountId(9), 0.6));
    }
}
