//! What the account-level signals say of one account.

use super::State;
use crate::model::{Account, AccountId};
use crate::signals::{retweet_share, single_purpose};

/// The signals of one account, each for itself and never as one score.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Portrait {
    /// Retweets among its posts in the data, 0 to 1, where there are enough posts.
    pub retweet_share: Option<f64>,
    /// The author that most of its retweets go to, and their share, 0 to 1, where there are enough of them.
    pub single_purpose: Option<(AccountId, f64)>,
    /// Other accounts with the same follower and friend counts and the same bio state.
    pub profile_twins: u32,
    /// Whether its picture is carried by so many accounts that it links nobody.
    pub default_avatar: bool,
}

impl Portrait {
    /// The portrait of `account`.
    #[must_use]
    pub fn new(state: &State, account: &Account) -> Self {
        let default_avatar = account
            .avatar
            .zip(state.links.as_ref())
            .is_some_and(|(avatar, links)| links.graph.is_default_avatar(avatar));
        Self {
            retweet_share: retweet_share(account).ok().map(|evidence| evidence.share),
            single_purpose: single_purpose(account).ok().map(|evidence| (evidence.author, evidence.share)),
            profile_twins: state.roster.as_ref().map_or(0, |roster| roster.twins.others_like(account)),
            default_avatar,
        }
    }
}
