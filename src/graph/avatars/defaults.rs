//! Default pictures: what a platform gives to whoever chose none says nothing about who belongs together.

use rustc_hash::FxHashSet;

use super::carriers::carriers_of;
use crate::graph::Task;
use crate::graph::hamming_index::search;
use crate::model::{AccountId, AvatarId, AvatarPrint, LinkParameters, PdqHash};

/// The pictures that link nobody: those whose addresses are those of defaults, those that very many accounts carry, and
/// those that are alike to one of these, since platforms keep their defaults in several sizes.
pub(in crate::graph) fn default_avatars(
    pictures: &[(AccountId, AvatarId)],
    prints: &[AvatarPrint],
    parameters: &LinkParameters,
) -> FxHashSet<AvatarId> {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let share = |count: usize| count as f64 / pictures.len().max(1) as f64;
    let is_common = |count: usize| {
        count >= parameters.default_avatar_accounts as usize && share(count) > parameters.default_avatar_share
    };
    let carriers = carriers_of(pictures);
    let common = carriers.iter().filter(|(_, accounts)| is_common(accounts.len())).map(|(&avatar, _)| avatar);
    let named = prints.iter().filter(|print| print.default_address).map(|print| print.id);
    let mut defaults: FxHashSet<AvatarId> = common.chain(named).collect();
    let alike = alike(&defaults, prints, parameters.max_avatar_distance);
    defaults.extend(alike);
    defaults
}

fn alike(defaults: &FxHashSet<AvatarId>, prints: &[AvatarPrint], farthest: u32) -> Vec<AvatarId> {
    let comparable = || prints.iter().filter(|print| print.is_comparable());
    let known: Vec<PdqHash> =
        comparable().filter(|print| defaults.contains(&print.id)).map(|print| print.pdq).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let (ids, hashes): (Vec<AvatarId>, Vec<PdqHash>) = comparable().map(|print| (print.id, print.pdq)).unzip();
    let push = |found: &mut FxHashSet<u32>, (_, place, _)| found.extend([place]);
    let found = search(&known, Some(&hashes), farthest, &Task::UNWATCHED, FxHashSet::default, push, |_| Ok(()));
    // Work that nobody can cancel and that has no bound does not fail.
    found.unwrap_or_default().into_iter().flatten().filter_map(|place| ids.get(place as usize).copied()).collect()
}
