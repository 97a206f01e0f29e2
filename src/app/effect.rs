//! What an update asks `run.rs` to do outside the state.

use std::path::PathBuf;
use std::sync::Arc;

use super::history::BatchKey;
use super::{ListRequest, Roster};
use crate::model::{AvatarId, LinkParameters, ObjectId, TagChange, Timestamp};

/// Work for a worker.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Make the list anew; a request that still waits is dropped for this one.
    List(ListRequest),
    /// Read the texts of these shared objects.
    ReadObjects(Vec<ObjectId>),
    /// Read the small copies of these pictures.
    ReadThumbnails(Vec<AvatarId>),
    /// Append to the tag log.
    WriteTags(TagWrite),
    /// Write the tagged accounts to a file that must not exist yet.
    Export(PathBuf),
    /// Link the accounts anew.
    Link {
        /// What links them.
        parameters: LinkParameters,
        /// The accounts.
        roster: Arc<Roster>,
    },
    /// Stop linking.
    CancelLinking,
    /// Leave the program.
    Quit,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagWrite {
    /// Tagging, undo or redo.
    pub kind: TagWriteKind,
    /// When it was done.
    pub at: Timestamp,
    /// What changes.
    pub changes: Vec<TagChange>,
}
