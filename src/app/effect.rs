//! What an update asks `run` to do outside the state.

use std::path::PathBuf;

use super::history::BatchKey;
use super::{Job, ListRequest, Order};
use crate::analysis::Kept;
use crate::model::{AccountId, AvatarId, NamedTags, ObjectId};

/// Work for a worker.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Make the list anew; a request that still waits is dropped for this one.
    List(ListRequest),
    /// Read the texts of these shared objects.
    ReadObjects(Vec<ObjectId>),
    /// Read the texts of all objects that this pair shared, to be copied.
    ReadEvidence((AccountId, AccountId), Vec<ObjectId>),
    /// Read these pictures.
    ReadPictures(Vec<AvatarId>),
    /// Append to the tag log.
    WriteTags(TagWrite),
    /// Keep with the cache how it is looked at.
    Keep(Kept),
    /// Try again to write what the cache could not take.
    RetryTags,
    /// Write all tags to a file of their own that must not exist yet.
    SaveTags(PathBuf),
    /// Begin a job; one of its kind that still waits or is under way is dropped for this one.
    Start(Order),
    /// Stop a job.
    Cancel(Job),
    /// Look how a path can go on; a request that still waits is dropped for this one.
    Complete(CompletionRequest),
    /// Read anew what another program changed: the tags, and where the data changed the accounts too; a request that still
    /// waits is dropped for this one.
    Reread {
        /// Whether the accounts are wanted.
        accounts: bool,
    },
    /// Read which files were imported.
    ReadImports,
    /// Read the lines of this import that could not be read.
    ReadRejected(u32),
    /// Put this text into the clipboard of the terminal.
    Copy(String),
    /// Have the browser open this link.
    OpenLink(String),
    /// Draw all of the screen again.
    Redraw,
    /// Give the terminal to the shell until it is given back.
    Suspend,
    /// Leave the program.
    Quit,
}

/// A path that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionRequest {
    /// Which request it is; what comes of an older one counts no more.
    pub number: u64,
    /// What is typed of it.
    pub typed: String,
    /// Whether only folders are of use.
    pub folders_only: bool,
}

/// How a batch of tag changes came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagWriteKind {
    /// The user tagged; the new batch gets this key.
    Apply(BatchKey),
    /// The user took this batch back.
    Undo(BatchKey),
    /// The user did this batch again.
    Redo(BatchKey),
}

/// One batch on its way to the tag log.
#[derive(Debug, Clone, PartialEq)]
pub struct TagWrite {
    /// Tagging, undo or redo.
    pub kind: TagWriteKind,
    /// When it was done, and what changes. A row may be another account's, or nobody's, by the time this is written; a name
    /// never is. What is taken back or done again has no basis.
    pub tags: NamedTags,
}
