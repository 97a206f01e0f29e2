//! The Leiden method for modularity: nodes move to the group where they fit best, each group is refined into parts
//! that hang together, and the parts become the nodes of the next round; all of it again and again from the groups that
//! were found, until nothing moves. What is found hangs on the order in which nodes are looked at: several orders are
//! tried, always the same ones, and the best groups are kept, so that equal networks give equal groups.
//! [Traag, Waltman and van Eck 2019]

use rayon::prelude::*;

use super::network::{Network, renumber};
use super::partition::Partition;
use crate::graph::draw::Draw;
use crate::graph::{GraphError, Task};
use crate::model::dense;

/// Orders that are tried of a small network, of a usual one, and of a large one.
const MOST_ORDERS: usize = 200;
const USUAL_ORDERS: usize = 20;
const FEWEST_ORDERS: usize = 2;
/// Edges that are looked at for so many orders together: what takes longer than a second or two is tried less often.
const EDGES: usize = 2_000_000;
/// The same for what takes a blink.
const FEW_EDGES: usize = 200_000;
/// Repetitions from the groups that were found; a dozen is enough for nearly all networks.
const REPETITIONS: usize = 100;
/// In a row without any gain, each in another order, after which nothing moves.
const STILL: usize = 2;
/// A gain of modularity below this is none.
const LEAST_GAIN: f64 = 1e-10;

/// The group of each node.
///
/// # Errors
/// Fails when cancelled.
pub(super) fn leiden(network: &Network, task: &Task<'_>) -> Result<Vec<u32>, GraphError> {
    let edges = network.edge_count().max(1);
    let orders = (EDGES / edges).min(USUAL_ORDERS).max(FEW_EDGES / edges).clamp(FEWEST_ORDERS, MOST_ORDERS);
    let found: Result<Vec<Found>, GraphError> =
        (0..orders as u64).into_par_iter().map(|order| converged(network, order, task)).collect();
    // Of equally good ones the first.
    let better = |best: Found, next: Found| if next.modularity > best.modularity + LEAST_GAIN { next } else { best };
    Ok(found?.into_iter().reduce(better).map_or_else(Vec::new, |found| found.groups))
}

/// The group of each node, as one order of nodes finds them.
///
/// # Errors
/// Fails when cancelled.
pub(super) fn in_order(network: &Network, order: u64, task: &Task<'_>) -> Result<Vec<u32>, GraphError> {
    Ok(converged(network, order, task)?.groups)
}

/// Groups, and how good they are.
struct Found {
    groups: Vec<u32>,
    modularity: f64,
}

/// What is found in one order, repeated until nothing moves.
fn converged(network: &Network, order: u64, task: &Task<'_>) -> Result<Found, GraphError> {
    let total = network.total();
    let mut order = Draw::new(order);
    let groups: Vec<u32> = (0..dense(network.len())).collect();
    let mut best = Found { modularity: network.modularity(&groups), groups };
    let mut still = 0;
    for _ in 0..REPETITIONS {
        let groups = once(network, best.groups.clone(), total, &mut order, task)?;
        let modularity = network.modularity(&groups);
        if modularity > best.modularity + LEAST_GAIN {
            (best, still) = (Found { groups, modularity }, 0);
            continue;
        }
        still += 1;
        if still == STILL {
            break;
        }
    }
    Ok(best)
}

/// Moves, refines and merges until the parts of all groups are single nodes.
fn once(
    network: &Network,
    mut groups: Vec<u32>,
    total: f64,
    order: &mut Draw,
    task: &Task<'_>,
) -> Result<Vec<u32>, GraphError> {
    let mut merged: Option<Network> = None;
    // Which node of the merged network each node is part of.
    let mut part_of: Vec<u32> = (0..dense(network.len())).collect();
    loop {
        let current = merged.as_ref().unwrap_or(network);
        let mut partition = Partition::new(current, groups, total);
        partition.move_nodes(&order.order(current.len()), task)?;
        let partition = partition.connected();
        let mut parts = partition.refine(&order.order(current.len()));
        let count = renumber(&mut parts);
        if count == current.len() {
            groups = partition.into_groups();
            break;
        }
        // The parts begin the next round in the groups that they are parts of.
        let whole = partition.into_groups();
        groups = vec![0; count];
        for (&part, group) in parts.iter().zip(whole) {
            groups[part as usize] = group;
        }
        renumber(&mut groups);
        part_of.iter_mut().for_each(|part| *part = parts[*part as usize]);
        merged = Some(current.merged(&parts, count));
    }
    let mut found: Vec<u32> = part_of.into_iter().map(|part| groups[part as usize]).collect();
    renumber(&mut found);
    Ok(found)
}
