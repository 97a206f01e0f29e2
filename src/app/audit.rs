//! The audit of an account, or of several that belong together, as it is looked at.

use std::sync::Arc;

use super::{Cursor, LinkingError, Links, Roster, found};
use crate::graph::Task;
use crate::model::{AccountId, LinkParameters, ObjectKind};
use crate::signals::{AuditBasis, HubAudit, Retweeter, Trait, hub_audit};
use crate::store::Store;

/// Where linking by retweets ends, as a share of the work, where the audit has to do it,
const LINKING_TO: f32 = 0.6;
/// and where clustering ends.
const CLUSTERING_TO: f32 = 0.8;

/// Who is to be audited.
#[derive(Debug, Clone)]
pub struct AuditRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// The accounts, which are taken as one.
    pub hub: Vec<AccountId>,
    /// All accounts.
    pub roster: Arc<Roster>,
    /// Their links, where they are by retweets; else they are made for the audit.
    pub links: Arc<Links>,
}

/// What was found.
#[derive(Debug)]
pub struct Audit {
    /// The figures.
    pub audit: HubAudit,
    /// Retweeters that show something, those that show most first; then those that show nothing.
    pub rows: Vec<Retweeter>,
    /// How many of them show something.
    pub showing: usize,
}

/// How many of the traits an account shows.
#[must_use]
fn shown(one: &Retweeter) -> usize {
    Trait::ALL.iter().filter(|of| of.is_shown(one) == Some(true)).count()
}

impl Audit {
    /// Audits accounts of a cache, by what accounts retweet.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn build(store: &Store, request: &AuditRequest, task: &Task<'_>) -> Result<Self, LinkingError> {
        let layer = ObjectKind::RetweetedPost;
        let accounts = request.roster.accounts();
        let (links, from) = if request.links.graph.parameters().layer == layer {
            (Arc::clone(&request.links), 0.0)
        } else {
            let parameters = LinkParameters { layer, ..request.links.graph.parameters().clone() };
            let linking = |task: &Task<'_>| Links::build(store, accounts, &parameters, task);
            (Arc::new(task.part(0.0, LINKING_TO, linking)?), LINKING_TO)
        };
        let clusters = task.part(from, CLUSTERING_TO, |task| found(&links, task))?;
        let origins = store.origins()?;
        task.check()?;
        let (incidence, graph) = (&links.incidence, &links.graph);
        let basis = AuditBasis { accounts, incidence, origins: &origins, graph, clusters: &clusters };
        let audit = task.part(CLUSTERING_TO, 1.0, |task| hub_audit(&basis, &request.hub, task))?;
        Ok(Self::new(audit))
    }

    /// Brings the retweeters into their order.
    #[must_use]
    pub fn new(audit: HubAudit) -> Self {
        let mut rows = audit.retweeters.clone();
        // Equal ones stay in the order of their ids.
        rows.sort_by_key(|one| std::cmp::Reverse((shown(one), one.of_hub)));
        let showing = rows.iter().filter(|one| shown(one) > 0).count();
        Self { audit, rows, showing }
    }
}

/// The audit as it is looked at.
#[derive(Debug, Default)]
pub struct AuditView {
    /// Whether it is looked at.
    pub open: bool,
    /// Who is audited.
    pub hub: Vec<AccountId>,
    /// What was found, once it is known.
    pub found: Option<Arc<Audit>>,
    /// The chosen retweeter, among those that show something.
    pub cursor: Cursor,
    /// The chosen one among those that show nothing of it.
    pub plain: Cursor,
    /// Whether keys go to those that show nothing.
    pub on_plain: bool,
    /// The latest request; what comes back of an older one counts no more.
    pub generation: u64,
}

impl AuditView {
    /// Closes and forgets it; what was asked for counts no more.
    pub fn give_up(&mut self) {
        *self = Self { generation: self.generation + 1, ..Self::default() };
    }

    /// The retweeters that keys walk through.
    #[must_use]
    pub fn list(&self) -> &[Retweeter] {
        let Some(found) = &self.found else { return &[] };
        let (showing, plain) = found.rows.split_at(found.showing);
        if self.on_plain { plain } else { showing }
    }

    /// The accounts of the list that keys walk through.
    #[must_use]
    pub fn rows(&self) -> Vec<AccountId> {
        self.list().iter().map(|one| one.account).collect()
    }

    fn active(&mut self) -> &mut Cursor {
        if self.on_plain { &mut self.plain } else { &mut self.cursor }
    }

    /// The chosen retweeter.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        let cursor = if self.on_plain { self.plain } else { self.cursor };
        self.list().get(cursor.row).map(|one| one.account)
    }

    /// Moves by so many rows.
    pub fn step(&mut self, rows: isize) {
        let count = self.list().len();
        self.active().move_by(rows, count);
    }

    /// Keeps what is chosen in sight.
    pub fn follow(&mut self, height: usize) {
        let (showing, all) = self.found.as_ref().map_or((0, 0), |found| (found.showing, found.rows.len()));
        self.cursor.follow(showing, height);
        self.plain.follow(all - showing, height);
    }
}
