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

/// The single-purpose figure of `account`, everywhere the same: in filters, columns, signals and on the card.
///
/// # Errors
/// Says why there is none: fewer than 5 retweets, or none whose author is known.
pub fn single_purpose(account: &Account) -> Result<SinglePurpose, Silence> {
    let activity = account.activity;
    let (of_author, retweets) = (activity.top_author_retweets, activity.retweets);
    if u64::from(retweets) < FEWEST_RETWEETS {
        return Err(Silence::TooFew { what: "retweets", has: retweets.into(), needs: FEWEST_RETWEETS });
    }
    let author = activity.top_author.ok_or(Silence::Unknown("the authors of its retweets are not in the data"))?;
    Ok(SinglePurpose { author, of_author, retweets, share: f64::from(of_author) / f64::from(retweets) })
}

/// The single-purpose figure of each account.
#[must_use]
pub fn single_purposes(accounts: &[Account]) -> Vec<Outcome<SinglePurpose>> {
    accounts.iter().map(|account| single_purpose(account).map(|found| (found.share, found))).collect()
}
