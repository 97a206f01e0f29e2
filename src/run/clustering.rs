//! Clusters, audits, signals and paths, made by threads of their own.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::Outbox;
use super::connection::Connection;
use crate::app::{
    Audit, AuditRequest, ClusterRequest, ClusterSet, FoundPath, Job, Message, PathRequest, SignalSet, SignalsRequest,
};
use crate::graph::Task;
use crate::jobs::{Latest, Ticket};

/// Starts the thread that finds clusters.
pub(super) fn spawn_clusters(cache: PathBuf, outbox: Outbox) -> io::Result<Latest<ClusterRequest>> {
    let mut connection = Connection::to(cache);
    Latest::spawn("clusterer", move |request: ClusterRequest, ticket: &Ticket| {
        let generation = request.generation;
        let progress = |done| advance(&outbox, Job::Clusters, generation, done);
        let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
        let set = connection
            .get()
            .and_then(|store| ClusterSet::build(store, &request, &task).map_err(|error| error.to_string()));
        drop(outbox.send(match set {
            Ok(set) => Message::Clustered { generation, set: Arc::new(set) },
            Err(reason) => Message::ClusteringFailed { generation, reason },
        }));
    })
}

/// Starts the thread that audits.
pub(super) fn spawn_audits(cache: PathBuf, outbox: Outbox) -> io::Result<Latest<AuditRequest>> {
    let mut connection = Connection::to(cache);
    Latest::spawn("auditor", move |request: AuditRequest, ticket: &Ticket| {
        let generation = request.generation;
        let progress = |done| advance(&outbox, Job::Audit, generation, done);
        let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
        let found =
            connection.get().and_then(|store| Audit::build(store, &request, &task).map_err(|error| error.to_string()));
        drop(outbox.send(Message::Audited { generation, found: found.map(Arc::new) }));
    })
}

/// Starts the thread that reads signals.
pub(super) fn spawn_signals(cache: PathBuf, outbox: Outbox) -> io::Result<Latest<SignalsRequest>> {
    let mut connection = Connection::to(cache);
    Latest::spawn("signaller", move |request: SignalsRequest, ticket: &Ticket| {
        let generation = request.generation;
        let progress = |done| advance(&outbox, Job::Signals, generation, done);
        let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
        let read = connection
            .get()
            .and_then(|store| SignalSet::build(store, &request, &task).map_err(|error| error.to_string()));
        drop(outbox.send(Message::SignalsRead { generation, read: read.map(Arc::new) }));
    })
}

/// Tells how far a job is. A report is dropped rather than waited for: the next one says more.
pub(super) fn advance(outbox: &Outbox, job: Job, generation: u64, done: f32) {
    drop(outbox.try_send(Message::Advanced { job, generation, done }));
}

/// Starts the thread that looks for paths.
pub(super) fn spawn_paths(outbox: Outbox) -> io::Result<Latest<PathRequest>> {
    Latest::spawn("pathfinder", move |request: PathRequest, ticket: &Ticket| {
        let generation = request.generation;
        let progress = |done| advance(&outbox, Job::Path, generation, done);
        let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
        let found = FoundPath::build(&request, &task).map_err(|error| error.to_string());
        drop(outbox.send(Message::PathFound { generation, found }));
    })
}
