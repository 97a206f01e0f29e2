//! Work in the background: what there is, what it is to do, and what came of it.

use std::path::PathBuf;
use std::sync::Arc;

use super::places::{self, JobWords};
use super::{Effect, ImportOrder, ImportOutcome, Place, Progress, State};
use crate::analysis::{Answer, Links, Question, Roster};
use crate::model::LinkParameters;

/// What is worked on. Earlier ones are told of first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// Importing files, or taking an import back.
    Importing,
    /// Reading every account, after an import where one is asked for at the start.
    Reading,
    /// The links.
    Links,
    /// Writing the tagged accounts.
    Exporting,
    /// What is looked at in a place.
    Of(Place),
}

impl Job {
    /// Those that threads of their own do, one for each: the links, and what places ask for.
    pub fn on_threads() -> impl Iterator<Item = Self> {
        let of_places = Place::ALL.iter().filter(|&&place| words_of(place).is_some()).map(|&place| Self::Of(place));
        std::iter::once(Self::Links).chain(of_places)
    }

    /// How the header calls it while it goes on.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Links => "linking",
            Self::Exporting => "exporting",
            Self::Importing => "importing",
            Self::Of(place) => words_of(place).map_or(place.word(), |words| words.under_way),
        }
    }

    /// Whether it is the work of a place: that is told of after what everything waits for.
    pub(super) fn is_of_place(self) -> bool {
        matches!(self, Self::Of(_))
    }
}

fn words_of(place: Place) -> Option<JobWords> {
    places::get(place)?.job()
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
    /// Write the tagged accounts to a file that must not exist yet, after all tags that were written before.
    Export {
        /// The file.
        path: PathBuf,
        /// All accounts.
        roster: Arc<Roster>,
        /// Their links.
        links: Arc<Links>,
    },
    /// Import files, after all tags that were written before.
    Import(ImportOrder),
    /// Take the import with this number back.
    TakeBack(u32),
    /// Answer what a place asks for.
    Answer(Place, Question),
}

impl Work {
    /// Which job it is.
    #[must_use]
    pub fn job(&self) -> Job {
        match self {
            Self::Links { .. } => Job::Links,
            Self::Export { .. } => Job::Exporting,
            Self::Import(_) | Self::TakeBack(_) => Job::Importing,
            Self::Answer(place, _) => Job::Of(*place),
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
    /// Tagged accounts were written.
    Export {
        /// How many.
        accounts: usize,
        /// How many of them were tagged while others were linked.
        under_others: usize,
        /// Where to.
        path: PathBuf,
    },
    /// An import has ended, or one was taken back.
    Import {
        /// How.
        outcome: ImportOutcome,
        /// The accounts, where the data changed.
        roster: Option<Arc<Roster>>,
    },
    /// What a place asked for is answered.
    Answer(Place, Answer),
}

impl Made {
    /// Of which job it came.
    #[must_use]
    pub fn job(&self) -> Job {
        match self {
            Self::Roster(_) => Job::Reading,
            Self::Links { .. } => Job::Links,
            Self::Export { .. } => Job::Exporting,
            Self::Import { .. } => Job::Importing,
            Self::Answer(place, _) => Job::Of(*place),
        }
    }
}

impl State {
    /// The jobs under way, the one first that the user waits for: of those of places that of the place that is looked at.
    pub fn jobs_waited_for(&self) -> impl Iterator<Item = (Job, Progress)> {
        self.jobs.waited_for(Job::Of(self.place()))
    }

    /// The job of a place that the user waits for.
    #[must_use]
    pub fn job(&self) -> Option<(Job, Progress)> {
        self.jobs_waited_for().find(|(job, _)| job.is_of_place())
    }

    /// Begins the work of a place.
    pub(super) fn ask(&mut self, place: Place, generation: u64, question: Question) -> Effect {
        self.jobs.start(Job::Of(place));
        Effect::Start(Order { generation, work: Work::Answer(place, question) })
    }

    /// The places whose work is under way.
    pub(super) fn running_places(&self) -> Vec<Place> {
        Place::ALL.iter().copied().filter(|&place| self.jobs.runs(Job::Of(place))).collect()
    }

    /// The latest request for a job; what comes back of an older one counts no more.
    #[must_use]
    pub fn generation(&self, job: Job) -> u64 {
        match job {
            Job::Links => self.linking,
            Job::Of(place) => places::get(place).map_or(0, |place| place.generation(self)),
            // There is never a second one of these.
            Job::Reading | Job::Exporting | Job::Importing => 0,
        }
    }
}
