//! What retweeters have in common, each trait by itself.

use rustc_hash::{FxHashMap, FxHashSet};

use super::AuditBasis;
use crate::model::{Account, AccountId};
use crate::signals::ProfileTwins;

/// A retweet is fast within so many milliseconds of the original.
pub const FAST_MS: u64 = 10_000;
/// With fewer retweets whose two times are known nothing is said about how fast an account answers,
pub const FEWEST_TIMED: u32 = 5;
/// and with fewer retweets nothing about whether they are of one author only.
const FEWEST_RETWEETS: u32 = 5;

/// One account that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retweeter {
    /// Which.
    pub account: AccountId,
    /// Its distinct targets, without posts of its own.
    pub retweets: u32,
    /// Those of them whose author is known,
    pub with_author: u32,
    /// and those by the audited accounts.
    pub of_hub: u32,
    /// All retweets whose author is known are of one author; the audited accounts count as one.
    pub one_author: bool,
    /// Retweets whose time and whose original's time are known,
    pub timed: u32,
    /// and those of them within `FAST_MS` of the original.
    pub fast: u32,
    /// The cluster it is in, as an index.
    pub cluster: Option<usize>,
    /// Whether a picture links it with another account; `None` where it has no picture in the data.
    pub shares_avatar: Option<bool>,
    /// How many accounts show the same figures; `None` where its figures are not known.
    pub profile_twins: Option<u32>,
}

/// What a retweeter may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// It is in a cluster.
    InCluster,
    /// A picture links it with another account.
    SharesAvatar,
    /// Another account shows the same figures.
    HasProfileTwin,
    /// It retweets one author only, whoever that is; the audited accounts count as one.
    RetweetsOneAuthor,
    /// Half of its retweets or more come within seconds of the original.
    RetweetsInSeconds,
}

impl Trait {
    /// Every trait.
    pub const ALL: [Self; 5] =
        [Self::InCluster, Self::SharesAvatar, Self::HasProfileTwin, Self::RetweetsOneAuthor, Self::RetweetsInSeconds];

    /// Its name in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InCluster => "in_cluster",
            Self::SharesAvatar => "shares_avatar",
            Self::HasProfileTwin => "has_profile_twin",
            Self::RetweetsOneAuthor => "retweets_one_author",
            Self::RetweetsInSeconds => "retweets_in_seconds",
        }
    }

    /// What it means, after "of the accounts, so many".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::InCluster => "are in a cluster",
            Self::SharesAvatar => "share a picture with another account",
            Self::HasProfileTwin => "have a profile twin",
            Self::RetweetsOneAuthor => "retweet one author only",
            Self::RetweetsInSeconds => "retweet within 10 s",
        }
    }

    /// Whether the more accounts retweet a figure, the more of them show it with nobody acting together.
    #[must_use]
    pub(super) fn hangs_on_size(self) -> bool {
        self == Self::InCluster
    }

    /// Whether an account shows it; `None` where that cannot be told.
    #[must_use]
    pub fn is_shown(self, by: &Retweeter) -> Option<bool> {
        match self {
            Self::InCluster => Some(by.cluster.is_some()),
            Self::SharesAvatar => by.shares_avatar,
            Self::HasProfileTwin => by.profile_twins.map(|twins| twins > 0),
            Self::RetweetsOneAuthor => {
                let is_known = by.with_author == by.retweets && by.retweets >= FEWEST_RETWEETS;
                is_known.then_some(by.one_author)
            }
            Self::RetweetsInSeconds => (by.timed >= FEWEST_TIMED).then_some(2 * by.fast >= by.timed),
        }
    }
}

/// Looks at one account.
pub(super) fn look(
    basis: &AuditBasis<'_>,
    hub: &FxHashSet<AccountId>,
    cluster_of: &FxHashMap<AccountId, usize>,
    twins: &ProfileTwins,
    account: &Account,
) -> Retweeter {
    let mut seen = Retweeter {
        account: account.id,
        retweets: 0,
        with_author: 0,
        of_hub: 0,
        one_author: true,
        timed: 0,
        fast: 0,
        cluster: cluster_of.get(&account.id).copied(),
        shares_avatar: account
            .avatar
            .map(|_| basis.graph.neighbours(account.id).iter().any(|(_, link)| link.avatar.is_some())),
        profile_twins: twins.others_if_known(account),
    };
    let mut first = None;
    basis.incidence.for_each_share(account.id, |target, at| {
        let author = basis.author(target);
        if let Some(author) = author {
            // Accounts that are audited as one are one author.
            let whose = (!hub.contains(&author)).then_some(author);
            seen.one_author &= *first.get_or_insert(whose) == whose;
        }
        let made_at = basis.incidence.object(target).and_then(|object| basis.origins.created_at(object));
        seen.retweets += 1;
        seen.with_author += u32::from(author.is_some());
        seen.of_hub += u32::from(author.is_some_and(|author| hub.contains(&author)));
        if let (Some(at), Some(made_at)) = (at, made_at) {
            seen.timed += 1;
            seen.fast += u32::from(at >= made_at && at.gap_ms(made_at) <= FAST_MS);
        }
    });
    seen
}
