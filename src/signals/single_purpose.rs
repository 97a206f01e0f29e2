//! Whether an account's retweets go to one author.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId};
use crate::text::{percent, thousands};

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

impl Evidence for SinglePurpose {
    const NAME: &'static str = "single_purpose";
    const MEANING: &'static str = "largest share of its retweets that go to one account; from 5 retweets on";
    const CANNOT_TELL: &'static str = "Data that was collected around one account shows retweets of that account.";
    const KNOWN: &'static str =
        "Ranked a coordinated account above another 4 to 96 % of the time, on eight labelled sets: fans have it too.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        let share = |account: &Account| single_purpose(account).map(|found| (found.share, found));
        Ok(seen.accounts.iter().map(share).collect())
    }

    fn value(value: f64) -> String {
        percent(value)
    }

    fn words(&self, name: &dyn Fn(AccountId) -> String) -> String {
        let (of_author, retweets) = (thousands(self.of_author.into()), thousands(self.retweets.into()));
        format!("{of_author} of {retweets} retweets go to {}", name(self.author))
    }

    fn json(&self, names: &dyn PublicNames) -> Value {
        json!({ "account": names.account(self.author), "of_account": self.of_author, "retweets": self.retweets })
    }
}
