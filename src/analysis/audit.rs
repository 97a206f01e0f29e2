//! The audit of an account, or of several that belong together.

use std::sync::Arc;

use super::{AnalysisError, Ask, Links, Roster, found};
use crate::graph::Task;
use crate::model::{AccountId, LinkParameters, ObjectKind};
use crate::signals::{AuditBasis, HubAudit, Retweeter, Trait, hub_audit};
use crate::store::Store;

/// Where linking by retweets ends, as a share of the work, where the audit has to do it,
const LINKING_TO: f32 = 0.6;
/// and where clustering ends.
const CLUSTERING_TO: f32 = 0.8;

/// What was found.
#[derive(Debug)]
pub struct Audit {
    /// The figures.
    pub audit: HubAudit,
    /// What links the accounts whose clusters are looked at.
    pub parameters: LinkParameters,
    /// Retweeters that show something, those that show most first; then those that show nothing.
    pub rows: Vec<Retweeter>,
    /// How many of them show something.
    pub showing: usize,
}

/// How many of the traits an account shows.
#[must_use]
fn shown(one: &Retweeter) -> usize {
    Trait::ALL.iter().filter(|each| each.is_shown(one) == Some(true)).count()
}

impl Audit {
    /// Audits `hub`, whose accounts are taken as one, by what the accounts of a cache retweet. Links that are not by
    /// retweets are made anew.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn build(
        store: &Store,
        roster: &Roster,
        links: &Arc<Links>,
        hub: &[AccountId],
        task: &Task<'_>,
    ) -> Result<Self, AnalysisError> {
        let layer = ObjectKind::RetweetedPost;
        let accounts = roster.accounts();
        let (links, from) = if links.graph.parameters().layer == layer {
            (Arc::clone(links), 0.0)
        } else {
            let parameters = LinkParameters { layer, ..links.graph.parameters().clone() };
            let linking = |task: &Task<'_>| Links::build(store, accounts, &parameters, task);
            (Arc::new(task.part(0.0, LINKING_TO, linking)?), LINKING_TO)
        };
        let clusters = task.part(from, CLUSTERING_TO, |task| found(&links, task))?;
        let origins = store.origins()?;
        task.check()?;
        let (incidence, graph) = (&links.incidence, &links.graph);
        let basis = AuditBasis { accounts, incidence, origins: &origins, graph, clusters: &clusters };
        let audit = task.part(CLUSTERING_TO, 1.0, |task| hub_audit(&basis, hub, task))?;
        Ok(Self::new(audit, links.graph.parameters().clone()))
    }

    /// Brings the retweeters into their order.
    #[must_use]
    pub fn new(audit: HubAudit, parameters: LinkParameters) -> Self {
        let mut rows = audit.retweeters.clone();
        // Equal ones stay in the order of their ids.
        rows.sort_by_key(|one| std::cmp::Reverse((shown(one), one.of_hub)));
        let showing = rows.iter().filter(|one| shown(one) > 0).count();
        Self { audit, parameters, rows, showing }
    }
}

/// Asks for the audit of accounts, which are taken as one.
#[derive(Debug, Clone)]
pub struct AuditOf {
    /// Who is audited.
    pub hub: Vec<AccountId>,
    /// All accounts.
    pub roster: Arc<Roster>,
    /// Their links, where they are by retweets; else they are made for the audit.
    pub links: Arc<Links>,
}

impl Ask for AuditOf {
    type Answer = Arc<Audit>;

    fn answer(&self, store: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError> {
        Audit::build(store, &self.roster, &self.links, &self.hub, task).map(Arc::new)
    }
}
