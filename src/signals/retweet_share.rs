//! How much of what an account posted are retweets.

use super::{Outcome, Silence};
use crate::model::Account;

/// With fewer posts a share of them says nothing.
const FEWEST_POSTS: u64 = 5;

/// Retweets among the posts that the data holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetweetShare {
    /// Posts that are retweets.
    pub retweets: u32,
    /// Posts in the data, retweets included.
    pub posts: u32,
    /// Their ratio, 0 to 1.
    pub share: f64,
}

/// The retweet share of `account`, everywhere the same: in filters, columns, signals and on the card.
///
/// # Errors
/// Says why there is none: fewer than 5 posts.
pub fn retweet_share(account: &Account) -> Result<RetweetShare, Silence> {
    let (posts, retweets) = (account.activity.posts, account.activity.retweet_posts);
    if u64::from(posts) < FEWEST_POSTS {
        return Err(Silence::TooFew { what: "posts", has: posts.into(), needs: FEWEST_POSTS });
    }
    Ok(RetweetShare { retweets, posts, share: f64::from(retweets) / f64::from(posts) })
}

/// The retweet share of each account.
#[must_use]
pub fn retweet_shares(accounts: &[Account]) -> Vec<Outcome<RetweetShare>> {
    accounts.iter().map(|account| retweet_share(account).map(|found| (found.share, found))).collect()
}
