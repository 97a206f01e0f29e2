//! How far jobs are: it is seen in the header, and who waits for one can stop it.

use std::collections::BTreeMap;

use super::Job;

/// News of a job under way.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Advance {
    /// What is being done, where the job does one thing after the other.
    pub what: Option<&'static str>,
    /// How far it is, 0 to 1, where it tells.
    pub done: Option<f32>,
    /// What was read of files.
    pub read: Option<ReadSoFar>,
}

impl From<f32> for Advance {
    fn from(done: f32) -> Self {
        Self { done: Some(done), ..Self::default() }
    }
}

impl From<ReadSoFar> for Advance {
    fn from(read: ReadSoFar) -> Self {
        Self { what: Some(Job::Importing.words()), read: Some(read), ..Self::default() }
    }
}

/// What was read of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadSoFar {
    /// Bytes that are read.
    pub bytes: u64,
    /// Bytes that there are, 0 where nobody can tell.
    pub of_bytes: u64,
    /// Records that are read.
    pub records: u64,
}

/// A job under way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub what: &'static str,
    /// How far it is, 0 to 1, where it tells.
    pub done: Option<f32>,
    /// What was read of files.
    pub read: Option<ReadSoFar>,
    /// Whether the user can stop it.
    pub can_cancel: bool,
    /// Whether what is said of it stays until it ends.
    held: bool,
}

/// The jobs under way.
#[derive(Debug, Clone, Default)]
pub struct Jobs(BTreeMap<Job, Progress>);

impl Jobs {
    /// One begins, or begins anew.
    pub fn start(&mut self, job: Job) {
        let can_cancel = !matches!(job, Job::Exporting | Job::Reading);
        self.0.insert(job, Progress { what: job.words(), done: None, read: None, can_cancel, held: false });
    }

    /// One begins that the user cannot stop, or no more.
    pub fn hold(&mut self, job: Job, what: &'static str) {
        self.0.insert(job, Progress { what, done: None, read: None, can_cancel: false, held: true });
    }

    /// One tells how far it is, unless what is said of it is held.
    pub fn advance(&mut self, job: Job, news: Advance) {
        if let Some(progress) = self.0.get_mut(&job).filter(|progress| !progress.held) {
            progress.what = news.what.unwrap_or(progress.what);
            (progress.done, progress.read) = (news.done, news.read);
        }
    }

    /// Whether one goes on.
    #[must_use]
    pub fn runs(&self, job: Job) -> bool {
        self.0.contains_key(&job)
    }

    /// One under way.
    #[must_use]
    pub fn get(&self, job: Job) -> Option<Progress> {
        self.0.get(&job).copied()
    }

    /// One has ended, or nobody waits for it any more.
    pub fn end(&mut self, job: Job) {
        self.0.remove(&job);
    }

    /// Whether everything waits for one: accounts are read or linked, or tagged ones written.
    #[must_use]
    pub fn hold_all_up(&self) -> bool {
        [Job::Reading, Job::Links, Job::Exporting].into_iter().any(|job| self.runs(job))
    }

    /// All of them, that first that is told of: what everything waits for, then `preferred`, then the work of other places.
    pub fn waited_for(&self, preferred: Job) -> impl Iterator<Item = (Job, Progress)> {
        let mut all: Vec<(Job, Progress)> = self.0.iter().map(|(&job, &progress)| (job, progress)).collect();
        all.sort_by_key(|&(job, _)| (job.is_of_place(), job != preferred, job));
        all.into_iter()
    }
}
