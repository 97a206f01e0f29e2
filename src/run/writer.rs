//! The one thread that writes what takes time: imports and exports in the order in which they were asked for, each after
//! the tags that were made before.

use std::path::Path;

use crossbeam_channel::Receiver;

use super::completion::at_home;
use super::connection::Shared;
use super::importing::Stop;
use super::{Outbox, importing};
use crate::analysis::{Links, Roster};
use crate::app::{Made, Message, Work};
use crate::export;
use crate::jobs::Queue;
use crate::store::Store;

/// Something to be written.
pub(super) enum Write {
    /// Goes on once the tags that were asked for before are on disk.
    AfterTags(Receiver<()>),
    Work(Work),
}

/// What the thread works with.
pub(super) struct Writer {
    cache: Shared,
    outbox: Outbox,
    stop: Stop,
}

impl Writer {
    /// Starts the thread.
    pub fn spawn(cache: Shared, outbox: Outbox, stop: Stop) -> std::io::Result<Queue<Write>> {
        let writer = Self { cache, outbox, stop };
        Queue::spawn("writer", move |request| writer.write(request))
    }

    fn write(&self, request: Write) {
        let message = match request {
            Write::AfterTags(tags_written) => {
                // Nothing is ever sent: the other end is dropped when it is time, or when its thread is gone.
                let _ = tags_written.recv();
                None
            }
            Write::Work(work) => self.carry_out(work),
        };
        // Nobody listens once the program is left.
        let _ = message.map(|message| self.outbox.send(message));
    }

    /// Does what changes the data, or rests on all tags that were made before.
    fn carry_out(&self, work: Work) -> Option<Message> {
        let job = work.job();
        let done = self.cache.with(|store| match work {
            Work::Export { path, roster, links } => export_tagged(store, &at_home(&path), &roster, &links).map(Some),
            Work::Import(order) => Ok(Some(importing::import_files(store, &order, &self.outbox, &self.stop))),
            Work::TakeBack(import) => Ok(Some(importing::take_back(store, import, &self.stop))),
            // A job's that does not write.
            Work::Links { .. } | Work::Answer(..) => Ok(None),
        });
        match done {
            Ok(made) => made.map(|made| Message::made(0, made)),
            Err(reason) => Some(Message::not_made(job, 0, reason)),
        }
    }
}

fn export_tagged(store: &Store, path: &Path, roster: &Roster, links: &Links) -> Result<Made, String> {
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
    Ok(Made::Export { accounts, under_others, path })
}
