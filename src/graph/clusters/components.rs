//! Connected components.

use petgraph::unionfind::UnionFind;

use super::network::{Network, renumber};
use crate::model::dense;

/// The component of each node.
pub(super) fn components(network: &Network) -> Vec<u32> {
    components_within(network, |_, _| true)
}

/// The component of each node where only edges count between nodes that stand in one group.
pub(super) fn components_within(network: &Network, in_one: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    let mut sets = UnionFind::<usize>::new(network.len());
    for node in 0..network.len() {
        for &(other, _) in network.edges(node).iter().filter(|edge| in_one(node, edge.0 as usize)) {
            sets.union(node, other as usize);
        }
    }
    let mut groups: Vec<u32> = sets.into_labeling().into_iter().map(dense).collect();
    renumber(&mut groups);
    groups
}
