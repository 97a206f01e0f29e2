//! How much of what an account posted are retweets.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId};
use crate::text::{percent, thousands};

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

impl Evidence for RetweetShare {
    const NAME: &'static str = "retweet_share";
    const MEANING: &'static str = "share of its posts in the data that are retweets; from 5 posts on";
    const CANNOT_TELL: &'static str =
        "Many people only retweet; and the data may hold retweets because those were collected.";
    const KNOWN: &'static str = "Not measured: the labelled sets at hand hold retweets alone.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        let share = |account: &Account| retweet_share(account).map(|found| (found.share, found));
        Ok(seen.accounts.iter().map(share).collect())
    }

    fn value(value: f64) -> String {
        percent(value)
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        format!("{} of {} posts are retweets", thousands(self.retweets.into()), thousands(self.posts.into()))
    }

    fn json(&self, _: &dyn PublicNames) -> Value {
        json!({ "retweets": self.retweets, "posts": self.posts })
    }
}
