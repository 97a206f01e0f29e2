//! The clusters of a network, with what their members have in common.

use std::ops::ControlFlow;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AnalysisError, Ask, Links, Roster};
use crate::graph::{Cluster, ClusterMethod, Filtered, GraphError, Significance, Task, clusters};
use crate::model::{Account, AccountId, KeepRule, ObjectId, ObjectKind};
use crate::signals::{ClusterBasis, ClusterPortrait, cluster_portraits};
use crate::store::Store;

/// The fewest accounts of a cluster.
const SMALLEST: usize = 3;
/// In larger data the test of all pairs is made only where the links rest on it.
const TESTED_RETWEETS: u64 = 3_000_000;
/// Rows between two looks at whether to stop.
const STEP: u64 = 1 << 12;

/// Where finding clusters ends, as a share of the work; the rest is looking at what their members share.
const FINDING_TO: f32 = 0.4;

/// The clusters, and the order in which accounts are gone through.
#[derive(Debug)]
pub struct ClusterSet {
    /// Of which links they are.
    pub links: Arc<Links>,
    /// The clusters: where more layers agree first, then the larger.
    pub portraits: Vec<ClusterPortrait>,
    /// Every linked account, by evidence: members of clusters in their order, then the others by their links.
    pub queue: Vec<AccountId>,
}

impl ClusterSet {
    /// Cuts links into clusters and looks at what their members have in common.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn build(store: &Store, roster: &Roster, links: &Arc<Links>, task: &Task<'_>) -> Result<Self, AnalysisError> {
        let finding = |done: f32| (task.progress)(FINDING_TO * done);
        let found = found(links, &Task { progress: &finding, ..*task })?;
        let members: FxHashSet<AccountId> = found.iter().flat_map(|cluster| cluster.members.iter().copied()).collect();
        let statements = statements(store, &members, task)?;
        let authors = authors(store, links, &found)?;
        let describing = |done: f32| (task.progress)(FINDING_TO + (1.0 - FINDING_TO) * done);
        Self::describe(roster, links, found, (&statements, &authors), &Task { progress: &describing, ..*task })
    }

    /// Looks at what the members of these clusters have in common.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn describe(
        roster: &Roster,
        links: &Arc<Links>,
        found: Vec<Cluster>,
        read: ReadOf<'_>,
        task: &Task<'_>,
    ) -> Result<Self, AnalysisError> {
        let portraits = portraits(roster.accounts(), roster.counts.retweets, links, found, read, task)?;
        let queue = queue(roster, links, &portraits);
        Ok(Self { links: Arc::clone(links), portraits, queue })
    }
}

/// The clusters of links.
///
/// # Errors
/// Fails when cancelled.
pub fn found(links: &Links, task: &Task<'_>) -> Result<Vec<Cluster>, GraphError> {
    let (pairs, parameters) = (links.graph.pairs(), links.graph.parameters());
    clusters(&pairs, &links.incidence, parameters, ClusterMethod::Leiden, SMALLEST, task)
}

/// What the members of these clusters have in common, where more layers agree first. `retweets` are those of the whole
/// cache: where there are many, the test of all pairs is made only if the links rest on it.
///
/// # Errors
/// Fails when cancelled.
pub fn portraits(
    accounts: &[Account],
    retweets: u64,
    links: &Links,
    found: Vec<Cluster>,
    (statements, authors): ReadOf<'_>,
    task: &Task<'_>,
) -> Result<Vec<ClusterPortrait>, AnalysisError> {
    let parameters = links.graph.parameters();
    let tests = !matches!(parameters.keep, KeepRule::Significant(_)) && retweets <= TESTED_RETWEETS;
    let filtered = tests.then(|| Filtered::new(&links.incidence, parameters));
    let tested = match &filtered {
        Some(filtered) => Some((filtered, Significance::test(filtered, parameters.null_model, task)?)),
        None => None,
    };
    let basis = ClusterBasis {
        accounts,
        incidence: &links.incidence,
        graph: &links.graph,
        tested: tested.as_ref().map(|(filtered, significance)| (*filtered, significance)),
        statements,
        authors,
    };
    let portraits = cluster_portraits(&basis, found);
    task.check()?;
    Ok(portraits)
}

/// What was read of clusters: the statements of their members, and who made the targets that they share most.
pub type ReadOf<'a> = (&'a FxHashMap<AccountId, Vec<ObjectId>>, &'a FxHashMap<ObjectId, AccountId>);

/// Who made the targets that these clusters share most, where that is known.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn authors(
    store: &Store,
    links: &Links,
    clusters: &[Cluster],
) -> Result<FxHashMap<ObjectId, AccountId>, AnalysisError> {
    let targets = clusters.iter().flat_map(|cluster| &cluster.targets);
    let mut objects: Vec<ObjectId> = targets.filter_map(|found| links.incidence.object(found.target)).collect();
    objects.sort_unstable();
    objects.dedup();
    let known = store.objects(&objects)?.into_iter();
    Ok(known.filter_map(|object| Some((object.id, object.author?))).collect())
}

/// What these accounts said in their own words, each ascending.
///
/// # Errors
/// Fails where the cache cannot be read, and when cancelled.
pub fn statements(
    store: &Store,
    accounts: &FxHashSet<AccountId>,
    task: &Task<'_>,
) -> Result<FxHashMap<AccountId, Vec<ObjectId>>, AnalysisError> {
    let (mut said, mut rows): (FxHashMap<AccountId, Vec<ObjectId>>, u64) = (FxHashMap::default(), 0);
    store.for_each_share(ObjectKind::Text, &mut |share| {
        rows += 1;
        if accounts.contains(&share.account) {
            said.entry(share.account).or_default().push(share.object);
        }
        let stop = rows.is_multiple_of(STEP) && (task.cancelled)();
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    task.check()?;
    Ok(said)
}

fn queue(roster: &Roster, links: &Links, portraits: &[ClusterPortrait]) -> Vec<AccountId> {
    let mut queue: Vec<AccountId> =
        portraits.iter().flat_map(|portrait| portrait.cluster.members.iter().copied()).collect();
    let clustered: FxHashSet<AccountId> = queue.iter().copied().collect();
    let others = roster.accounts().iter().filter(|account| !clustered.contains(&account.id));
    let mut others: Vec<(usize, AccountId)> =
        others.map(|account| (links.graph.degree(account.id), account.id)).filter(|&(degree, _)| degree > 0).collect();
    others.sort_by_key(|&(degree, _)| std::cmp::Reverse(degree));
    queue.extend(others.into_iter().map(|(_, id)| id));
    queue
}

/// Asks for the clusters.
#[derive(Debug, Clone)]
pub struct ClustersOf {
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Their links.
    pub links: Arc<Links>,
}

impl Ask for ClustersOf {
    type Answer = Arc<ClusterSet>;

    fn answer(&self, store: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError> {
        ClusterSet::build(store, &self.roster, &self.links, task).map(Arc::new)
    }
}
