//! Work that goes on in the background: it is seen in the header and can be stopped.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::places::{self, OpenPlace};
use super::{ImportOrder, ImportOutcome, State};
use crate::analysis::{Audit, ClusterSet, FoundPath, Links, Roster, SignalSet, Wall};
use crate::model::{AccountId, LinkParameters};

/// What is worked on. Earlier ones are told of first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// Reading every account, after an import where one is asked for at the start.
    Reading,
    /// The links.
    Links,
    /// Writing the tagged accounts.
    Exporting,
    /// Importing files, or taking an import back.
    Importing,
    /// The clusters, with what their members share.
    Clusters,
    /// Who retweets an account.
    Audit,
    /// The signals of all accounts.
    Signals,
    /// Groups of pictures that are alike.
    Pictures,
    /// The path between two accounts.
    Path,
}

impl Job {
    /// How the header calls it while it goes on.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Links => "linking",
            Self::Exporting => "exporting",
            Self::Importing => "importing",
            Self::Clusters => "clustering",
            Self::Audit => "auditing",
            Self::Signals => "reading signals",
            Self::Pictures => "grouping pictures",
            Self::Path => "finding a path",
        }
    }

    /// What is said once it was stopped.
    #[must_use]
    pub fn cancelled(self) -> &'static str {
        match self {
            Self::Reading | Self::Links => "Linking was cancelled.",
            Self::Exporting => "Exporting was cancelled.",
            Self::Importing => "The import was cancelled.",
            Self::Clusters => "Clustering was cancelled; open the clusters again to begin anew.",
            Self::Audit => "The audit was cancelled.",
            Self::Signals => "Reading signals was cancelled; open them again to begin anew.",
            Self::Pictures => "Grouping pictures was cancelled; open the wall again to begin anew.",
            Self::Path => "Finding a path was cancelled; open it again to begin anew.",
        }
    }

    /// Whether everything waits for it, so that it is told of before the work of a place.
    fn is_first(self) -> bool {
        matches!(self, Self::Reading | Self::Links | Self::Exporting)
    }
}

/// An order to a worker.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// What is to be done.
    pub work: Work,
}

/// What a worker is to do.
#[derive(Debug, Clone)]
pub enum Work {
    /// Link the accounts anew.
    Links {
        /// What links accounts.
        parameters: LinkParameters,
        /// The accounts.
        roster: Arc<Roster>,
        /// The links before, to say what changed.
        before: Option<Arc<Links>>,
    },
    /// Import files, after all tags that were written before.
    Import(ImportOrder),
    /// Take the import with this number back.
    TakeBack(u32),
    /// Cut links into clusters.
    Clusters {
        /// The accounts.
        roster: Arc<Roster>,
        /// Their links.
        links: Arc<Links>,
    },
    /// Audit accounts, which are taken as one.
    Audit {
        /// Who is audited.
        hub: Vec<AccountId>,
        /// All accounts.
        roster: Arc<Roster>,
        /// Their links, where they are by retweets; else they are made for the audit.
        links: Arc<Links>,
    },
    /// Read the signals of all accounts.
    Signals {
        /// The accounts.
        roster: Arc<Roster>,
        /// Their links, in whose clusters handles are compared.
        links: Arc<Links>,
    },
    /// Group the pictures.
    Pictures {
        /// When pictures are alike.
        parameters: LinkParameters,
        /// The accounts.
        roster: Arc<Roster>,
    },
    /// Find a path.
    Path {
        /// The two accounts.
        ends: [AccountId; 2],
        /// The links that a path may use.
        links: Arc<Links>,
        /// How many accounts the data has, to say which targets are popular.
        accounts: u64,
    },
}

impl Work {
    /// Which job it is.
    #[must_use]
    pub fn job(&self) -> Job {
        match self {
            Self::Links { .. } => Job::Links,
            Self::Import(_) | Self::TakeBack(_) => Job::Importing,
            Self::Clusters { .. } => Job::Clusters,
            Self::Audit { .. } => Job::Audit,
            Self::Signals { .. } => Job::Signals,
            Self::Pictures { .. } => Job::Pictures,
            Self::Path { .. } => Job::Path,
        }
    }
}

/// What came of a job.
#[derive(Debug, Clone)]
pub enum Made {
    /// All accounts are read.
    Roster(Arc<Roster>),
    /// Links are known.
    Links {
        /// The links.
        links: Arc<Links>,
        /// How many of them are new, and how many of those before are gone; `None` where there were none before.
        changes: Option<(usize, usize)>,
    },
    /// An import has ended, or one was taken back.
    Import {
        /// How.
        outcome: ImportOutcome,
        /// The accounts, where the data changed.
        roster: Option<Arc<Roster>>,
    },
    /// Clusters are known.
    Clusters(Arc<ClusterSet>),
    /// Accounts were audited.
    Audit(Arc<Audit>),
    /// The signals of all accounts were read.
    Signals(Arc<SignalSet>),
    /// Pictures are grouped.
    Pictures(Arc<Wall>),
    /// A path was looked for.
    Path(FoundPath),
}

impl Made {
    /// Of which job it came.
    #[must_use]
    pub fn job(&self) -> Job {
        match self {
            Self::Roster(_) => Job::Reading,
            Self::Links { .. } => Job::Links,
            Self::Import { .. } => Job::Importing,
            Self::Clusters(_) => Job::Clusters,
            Self::Audit(_) => Job::Audit,
            Self::Signals(_) => Job::Signals,
            Self::Pictures(_) => Job::Pictures,
            Self::Path(_) => Job::Path,
        }
    }
}

/// A job under way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub what: &'static str,
    /// How far it is, 0 to 1, where it tells.
    pub done: Option<f32>,
    /// Whether the user can stop it.
    pub can_cancel: bool,
}

/// The jobs under way.
#[derive(Debug, Clone, Default)]
pub struct Jobs(BTreeMap<Job, Progress>);

impl Jobs {
    /// One begins, or begins anew.
    pub fn start(&mut self, job: Job) {
        self.tell(job, job.words(), None);
    }

    /// One begins or goes on, and says what it does and how far it is.
    pub fn tell(&mut self, job: Job, what: &'static str, done: Option<f32>) {
        self.0.insert(job, Progress { what, done, can_cancel: job != Job::Exporting });
    }

    /// One tells how far it is.
    pub fn advance(&mut self, job: Job, done: f32) {
        if let Some(progress) = self.0.get_mut(&job) {
            progress.done = Some(done);
        }
    }

    /// Whether one goes on.
    #[must_use]
    pub fn runs(&self, job: Job) -> bool {
        self.0.contains_key(&job)
    }

    /// One has ended, or nobody waits for it any more.
    pub fn end(&mut self, job: Job) {
        self.0.remove(&job);
    }

    /// The one that everything waits for.
    #[must_use]
    pub fn first(&self) -> Option<(Job, Progress)> {
        self.0.iter().map(|(&job, &progress)| (job, progress)).find(|(job, _)| job.is_first())
    }

    /// The one that the user waits for: `preferred` where that goes on.
    #[must_use]
    pub fn shown(&self, preferred: Option<Job>) -> Option<(Job, Progress)> {
        let preferred = preferred.and_then(|job| self.0.get_key_value(&job));
        let other = || self.0.iter().find(|(job, _)| !job.is_first());
        preferred.or_else(other).map(|(&job, &progress)| (job, progress))
    }
}

impl State {
    /// The job of a place that the user waits for: that of the place that is looked at first.
    #[must_use]
    pub fn job(&self) -> Option<(Job, Progress)> {
        let own = places::of(self.place()).and_then(OpenPlace::job);
        self.jobs.shown(own)
    }

    /// The latest request for a job; what comes back of an older one counts no more.
    #[must_use]
    pub fn generation(&self, job: Job) -> u64 {
        match job {
            Job::Links => self.linking,
            Job::Clusters => self.clusters.set.generation(),
            Job::Audit => self.audit.found.generation(),
            Job::Signals => self.signals.set.generation(),
            Job::Pictures => self.wall.wall.generation(),
            Job::Path => self.path.found.generation(),
            // There is never a second one of these.
            Job::Reading | Job::Exporting | Job::Importing => 0,
        }
    }
}
