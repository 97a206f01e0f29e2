//! Jobs: links, clusters, audits, signals, groups of pictures, paths. Of each kind the newest request wins; one at a time
//! works on the cache.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::Outbox;
use super::connection::{Shared, guarded};
use super::load::link;
use crate::analysis::{Audit, ClusterSet, FoundPath, LinkingError, SignalSet, Wall};
use crate::app::{Job, Made, Message, Order, Work};
use crate::graph::Task;
use crate::jobs::{Latest, Ticket};
use crate::store::Store;

const ALL: [Job; 6] = [Job::Links, Job::Clusters, Job::Audit, Job::Signals, Job::Pictures, Job::Path];

/// The threads that do jobs, one for each kind.
pub(super) struct JobThreads(BTreeMap<Job, Latest<Order>>);

impl JobThreads {
    /// Starts them.
    pub fn spawn(cache: &Shared, outbox: &Outbox) -> io::Result<Self> {
        let thread = |job: Job| {
            let (cache, outbox) = (cache.clone(), outbox.clone());
            let work = move |order: Order, ticket: &Ticket| carry_out(&cache, job, order, &outbox, ticket);
            Ok((job, Latest::spawn(job.words(), work)?))
        };
        ALL.into_iter().map(thread).collect::<io::Result<_>>().map(Self)
    }

    /// Begins a job; false where there is none of its kind.
    #[must_use]
    pub fn start(&self, order: Order) -> bool {
        let thread = self.0.get(&order.work.job());
        thread.map(|thread| thread.submit(order)).is_some()
    }

    /// Stops them all.
    pub fn cancel_all(&self) {
        self.0.values().for_each(Latest::cancel);
    }

    /// Stops a job.
    pub fn cancel(&self, job: Job) {
        if let Some(thread) = self.0.get(&job) {
            thread.cancel();
        }
    }
}

fn carry_out(cache: &Shared, job: Job, order: Order, outbox: &Outbox, ticket: &Ticket) {
    let Order { generation, work } = order;
    // A progress report is dropped rather than waited for: the next one says more.
    let progress = |done| drop(outbox.try_send(Message::Advanced { job, generation, done }));
    let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
    let done = match work {
        // It is in the links and needs no cache.
        Work::Path { ends, links, accounts } => guarded(|| {
            let found = FoundPath::build(&links, ends, accounts, &task).map_err(|error| error.to_string())?;
            let _ = outbox.send(Message::made(generation, Made::Path(found)));
            Ok(())
        }),
        work => cache.with(|store| {
            let told = store.snapshot(|store| make(store, &work, generation, outbox, &task));
            told.map_err(|error: LinkingError| error.to_string())
        }),
    };
    if let Err(reason) = done {
        let _ = outbox.send(Message::Made { job, generation, made: Err(reason) });
    }
}

/// Makes what is wanted from one state of the cache, and tells it.
fn make(store: &Store, work: &Work, generation: u64, outbox: &Outbox, task: &Task<'_>) -> Result<(), LinkingError> {
    // Another job may have had the cache until now.
    task.check()?;
    let made = match work {
        Work::Links { parameters, roster, before } => {
            return link(store, (parameters, roster, before.as_deref()), generation, outbox, task);
        }
        Work::Clusters { roster, links } => Made::Clusters(Arc::new(ClusterSet::build(store, roster, links, task)?)),
        Work::Audit { hub, roster, links } => Made::Audit(Arc::new(Audit::build(store, roster, links, hub, task)?)),
        Work::Signals { roster, links } => Made::Signals(Arc::new(SignalSet::build(store, roster, links, task)?)),
        Work::Pictures { parameters, roster } => {
            Made::Pictures(Arc::new(Wall::build(store, roster, parameters, task)?))
        }
        // These are the writer's, or need no cache.
        Work::Import(_) | Work::TakeBack(_) | Work::Path { .. } => return Ok(()),
    };
    let _ = outbox.send(Message::made(generation, made));
    Ok(())
}
