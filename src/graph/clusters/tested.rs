//! Whether a cluster is more than an order of nodes, and more than times that fall together by chance.

use super::dealt::Dealer;
use super::network::Network;
use super::{Cluster, ClusterMethod, groups, leiden};
use crate::graph::{AccountGraph, GraphError, Incidence, Task};
use crate::model::{AccountId, LinkParameters, LinkedPair, dense};

/// Orders of nodes in which clusters are looked for again.
const ORDERS: u64 = 20;
/// Weights nearer than this share of them are the same.
const TOLERANCE: f64 = 1e-9;
/// The part of the work that these take.
const ORDERED: f32 = 0.1;

/// What became of a cluster where it was looked for again.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterTest {
    /// The members, ascending, each with the share of the orders of nodes, 0 to 1, in which it stays with the majority of its
    /// cluster; none where clusters know no order, as components. [Lancichinetti and Fortunato 2012]
    pub stays: Vec<(AccountId, f64)>,
    /// How many rounds there were,
    pub rounds: u32,
    /// and in how many a cluster came about whose links weigh as much, where times were dealt anew and links and clusters made
    /// anew. Times are those of accounts in no cluster, so that who is quick by habit is unlikely too. `None` where the rule
    /// looks at no times, and where too few accounts are in no cluster.
    pub as_strong: Option<u32>,
}

impl ClusterTest {
    /// The mean over the members; `None` where clusters know no order.
    #[must_use]
    pub fn stability(&self) -> Option<f64> {
        let sum: f64 = self.stays.iter().map(|member| member.1).sum();
        (!self.stays.is_empty()).then(|| sum / self.stays.len() as f64)
    }

    /// The chance of as strong a cluster: (1 + rounds with one) / (1 + rounds), so that few rounds say little.
    /// [Phipson and Smyth 2010]
    #[must_use]
    pub fn p(&self) -> Option<f64> {
        self.as_strong.map(|as_strong| f64::from(1 + as_strong) / f64::from(1 + self.rounds))
    }

    /// That of one member.
    #[must_use]
    pub fn stays_of(&self, member: AccountId) -> Option<f64> {
        let place = self.stays.binary_search_by_key(&member, |stays| stays.0).ok()?;
        Some(self.stays[place].1)
    }
}

impl ClusterMethod {
    /// In how many orders of nodes clusters are looked for again; 0 where no order makes a difference.
    #[must_use]
    pub fn orders(self) -> u64 {
        match self {
            Self::Leiden => ORDERS,
            Self::Components => 0,
        }
    }
}

/// Which clusters are tested, and in how many rounds.
#[derive(Debug, Clone, Copy)]
pub struct ClusterTrial<'a> {
    /// The links that made the clusters.
    pub pairs: &'a [LinkedPair],
    /// What these rest on.
    pub incidence: &'a Incidence,
    /// By what accounts are linked.
    pub parameters: &'a LinkParameters,
    /// How clusters are found.
    pub method: ClusterMethod,
    /// The fewest accounts of a cluster.
    pub min_size: usize,
    /// How often times are dealt anew.
    pub rounds: u32,
}

impl ClusterTrial<'_> {
    /// Tests each of the clusters that [`super::clusters`] found. Each round deals the times of accounts that are in no cluster
    /// among all who shared a target, links anew, looks for clusters anew, and takes the one whose links weigh most: who holds
    /// the members fixed finds every cluster unlikely.
    ///
    /// # Errors
    /// Fails when cancelled, and where a round keeps more links than fit into memory.
    pub fn test(&self, clusters: &mut [Cluster], task: &Task<'_>) -> Result<(), GraphError> {
        let (network, accounts) = self.network(self.pairs);
        let order = self.incidence.order();
        let node = |account: &AccountId| {
            accounts.binary_search_by_key(&order.number(*account), |&other| order.number(other)).ok()
        };
        let nodes: Vec<Vec<usize>> =
            clusters.iter().map(|cluster| cluster.members.iter().filter_map(node).collect()).collect();
        let stays = task.part(0.0, ORDERED, |task| self.stays(&network, &nodes, task))?;
        let strongest = task.part(ORDERED, 1.0, |task| self.strongest(clusters, task))?;
        let mut cluster_of = vec![u32::MAX; accounts.len()];
        for (cluster, nodes) in (0..).zip(&nodes) {
            nodes.iter().for_each(|&node| cluster_of[node] = cluster);
        }
        let weights = weights_inside(&network, &cluster_of, clusters.len());
        for ((cluster, stays), weight) in clusters.iter_mut().zip(stays).zip(weights) {
            // Equal weights may be summed up in another order.
            let is_as_strong = |round: &&f64| **round >= weight * (1.0 - TOLERANCE);
            let as_strong = strongest.as_ref().map(|rounds| dense(rounds.iter().filter(is_as_strong).count()));
            let mut stays: Vec<(AccountId, f64)> = cluster.members.iter().copied().zip(stays).collect();
            stays.sort_unstable_by_key(|member| member.0);
            cluster.test = Some(ClusterTest { stays, rounds: self.rounds, as_strong });
        }
        Ok(())
    }

    fn network(&self, pairs: &[LinkedPair]) -> (Network, Vec<AccountId>) {
        let by_shares: Vec<&LinkedPair> = pairs.iter().filter(|pair| pair.link.co_share_kept).collect();
        Network::from_pairs(&by_shares, self.parameters.keep, self.incidence.order())
    }

    /// For each cluster and member, how often it stays with the majority.
    fn stays(&self, network: &Network, nodes: &[Vec<usize>], task: &Task<'_>) -> Result<Vec<Vec<f64>>, GraphError> {
        let orders = self.method.orders();
        let mut stays: Vec<Vec<u32>> = nodes.iter().map(|nodes| vec![0; nodes.len()]).collect();
        for order in 0..orders {
            task.report(usize::try_from(order).unwrap_or_default(), usize::try_from(orders).unwrap_or_default());
            let groups = leiden::in_order(network, order, task)?;
            for (nodes, stays) in nodes.iter().zip(&mut stays) {
                let majority = most_frequent(nodes.iter().map(|&node| groups[node]).collect());
                for (&node, stays) in nodes.iter().zip(stays) {
                    *stays += u32::from(Some(groups[node]) == majority);
                }
            }
        }
        if orders == 0 {
            stays.iter_mut().for_each(Vec::clear);
        }
        let share = |stays: u32| f64::from(stays) / orders as f64;
        Ok(stays.into_iter().map(|stays| stays.into_iter().map(share).collect()).collect())
    }

    /// Of each round the weight of the links inside the strongest cluster; `None` where the rule looks at no times, or there are
    /// none to deal.
    fn strongest(&self, clusters: &[Cluster], task: &Task<'_>) -> Result<Option<Vec<f64>>, GraphError> {
        if !self.parameters.keep.looks_at_times() {
            return Ok(None);
        }
        let mut is_member = vec![false; self.incidence.account_bound()];
        for member in clusters.iter().flat_map(|cluster| &cluster.members) {
            is_member[self.incidence.number(*member) as usize] = true;
        }
        let mut dealer = Dealer::new(self.incidence, &is_member);
        if !dealer.has_enough() {
            return Ok(None);
        }
        let rounds = self.rounds as usize;
        let round = |round: usize| {
            task.check()?;
            task.report(round, rounds);
            let dealt = dealer.deal(round as u64);
            let unwatched = Task { progress: &|_| {}, cancelled: task.cancelled };
            let graph = AccountGraph::build(dealt, &[], &[], self.parameters, &unwatched)?;
            self.strongest_of(&graph.pairs(), &unwatched)
        };
        (0..rounds).map(round).collect::<Result<_, _>>().map(Some)
    }

    fn strongest_of(&self, pairs: &[LinkedPair], task: &Task<'_>) -> Result<f64, GraphError> {
        let (network, accounts) = self.network(pairs);
        let groups = groups(&network, self.method, task)?;
        let count = groups.iter().max().map_or(0, |&group| group as usize + 1);
        let mut sizes = vec![0; count];
        (0..accounts.len()).for_each(|node| sizes[groups[node] as usize] += 1);
        let weights = weights_inside(&network, &groups, count).into_iter().zip(sizes);
        Ok(weights.filter(|&(_, size)| size >= self.min_size.max(2)).map(|(weight, _)| weight).fold(0.0, f64::max))
    }
}

/// The weight of the links inside each group; nodes of `u32::MAX` are in none.
fn weights_inside(network: &Network, group_of: &[u32], groups: usize) -> Vec<f64> {
    let mut weights = vec![0.0; groups];
    for node in 0..network.len() {
        let group = group_of[node];
        let inside =
            network.edges(node).iter().filter(|edge| edge.0 > dense(node) && group_of[edge.0 as usize] == group);
        if let Some(weight) = weights.get_mut(group as usize) {
            *weight += inside.map(|edge| edge.1).sum::<f64>();
        }
    }
    weights
}

/// Of equally frequent ones the smallest.
fn most_frequent(mut groups: Vec<u32>) -> Option<u32> {
    groups.sort_unstable();
    let runs = groups.chunk_by(|a, b| a == b).rev();
    runs.max_by_key(|run| run.len()).map(|run| run[0])
}
