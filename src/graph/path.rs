//! How two accounts hang together by way of others, and how the neighbours of one are linked among each other.

use std::ops::Add;

use petgraph::algo::astar;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::{AccountGraph, GraphError, Task};
use crate::model::{AccountId, Link};

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
    pub fn of(link: &Link) -> Self {
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
    /// of these the one whose cosines are the highest, by their sum (Dijkstra's algorithm with [`PathCost`]). `None`
    /// where no path leads from one to the other; no step where both are the same.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn path(&self, from: AccountId, to: AccountId, task: &Task<'_>) -> Result<Option<Vec<PathStep>>, GraphError> {
        let (Some(&start), Some(&goal)) = (self.nodes.get(&from), self.nodes.get(&to)) else { return Ok(None) };
        // A cancelled search takes the node at hand for the goal, which ends it at once.
        let is_goal = |node| node == goal || (task.cancelled)();
        let found = astar(&self.graph, start, is_goal, |edge| PathCost::of(edge.weight()), |_| PathCost::default());
        task.check()?;
        let Some((_, nodes)) = found else { return Ok(None) };
        let step = |pair: &[_]| {
            let edge = self.graph.find_edge(pair[0], pair[1])?;
            let (from, to) = (self.graph[pair[0]], self.graph[pair[1]]);
            Some(PathStep { from, to, link: *self.graph.edge_weight(edge)? })
        };
        Ok(nodes.windows(2).map(step).collect())
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
