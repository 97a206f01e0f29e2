//! The Leiden method for modularity: nodes move to the group where they fit best, each group is refined into parts
//! that hang together, and the parts become the nodes of the next round. Ties go to the smaller number and nothing is
//! drawn by lot, so that equal networks give equal groups. [Traag, Waltman and van Eck 2019]

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::components::components_within;
use super::network::{Network, dense, renumber};
use crate::graph::{GraphError, Task};

/// Rounds; each makes the network smaller, so that a handful is enough.
const ROUNDS: usize = 100;
/// A gain below this is none.
const LEAST_GAIN: f64 = 1e-12;

/// Nodes that are moved before anybody is asked whether the groups are still wanted.
const UNASKED: usize = 1 << 12;

/// The group of each node.
///
/// # Errors
/// Fails when cancelled.
pub(super) fn leiden(network: &Network, task: &Task<'_>) -> Result<Vec<u32>, GraphError> {
    let total: f64 = (0..network.len()).map(|node| network.strength(node)).sum();
    let mut current = network.clone();
    // Which node of `current` each node of `network` is part of.
    let mut part_of: Vec<u32> = (0..dense(network.len())).collect();
    let mut groups: Vec<u32> = (0..dense(network.len())).collect();
    for _ in 0..ROUNDS {
        let mut partition = Partition::new(&current, groups, total);
        partition.move_nodes(task)?;
        partition = partition.connected();
        let mut parts = partition.refine();
        let count = renumber(&mut parts);
        if count == current.len() {
            groups = partition.group_of;
            break;
        }
        // The parts begin the next round in the groups that they are parts of.
        groups = vec![0; count];
        for (node, &part) in parts.iter().enumerate() {
            groups[part as usize] = partition.group_of[node];
        }
        part_of.iter_mut().for_each(|part| *part = parts[*part as usize]);
        current = current.merged(&parts, count);
    }
    let mut found: Vec<u32> = part_of.into_iter().map(|part| groups[part as usize]).collect();
    renumber(&mut found);
    Ok(found)
}

struct Partition<'n> {
    network: &'n Network,
    strengths: Vec<f64>,
    group_of: Vec<u32>,
    /// The strength of each group.
    groups: Vec<f64>,
    total: f64,
}

impl<'n> Partition<'n> {
    fn new(network: &'n Network, group_of: Vec<u32>, total: f64) -> Self {
        let strengths: Vec<f64> = (0..network.len()).map(|node| network.strength(node)).collect();
        let most = group_of.iter().copied().max().map_or(0, |group| group as usize + 1);
        let mut groups = vec![0.0; most.max(network.len())];
        for (node, &group) in group_of.iter().enumerate() {
            groups[group as usize] += strengths[node];
        }
        Self { network, strengths, group_of, groups, total }
    }

    /// What chance would put between a node of this strength and a group of that one.
    fn expected(&self, node: f64, group: f64) -> f64 {
        node * group / self.total
    }

    /// Moves nodes to the neighbouring group with the largest gain of modularity until none gains.
    fn move_nodes(&mut self, task: &Task<'_>) -> Result<(), GraphError> {
        let mut queue: VecDeque<usize> = (0..self.network.len()).collect();
        let mut waits = vec![true; self.network.len()];
        let mut weights = FxHashMap::default();
        for step in 0.. {
            let Some(node) = queue.pop_front() else { break };
            if step % UNASKED == 0 {
                task.check()?;
            }
            waits[node] = false;
            let own = self.group_of[node];
            self.groups[own as usize] -= self.strengths[node];
            weigh(self.network, node, &mut weights, |other| Some(self.group_of[other]));
            let gain =
                |group: u32, weight: f64| weight - self.expected(self.strengths[node], self.groups[group as usize]);
            let stay = gain(own, weights.get(&own).copied().unwrap_or(0.0));
            let best = best(weights.iter().map(|(&group, &weight)| (group, gain(group, weight))), (own, stay));
            self.groups[best as usize] += self.strengths[node];
            self.group_of[node] = best;
            if best == own {
                continue;
            }
            for &(other, _) in self.network.edges(node) {
                let other = other as usize;
                if self.group_of[other] != best && !std::mem::replace(&mut waits[other], true) {
                    queue.push_back(other);
                }
            }
        }
        Ok(())
    }

    /// The same with every group connected. A node that leaves may have been all that held a group together; taking what
    /// hangs apart for groups of their own only raises the modularity.
    fn connected(self) -> Self {
        let in_one = |a: usize, b: usize| self.group_of[a] == self.group_of[b];
        let group_of = components_within(self.network, in_one);
        Self::new(self.network, group_of, self.total)
    }

    /// Splits each group into parts that hang together: single nodes join parts of their group, where both are well
    /// connected within it.
    fn refine(&self) -> Vec<u32> {
        let mut parts: Vec<u32> = (0..dense(self.network.len())).collect();
        let mut strengths = self.strengths.clone();
        let mut is_alone = vec![true; self.network.len()];
        // The weight between each part and the rest of its group.
        let mut outward: Vec<f64> = (0..self.network.len()).map(|node| self.within_group(node)).collect();
        let mut weights = FxHashMap::default();
        for node in 0..self.network.len() {
            let group = self.groups[self.group_of[node] as usize];
            let strength = self.strengths[node];
            if !is_alone[node] || self.within_group(node) < self.expected(strength, group - strength) - LEAST_GAIN {
                continue;
            }
            let same_group = |other: usize| (self.group_of[other] == self.group_of[node]).then_some(parts[other]);
            weigh(self.network, node, &mut weights, same_group);
            let well_connected = |part: u32| {
                let strength = strengths[part as usize];
                outward[part as usize] >= self.expected(strength, group - strength) - LEAST_GAIN
            };
            let own = parts[node];
            let gains = weights.iter().filter(|&(&part, _)| part != own && well_connected(part));
            let gains =
                gains.map(|(&part, &weight)| (part, weight - self.expected(strength, strengths[part as usize])));
            let best = best(gains, (own, 0.0));
            if best != own {
                let between = weights.get(&best).copied().unwrap_or(0.0);
                outward[best as usize] += outward[own as usize] - 2.0 * between;
                strengths[best as usize] += strength;
                parts[node] = best;
                is_alone[best as usize] = false;
                is_alone[node] = false;
            }
        }
        parts
    }

    /// The weight between a node and the others of its group.
    fn within_group(&self, node: usize) -> f64 {
        let own = self.group_of[node];
        self.network.edges(node).iter().filter(|edge| self.group_of[edge.0 as usize] == own).map(|edge| edge.1).sum()
    }
}

/// Sums a node's weights by what `group` calls its neighbours.
fn weigh(network: &Network, node: usize, sums: &mut FxHashMap<u32, f64>, group: impl Fn(usize) -> Option<u32>) {
    sums.clear();
    for &(other, weight) in network.edges(node) {
        if let Some(group) = group(other as usize) {
            *sums.entry(group).or_default() += weight;
        }
    }
}

/// The group with the largest gain, `present` where none is better; of equal ones the smallest number.
fn best(gains: impl Iterator<Item = (u32, f64)>, present: (u32, f64)) -> u32 {
    let better = gains.filter(|&(_, gain)| gain > present.1 + LEAST_GAIN);
    better.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(present.0, |(group, _)| group)
}
