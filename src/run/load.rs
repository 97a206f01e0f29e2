//! Reads the cache and links its accounts, telling how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::connection::{Shared, guarded};
use super::news::ImportNews;
use super::tagger::seen;
use super::{Outbox, hold_for_test, panic_for_test};
use crate::analysis::{AnalysisError, Links, Roster};
use crate::app::{Advance, Fresh, Head, Job, Made, Message, TagBook};
use crate::graph::{GraphError, Task};
use crate::import::{ImportError, ImportRequest, import};
use crate::model::LinkParameters;
use crate::store::Store;

/// What the loader is to do.
pub(super) struct Load {
    /// The cache.
    pub cache: Shared,
    /// What to import before.
    pub import_first: Option<ImportRequest>,
    /// What links depend on.
    pub parameters: LinkParameters,
    /// Set by the user to stop it; the accounts are read all the same.
    pub cancelled: Arc<AtomicBool>,
    /// Set when nobody waits for anything any more.
    pub leaving: Arc<AtomicBool>,
}

/// Loads and links; every outcome is a message.
pub(super) fn load(request: &Load, outbox: &Outbox) {
    if let Err(reason) = try_load(request, outbox) {
        let _ = outbox.send(Message::not_made(Job::Reading, 0, reason));
    }
}

fn try_load(request: &Load, outbox: &Outbox) -> Result<(), String> {
    request.cache.with(|store| {
        if let Some(wanted) = &request.import_first {
            let progress = ImportNews::of(Job::Reading, outbox, &request.cancelled);
            match import(store, wanted, &progress) {
                // What was read before stays and is worth looking at.
                Ok(_) | Err(ImportError::Cancelled) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        store.snapshot(|store| read(store, request, outbox)).map_err(|error: AnalysisError| error.to_string())?;
        if let Some(reason) = store.read_only() {
            let note = format!("The cache can only be read ({reason}): tags, imports and parameters cannot be kept.");
            let _ = outbox.send(Message::Failed(note));
        }
        Ok(())
    })
}

/// Reads the cache, all of it in one state, and links its accounts.
fn read(store: &Store, request: &Load, outbox: &Outbox) -> Result<(), AnalysisError> {
    let _ = outbox.send(Message::advanced(Job::Reading, 0, 0.0));
    let _ = outbox.send(opened(store)?);
    // A progress report is dropped rather than waited for: the next one says more.
    let progress = |done: f32| {
        let news = Advance { what: Some(Job::Reading.words()), ..done.into() };
        drop(outbox.try_send(Message::advanced(Job::Reading, 0, news)));
    };
    let leaving = || request.leaving.load(Ordering::Relaxed);
    hold_for_test("reading", leaving);
    let roster = Arc::new(Roster::load(store, &Task { progress: &progress, cancelled: &leaving })?);
    let _ = outbox.send(Message::made(0, Made::Roster(Arc::clone(&roster))));
    let (job, generation) = (Job::Links, 0);
    let progress = |done: f32| drop(outbox.try_send(Message::advanced(job, generation, done)));
    let task = Task { progress: &progress, cancelled: &|| request.cancelled.load(Ordering::Relaxed) };
    let linked = || {
        link(store, (&request.parameters, &roster, None), generation, outbox, &task).map_err(|error| error.to_string())
    };
    if let Err(reason) = guarded(linked) {
        let _ = outbox.send(Message::not_made(job, generation, reason));
    }
    Ok(())
}

/// What can be looked at while all accounts are read.
fn opened(store: &Store) -> Result<Message, AnalysisError> {
    let tags = Box::new(reread(store, false, &Task::UNWATCHED)?);
    let (accounts, counted) = store.first_accounts(Head::ACCOUNTS)?;
    let head = Box::new(Head::new(accounts, store.account_count()?, counted));
    Ok(Message::Opened { head, tags })
}

/// Reads anew what another program changed.
pub(super) fn reread(store: &Store, accounts: bool, task: &Task<'_>) -> Result<Fresh, AnalysisError> {
    Ok(Fresh {
        seen: seen(store)?,
        tags: TagBook::from_events(store.current_tags()?),
        log: store.tag_log()?,
        roster: accounts.then(|| Roster::load(store, task).map(Arc::new)).transpose()?,
    })
}

/// Links accounts by these parameters, tells the links and how they differ from those before, and keeps them.
///
/// # Errors
/// Fails where they cannot be linked. What is cancelled is told of no more.
pub(super) fn link(
    store: &Store,
    (parameters, roster, before): (&LinkParameters, &Roster, Option<&Links>),
    generation: u64,
    outbox: &Outbox,
    task: &Task<'_>,
) -> Result<(), AnalysisError> {
    let _ = outbox.send(Message::advanced(Job::Links, generation, 0.0));
    panic_for_test("linking");
    hold_for_test("linking", task.cancelled);
    let links = match Links::build_after(before, store, roster.accounts(), parameters, task) {
        Err(AnalysisError::Graph(GraphError::Cancelled)) => return Ok(()),
        links => Arc::new(links?),
    };
    let changes = before.map(|before| links.changes_since(before));
    let _ = outbox.send(Message::made(generation, Made::Links { links: Arc::clone(&links), changes }));
    // Pictures are those of the accounts that were read before: of other data they must not be kept. Links that cannot be
    // kept, as in a cache that may only be read, are as good as others.
    if links.data_version() == roster.data_version {
        let _ = links.keep(store);
    }
    Ok(())
}
