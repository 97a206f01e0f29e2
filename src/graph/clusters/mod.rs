//! Groups of accounts that hang together, and what holds each together.
//!
//! Words of this room: *group*, nodes that a method puts together, before anything is said of them; *cluster*, a group that is
//! large enough, with what holds it together; *order*, a sequence in which nodes are looked at; *deal*, give shares the times
//! of accounts in no cluster, at random; *stays*, how often a member is with its cluster's majority in other orders.

mod components;
mod dealt;
mod evidence;
mod gaps;
mod leiden;
mod network;
mod partition;
mod tested;

#[cfg(test)]
mod tested_tests;
#[cfg(test)]
mod tests;

use super::{GraphError, Incidence, Task};
use crate::model::{AccountId, LinkParameters, LinkedPair, Timestamp};
use network::Network;
pub use tested::{ClusterTest, ClusterTrial};

/// How groups are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClusterMethod {
    /// Everything that a chain of links connects.
    Components,
    /// The Leiden method for modularity, whose groups are always connected. [Traag, Waltman and van Eck 2019]
    #[default]
    Leiden,
}

/// A target that holds a cluster together.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterTarget {
    /// The dense target of the incidence; `Incidence::object` names it.
    pub target: u32,
    /// How many members shared it.
    pub members: usize,
    /// How many accounts of the data shared it.
    pub sharers: usize,
    /// Median gap between any two of these members, in milliseconds; `None` where fewer than two times are known.
    pub median_gap_ms: Option<u64>,
    /// Leave one out: how many links of the cluster would not be kept without it.
    pub links_lost: usize,
    /// Whether the cluster would fall apart with them: no more than half of it would still hang together.
    pub falls_apart: bool,
}

/// A group of linked accounts. It says that these act alike, not that one hand runs them.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The accounts, in the order of their numbers.
    pub members: Vec<AccountId>,
    /// Links between members.
    pub links: usize,
    /// Links among all pairs of members, 0 to 1.
    pub density: f64,
    /// The targets that most members shared, at the most ten.
    pub targets: Vec<ClusterTarget>,
    /// Median over the links of their median gap, in milliseconds; `None` where no times are known.
    pub median_gap_ms: Option<u64>,
    /// First and last time at which a member shared a target that another member shared too.
    pub span: Option<(Timestamp, Timestamp)>,
    /// What became of it where it was looked for again; `None` where nobody asked.
    pub test: Option<ClusterTest>,
}

/// The group of each node.
fn groups(network: &Network, method: ClusterMethod, task: &Task<'_>) -> Result<Vec<u32>, GraphError> {
    match method {
        ClusterMethod::Components => Ok(components::components(network)),
        ClusterMethod::Leiden => leiden::leiden(network, task),
    }
}

/// The clusters of at least `min_size` accounts that `pairs` form, the largest first. Only links by what was shared
/// count, each weighing what the rule looks at: the cosine; targets shared, or shared within the window; or −log10 p, at
/// the most 50.
///
/// # Errors
/// Fails when cancelled.
pub fn clusters(
    pairs: &[LinkedPair],
    incidence: &Incidence,
    parameters: &LinkParameters,
    method: ClusterMethod,
    min_size: usize,
    task: &Task<'_>,
) -> Result<Vec<Cluster>, GraphError> {
    let pairs: Vec<&LinkedPair> = pairs.iter().filter(|pair| pair.link.co_share_kept).collect();
    let (network, accounts) = Network::from_pairs(&pairs, parameters.keep, incidence.order());
    let groups = groups(&network, method, task)?;
    let describe = evidence::Describe::new(incidence, parameters, &groups, &accounts, &pairs);
    let mut clusters = Vec::new();
    for group in (0..describe.len()).filter(|&group| describe.size(group) >= min_size.max(2)) {
        task.check()?;
        task.report(group, describe.len());
        clusters.push(describe.group(group));
    }
    // Groups come by the numbers of their first members, and equally large ones stay in that order.
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.members.len()));
    Ok(clusters)
}
