//! Which pictures are alike, also turned over where that is asked for.

use rayon::slice::ParallelSliceMut;

use crate::graph::hamming_index::{Limit, Near, search};
use crate::graph::{GraphError, Task};
use crate::model::{AvatarPrint, LinkParameters, PdqHash, Turn};

/// Calls `found` with every pair of prints at a distance of at most `max_avatar_distance`, each thread with a state of its
/// own; gives the states back. Those of poor quality are not compared. Where pictures turned over count, a pair can
/// come several times, once for each turn of either at which the two are alike.
///
/// # Errors
/// Fails when cancelled and where `check` does.
pub(super) fn each_near<S: Send>(
    prints: &[&AvatarPrint],
    parameters: &LinkParameters,
    task: &Task<'_>,
    new: impl Fn() -> S + Sync,
    found: impl Fn(&mut S, Near) + Sync,
    check: impl Fn(&S) -> Result<(), GraphError> + Sync,
) -> Result<Vec<S>, GraphError> {
    let farthest = parameters.max_avatar_distance;
    let places: Vec<u32> =
        (0..).zip(prints).filter(|(_, print)| print.is_comparable()).map(|(place, _)| place).collect();
    let hashes: Vec<PdqHash> = places.iter().map(|&place| prints[place as usize].pdq).collect();
    let put = |state: &mut S, i: u32, j: u32, distance| {
        if i != j {
            found(state, (i.min(j), i.max(j), distance));
        }
    };
    let upright = |state: &mut S, (i, j, distance): Near| put(state, places[i as usize], places[j as usize], distance);
    #[expect(clippy::cast_precision_loss, reason = "a handful of turns")]
    let share = |turns: usize| if parameters.mirrored { turns as f32 / (Turn::COUNT + 1) as f32 } else { 1.0 };
    let mut states = task.part(0.0, share(1), |task| search(&hashes, None, farthest, task, &new, upright, &check))?;
    for turn in (0..Turn::COUNT).filter(|_| parameters.mirrored) {
        let turned = |&place: &u32| Some((place, prints[place as usize].turned.as_ref()?[turn]));
        let (known, turned): (Vec<u32>, Vec<PdqHash>) = places.iter().filter_map(turned).unzip();
        let over = |state: &mut S, (i, j, distance): Near| put(state, known[i as usize], places[j as usize], distance);
        let part = |task: &Task<'_>| search(&turned, Some(&hashes), farthest, task, &new, over, &check);
        states.extend(task.part(share(turn + 1), share(turn + 2), part)?);
    }
    Ok(states)
}

/// The pairs that `each_near` finds, `i < j` and ascending, each once with its smallest distance.
///
/// # Errors
/// Fails when cancelled and where more than `limit` pairs are found.
pub(super) fn near_prints(
    prints: &[&AvatarPrint],
    parameters: &LinkParameters,
    limit: Limit,
    task: &Task<'_>,
) -> Result<Vec<Near>, GraphError> {
    let push = |pairs: &mut Vec<Near>, pair| pairs.push(pair);
    let check = |pairs: &Vec<Near>| limit.check(pairs.len());
    let found = each_near(prints, parameters, task, Vec::new, push, check)?;
    limit.check(found.iter().map(Vec::len).sum())?;
    let mut pairs = found.concat();
    pairs.par_sort_unstable();
    pairs.dedup_by_key(|&mut (i, j, _)| (i, j));
    Ok(pairs)
}
