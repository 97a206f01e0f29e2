//! What the members of a cluster have in common, layer by layer, and what speaks against reading much into it. A cluster
//! says that accounts act alike; nothing here says who is behind them.
//!
//! Words of this room: *portrait*, a cluster with what its members have in common; *agree*, of a layer: half of the members
//! show it, three or more; *independent*, looks at something else than what made the cluster; *strip*, counts in equal parts of
//! a time; *shape*, a handle with `a` for letters and `9` for digits.

mod case_against;
mod layers;
mod strips;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::{CreationBurst, Outcome, Places, creation_bursts};
use crate::graph::{AccountGraph, Cluster, Filtered, Incidence, Significance};
use crate::model::{Account, AccountId, ObjectId};
pub use case_against::case_against;
pub use layers::{ClusterLayer, LayerCount, SIGNIFICANT};
pub use strips::{CREATION_BINS, CreationStrip, HandleShape};

/// What portraits of clusters are made from.
#[derive(Debug, Clone, Copy)]
pub struct ClusterBasis<'a> {
    /// Every account, in the order of platforms and of ids there.
    pub accounts: &'a [Account],
    /// Who shared what.
    pub incidence: &'a Incidence,
    /// Who is linked with whom.
    pub graph: &'a AccountGraph,
    /// What the minimum filters leave, and the test of all pairs; `None` where nobody tested them.
    pub tested: Option<(&'a Filtered, &'a Significance)>,
    /// The statements of each account in its own words, ascending.
    pub statements: &'a FxHashMap<AccountId, Vec<ObjectId>>,
    /// Who made the targets that clusters share most, where that is known.
    pub authors: &'a FxHashMap<ObjectId, AccountId>,
}

/// A cluster with what its members have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterPortrait {
    /// The cluster; its members stand in the order in which they are shown, those with most links inside first.
    pub cluster: Cluster,
    /// Links of each member inside the cluster, in the order of the members.
    pub links_inside: Vec<u32>,
    /// What each layer says, in the order of [`ClusterLayer::ALL`].
    pub layers: Vec<LayerCount>,
    /// The commonest shapes of handles, the commonest first.
    pub handles: Vec<HandleShape>,
    /// When the members were created; `None` where that is not known of two of them.
    pub created: Option<CreationStrip>,
    /// Shares of the members in each hour of the day, in UTC.
    pub hours: [u32; 24],
    /// Benign explanations that were tested and cannot be ruled out, in words.
    pub against: Vec<String>,
}

impl ClusterPortrait {
    /// How many layers agree: those that look at something else than what made the cluster, and those that look at it once
    /// more. They rank clusters and are never a score: which layers they are is shown.
    #[must_use]
    pub fn agreeing(&self) -> Agreeing {
        let size = self.cluster.members.len();
        let count = |independent| {
            self.layers.iter().filter(|layer| layer.independent == independent && layer.agrees(size)).count()
        };
        Agreeing { independent: count(true), reusing: count(false) }
    }
}

/// How many layers agree on a cluster; those that weigh more come first in every order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Agreeing {
    /// Of the layers that look at something else than what made the cluster.
    pub independent: usize,
    /// Of those that look at what made it once more, and so agree more easily.
    pub reusing: usize,
}

/// The portraits of `clusters`: where more independent layers agree first, then where more others do, then the larger.
#[must_use]
pub fn cluster_portraits(basis: &ClusterBasis<'_>, clusters: Vec<Cluster>) -> Vec<ClusterPortrait> {
    let seen = Seen { places: Places::new(basis.accounts), bursts: creation_bursts(basis.accounts) };
    let mut portraits: Vec<ClusterPortrait> =
        clusters.into_iter().map(|cluster| portrait(basis, &seen, cluster)).collect();
    portraits.sort_by_cached_key(|portrait| {
        let size = portrait.cluster.members.len();
        let first = portrait.cluster.members.iter().map(|&member| basis.incidence.number(member)).min();
        (std::cmp::Reverse((portrait.agreeing(), size)), first)
    });
    portraits
}

/// What is looked at once for all clusters.
struct Seen {
    places: Places,
    bursts: Vec<Outcome<CreationBurst>>,
}

impl Seen {
    fn account<'a>(&self, basis: &ClusterBasis<'a>, id: AccountId) -> Option<&'a Account> {
        basis.accounts.get(self.places.place(id)?)
    }
}

fn portrait(basis: &ClusterBasis<'_>, seen: &Seen, mut cluster: Cluster) -> ClusterPortrait {
    let layers = layers::layers(basis, seen, &cluster);
    let mut members: Vec<(u32, AccountId)> =
        cluster.members.iter().map(|&id| (layers::links_inside(basis, &cluster, id), id)).collect();
    // Of members with equally many links the first in the order of ids.
    members.sort_by_key(|&(links, _)| std::cmp::Reverse(links));
    let accounts: Vec<&Account> = members.iter().filter_map(|&(_, id)| seen.account(basis, id)).collect();
    let against = case_against(basis, &cluster, &accounts, &layers);
    cluster.members = members.iter().map(|&(_, id)| id).collect();
    ClusterPortrait {
        hours: strips::hours(basis.incidence, &cluster.members),
        handles: strips::handle_shapes(&accounts),
        created: strips::created(&accounts),
        links_inside: members.into_iter().map(|(links, _)| links).collect(),
        layers,
        against,
        cluster,
    }
}
