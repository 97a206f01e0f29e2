//! The edges of all layers, cut into parts of one size by the number of their source.

use std::ops::Range;

use super::{NetworkLayer, Pairs};
use crate::model::AccountId;

/// Edges of one part, about.
const EDGES: u64 = 4_096;

/// One part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The numbers of its sources.
    pub sources: Range<u32>,
    /// Edges of the parts before it.
    pub before: u64,
}

/// Which sources each part has.
#[derive(Debug)]
pub(super) struct Parts {
    sources: Vec<Part>,
    linked: Vec<bool>,
    edges: u64,
}

impl Parts {
    /// Cuts the edges between `nodes` accounts.
    pub fn cut(nodes: usize, layers: &[NetworkLayer<'_>]) -> Self {
        let mut linked = vec![false; nodes];
        let mut counts = vec![0_u64; nodes];
        let mut count = |(a, b): (AccountId, AccountId)| {
            counts[a.index()] += 1;
            linked[a.index()] = true;
            linked[b.index()] = true;
        };
        for layer in layers {
            match &layer.pairs {
                Pairs::Shared(pairs, _) => pairs.iter().copied().for_each(&mut count),
                Pairs::Avatars(pairs) => pairs.iter().map(|&(a, b, _)| (a, b)).for_each(&mut count),
            }
        }
        let (mut sources, mut start, mut held, mut before) = (Vec::new(), 0, 0, 0);
        for (end, &count) in (1_u32..).zip(&counts) {
            held += count;
            if held >= EDGES || end as usize == nodes {
                sources.push(Part { sources: start..end, before });
                (start, held, before) = (end, 0, before + held);
            }
        }
        Self { sources, linked, edges: counts.iter().sum() }
    }

    /// The parts, ascending.
    pub fn each(&self) -> &[Part] {
        &self.sources
    }

    /// Whether an account is an end of an edge.
    pub fn has_edge(&self, number: usize) -> bool {
        self.linked[number]
    }

    /// How many edges there are.
    pub fn edges(&self) -> u64 {
        self.edges
    }
}
