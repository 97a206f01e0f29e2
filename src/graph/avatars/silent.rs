//! Pictures that are shown but link nobody.

use rustc_hash::{FxHashMap, FxHashSet};

use super::LIMIT;
use super::carriers::{carriers_of, first_carriers};
use super::defaults::default_avatars;
use crate::model::{AccountId, AvatarId, AvatarPrint, LinkParameters};

/// Why pictures link nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SilentAvatars {
    /// What a platform gives to whoever chose none.
    pub defaults: FxHashSet<AvatarId>,
    /// So many accounts carry each of these that all their pairs could not be held.
    pub crowded: FxHashSet<AvatarId>,
}

impl SilentAvatars {
    /// Those of the data.
    pub(in crate::graph) fn find(
        pictures: &[(AccountId, AvatarId)],
        prints: &[AvatarPrint],
        parameters: &LinkParameters,
    ) -> Self {
        let mut carriers = carriers_of(pictures);
        let defaults = default_avatars(pictures, prints, parameters);
        carriers.retain(|avatar, _| !defaults.contains(avatar));
        let first = first_carriers(pictures);
        let place = |avatar| first.get(&avatar).copied();
        Self { crowded: crowded_avatars(&carriers, place, LIMIT.pairs), defaults }
    }

    /// Whether a picture links nobody.
    #[must_use]
    pub fn contains(&self, avatar: AvatarId) -> bool {
        self.defaults.contains(&avatar) || self.crowded.contains(&avatar)
    }
}

/// The pictures of most accounts, so many that the pairs of accounts with equal pictures are no more than `most` without
/// them: a few of them must not keep all others from being linked.
/// `place` orders pictures that equally many carry.
pub(super) fn crowded_avatars<K: Ord>(
    carriers: &FxHashMap<AvatarId, Vec<AccountId>>,
    place: impl Fn(AvatarId) -> K,
    most: usize,
) -> FxHashSet<AvatarId> {
    let mut order: Vec<(usize, AvatarId)> =
        carriers.iter().map(|(&avatar, accounts)| (accounts.len(), avatar)).collect();
    order.sort_unstable_by_key(|&(count, avatar)| (count, place(avatar)));
    let mut pairs = 0_usize;
    let fits = |&&(count, _): &&(usize, AvatarId)| {
        pairs = pairs.saturating_add(count.saturating_mul(count.saturating_sub(1)) / 2);
        pairs <= most
    };
    let fitting = order.iter().take_while(fits).count();
    order[fitting..].iter().map(|&(_, avatar)| avatar).collect()
}
