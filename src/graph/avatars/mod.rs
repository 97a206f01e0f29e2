//! The avatar layer: equal bytes, or PDQ hashes near each other. A default picture is shown but links nobody, and neither
//! does one that more accounts carry than can be linked each with each.
//!
//! Words of this room: *carrier*, an account that has the picture; *default*, what a platform gives, or what very many carry;
//! *crowded*, carried by so many that their pairs cannot be held; *silent*, shown, but links nobody; *poor*, of too little
//! structure for its hash to be compared.

mod carriers;
mod defaults;
mod groups;
mod near;
mod order;
mod silent;

#[cfg(test)]
mod tests;

use super::hamming_index::Limit;
use super::{GraphError, Task};
use crate::model::{AccountId, AccountOrder, AvatarId, AvatarMatch, AvatarPrint, LinkParameters};
use carriers::carriers_of;
pub use groups::{AvatarGroup, AvatarGroups, GroupedPicture, avatar_groups};
use near::near_prints;
pub use silent::SilentAvatars;

/// Pairs that are held at the most.
const LIMIT: Limit = Limit {
    pairs: 5_000_000,
    advice: "too many pictures are alike: lower the distance at which two are, or the share of accounts from which a \
             picture counts as default",
};

/// Pairs of accounts with equal or near pictures, and the pictures that link nobody.
#[derive(Debug, Default)]
pub struct AvatarLinks {
    /// Pairs in the order of the accounts.
    pub pairs: Vec<(AccountId, AccountId, AvatarMatch)>,
    /// Pictures that are shown but link nobody.
    pub silent: SilentAvatars,
}

/// Links accounts by their pictures. The pairs follow the accounts of `pictures`; `prints` is ordered by id.
///
/// # Errors
/// Fails when cancelled and where more than five million pairs would be linked.
pub fn link_avatars(
    pictures: &[(AccountId, AvatarId)],
    prints: &[AvatarPrint],
    parameters: &LinkParameters,
    task: &Task<'_>,
) -> Result<AvatarLinks, GraphError> {
    let mut carriers = carriers_of(pictures);
    let silent = SilentAvatars::find(pictures, prints, parameters);
    carriers.retain(|&avatar, _| !silent.contains(avatar));
    let mut links = AvatarLinks { silent, pairs: Vec::new() };
    for accounts in carriers.values() {
        task.check()?;
        for (index, &a) in accounts.iter().enumerate() {
            add(&mut links.pairs, accounts[index + 1..].iter().map(|&b| (a, b)), AvatarMatch::Same)?;
        }
    }
    let compared: Vec<&AvatarPrint> = prints.iter().filter(|print| carriers.contains_key(&print.id)).collect();
    for (i, j, distance) in near_prints(&compared, parameters, LIMIT, task)? {
        let (left, right) = (&carriers[&compared[i as usize].id], &carriers[&compared[j as usize].id]);
        for &a in left {
            add(&mut links.pairs, right.iter().map(|&b| (a, b)), AvatarMatch::Near(distance))?;
        }
    }
    let order = AccountOrder::listed(pictures.iter().map(|&(account, _)| account).collect());
    for (a, b, _) in &mut links.pairs {
        if order.number(*a) > order.number(*b) {
            std::mem::swap(a, b);
        }
    }
    links.pairs.sort_unstable_by_key(|&(a, b, _)| (order.number(a), order.number(b)));
    Ok(links)
}

fn add(
    pairs: &mut Vec<(AccountId, AccountId, AvatarMatch)>,
    new: impl Iterator<Item = (AccountId, AccountId)>,
    found: AvatarMatch,
) -> Result<(), GraphError> {
    pairs.extend(new.map(|(a, b)| (a, b, found)));
    LIMIT.check(pairs.len())
}
