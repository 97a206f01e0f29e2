//! How much of what an account posted are retweets.

use super::{Outcome, Silence};
use crate::model::Account;

/// With fewer posts a share of them says nothing.
const FEWEST_POSTS: u64 = 5;

/// Retweets among the posts that the data holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetweetShare {
    /// Distinct retweeted targets.
    pub retweets: u32,
    /// Posts in the data, retweets included.
    pub posts: u32,
    /// Their ratio, 0 to 1.
    pub share: f64,
}

/// The retweet share of `account`; `None` where the data holds no post of it.
#[must_use]
pub fn retweet_share(account: &Account) -> Option<RetweetShare> {
    let activity = account.activity;
    let share = (f64::from(activity.retweets) / f64::from(activity.posts)).min(1.0);
    (activity.posts > 0).then_some(RetweetShare { retweets: activity.retweets, posts: activity.posts, share })
}

/// The retweet share of each account that has enough posts.
#[must_use]
pub fn retweet_shares(accounts: &[Account]) -> Vec<Outcome<RetweetShare>> {
    let one = |account: &Account| {
        let has = u64::from(account.activity.posts);
        let enough = retweet_share(account).filter(|_| has >= FEWEST_POSTS);
        enough.map(|found| (found.share, found)).ok_or(Silence::TooFew { what: "posts", has, needs: FEWEST_POSTS })
    };
    accounts.iter().map(one).collect()
}
