//! What an update asks `run.rs` to do outside the state.

use std::path::PathBuf;
use std::sync::Arc;

use super::history::BatchKey;
use super::{ImportOrder, Job, ListRequest};
use crate::analysis::{Kept, Links, Roster};
use crate::model::{AccountId, AccountKey, AvatarId, LinkParameters, NamedTags, ObjectId, TagChange, Timestamp};

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
    /// Write the tagged accounts to a file that must not exist yet.
    Export(PathBuf),
    /// Link the accounts anew; a request that still waits or is under way is dropped for this one.
    Link(LinkRequest),
    /// Look how a path can go on; a request that still waits is dropped for this one.
    Complete(CompletionRequest),
    /// Import files, after all tags that were written before.
    Import(ImportOrder),
    /// Stop importing.
    CancelImport,
    /// Read anew what another program changed: the tags, and where the data changed the accounts too; a request that still
    /// waits is dropped for this one.
    Reread {
        /// Whether the accounts are wanted.
        accounts: bool,
    },
    /// Take the import with this number back.
    TakeBack(u32),
    /// Read which files were imported.
    ReadImports,
    /// Read the lines of this import that could not be read.
    ReadRejected(u32),
    /// Group the pictures; a request that still waits or is under way is dropped for this one.
    GroupPictures(GroupRequest),
    /// Find clusters; a request that still waits or is under way is dropped for this one.
    FindClusters(ClusterRequest),
    /// Audit accounts; a request that still waits or is under way is dropped for this one.
    Audit(AuditRequest),
    /// Find a path; a request that still waits or is under way is dropped for this one.
    FindPath(PathRequest),
    /// Read the signals of all accounts; a request that still waits or is under way is dropped for this one.
    ReadSignals(SignalsRequest),
    /// Stop a job.
    Cancel(Job),
    /// Stop linking.
    CancelLinking,
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
    /// What is typed of it.
    pub of: String,
    /// Whether only folders are of use.
    pub folders_only: bool,
}

/// What is to be linked, and how.
#[derive(Debug, Clone)]
pub struct LinkRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// What links accounts.
    pub parameters: LinkParameters,
    /// The accounts.
    pub roster: Arc<Roster>,
    /// The links before, to say what changed.
    pub before: Option<Arc<Links>>,
}

/// Which links are to be cut into clusters.
#[derive(Debug, Clone)]
pub struct ClusterRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Their links.
    pub links: Arc<Links>,
}

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

/// Of which data signals are to be read.
#[derive(Debug, Clone)]
pub struct SignalsRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Their links, in whose clusters handles are compared.
    pub links: Arc<Links>,
}

/// What is to be grouped, and how.
#[derive(Debug, Clone)]
pub struct GroupRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// When pictures are alike.
    pub parameters: LinkParameters,
    /// The accounts.
    pub roster: Arc<Roster>,
}

/// Between whom a path is to be found.
#[derive(Debug, Clone)]
pub struct PathRequest {
    /// Which request it is; what comes back of an older one counts no more.
    pub generation: u64,
    /// The two accounts.
    pub ends: [AccountId; 2],
    /// The links that a path may use.
    pub links: Arc<Links>,
    /// How many accounts the data has, to say which targets are popular.
    pub accounts: u64,
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
    /// When it was done.
    pub at: Timestamp,
    /// What changes. A row may be another account's, or nobody's, by the time this is written; a name never is.
    pub changes: Vec<TagChange<AccountKey>>,
    /// What links accounts at that moment; none of what is taken back or done again.
    pub basis: Option<Arc<LinkParameters>>,
}

impl From<TagWrite> for NamedTags {
    fn from(write: TagWrite) -> Self {
        Self { at: write.at, basis: write.basis, changes: write.changes }
    }
}
