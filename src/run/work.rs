//! Work that takes long, each kind by a thread of its own: groups of pictures, clusters, audits, signals, paths.

use std::io;
use std::sync::Arc;

use super::Outbox;
use super::connection::Connection;
use crate::analysis::{Audit, ClusterSet, FoundPath, LinkingError, SignalSet, Wall};
use crate::app::{AuditRequest, ClusterRequest, GroupRequest, Job, Message, PathRequest, SignalsRequest};
use crate::graph::Task;
use crate::jobs::{Latest, Ticket};
use crate::store::{CacheFile, Store};

/// One kind of work on the cache.
struct Work<Request, Made> {
    /// Of the thread.
    name: &'static str,
    job: Job,
    generation: fn(&Request) -> u64,
    make: fn(&Store, &Request, &Task<'_>) -> Result<Made, LinkingError>,
    tell: fn(u64, Result<Arc<Made>, String>) -> Message,
}

impl<Request: Send + 'static, Made: 'static> Work<Request, Made> {
    fn spawn(self, cache: CacheFile, outbox: Outbox) -> io::Result<Latest<Request>> {
        let mut connection = Connection::to(cache);
        Latest::spawn(self.name, move |request: Request, ticket: &Ticket| {
            let generation = (self.generation)(&request);
            let progress = |done| advance(&outbox, self.job, generation, done);
            let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
            let made = connection.get().and_then(|store| {
                store.snapshot(|store| (self.make)(store, &request, &task)).map_err(|error| error.to_string())
            });
            drop(outbox.send((self.tell)(generation, made.map(Arc::new))));
        })
    }
}

/// Tells how far a job is. A report is dropped rather than waited for: the next one says more.
fn advance(outbox: &Outbox, job: Job, generation: u64, done: f32) {
    drop(outbox.try_send(Message::Advanced { job, generation, done }));
}

/// Starts the thread that groups pictures.
pub(super) fn spawn_groups(cache: CacheFile, outbox: Outbox) -> io::Result<Latest<GroupRequest>> {
    let work = Work {
        name: "grouper",
        job: Job::Pictures,
        generation: |request: &GroupRequest| request.generation,
        make: |store, request, task| Wall::build(store, &request.roster, &request.parameters, task),
        tell: |generation, wall| match wall {
            Ok(wall) => Message::PicturesGrouped { generation, wall },
            Err(reason) => Message::GroupingFailed { generation, reason },
        },
    };
    work.spawn(cache, outbox)
}

/// Starts the thread that finds clusters.
pub(super) fn spawn_clusters(cache: CacheFile, outbox: Outbox) -> io::Result<Latest<ClusterRequest>> {
    let work = Work {
        name: "clusterer",
        job: Job::Clusters,
        generation: |request: &ClusterRequest| request.generation,
        make: |store, request, task| ClusterSet::build(store, &request.roster, &request.links, task),
        tell: |generation, set| match set {
            Ok(set) => Message::Clustered { generation, set },
            Err(reason) => Message::ClusteringFailed { generation, reason },
        },
    };
    work.spawn(cache, outbox)
}

/// Starts the thread that audits.
pub(super) fn spawn_audits(cache: CacheFile, outbox: Outbox) -> io::Result<Latest<AuditRequest>> {
    let work = Work {
        name: "auditor",
        job: Job::Audit,
        generation: |request: &AuditRequest| request.generation,
        make: |store, request, task| Audit::build(store, &request.roster, &request.links, &request.hub, task),
        tell: |generation, found| Message::Audited { generation, found },
    };
    work.spawn(cache, outbox)
}

/// Starts the thread that reads signals.
pub(super) fn spawn_signals(cache: CacheFile, outbox: Outbox) -> io::Result<Latest<SignalsRequest>> {
    let work = Work {
        name: "signaller",
        job: Job::Signals,
        generation: |request: &SignalsRequest| request.generation,
        make: |store, request, task| SignalSet::build(store, &request.roster, &request.links, task),
        tell: |generation, read| Message::SignalsRead { generation, read },
    };
    work.spawn(cache, outbox)
}

/// Starts the thread that looks for paths, which are in the links and need no cache.
pub(super) fn spawn_paths(outbox: Outbox) -> io::Result<Latest<PathRequest>> {
    Latest::spawn("pathfinder", move |request: PathRequest, ticket: &Ticket| {
        let generation = request.generation;
        let progress = |done| advance(&outbox, Job::Path, generation, done);
        let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
        let found =
            FoundPath::build(&request.links, request.ends, request.accounts, &task).map_err(|error| error.to_string());
        drop(outbox.send(Message::PathFound { generation, found }));
    })
}
