//! Pictures as linking and grouping look at them.

use rustc_hash::FxHashMap;

use crate::model::{AvatarId, AvatarPrint, LinkParameters};
use crate::store::{Store, StoreError};
use crate::text::is_default_avatar_address;

/// Reads what the parameters need to know of every picture. A picture is a default by its address where most of the
/// addresses under which accounts carry it are those of defaults.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn read_prints(store: &Store, parameters: &LinkParameters) -> Result<Vec<AvatarPrint>, StoreError> {
    let mut prints = store.avatar_prints(parameters.mirrored)?;
    let mut votes: FxHashMap<AvatarId, i64> = FxHashMap::default();
    store.for_each_avatar_address(&mut |avatar, address| {
        *votes.entry(avatar).or_default() += if is_default_avatar_address(address) { 1 } else { -1 };
    })?;
    for print in &mut prints {
        print.default_address = votes.get(&print.id).is_some_and(|&votes| votes > 0);
    }
    Ok(prints)
}
