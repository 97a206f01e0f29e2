//! The one thread that writes what takes time: imports and exports in the order in which they were asked for, each after
//! the tags that were made before.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crossbeam_channel::Receiver;

use super::connection::Shared;
use super::{Outbox, importing};
use crate::analysis::{Links, Roster};
use crate::app::{ImportOrder, Job, Message};
use crate::export;
use crate::jobs::Queue;
use crate::store::Store;

/// Something to be written.
pub(super) enum Write {
    /// Goes on once the tags that were asked for before are on disk.
    AfterTags(Receiver<()>),
    Import(ImportOrder),
    TakeBack(u32),
    Export {
        path: PathBuf,
        roster: Arc<Roster>,
        links: Arc<Links>,
    },
}

/// What the thread works with.
pub(super) struct Writer {
    cache: Shared,
    outbox: Outbox,
    import_cancelled: Arc<AtomicBool>,
}

impl Writer {
    /// Starts the thread.
    pub fn spawn(cache: Shared, outbox: Outbox, import_cancelled: &Arc<AtomicBool>) -> std::io::Result<Queue<Write>> {
        let writer = Self { cache, outbox, import_cancelled: Arc::clone(import_cancelled) };
        Queue::spawn("writer", move |request| writer.write(request))
    }

    fn write(&self, request: Write) {
        let message = match request {
            Write::AfterTags(told) => {
                // Nothing is ever sent: the other end is dropped when it is time, or when its thread is gone.
                let _ = told.recv();
                None
            }
            Write::Export { path, roster, links } => {
                let exported = self.cache.with(|store| export_tagged(store, &path, &roster, &links));
                Some(exported.unwrap_or_else(Message::WorkFailed))
            }
            Write::Import(order) => {
                Some(self.changed(|store| importing::import_files(store, &order, &self.outbox, &self.import_cancelled)))
            }
            Write::TakeBack(import) => Some(self.changed(|store| importing::take_back(store, import))),
        };
        // Nobody listens once the program is left.
        let _ = message.map(|message| self.outbox.send(message));
    }

    /// What became of a change of the data.
    fn changed(&self, change: impl FnOnce(&mut Store) -> Message) -> Message {
        let job = Job::Importing;
        self.cache.with(|store| Ok(change(store))).unwrap_or_else(|reason| Message::Made {
            job,
            generation: 0,
            made: Err(reason),
        })
    }
}

fn export_tagged(store: &Store, path: &Path, roster: &Roster, links: &Links) -> Result<Message, String> {
    let output = export::Output::to(path, store).map_err(|error| error.to_string())?;
    let document = store.snapshot(|store| {
        if [roster.data_version, links.data_version()] != [store.data_version()?; 2] {
            // Tags of this data would be joined with accounts or links of other data.
            return Ok(None);
        }
        let (accounts, incidence) = (roster.accounts(), &links.incidence);
        export::tagged_accounts(&export::Source { store, accounts, incidence, graph: &links.graph }, &[]).map(Some)
    });
    let changed = "Nothing was exported: the data has just changed. Export again once it is read and linked.";
    let document = document.map_err(|error: export::ExportError| error.to_string())?.ok_or(changed)?;
    let text = export::to_json(&document).map_err(|error| error.to_string())?;
    output.create(|file| file.write_all(&text)).map_err(|error| error.to_string())?;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (accounts, under_others) = (document.accounts.len(), document.tagged_under_others());
    Ok(Message::Exported { accounts, under_others, path })
}
