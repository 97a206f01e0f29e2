//! The threads behind the interface. SQLite and matching never run on the thread that draws.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, bail};

use super::load::{Load, link, load, open};
use super::{Outbox, Session};
use crate::app::{
    BatchKey, Effect, LinkRequest, Links, ListRequest, Message, Notice, Roster, State, TagWrite, TagWriteKind, list,
};
use crate::export;
use crate::jobs::{Latest, Queue, Ticket};
use crate::model::{AvatarId, LinkParameters, ObjectId, TagBatchKind, TagSource};
use crate::store::Store;

enum Read {
    Objects(Vec<ObjectId>),
    Thumbnails(Vec<AvatarId>),
}

enum Write {
    Tags(TagWrite),
    Export { path: PathBuf, roster: Arc<Roster>, links: Arc<Links> },
}

/// Every worker of a session.
pub(super) struct Workers {
    loader: JoinHandle<()>,
    cancelled: Arc<AtomicBool>,
    lister: Latest<ListRequest>,
    linker: Latest<LinkRequest>,
    reader: Queue<Read>,
    writer: Queue<Write>,
    unsaved: Unsaved,
}

/// Why tags could not be saved; said once more when the program ends, since a notice passes.
type Unsaved = Arc<Mutex<Vec<String>>>;

impl Workers {
    /// Starts them all; loading begins at once.
    pub(super) fn spawn(session: Session, outbox: Outbox, parameters: LinkParameters) -> Result<Self> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let cache = session.cache;
        let request = Load {
            cache: cache.clone(),
            import_first: session.import_first,
            parameters,
            cancelled: Arc::clone(&cancelled),
        };
        let messages = outbox.clone();
        let unsaved = Unsaved::default();
        let loader = thread::Builder::new().name("loader".to_owned()).spawn(move || load(&request, &messages));
        Ok(Self {
            loader: loader.context("cannot start the loader")?,
            cancelled,
            linker: spawn_linker(cache.clone(), outbox.clone()).context("cannot start the linker")?,
            lister: spawn_lister(outbox.clone()).context("cannot start the lister")?,
            reader: spawn_reader(cache.clone(), outbox.clone()).context("cannot start the reader")?,
            writer: spawn_writer(cache, outbox, Arc::clone(&unsaved)).context("cannot start the writer")?,
            unsaved,
        })
    }

    /// Carries out what an update asked for.
    pub(super) fn carry_out(&self, effects: Vec<Effect>, state: &mut State) {
        for effect in effects {
            let taken = match effect {
                Effect::List(request) => {
                    self.lister.submit(request);
                    true
                }
                Effect::ReadObjects(ids) => self.reader.submit(Read::Objects(ids)),
                Effect::ReadThumbnails(ids) => self.reader.submit(Read::Thumbnails(ids)),
                Effect::WriteTags(write) => self.writer.submit(Write::Tags(write)),
                Effect::Export(path) => self.export(path, state),
                Effect::Link(request) => {
                    // The first links are the loader's work; it must not go on beside the linker.
                    self.cancelled.store(true, Ordering::Relaxed);
                    self.linker.submit(request);
                    true
                }
                Effect::CancelLinking | Effect::Quit => {
                    self.cancelled.store(true, Ordering::Relaxed);
                    self.linker.cancel();
                    true
                }
            };
            if !taken {
                let lost = "A worker stopped, which is a fault of the program: leave and start again.";
                self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).push(lost.to_owned());
                state.notice = Some(Notice::error(lost));
            }
        }
    }

    fn export(&self, path: PathBuf, state: &mut State) -> bool {
        let (Some(roster), Some(links)) = (state.roster.clone(), state.links.clone()) else {
            let wait = "Nothing was exported: the links are not known yet. Export again when linking is done.";
            state.progress = None;
            state.notice = Some(Notice::error(wait));
            return true;
        };
        self.writer.submit(Write::Export { path, roster, links })
    }

    /// Waits until every tag is in the cache and every export on disk.
    ///
    /// # Errors
    /// Says what could not be saved.
    pub(super) fn finish(self) -> Result<()> {
        self.cancelled.store(true, Ordering::Relaxed);
        drop(self.writer);
        drop(self.reader);
        drop(self.lister);
        drop(self.linker);
        let _ = self.loader.join();
        let unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        match unsaved.as_slice() {
            [] => Ok(()),
            [first, ..] => bail!("{} times tags were not saved; the first time: {first}", unsaved.len()),
        }
    }
}

fn spawn_lister(outbox: Outbox) -> std::io::Result<Latest<ListRequest>> {
    Latest::spawn("lister", move |request: ListRequest, ticket: &Ticket| {
        let listed = list(&request, &|| ticket.is_cancelled());
        if let Some(rows) = listed.filter(|_| !ticket.is_cancelled()) {
            drop(outbox.send(Message::Listed(rows)));
        }
    })
}

fn spawn_linker(cache: PathBuf, outbox: Outbox) -> std::io::Result<Latest<LinkRequest>> {
    let mut connection = Connection { cache, store: None };
    Latest::spawn("linker", move |request: LinkRequest, ticket: &Ticket| match connection.get() {
        Ok(store) => link(store, &request, &outbox, &|| ticket.is_cancelled()),
        Err(reason) => {
            drop(outbox.send(Message::LinkingFailed { generation: request.generation, reason }));
        }
    })
}

/// A connection that is opened at the first use and kept.
struct Connection {
    cache: PathBuf,
    store: Option<Store>,
}

impl Connection {
    fn get(&mut self) -> Result<&mut Store, String> {
        match &mut self.store {
            Some(store) => Ok(store),
            empty => Ok(empty.insert(open(&self.cache)?)),
        }
    }
}

fn spawn_reader(cache: PathBuf, outbox: Outbox) -> std::io::Result<Queue<Read>> {
    let mut connection = Connection { cache, store: None };
    Queue::spawn("reader", move |request| {
        let answer = connection.get().and_then(|store| read(store, request));
        drop(outbox.send(answer.unwrap_or_else(Message::Failed)));
    })
}

fn read(store: &Store, request: Read) -> Result<Message, String> {
    match request {
        Read::Objects(ids) => store.objects(&ids).map(Message::Objects).map_err(|error| error.to_string()),
        Read::Thumbnails(ids) => {
            let pictures = ids.into_iter().map(|id| Ok((id, store.thumbnail(id)?)));
            pictures
                .collect::<Result<_, crate::store::StoreError>>()
                .map(Message::Thumbnails)
                .map_err(|e| e.to_string())
        }
    }
}

fn spawn_writer(cache: PathBuf, outbox: Outbox, unsaved: Unsaved) -> std::io::Result<Queue<Write>> {
    let mut connection = Connection { cache, store: None };
    let mut numbers = HashMap::new();
    Queue::spawn("writer", move |request| match request {
        Write::Tags(write) => {
            if let Err(reason) = connection.get().and_then(|store| write_tags(store, &write, &mut numbers)) {
                unsaved.lock().unwrap_or_else(PoisonError::into_inner).push(reason.clone());
                drop(outbox.send(Message::Failed(format!("The tags were NOT saved: {reason}"))));
            }
        }
        Write::Export { path, roster, links } => {
            let exported = connection.get().and_then(|store| export_tagged(store, &path, &roster, &links));
            drop(outbox.send(exported.unwrap_or_else(Message::WorkFailed)));
        }
    })
}

fn write_tags(store: &mut Store, write: &TagWrite, numbers: &mut HashMap<BatchKey, u64>) -> Result<(), String> {
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
