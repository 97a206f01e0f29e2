//! A weighted network in a compressed layout, as cluster methods walk it.

use crate::model::{AccountId, AccountOrder, Csr, KeepRule, Link, LinkedPair, dense};

/// A smaller chance than 10 to this power weighs no more: links that no chance explains must not decide alone.
const LEAST_LOG_CHANCE: f64 = -50.0;

/// What a link weighs: what the rule looks at that keeps it. 0 where that is not known.
fn weight(rule: KeepRule, link: &Link) -> f64 {
    let Some(co) = link.co_share else { return 0.0 };
    match rule {
        KeepRule::All | KeepRule::Cosine(_) | KeepRule::Percentile(_) => co.cosine.unwrap_or(0.0),
        KeepRule::Shared(_) => f64::from(co.shared),
        KeepRule::SharedWithin(_) => f64::from(co.shared_within),
        KeepRule::Significant(_) | KeepRule::Coordinated(_) | KeepRule::AuthorHeld(_) | KeepRule::Timing(_) => {
            co.test.map_or(0.0, |test| -test.p.log10().max(LEAST_LOG_CHANCE))
        }
    }
}

/// Nodes with weighted, undirected edges; a node may stand for several and then has weight inside itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Network {
    /// The other ends of each node's edges, with their weights.
    edges: Csr<(u32, f64)>,
    /// Twice the weight of the edges inside each node.
    inside: Vec<f64>,
}

impl Network {
    /// The network of these pairs, which `rule` kept, and the account of each node, in the order of their numbers.
    pub fn from_pairs(pairs: &[&LinkedPair], rule: KeepRule, order: &AccountOrder) -> (Self, Vec<AccountId>) {
        let mut accounts: Vec<AccountId> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        accounts.sort_unstable_by_key(|&account| order.number(account));
        accounts.dedup();
        let node = |account: AccountId| {
            let number = order.number(account);
            dense(accounts.binary_search_by_key(&number, |&other| order.number(other)).unwrap_or_default())
        };
        // A link that weighs nothing still connects.
        let weight = |pair: &LinkedPair| weight(rule, &pair.link).max(f64::MIN_POSITIVE);
        let edges: Vec<(u32, u32, f64)> = pairs.iter().map(|pair| (node(pair.a), node(pair.b), weight(pair))).collect();
        let nodes = accounts.len();
        (Self::from_edges(nodes, &edges, vec![0.0; nodes]), accounts)
    }

    /// A network of undirected edges, each named once.
    pub fn from_edges(nodes: usize, edges: &[(u32, u32, f64)], inside: Vec<f64>) -> Self {
        let both = edges.iter().flat_map(|&(a, b, weight)| [(a, (b, weight)), (b, (a, weight))]);
        Self { edges: Csr::from_pairs(nodes, both), inside }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.inside.len()
    }

    /// The other ends of a node's edges, with their weights.
    pub fn edges(&self, node: usize) -> &[(u32, f64)] {
        self.edges.row(node)
    }

    /// The weight of all edges of a node, those inside it counted twice.
    pub fn strength(&self, node: usize) -> f64 {
        self.inside[node] + self.edges(node).iter().map(|edge| edge.1).sum::<f64>()
    }

    /// Twice the weight of all edges.
    pub fn total(&self) -> f64 {
        (0..self.len()).map(|node| self.strength(node)).sum()
    }

    /// How many edges there are between different nodes.
    pub fn edge_count(&self) -> usize {
        self.edges.items().len() / 2
    }

    /// How much more weight lies inside these groups than chance would put there. [Newman and Girvan 2004]
    pub fn modularity(&self, group_of: &[u32]) -> f64 {
        let groups = group_of.iter().max().map_or(0, |&group| group as usize + 1);
        let (mut strengths, mut inside) = (vec![0.0; groups], 0.0);
        for (node, &own) in group_of.iter().enumerate() {
            strengths[own as usize] += self.strength(node);
            let within = self.edges(node).iter().filter(|edge| group_of[edge.0 as usize] == own);
            inside += self.inside[node] + within.map(|edge| edge.1).sum::<f64>();
        }
        let total: f64 = strengths.iter().sum();
        if total > 0.0 {
            inside / total - strengths.iter().map(|strength| (strength / total).powi(2)).sum::<f64>()
        } else {
            0.0
        }
    }

    /// The network whose nodes are the groups of this one.
    pub fn merged(&self, group_of: &[u32], groups: usize) -> Self {
        let mut members = vec![Vec::new(); groups];
        let mut inside = vec![0.0; groups];
        for (node, &group) in group_of.iter().enumerate() {
            members[group as usize].push(node);
            inside[group as usize] += self.inside[node];
        }
        let (mut between, mut edges) = (Sums::new(groups), Vec::new());
        for (own, members) in (0..).zip(&members) {
            between.clear();
            for &(other, weight) in members.iter().flat_map(|&node| self.edges(node)) {
                match group_of[other as usize] {
                    group if group == own => inside[own as usize] += weight,
                    group if group > own => between.add(group, weight),
                    _ => {}
                }
            }
            edges.extend(between.touched().iter().map(|&group| (own, group, between.sum(group))));
        }
        Self::from_edges(groups, &edges, inside)
    }
}

/// A sum for each number below a bound, of which only those that were added to are looked at.
pub(super) struct Sums {
    sums: Vec<f64>,
    touched: Vec<u32>,
}

impl Sums {
    pub fn new(bound: usize) -> Self {
        Self { sums: vec![0.0; bound], touched: Vec::new() }
    }

    /// Adds a weight above 0.
    pub fn add(&mut self, number: u32, weight: f64) {
        let sum = &mut self.sums[number as usize];
        if *sum == 0.0 {
            self.touched.push(number);
        }
        *sum += weight;
    }

    pub fn sum(&self, number: u32) -> f64 {
        self.sums[number as usize]
    }

    /// The numbers that were added to, in the order in which they first were.
    pub fn touched(&self) -> &[u32] {
        &self.touched
    }

    pub fn clear(&mut self) {
        for number in self.touched.drain(..) {
            self.sums[number as usize] = 0.0;
        }
    }
}

/// Numbers groups from 0 on in the order of their first nodes; how many there are.
pub(super) fn renumber(groups: &mut [u32]) -> usize {
    const NONE: u32 = u32::MAX;
    let most = groups.iter().max().map_or(0, |&group| group as usize + 1);
    let (mut names, mut next) = (vec![NONE; most], 0);
    for group in groups.iter_mut() {
        let name = &mut names[*group as usize];
        if *name == NONE {
            *name = next;
            next += 1;
        }
        *group = *name;
    }
    next as usize
}
