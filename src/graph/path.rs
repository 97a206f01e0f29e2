//! How two accounts hang together by way of others, and how the neighbours of one are linked among each other.

use std::ops::Add;

use petgraph::algo::astar;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::{AccountGraph, GraphError, Task};
use crate::model::{AccountId, Link};

/// Stands for more links than any path has; half of all numbers, so that adding to it stays a number.
const FAR: u32 = u32::MAX / 2;
/// Nodes between two looks at whether to stop.
const STEP: usize = 1 << 12;

/// One link of a path, in the direction of the path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathStep {
    /// Where it begins.
    pub from: AccountId,
    /// Where it ends.
    pub to: AccountId,
    /// What links the two.
    pub link: Link,
}

/// What a path is measured by, the first figure first. It orders paths and is never shown as a score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathCost {
    /// How many links it has.
    pub links: u32,
    /// How many of them rest on pictures alone.
    pub by_picture_alone: u32,
    /// The sum of 1 − cosine over its links, in units of 2⁻³²: whole numbers, so that the order of adding changes
    /// nothing. A link without a cosine counts as one of cosine 0.
    pub short_of_one: u64,
}

impl PathCost {
    /// The cost of a single link.
    #[must_use]
    pub fn from_link(link: &Link) -> Self {
        let cosine = link.co_share.and_then(|co| co.cosine).unwrap_or(0.0).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 2^32")]
        let short_of_one = ((1.0 - cosine) * 4_294_967_296.0).round() as u64;
        Self { links: 1, by_picture_alone: u32::from(!link.co_share_kept), short_of_one }
    }
}

impl Add for PathCost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            links: self.links + other.links,
            by_picture_alone: self.by_picture_alone + other.by_picture_alone,
            short_of_one: self.short_of_one + other.short_of_one,
        }
    }
}

impl AccountGraph {
    /// The path between two accounts with the fewest links; of these the one with the fewest links by pictures alone;
    /// of these the one whose cosines are the highest, by their sum ([`PathCost`], by A* with the number of links to go
    /// as its estimate). `None` where no path leads from one to the other; no step where both are the same.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn path(&self, from: AccountId, to: AccountId, task: &Task<'_>) -> Result<Option<Vec<PathStep>>, GraphError> {
        let (Some(&start), Some(&goal)) = (self.nodes.get(&from), self.nodes.get(&to)) else { return Ok(None) };
        let Some(to_go) = self.links_to_go(goal, start, task)? else { return Ok(None) };
        let mut seen = 0;
        // A cancelled search takes the node at hand for the goal, which ends it at once.
        let is_goal = |node| {
            seen += 1;
            if seen % STEP == 0 {
                task.report(self.graph.node_count() + seen, 2 * self.graph.node_count());
            }
            node == goal || (task.cancelled)()
        };
        let estimate = |node: NodeIndex| PathCost { links: to_go[node.index()], ..PathCost::default() };
        let found = astar(&self.graph, start, is_goal, |edge| PathCost::from_link(edge.weight()), estimate);
        task.check()?;
        let Some((_, nodes)) = found else { return Ok(None) };
        let step = |pair: &[_]| {
            let edge = self.graph.find_edge(pair[0], pair[1])?;
            let (from, to) = (self.graph[pair[0]], self.graph[pair[1]]);
            Some(PathStep { from, to, link: *self.graph.edge_weight(edge)? })
        };
        Ok(nodes.windows(2).map(step).collect())
    }

    /// How many links it takes from each node to `goal`, as far as `start` is; `FAR` from those that are farther. `None`
    /// where `start` is not connected with it.
    fn links_to_go(&self, goal: NodeIndex, start: NodeIndex, task: &Task<'_>) -> Result<Option<Vec<u32>>, GraphError> {
        let mut to_go = vec![FAR; self.graph.node_count()];
        to_go[goal.index()] = 0;
        let (mut nearer, mut links, mut seen) = (vec![goal], 0, 0);
        while to_go[start.index()] == FAR {
            links += 1;
            let mut farther = Vec::new();
            for node in nearer {
                if seen % STEP == 0 {
                    task.check()?;
                    task.report(seen, 2 * self.graph.node_count());
                }
                seen += 1;
                for other in self.graph.neighbors(node) {
                    if to_go[other.index()] == FAR {
                        to_go[other.index()] = links;
                        farther.push(other);
                    }
                }
            }
            if farther.is_empty() {
                return Ok(None);
            }
            nearer = farther;
        }
        Ok(Some(to_go))
    }

    /// The links among `accounts`, as places in that list, the smaller first, ascending. Reads only the links of these
    /// accounts.
    #[must_use]
    pub fn links_among(&self, accounts: &[AccountId]) -> Vec<(usize, usize, Link)> {
        let node = |(place, account): (usize, &AccountId)| Some((*self.nodes.get(account)?, place));
        let places: FxHashMap<_, usize> = accounts.iter().enumerate().filter_map(node).collect();
        let mut links = Vec::new();
        for (&node, &place) in &places {
            let others = self.graph.edges(node).filter_map(|edge| {
                let other = if edge.source() == node { edge.target() } else { edge.source() };
                let other = *places.get(&other)?;
                (place < other).then(|| (place, other, *edge.weight()))
            });
            links.extend(others);
        }
        links.sort_unstable_by_key(|&(a, b, _)| (a, b));
        links
    }
}
