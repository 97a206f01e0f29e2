//! The thread that writes tags. It waits for nothing else, so that a tag is on disk at once, also while an import runs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::Sender;

use super::Outbox;
use super::connection::Connection;
use crate::app::{BatchKey, Message, TagWrite, TagWriteKind};
use crate::jobs::Queue;
use crate::model::{TagBatchKind, TagSource};
use crate::store::{CacheFile, Store};

/// What the thread is asked for.
pub(super) enum Tagging {
    Write(TagWrite),
    /// Dropped once all that was asked for before is on disk.
    Tell(Sender<()>),
}

/// Why tags could not be saved; said once more when the program ends, since a notice passes.
pub(super) type Unsaved = Arc<Mutex<Vec<String>>>;

/// The numbers that the log gave to batches of this session.
type Numbers = HashMap<BatchKey, u64>;

/// Starts the thread.
pub(super) fn spawn(cache: CacheFile, outbox: Outbox, unsaved: &Unsaved) -> std::io::Result<Queue<Tagging>> {
    let mut connection = Connection::to(cache);
    let mut numbers = Numbers::new();
    let unsaved = Arc::clone(unsaved);
    Queue::spawn("tagger", move |asked| {
        let write = match asked {
            Tagging::Write(write) => write,
            Tagging::Tell(told) => return drop(told),
        };
        let written = connection.get().and_then(|store| write_tags(store, &write, &mut numbers));
        // What could not be saved is said; nobody waits for it any longer.
        if let Err(reason) = written {
            let message = Message::Failed(format!("The tags were NOT saved: {reason}"));
            unsaved.lock().unwrap_or_else(PoisonError::into_inner).push(reason);
            // Nobody listens once the program is left.
            let _ = outbox.send(message);
        }
        let _ = outbox.send(Message::TagsSaved);
    })
}

fn write_tags(store: &mut Store, write: &TagWrite, numbers: &mut Numbers) -> Result<(), String> {
    let number = |key: BatchKey| match key {
        BatchKey::Logged(number) => Some(number),
        BatchKey::Pending(_) => numbers.get(&key).copied(),
    };
    let lost = || "the action it takes back was not saved either; leave and start again".to_owned();
    let kind = match write.kind {
        TagWriteKind::Apply(_) => TagBatchKind::Apply,
        TagWriteKind::Undo(key) => TagBatchKind::Undo { of: number(key).ok_or_else(lost)? },
        TagWriteKind::Redo(key) => TagBatchKind::Redo { of: number(key).ok_or_else(lost)? },
    };
    let appended = store.append_tags(kind, TagSource::Interface, write.at, &write.changes);
    let number = appended.map_err(|error| error.to_string())?;
    if let TagWriteKind::Apply(key) = write.kind {
        numbers.insert(key, number);
    }
    Ok(())
}
