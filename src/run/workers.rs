//! The threads behind the interface. SQLite and matching never run on the thread that draws.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};
use crossbeam_channel::bounded;
use rayon::ThreadPoolBuilder;

use super::completion::at_home;
use super::connection::{Shared, guarded};
use super::importing::Stop;
use super::keeper::{self, LastKept};
use super::load::{Load, load, reread};
use super::tagger::{self, Tagging};
use super::unsaved::Unsaved;
use super::watch::Watch;
use super::work::JobThreads;
use super::writer::{Write, Writer};
use super::{Outbox, completion, importing, panic_for_test};
use crate::analysis::{AnalysisError, Kept};
use crate::app::{
    CompletionRequest, Effect, Job, ListRequest, Message, Notice, Order, SearchMemory, State, Unread, Work, list,
};
use crate::graph::Task;
use crate::import::ImportRequest;
use crate::jobs::{Latest, Queue, Ticket};
use crate::model::{AccountId, AvatarId, LinkParameters, ObjectId, Picture};
use crate::store::{Access, Store, StoreError};

enum Read {
    Objects(Vec<ObjectId>),
    Evidence((AccountId, AccountId), Vec<ObjectId>),
    Pictures(Vec<AvatarId>),
    Imports,
    Rejected(u32),
}

impl Read {
    /// What the state would ask for once only, and asks for again where it cannot be read.
    fn wanted(&self) -> Unread {
        match self {
            Self::Objects(ids) => Unread { objects: ids.clone(), ..Unread::default() },
            Self::Pictures(ids) => Unread { pictures: ids.clone(), ..Unread::default() },
            Self::Evidence(..) | Self::Imports | Self::Rejected(_) => Unread::default(),
        }
    }
}

/// What the workers of a session begin with.
pub(super) struct Start {
    /// The cache.
    pub cache: PathBuf,
    /// The folder for tags that the cache does not take.
    pub rescue: PathBuf,
    /// What to import before anything else.
    pub import_first: Option<ImportRequest>,
    /// What links depend on.
    pub parameters: LinkParameters,
    /// What the cache kept of that, if anything.
    pub kept: Option<LinkParameters>,
    /// Where it is noted what could not be saved.
    pub unsaved: Unsaved,
}

/// Every worker of a session. Dropping them has them stop what nobody waits for, and waits until every tag is in the cache and
/// every export on disk: they end in this order, so that what the user said is written before anything else is waited for.
/// Nobody may hold back what they send meanwhile.
pub(super) struct Workers {
    tagger: Queue<Tagging>,
    writer: Queue<Write>,
    /// Behind the writer: an import that held the cache has ended.
    keeper: Queue<Kept>,
    _watch: Watch,
    rereader: Latest<bool>,
    reader: Queue<Read>,
    lister: Latest<ListRequest>,
    completer: Latest<CompletionRequest>,
    jobs: JobThreads,
    _loader: Queue<Load>,
    cancelled: Arc<AtomicBool>,
    import_cancelled: Arc<AtomicBool>,
    leaving: Arc<AtomicBool>,
    unsaved: Unsaved,
}

impl Workers {
    /// Starts them all; loading begins at once.
    pub(super) fn spawn(start: Start, outbox: &Outbox) -> Result<Self> {
        let Start { cache, rescue, import_first, parameters, kept, unsaved } = start;
        // Every thread works on this very file, whatever lies in its place later.
        let cache = Store::open_for(&cache, Access::Work)?;
        let cache = cache.file().context("the cache is no file")?.clone();
        let (quick, working) = (Shared::to(cache.clone(), 1), Shared::to(cache, 2));
        let [cancelled, import_cancelled, leaving] = [(); 3].map(|()| Arc::new(AtomicBool::new(false)));
        let first = Load {
            cache: working.clone(),
            import_first,
            parameters,
            cancelled: Arc::clone(&cancelled),
            leaving: Arc::clone(&leaving),
        };
        let stop = Stop { cancelled: Arc::clone(&import_cancelled), leaving: Arc::clone(&leaving) };
        let last_kept = LastKept::found(kept);
        let reader = spawn_reader(quick.clone(), outbox.clone(), Arc::clone(&leaving));
        let rereader = spawn_rereader(quick.clone(), working.clone(), outbox.clone());
        Ok(Self {
            completer: spawn_completer(outbox.clone()).context("cannot start the completer")?,
            jobs: JobThreads::spawn(&working, outbox).context("cannot start the threads that work")?,
            lister: spawn_lister(outbox.clone()).context("cannot start the lister")?,
            reader: reader.context("cannot start the reader")?,
            rereader: rereader.context("cannot start the rereader")?,
            _watch: Watch::spawn(quick.clone(), outbox.clone(), last_kept.clone())
                .context("cannot start watching the cache")?,
            tagger: tagger::spawn(quick.clone(), outbox.clone(), &unsaved, rescue)
                .context("cannot start the tagger")?,
            keeper: keeper::spawn(quick, outbox.clone(), last_kept).context("cannot start the keeper")?,
            writer: Writer::spawn(working, outbox.clone(), stop).context("cannot start the writer")?,
            // The last one: where another cannot be started, nothing that takes long is to be waited for.
            _loader: spawn_loader(first, outbox.clone()).context("cannot start the loader")?,
            cancelled,
            import_cancelled,
            leaving,
            unsaved,
        })
    }

    /// Carries out what an update asked for.
    pub(super) fn carry_out(&self, effects: Vec<Effect>, state: &mut State) {
        for effect in effects {
            if !self.take(effect, state) {
                let lost = "A worker stopped, which is a fault of the program: leave and start again.";
                self.unsaved.note(lost.to_owned());
                state.notice = Some(Notice::error(lost));
            }
        }
    }

    /// False where the worker that it is for is gone.
    fn take(&self, effect: Effect, state: &mut State) -> bool {
        match effect {
            Effect::List(request) => return self.lister.submit(request),
            Effect::Complete(request) => return self.completer.submit(request),
            Effect::ReadObjects(ids) => return self.reader.submit(Read::Objects(ids)),
            Effect::ReadEvidence(pair, ids) => return self.reader.submit(Read::Evidence(pair, ids)),
            Effect::ReadPictures(ids) => return self.reader.submit(Read::Pictures(ids)),
            Effect::ReadImports => return self.reader.submit(Read::Imports),
            Effect::ReadRejected(import) => return self.reader.submit(Read::Rejected(import)),
            Effect::WriteTags(write) => return self.tagger.submit(Tagging::Write(write)),
            Effect::Keep(kept) => return self.keeper.submit(kept),
            Effect::RetryTags => return self.tagger.submit(Tagging::Retry),
            Effect::SaveTags(path) => return self.tagger.submit(Tagging::Save(at_home(&path), state.named_tags())),
            Effect::Reread { accounts } => return self.rereader.submit(accounts),
            Effect::Start(order) => return self.start(order),
            Effect::Cancel(job) => self.cancel(job),
            // The terminal's.
            Effect::Copy(_) | Effect::OpenLink(_) | Effect::Suspend | Effect::Redraw => {}
            Effect::Quit => self.stop(),
        }
        true
    }

    fn start(&self, order: Order) -> bool {
        match order.work {
            work @ (Work::Export { .. } | Work::Import(_) | Work::TakeBack(_)) => {
                if matches!(work, Work::Import(_)) {
                    // The one before has ended: the state asks for no second one.
                    self.import_cancelled.store(false, Ordering::Relaxed);
                }
                return self.after_tags(work);
            }
            // The first links are the loader's work; it must not go on beside those that are asked for.
            Work::Links { .. } => self.cancelled.store(true, Ordering::Relaxed),
            Work::Answer(..) => {}
        }
        self.jobs.start(order)
    }

    fn cancel(&self, job: Job) {
        match job {
            Job::Importing => self.import_cancelled.store(true, Ordering::Relaxed),
            Job::Reading | Job::Links => {
                self.cancelled.store(true, Ordering::Relaxed);
                self.jobs.cancel(Job::Links);
            }
            other => self.jobs.cancel(other),
        }
    }

    /// Asks for what rests on the tags that were made before.
    fn after_tags(&self, work: Work) -> bool {
        let (tell, tags_written) = bounded(0);
        self.tagger.submit(Tagging::Tell(tell))
            && self.writer.submit(Write::AfterTags(tags_written))
            && self.writer.submit(Write::Work(work))
    }

    /// Has all that nobody waits for any more end soon.
    fn stop(&self) {
        for told in [&self.leaving, &self.cancelled, &self.import_cancelled] {
            told.store(true, Ordering::Relaxed);
        }
        self.jobs.cancel_all();
        self.rereader.cancel();
        self.lister.cancel();
        self.completer.cancel();
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.stop();
    }
}

/// It loads once, at the beginning.
fn spawn_loader(first: Load, outbox: Outbox) -> Result<Queue<Load>> {
    let loader = Queue::spawn("loader", move |request| load(&request, &outbox))?;
    if loader.submit(first) { Ok(loader) } else { bail!("it is gone") }
}

fn spawn_lister(outbox: Outbox) -> std::io::Result<Latest<ListRequest>> {
    // Threads of its own: those that all others share are busy for seconds while accounts are linked.
    let threads = ThreadPoolBuilder::new().thread_name(|number| format!("lister {number}")).build();
    let threads = threads.map_err(std::io::Error::other)?;
    let mut memory = SearchMemory::default();
    Latest::spawn("lister", move |request: ListRequest, ticket: &Ticket| {
        let tell = |rows, whole| {
            if !ticket.is_cancelled() {
                drop(outbox.send(Message::Listed { number: request.number, rows, whole }));
            }
        };
        let cancelled = || ticket.is_cancelled();
        let rows =
            guarded(|| Ok(threads.install(|| list(&request, &mut memory, &cancelled, &|rows| tell(rows, false)))));
        match rows {
            Ok(Some(rows)) => tell(rows, true),
            Ok(None) => {}
            Err(reason) => drop(outbox.send(Message::NotListed { number: request.number, reason })),
        }
    })
}

fn spawn_completer(outbox: Outbox) -> std::io::Result<Latest<CompletionRequest>> {
    Latest::spawn("completer", move |request: CompletionRequest, ticket: &Ticket| {
        let found = guarded(|| {
            panic_for_test("completing");
            Ok(completion::candidates(&request, &|| ticket.is_cancelled()))
        });
        if ticket.is_cancelled() {
            return;
        }
        drop(outbox.send(match found {
            Ok(candidates) => Message::Completed { number: request.number, candidates },
            Err(reason) => Message::Failed(reason),
        }));
    })
}

fn spawn_reader(cache: Shared, outbox: Outbox, leaving: Arc<AtomicBool>) -> std::io::Result<Queue<Read>> {
    Queue::spawn("reader", move |request: Read| {
        if leaving.load(Ordering::Relaxed) {
            return;
        }
        let unread = request.wanted();
        let answer = cache.with(|store| {
            store.snapshot(|store| read(store, request, &outbox)).map_err(|error: StoreError| error.to_string())
        });
        drop(outbox.send(answer.unwrap_or_else(|reason| Message::NotRead { unread, reason })));
    })
}

/// Tags are read at once; accounts, which may be a million, not where tags wait to be written.
fn spawn_rereader(quick: Shared, working: Shared, outbox: Outbox) -> std::io::Result<Latest<bool>> {
    Latest::spawn("rereader", move |accounts, ticket: &Ticket| {
        let task = Task { cancelled: &|| ticket.is_cancelled(), ..Task::UNWATCHED };
        let read = if accounts { &working } else { &quick }.with(|store| {
            let read = store.snapshot(|store| reread(store, accounts, &task));
            read.map_err(|error: AnalysisError| error.to_string())
        });
        if ticket.is_cancelled() {
            return;
        }
        if let Err(reason) = &read {
            drop(outbox.send(Message::Failed(format!("What another program changed cannot be read: {reason}"))));
        }
        drop(outbox.send(Message::Reread(read.ok().map(Box::new))));
    })
}

fn read(store: &Store, request: Read, outbox: &Outbox) -> Result<Message, StoreError> {
    match request {
        Read::Objects(ids) => store.objects(&ids).map(Message::Objects),
        Read::Evidence(pair, ids) => store.objects(&ids).map(|objects| Message::Evidence(pair, objects)),
        Read::Pictures(ids) => read_pictures(store, ids, outbox).map(Message::Pictures),
        Read::Imports => store.imports().map(Message::Imports),
        Read::Rejected(import) => importing::rejected(store, import),
    }
}

/// One that is damaged is drawn as nothing, and said.
fn read_pictures(
    store: &Store,
    ids: Vec<AvatarId>,
    outbox: &Outbox,
) -> Result<Vec<(AvatarId, Option<Picture>)>, StoreError> {
    let mut damaged = None;
    let picture = |id| match store.picture(id) {
        Err(error @ StoreError::DamagedPicture) => {
            damaged = Some(error);
            Ok((id, None))
        }
        read => Ok((id, read?)),
    };
    let pictures = ids.into_iter().map(picture).collect::<Result<_, StoreError>>()?;
    if let Some(error) = damaged {
        drop(outbox.send(Message::Failed(error.to_string())));
    }
    Ok(pictures)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::analysis::Roster;
    use crate::app::{TagBook, TagFilter};
    use crate::model::ListOrder;
    use crate::model::{Account, Activity, Counts, Profile};

    #[test]
    fn a_list_does_not_wait_for_threads_that_others_keep_busy() {
        let account = |id: u32| {
            let profile = Profile { handle: Some(format!("lamp_{id}")), ..Profile::default() };
            Account {
                id: AccountId(id),
                platform: Default::default(),
                platform_id: id.to_string(),
                profile,
                avatar: None,
                activity: Activity::default(),
            }
        };
        let roster = Arc::new(Roster::new((1..=10_000).map(account).collect(), Counts::default()));
        let (outbox, messages) = bounded(4);
        let lister = spawn_lister(outbox).unwrap();
        let (let_go, held) = bounded::<()>(0);
        for _ in 0..rayon::current_num_threads() {
            let held = held.clone();
            rayon::spawn(move || {
                let _ = held.recv();
            });
        }
        for query in ["", "lamp"] {
            let request = ListRequest {
                number: 0,
                roster: Arc::clone(&roster),
                links: None,
                tags: TagBook::default(),
                query: query.to_owned(),
                filter: TagFilter::All,
                order: ListOrder::Handle,
            };
            assert!(lister.submit(request));
            let listed = messages.recv_timeout(Duration::from_secs(60));
            assert!(matches!(listed, Ok(Message::Listed { .. })), "{query:?}: {listed:?}");
        }
        drop(let_go);
    }

    #[test]
    fn the_reader_reads_nothing_for_who_leaves() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_for(&folder.path().join("cache.db"), Access::Work).unwrap();
        let cache = Shared::to(store.file().unwrap().clone(), 1);
        let told = |leaving: bool| {
            let (outbox, messages) = bounded(8);
            let reader = spawn_reader(cache.clone(), outbox, Arc::new(AtomicBool::new(leaving))).unwrap();
            for _ in 0..3 {
                assert!(reader.submit(Read::Pictures(vec![AvatarId(1)])));
            }
            drop(reader);
            messages.iter().count()
        };
        assert_eq!((told(false), told(true)), (3, 0));
    }
}
