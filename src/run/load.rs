//! Reads the cache and links its accounts, telling how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Outbox;
use super::tagger::seen;
use crate::analysis::{LinkingError, Links, Roster};
use crate::app::{Fresh, Head, LinkRequest, Message, TagBook};
use crate::graph::{GraphError, Task};
use crate::import::{ImportError, ImportProgress, ImportRequest, import};
use crate::model::LinkParameters;
use crate::store::{CacheFile, Store, StoreError};

/// What the loader is to do.
pub(super) struct Load {
    /// The cache.
    pub cache: CacheFile,
    /// What to import before.
    pub import_first: Option<ImportRequest>,
    /// What links depend on.
    pub parameters: LinkParameters,
    /// Set by the user to stop it.
    pub cancelled: Arc<AtomicBool>,
}

/// Loads and links; every outcome is a message.
pub(super) fn load(request: &Load, outbox: &Outbox) {
    if let Err(reason) = try_load(request, outbox) {
        let _ = outbox.send(Message::WorkFailed(reason));
    }
}

fn try_load(request: &Load, outbox: &Outbox) -> Result<(), String> {
    let mut store = request.cache.connect().map_err(|error| error.to_string())?;
    if let Some(wanted) = &request.import_first {
        let progress = Report { outbox, cancelled: &request.cancelled };
        match import(&mut store, wanted, &progress) {
            // What was read before stays and is worth looking at.
            Ok(_) | Err(ImportError::Cancelled) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    store.snapshot(|store| read(store, request, outbox)).map_err(|error: StoreError| error.to_string())?;
    if let Some(reason) = store.read_only() {
        let note = format!("The cache can only be read ({reason}): tags, imports and parameters cannot be kept.");
        let _ = outbox.send(Message::Failed(note));
    }
    Ok(())
}

/// Reads the cache, all of it in one state, and links its accounts.
fn read(store: &Store, request: &Load, outbox: &Outbox) -> Result<(), StoreError> {
    let _ = outbox.send(Message::Working("reading", 0.0));
    let _ = outbox.send(opened(store)?);
    // A progress report is dropped rather than waited for: the next one says more.
    let progress = |done| drop(outbox.try_send(Message::Working("reading", done)));
    let roster = Arc::new(Roster::load(store, &progress)?);
    let _ = outbox.send(Message::Loaded(Arc::clone(&roster)));
    let cancelled = || request.cancelled.load(Ordering::Relaxed);
    let parameters = request.parameters.clone();
    link(store, &LinkRequest { generation: 0, parameters, roster, before: None }, outbox, &cancelled);
    Ok(())
}

/// What can be looked at while all accounts are read.
fn opened(store: &Store) -> Result<Message, StoreError> {
    let tags = Box::new(reread(store, false)?);
    let (accounts, counted) = store.first_accounts(Head::ACCOUNTS)?;
    let head = Box::new(Head::new(accounts, store.account_count()?, counted));
    Ok(Message::Opened { head, tags })
}

/// Reads anew what another program changed.
pub(super) fn reread(store: &Store, accounts: bool) -> Result<Fresh, StoreError> {
    Ok(Fresh {
        seen: seen(store)?,
        tags: TagBook::from_events(store.current_tags()?),
        log: store.tag_log()?,
        roster: accounts.then(|| Roster::load(store, &|_| {}).map(Arc::new)).transpose()?,
    })
}

/// Links accounts by one state of the cache, or says why they cannot be.
pub(super) fn linked(store: &Store, request: &LinkRequest, outbox: &Outbox, cancelled: &(dyn Fn() -> bool + Sync)) {
    let linked = store.snapshot(|store| {
        link(store, request, outbox, cancelled);
        Ok(())
    });
    if let Err(error) = linked as Result<(), StoreError> {
        let (generation, reason) = (request.generation, error.to_string());
        let _ = outbox.send(Message::LinkingFailed { generation, reason });
    }
}

/// Links accounts, telling how far it is. A request that was cancelled says nothing more.
fn link(store: &Store, request: &LinkRequest, outbox: &Outbox, cancelled: &(dyn Fn() -> bool + Sync)) {
    let generation = request.generation;
    let _ = outbox.send(Message::Linking { generation, done: 0.0 });
    // A progress report is dropped rather than waited for: the next one says more.
    let progress = |done| drop(outbox.try_send(Message::Linking { generation, done }));
    let task = Task { progress: &progress, cancelled };
    match Links::build(store, request.roster.accounts(), &request.parameters, &task) {
        Ok(links) => {
            let links = Arc::new(links);
            // Pictures are those of the accounts that were read before: of other data they must not be kept.
            let of_one_state = links.data_version() == request.roster.data_version;
            let changes = request.before.as_ref().map(|before| links.changes_since(before));
            let _ = outbox.send(Message::Linked { generation, links: Arc::clone(&links), changes });
            // Links that cannot be kept, as in a cache that may only be read, are as good as others.
            if of_one_state {
                let _ = links.keep(store);
            }
        }
        Err(LinkingError::Graph(GraphError::Cancelled)) => {}
        Err(error) => {
            let _ = outbox.send(Message::LinkingFailed { generation, reason: error.to_string() });
        }
    }
}

struct Report<'a> {
    outbox: &'a Outbox,
    cancelled: &'a AtomicBool,
}

impl ImportProgress for Report<'_> {
    fn advanced(&self, done: u64, total: u64) {
        #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
        let share = done as f32 / total.max(1) as f32;
        drop(self.outbox.try_send(Message::Working("importing", share)));
    }

    fn pictures(&self, done: usize, total: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
        let share = done as f32 / total.max(1) as f32;
        drop(self.outbox.try_send(Message::Working("reading pictures", share)));
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
