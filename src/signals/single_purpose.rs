//! Whether an account's retweets go to one author.

use super::{Outcome, Silence};
use crate::model::{Account, AccountId};

/// With fewer retweets a share of them says nothing.
const FEWEST_RETWEETS: u64 = 5;

/// The author whose posts an account retweets most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SinglePurpose {
    /// That author.
    pub author: AccountId,
    /// Distinct targets of that author among its retweets.
    pub of_author: u32,
    /// All its distinct targets.
    pub retweets: u32,
    /// Their ratio, 0 to 1.
    pub share: f64,
}

/// The single-purpose figure of `account`; `None` where no author of its retweets is known.
#[must_use]
pub fn single_purpose(account: &Account) -> Option<SinglePurpose> {
    let activity = account.activity;
    let author = activity.top_author.filter(|_| activity.retweets > 0)?;
    Some(SinglePurpose {
        author,
        of_author: activity.top_author_retweets,
        retweets: activity.retweets,
        share: f64::from(activity.top_author_retweets) / f64::from(activity.retweets),
    })
}

/// The single-purpose figure of each account that has enough retweets.
#[must_use]
pub fn single_purposes(accounts: &[Account]) -> Vec<Outcome<SinglePurpose>> {
    let one = |account: &Account| {
        let has = u64::from(account.activity.retweets);
        if has < FEWEST_RETWEETS {
            return Err(Silence::TooFew { what: "retweets", has, needs: FEWEST_RETWEETS });
        }
        let found =
            single_purpose(account).ok_or(Silence::Unknown("the authors of its retweets are not in the data"))?;
        Ok((found.share, found))
    };
    accounts.iter().map(one).collect()
}
