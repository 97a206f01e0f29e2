//! What comes back from workers, and what is said to the user.

use std::path::PathBuf;

use super::{Action, Advance, BatchKey, Candidate, Fresh, Head, Job, Made, Seen};
use crate::model::{AccountId, AccountKey, AvatarId, Import, LinkParameters, Object, ObjectId, Picture, SkippedLine};

/// A result, or news of work under way.
#[derive(Debug, Clone)]
pub enum Message {
    /// The first accounts and all tags are read.
    Opened {
        /// The accounts.
        head: Box<Head>,
        /// All tags.
        tags: Box<Fresh>,
    },
    /// How far a job is.
    Advanced {
        /// Which job.
        job: Job,
        /// Of which request.
        generation: u64,
        /// How far it is.
        news: Advance,
    },
    /// A job was done, or why it could not be and what to do next.
    Made {
        /// Which job.
        job: Job,
        /// Of which request.
        generation: u64,
        /// What came of it.
        made: Result<Made, String>,
    },
    /// The list is made.
    Listed {
        /// Of which request.
        number: u64,
        /// The accounts, in order.
        rows: Vec<AccountId>,
        /// False while the search goes on; better ones may come then.
        whole: bool,
    },
    /// The list could not be made.
    NotListed {
        /// Of which request.
        number: u64,
        /// Why.
        reason: String,
    },
    /// An action on tags is on disk.
    TagsSaved(Saved),
    /// Actions on tags cannot be written now, and why; they are kept, and tried again with the next one.
    TagsKept(String),
    /// The file of the cache is not where it was, and why that is known; nothing where it is there again.
    CacheLost(Option<String>),
    /// All tags are in a file of their own; how many accounts they name.
    TagsFiled {
        /// How many accounts.
        accounts: usize,
        /// Which file.
        path: PathBuf,
    },
    /// The cache keeps these parameters now.
    ParametersKept {
        /// Which.
        kept: Box<LinkParameters>,
        /// Whether another window had a share in them.
        by_others: bool,
    },
    /// How far the cache is, also by what other programs wrote.
    Seen(Seen),
    /// The cache was read anew; nothing where that failed.
    Reread(Option<Box<Fresh>>),
    /// Texts of shared objects.
    Objects(Vec<Object>),
    /// Texts of all objects that this pair shared, to be copied.
    Evidence((AccountId, AccountId), Vec<Object>),
    /// Pictures to look at; `None` where the cache has none.
    Pictures(Vec<(AvatarId, Option<Picture>)>),
    /// How a path can go on.
    Completed {
        /// Of which request.
        number: u64,
        /// What it can become.
        candidates: Vec<Candidate>,
    },
    /// Texts or pictures could not be read.
    NotRead {
        /// Which.
        unread: Unread,
        /// Why, and what to do next.
        reason: String,
    },
    /// Which files were imported.
    Imports(Vec<Import>),
    /// Lines of an import that could not be read.
    Rejected {
        /// Of which import.
        import: u32,
        /// The first of them.
        lines: Vec<SkippedLine>,
    },
    /// Something went wrong; what, and what to do next.
    Failed(String),
}

impl Message {
    /// How far a job is.
    #[must_use]
    pub fn advanced(job: Job, generation: u64, news: impl Into<Advance>) -> Self {
        Self::Advanced { job, generation, news: news.into() }
    }

    /// Why nothing came of a job, and what to do next.
    #[must_use]
    pub fn not_made(job: Job, generation: u64, reason: String) -> Self {
        Self::Made { job, generation, made: Err(reason) }
    }

    /// What came of a job.
    #[must_use]
    pub fn made(generation: u64, made: Made) -> Self {
        Self::Made { job: made.job(), generation, made: Ok(made) }
    }
}

/// Texts and pictures that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// The objects whose texts these are.
    pub objects: Vec<ObjectId>,
    /// The pictures.
    pub pictures: Vec<AvatarId>,
}

/// What became of an action on tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Which action of this session it was, where it was no undo and no redo.
    pub applied: Option<BatchKey>,
    /// The number that the log gave it; none where it changed nothing.
    pub number: Option<u64>,
    /// The accounts whose tag another program had changed.
    pub differing: Vec<AccountKey>,
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// What happened.
    Info,
    /// What went wrong.
    Error,
}

/// One line for the user about the last action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How loud it is.
    pub kind: NoticeKind,
    /// The line.
    pub text: String,
    /// What to do next; the screen names its key.
    pub next: Option<Action>,
}

impl Notice {
    /// What happened.
    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Info, text: text.into(), next: None }
    }

    /// What went wrong, and what to do next.
    #[must_use]
    pub fn error(text: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Error, text: text.into(), next: None }
    }

    /// Whether it only told that all is as it was, and offers nothing: news may take its place.
    #[must_use]
    pub fn may_go(&self) -> bool {
        self.kind == NoticeKind::Info && self.next.is_none()
    }

    /// The same with an action that comes next.
    #[must_use]
    pub fn then(self, next: Action) -> Self {
        Self { next: Some(next), ..self }
    }
}
