//! The avatar layer: equal bytes, or PDQ hashes near each other. A picture that very many carry is a default and
//! links nobody.

use rustc_hash::{FxHashMap, FxHashSet};

use super::hamming_index::near_pairs;
use super::{GraphError, Task};
use crate::model::{AccountId, AvatarId, AvatarMatch, AvatarPrint, LinkParameters};

/// Hashes of this quality and below are not compared. [Meta, ThreatExchange PDQ, 2019]
const POOR_QUALITY: u8 = 49;
/// Pairs that are held at the most.
const LIMIT: usize = 5_000_000;

/// Pairs of accounts with equal or near pictures, and the pictures that link nobody.
#[derive(Debug, Default)]
pub struct AvatarLinks {
    /// Pairs `a < b`, ascending.
    pub pairs: Vec<(AccountId, AccountId, AvatarMatch)>,
    /// Pictures that are shown but link nobody.
    pub defaults: FxHashSet<AvatarId>,
}

/// Links accounts by their pictures.
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
    let mut links = AvatarLinks { defaults: default_avatars(pictures, parameters), pairs: Vec::new() };
    carriers.retain(|avatar, _| !links.defaults.contains(avatar));
    for accounts in carriers.values() {
        task.check()?;
        for (index, &a) in accounts.iter().enumerate() {
            add(&mut links.pairs, accounts[index + 1..].iter().map(|&b| (a, b)), AvatarMatch::Same)?;
        }
    }
    let near_defaults = |print: &&AvatarPrint| carriers.contains_key(&print.id) && print.quality > POOR_QUALITY;
    let compared: Vec<&AvatarPrint> = prints.iter().filter(near_defaults).collect();
    let hashes: Vec<_> = compared.iter().map(|print| print.pdq).collect();
    for (i, j, distance) in near_pairs(&hashes, parameters.max_avatar_distance) {
        let (left, right) = (&carriers[&compared[i].id], &carriers[&compared[j].id]);
        for &a in left {
            add(&mut links.pairs, right.iter().map(|&b| (a, b)), AvatarMatch::Near(distance))?;
        }
    }
    links.pairs.sort_unstable_by_key(|&(a, b, _)| (a, b));
    Ok(links)
}

fn carriers_of(pictures: &[(AccountId, AvatarId)]) -> FxHashMap<AvatarId, Vec<AccountId>> {
    let mut carriers: FxHashMap<AvatarId, Vec<AccountId>> = FxHashMap::default();
    for &(account, avatar) in pictures {
        carriers.entry(avatar).or_default().push(account);
    }
    carriers
}

/// The pictures that so many accounts carry that they say nothing.
pub(super) fn default_avatars(pictures: &[(AccountId, AvatarId)], parameters: &LinkParameters) -> FxHashSet<AvatarId> {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let share = |count: usize| count as f64 / pictures.len().max(1) as f64;
    let is_default = |count: usize| {
        count >= parameters.default_avatar_accounts as usize && share(count) > parameters.default_avatar_share
    };
    let carriers = carriers_of(pictures);
    carriers.into_iter().filter(|(_, accounts)| is_default(accounts.len())).map(|(avatar, _)| avatar).collect()
}

fn add(
    pairs: &mut Vec<(AccountId, AccountId, AvatarMatch)>,
    new: impl Iterator<Item = (AccountId, AccountId)>,
    found: AvatarMatch,
) -> Result<(), GraphError> {
    pairs.extend(new.map(|(a, b)| (a.min(b), a.max(b), found)));
    if pairs.len() > LIMIT {
        let advice = "the data has a default picture that is not recognised as one: lower the share from which a \
                      picture counts as default";
        return Err(GraphError::TooManyLinks { limit: LIMIT, advice });
    }
    Ok(())
}
