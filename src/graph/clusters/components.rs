//! Connected components.

use petgraph::unionfind::UnionFind;

use super::network::{Network, renumber};

/// The component of each node.
pub(super) fn components(network: &Network) -> Vec<u32> {
    let mut sets = UnionFind::<usize>::new(network.len());
    for node in 0..network.len() {
        for &(other, _) in network.edges(node) {
            sets.union(node, other as usize);
        }
    }
    let mut groups: Vec<u32> = sets.into_labeling().into_iter().map(super::network::dense).collect();
    renumber(&mut groups);
    groups
}
