//! Work for a place beside the panes: it goes on in the background, is seen in the header and can be stopped.

use std::collections::BTreeMap;

use super::{Place, State};

/// What is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
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
            Self::Clusters => "Clustering was cancelled; open the clusters again to begin anew.",
            Self::Audit => "The audit was cancelled.",
            Self::Signals => "Reading signals was cancelled; open them again to begin anew.",
            Self::Pictures => "Grouping pictures was cancelled; open the wall again to begin anew.",
            Self::Path => "Finding a path was cancelled; open it again to begin anew.",
        }
    }
}

/// The jobs under way, and how far each is, 0 to 1, where it tells.
#[derive(Debug, Clone, Default)]
pub struct Jobs(BTreeMap<Job, Option<f32>>);

impl Jobs {
    /// One begins, or begins anew.
    pub fn start(&mut self, job: Job) {
        self.0.insert(job, None);
    }

    /// One tells how far it is.
    pub fn advance(&mut self, job: Job, done: f32) {
        if let Some(told) = self.0.get_mut(&job) {
            *told = Some(done);
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

    /// The one that the user waits for, and how far it is: `preferred` where that goes on.
    #[must_use]
    pub fn shown(&self, preferred: Option<Job>) -> Option<(Job, Option<f32>)> {
        let preferred = preferred.and_then(|job| self.0.get_key_value(&job));
        preferred.or_else(|| self.0.first_key_value()).map(|(&job, &done)| (job, done))
    }
}

impl State {
    /// The job that the user waits for, and how far it is where it tells: that of the place that is looked at first.
    #[must_use]
    pub fn job(&self) -> Option<(Job, Option<f32>)> {
        let own = match self.place() {
            Place::Clusters => Some(Job::Clusters),
            Place::Audit => Some(Job::Audit),
            Place::Signals => Some(Job::Signals),
            Place::Wall => Some(Job::Pictures),
            Place::Path => Some(Job::Path),
            _ => None,
        };
        self.jobs.shown(own)
    }

    /// The latest request for a job; what comes back of an older one counts no more.
    #[must_use]
    pub fn job_generation(&self, job: Job) -> u64 {
        match job {
            Job::Clusters => self.clusters.generation,
            Job::Audit => self.audit.generation,
            Job::Signals => self.signals.generation,
            Job::Pictures => self.wall.generation,
            Job::Path => self.path.generation,
        }
    }
}
