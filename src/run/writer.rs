//! The one thread that writes: tags, imports and exports in the order in which they were asked for, so that a tag is
//! in the log before a file is taken back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::connection::Connection;
use super::{Outbox, importing};
use crate::app::{BatchKey, ImportOrder, ImportOutcome, Links, Message, Roster, TagWrite, TagWriteKind};
use crate::export;
use crate::jobs::Queue;
use crate::model::{TagBatchKind, TagSource};
use crate::store::Store;

/// Something to be written.
pub(super) enum Write {
    Tags(TagWrite),
    Import(ImportOrder),
    TakeBack(u32),
    Export { path: PathBuf, roster: Arc<Roster>, links: Arc<Links> },
}

/// Why tags could not be saved; said once more when the program ends, since a notice passes.
pub(super) type Unsaved = Arc<Mutex<Vec<String>>>;

/// The numbers that the log gave to batches of this session.
type Numbers = HashMap<BatchKey, u64>;

/// What the thread works with.
pub(super) struct Writer {
    connection: Connection,
    numbers: Numbers,
    outbox: Outbox,
    unsaved: Unsaved,
    import_cancelled: Arc<AtomicBool>,
}

impl Writer {
    /// Starts the thread.
    pub fn spawn(
        cache: PathBuf,
        outbox: Outbox,
        unsaved: &Unsaved,
        import_cancelled: &Arc<AtomicBool>,
    ) -> std::io::Result<Queue<Write>> {
        let mut writer = Self {
            connection: Connection::to(cache),
            numbers: Numbers::new(),
            outbox,
            unsaved: Arc::clone(unsaved),
            import_cancelled: Arc::clone(import_cancelled),
        };
        Queue::spawn("writer", move |request| writer.write(request))
    }

    fn write(&mut self, request: Write) {
        let message = match request {
            Write::Tags(write) => match self.connection.get() {
                Ok(store) => write_tags(store, &write, &mut self.numbers).err().map(|reason| self.lost(reason)),
                Err(reason) => Some(self.lost(reason)),
            },
            Write::Export { path, roster, links } => {
                let exported = self.connection.get().and_then(|store| export_tagged(store, &path, &roster, &links));
                Some(exported.unwrap_or_else(Message::WorkFailed))
            }
            Write::Import(order) => Some(match self.connection.get() {
                Ok(store) => importing::import_files(store, &order, &self.outbox, &self.import_cancelled),
                Err(reason) => failed(reason),
            }),
            Write::TakeBack(import) => Some(match self.connection.get() {
                Ok(store) => importing::take_back(store, import),
                Err(reason) => failed(reason),
            }),
        };
        // Nobody listens once the program is left.
        let _ = message.map(|message| self.outbox.send(message));
    }

    fn lost(&self, reason: String) -> Message {
        let message = Message::Failed(format!("The tags were NOT saved: {reason}"));
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).push(reason);
        message
    }
}

fn failed(reason: String) -> Message {
    Message::ImportEnded { outcome: ImportOutcome::Failed(reason), roster: None }
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

fn export_tagged(store: &Store, path: &Path, roster: &Roster, links: &Links) -> Result<Message, String> {
    let source =
        export::Source { store, accounts: roster.accounts(), incidence: &links.incidence, graph: &links.graph };
    let document = export::tagged_accounts(&source, &[]).map_err(|error| error.to_string())?;
    export::write_new(path, &document).map_err(|error| error.to_string())?;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok(Message::Exported { accounts: document.accounts.len(), path })
}
