//! A network cut into groups, and what the Leiden method does with it in one round.

use std::collections::VecDeque;

use super::components::components_within;
use super::network::{Network, Sums};
use crate::graph::{GraphError, Task};
use crate::model::dense;

/// A gain below this is none.
const LEAST_GAIN: f64 = 1e-12;
/// Nodes that are moved before anybody is asked whether the groups are still wanted.
const UNASKED: usize = 1 << 12;

/// Which group each node is in.
pub(super) struct Partition<'n> {
    network: &'n Network,
    strengths: Vec<f64>,
    group_of: Vec<u32>,
    groups: Groups,
    total: f64,
}

/// The groups by number; there is always an empty one.
struct Groups {
    strengths: Vec<f64>,
    sizes: Vec<u32>,
    empty: Vec<u32>,
}

impl Groups {
    fn new(strengths: &[f64], group_of: &[u32]) -> Self {
        let most = group_of.iter().copied().max().map_or(0, |group| group as usize + 1);
        let count = most.max(strengths.len()) + 1;
        let mut groups = Self { strengths: vec![0.0; count], sizes: vec![0; count], empty: Vec::new() };
        for (&group, &strength) in group_of.iter().zip(strengths) {
            groups.strengths[group as usize] += strength;
            groups.sizes[group as usize] += 1;
        }
        groups.empty = (0..dense(count)).rev().filter(|&group| groups.sizes[group as usize] == 0).collect();
        groups
    }

    fn take_out(&mut self, group: u32, strength: f64) {
        let place = group as usize;
        self.sizes[place] -= 1;
        self.strengths[place] -= strength;
        if self.sizes[place] == 0 {
            // What rounding leaves must not stay.
            self.strengths[place] = 0.0;
            self.empty.push(group);
        }
    }

    fn put_in(&mut self, group: u32, strength: f64) {
        let place = group as usize;
        if self.sizes[place] == 0 {
            // Only the last of the empty ones is ever chosen.
            self.empty.pop();
        }
        self.sizes[place] += 1;
        self.strengths[place] += strength;
    }
}

impl<'n> Partition<'n> {
    pub fn new(network: &'n Network, group_of: Vec<u32>, total: f64) -> Self {
        let strengths: Vec<f64> = (0..network.len()).map(|node| network.strength(node)).collect();
        let groups = Groups::new(&strengths, &group_of);
        Self { network, strengths, group_of, groups, total }
    }

    pub fn into_groups(self) -> Vec<u32> {
        self.group_of
    }

    /// What chance would put between a node of this strength and a group of that one.
    fn expected(&self, node: f64, group: f64) -> f64 {
        node * group / self.total
    }

    /// Moves nodes, which are looked at in this order, to the neighbouring group with the largest gain of modularity, or to
    /// one of their own, until none gains.
    pub fn move_nodes(&mut self, order: &[u32], task: &Task<'_>) -> Result<(), GraphError> {
        let mut queue: VecDeque<u32> = order.iter().copied().collect();
        let mut waits = vec![true; self.network.len()];
        let mut weights = Sums::new(self.groups.sizes.len());
        for step in 0.. {
            let Some(node) = queue.pop_front().map(|node| node as usize) else { break };
            if step % UNASKED == 0 {
                task.check()?;
            }
            waits[node] = false;
            let own = self.group_of[node];
            let to = self.best_group(node, &mut weights);
            if to == own {
                continue;
            }
            self.groups.take_out(own, self.strengths[node]);
            self.groups.put_in(to, self.strengths[node]);
            self.group_of[node] = to;
            for &(other, _) in self.network.edges(node) {
                if self.group_of[other as usize] != to && !std::mem::replace(&mut waits[other as usize], true) {
                    queue.push_back(other);
                }
            }
        }
        Ok(())
    }

    /// Where a node fits best; where it is, if nowhere else is better.
    fn best_group(&self, node: usize, weights: &mut Sums) -> u32 {
        let (own, strength) = (self.group_of[node], self.strengths[node]);
        weights.clear();
        for &(other, weight) in self.network.edges(node) {
            weights.add(self.group_of[other as usize], weight);
        }
        let gain = |group: u32| {
            let others = self.groups.strengths[group as usize] - if group == own { strength } else { 0.0 };
            weights.sum(group) - self.expected(strength, others)
        };
        let (mut best, mut most) = (own, gain(own));
        for &group in weights.touched() {
            let gain = gain(group);
            if gain > most + LEAST_GAIN {
                (best, most) = (group, gain);
            }
        }
        let alone = self.groups.empty.last().filter(|_| most < -LEAST_GAIN && self.groups.sizes[own as usize] > 1);
        alone.copied().unwrap_or(best)
    }

    /// The same with every group connected. A node that leaves may have been all that held a group together; taking what
    /// hangs apart for groups of their own only raises the modularity.
    pub fn connected(self) -> Self {
        let in_one = |a: usize, b: usize| self.group_of[a] == self.group_of[b];
        let group_of = components_within(self.network, in_one);
        Self::new(self.network, group_of, self.total)
    }

    /// Splits each group into parts that hang together: single nodes, in this order, join parts of their group, where both
    /// are well connected within it.
    pub fn refine(&self, order: &[u32]) -> Vec<u32> {
        let mut parts: Vec<u32> = (0..dense(self.network.len())).collect();
        let mut strengths = self.strengths.clone();
        let mut is_alone = vec![true; self.network.len()];
        // The weight between each part and the rest of its group.
        let mut outward: Vec<f64> = (0..self.network.len()).map(|node| self.within_group(node)).collect();
        let mut weights = Sums::new(self.network.len());
        for node in order.iter().map(|&node| node as usize) {
            let group = self.groups.strengths[self.group_of[node] as usize];
            let well_connected =
                |outward: f64, strength: f64| outward >= self.expected(strength, group - strength) - LEAST_GAIN;
            let strength = self.strengths[node];
            if !is_alone[node] || !well_connected(outward[node], strength) {
                continue;
            }
            weights.clear();
            for &(other, weight) in self.network.edges(node) {
                if self.group_of[other as usize] == self.group_of[node] {
                    weights.add(parts[other as usize], weight);
                }
            }
            let own = parts[node];
            let (mut best, mut most) = (own, LEAST_GAIN);
            for &part in weights.touched().iter().filter(|&&part| part != own) {
                let of_part = strengths[part as usize];
                let gain = weights.sum(part) - self.expected(strength, of_part);
                if gain > most && well_connected(outward[part as usize], of_part) {
                    (best, most) = (part, gain);
                }
            }
            if best != own {
                outward[best as usize] += outward[own as usize] - 2.0 * weights.sum(best);
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
