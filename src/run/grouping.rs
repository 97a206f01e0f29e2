//! Groups of pictures that are alike, made by a thread of their own.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::Outbox;
use super::clustering::advance;
use super::connection::Connection;
use crate::app::{GroupRequest, Job, Message, Wall};
use crate::graph::Task;
use crate::jobs::{Latest, Ticket};

/// Starts the thread.
pub(super) fn spawn(cache: PathBuf, outbox: Outbox) -> io::Result<Latest<GroupRequest>> {
    let mut connection = Connection::to(cache);
    Latest::spawn("grouper", move |request: GroupRequest, ticket: &Ticket| {
        let generation = request.generation;
        let progress = |done| advance(&outbox, Job::Pictures, generation, done);
        let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
        let wall =
            connection.get().and_then(|store| Wall::build(store, &request, &task).map_err(|error| error.to_string()));
        drop(outbox.send(match wall {
            Ok(wall) => Message::PicturesGrouped { generation, wall: Arc::new(wall) },
            Err(reason) => Message::GroupingFailed { generation, reason },
        }));
    })
}
