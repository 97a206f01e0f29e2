//! A weighted network in a compressed layout, as cluster methods walk it.

use rustc_hash::FxHashMap;

use crate::model::{AccountId, AccountOrder, LinkedPair};

/// What a link weighs that has no cosine.
const WITHOUT_COSINE: f64 = 1.0;

/// Nodes with weighted, undirected edges; a node may stand for several and then has weight inside itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Network {
    starts: Vec<usize>,
    edges: Vec<(u32, f64)>,
    /// Twice the weight of the edges inside each node.
    inside: Vec<f64>,
}

impl Network {
    /// The network of these pairs, and the account of each node, in the order of their numbers.
    pub fn of(pairs: &[&LinkedPair], order: &AccountOrder) -> (Self, Vec<AccountId>) {
        let mut accounts: Vec<AccountId> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        accounts.sort_unstable_by_key(|&account| order.number(account));
        accounts.dedup();
        let node = |account: AccountId| {
            let number = order.number(account);
            dense(accounts.binary_search_by_key(&number, |&other| order.number(other)).unwrap_or_default())
        };
        let weight = |pair: &LinkedPair| pair.link.co_share.and_then(|co| co.cosine).unwrap_or(WITHOUT_COSINE);
        let edges: Vec<(u32, u32, f64)> =
            pairs.iter().map(|pair| (node(pair.a), node(pair.b), weight(pair).max(f64::MIN_POSITIVE))).collect();
        let nodes = accounts.len();
        (Self::from_edges(nodes, &edges, vec![0.0; nodes]), accounts)
    }

    /// A network of undirected edges, each named once.
    pub fn from_edges(nodes: usize, edges: &[(u32, u32, f64)], inside: Vec<f64>) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(a, b, _) in edges {
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut both = vec![(0, 0.0); 2 * edges.len()];
        for &(a, b, weight) in edges {
            for (from, to) in [(a, b), (b, a)] {
                both[next[from as usize]] = (to, weight);
                next[from as usize] += 1;
            }
        }
        Self { starts, edges: both, inside }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.inside.len()
    }

    /// The other ends of a node's edges, with their weights.
    pub fn edges(&self, node: usize) -> &[(u32, f64)] {
        &self.edges[self.starts[node]..self.starts[node + 1]]
    }

    /// The weight of all edges of a node, those inside it counted twice.
    pub fn strength(&self, node: usize) -> f64 {
        self.inside[node] + self.edges(node).iter().map(|edge| edge.1).sum::<f64>()
    }

    /// The network whose nodes are the groups of this one.
    pub fn merged(&self, group_of: &[u32], groups: usize) -> Self {
        let mut inside = vec![0.0; groups];
        let mut between: FxHashMap<(u32, u32), f64> = FxHashMap::default();
        for node in 0..self.len() {
            let own = group_of[node];
            inside[own as usize] += self.inside[node];
            for &(other, weight) in self.edges(node) {
                let group = group_of[other as usize];
                if group == own {
                    inside[own as usize] += weight;
                } else if own < group {
                    *between.entry((own, group)).or_default() += weight;
                }
            }
        }
        let mut edges: Vec<(u32, u32, f64)> = between.into_iter().map(|((a, b), weight)| (a, b, weight)).collect();
        edges.sort_unstable_by_key(|&(a, b, _)| (a, b));
        Self::from_edges(groups, &edges, inside)
    }
}

pub(super) fn dense(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Numbers groups from 0 on in the order of their first nodes; how many there are.
pub(super) fn renumber(groups: &mut [u32]) -> usize {
    let mut names = FxHashMap::default();
    for group in groups.iter_mut() {
        let next = dense(names.len());
        *group = *names.entry(*group).or_insert(next);
    }
    names.len()
}
