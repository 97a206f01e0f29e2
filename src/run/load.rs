//! Reads the cache and links its accounts, telling how far it is.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Outbox;
use crate::app::{History, LinkingError, Links, Message, Roster, TagBook};
use crate::graph::GraphError;
use crate::import::{ImportError, ImportProgress, ImportRequest, import};
use crate::model::LinkParameters;
use crate::store::Store;

/// What the loader is to do.
pub(super) struct Load {
    /// The cache.
    pub cache: std::path::PathBuf,
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
    let mut store = open(&request.cache)?;
    if let Some(wanted) = &request.import_first {
        let progress = Report { outbox, cancelled: &request.cancelled };
        match import(&mut store, wanted, &progress) {
            // What was read before stays and is worth looking at.
            Ok(_) | Err(ImportError::Cancelled) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    let _ = outbox.send(Message::Working("reading", 0.0));
    let roster = Arc::new(Roster::load(&store).map_err(|error| error.to_string())?);
    let tags = TagBook::from_events(store.current_tags().map_err(|error| error.to_string())?);
    let history = History::from_log(store.tag_log().map_err(|error| error.to_string())?);
    let _ = outbox.send(Message::Loaded { roster: Arc::clone(&roster), tags, history });
    let cancelled = || request.cancelled.load(Ordering::Relaxed);
    let _ = outbox.send(link(&store, &roster, &request.parameters, outbox, &cancelled)?);
    Ok(())
}

/// Links the accounts of `roster`, telling how far it is.
pub(super) fn link(
    store: &Store,
    roster: &Roster,
    parameters: &LinkParameters,
    outbox: &Outbox,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Message, String> {
    let _ = outbox.send(Message::Working("linking", 0.0));
    // A progress report is dropped rather than waited for: the next one says more.
    let progress = |done| drop(outbox.try_send(Message::Working("linking", done)));
    match Links::build(store, roster.accounts(), parameters, &progress, cancelled) {
        Ok(links) => Ok(Message::Linked(Arc::new(links))),
        Err(LinkingError::Graph(GraphError::Cancelled)) => Ok(Message::LinkingCancelled),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn open(cache: &Path) -> Result<Store, String> {
    Store::open(cache).map_err(|error| error.to_string())
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

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
