//! The accounts of a network in the order of their ids as text, by which all edges are sorted.

use rayon::prelude::*;

use super::parts::Parts;
use crate::model::AccountId;

/// An account that can be an end of an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The account as the cache numbers it.
    pub account: AccountId,
    /// Its id as the platform wrote it, with its platform where there are several.
    pub id: String,
    /// Its handle, where known.
    pub handle: Option<String>,
    /// Its id looks rounded, so that it may stand for several.
    pub rounded: bool,
}

impl Node {
    /// What people know it by.
    pub(super) fn label(&self) -> &str {
        self.handle.as_deref().unwrap_or(&self.id)
    }
}

/// All accounts, numbered in the order of their ids as text. With these numbers pairs need not be sorted again.
#[derive(Debug)]
pub struct Nodes {
    sorted: Vec<Node>,
}

impl Nodes {
    /// Numbers the accounts.
    #[must_use]
    pub fn new(nodes: Vec<Node>) -> Self {
        let mut sorted = nodes;
        sorted.par_sort_unstable_by(|a, b| (&a.id, a.account).cmp(&(&b.id, b.account)));
        Self { sorted }
    }

    /// The number of each account by its id in the cache; `u32::MAX` where there is none.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        let bound = self.sorted.iter().map(|node| node.account.index() + 1).max().unwrap_or(0);
        let mut numbers = vec![u32::MAX; bound];
        for (number, node) in (0..).zip(&self.sorted) {
            numbers[node.account.index()] = number;
        }
        numbers
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The ids in order, as `write` writes them.
    pub(super) fn ids(&self, write: impl Fn(&str) -> Vec<u8> + Sync) -> Vec<Vec<u8>> {
        self.sorted.par_iter().map(|node| write(&node.id)).collect()
    }

    /// Whose ids look rounded, in order.
    pub(super) fn rounded(&self) -> Vec<bool> {
        self.sorted.iter().map(|node| node.rounded).collect()
    }

    /// The nodes that have an edge.
    pub(super) fn linked(&self, parts: &Parts) -> Vec<&Node> {
        self.sorted.iter().enumerate().filter(|&(number, _)| parts.has_edge(number)).map(|(_, node)| node).collect()
    }
}
