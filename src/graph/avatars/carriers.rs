//! Who carries which picture.

use rustc_hash::FxHashMap;

use crate::model::{AccountId, AvatarId};

/// The accounts that carry each picture, in the order in which they are given.
pub(super) fn carriers_of(pictures: &[(AccountId, AvatarId)]) -> FxHashMap<AvatarId, Vec<AccountId>> {
    let mut carriers: FxHashMap<AvatarId, Vec<AccountId>> = FxHashMap::default();
    for &(account, avatar) in pictures {
        carriers.entry(avatar).or_default().push(account);
    }
    carriers
}

/// The place of the first account that carries each picture: an order of pictures that no order of import changes.
pub(super) fn first_carriers(pictures: &[(AccountId, AvatarId)]) -> FxHashMap<AvatarId, usize> {
    let mut first = FxHashMap::default();
    for (place, &(_, avatar)) in pictures.iter().enumerate() {
        first.entry(avatar).or_insert(place);
    }
    first
}
