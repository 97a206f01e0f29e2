//! Jobs: links, and what places ask for. Of each kind the newest request wins; each works on the cache as soon as a
//! connection is free.

use std::collections::BTreeMap;
use std::io;

use super::Outbox;
use super::connection::{Shared, guarded};
use super::load::link;
use crate::analysis::{AnalysisError, Answer, Question};
use crate::app::{Job, Made, Message, Order, Work};
use crate::graph::Task;
use crate::jobs::{Latest, Ticket};

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
        Job::on_threads().map(thread).collect::<io::Result<_>>().map(Self)
    }

    /// Begins a job; false where there is none of its kind, or its worker is gone.
    #[must_use]
    pub fn start(&self, order: Order) -> bool {
        self.0.get(&order.work.job()).is_some_and(|thread| thread.submit(order))
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
    let progress = |done: f32| drop(outbox.try_send(Message::advanced(job, generation, done)));
    let task = Task { progress: &progress, cancelled: &|| ticket.is_cancelled() };
    let done = match work {
        Work::Links { parameters, roster, before } => cache.with(|store| {
            let what = (&parameters, &*roster, before.as_deref());
            let linked = store.snapshot(|store| {
                // Others may have had the cache until now.
                task.check()?;
                link(store, what, generation, outbox, &task)
            });
            linked.map_err(|error: AnalysisError| error.to_string())
        }),
        Work::Answer(place, question) => answer(cache, &question, &task).map(|answer| {
            let _ = outbox.send(Message::made(generation, Made::Answer(place, answer)));
        }),
        // The writer's.
        Work::Export { .. } | Work::Import(_) | Work::TakeBack(_) => Ok(()),
    };
    if let Err(reason) = done {
        let _ = outbox.send(Message::not_made(job, generation, reason));
    }
}

fn answer(cache: &Shared, question: &Question, task: &Task<'_>) -> Result<Answer, String> {
    let words = |error: AnalysisError| error.to_string();
    if let Some(answer) = guarded(|| Ok(question.answer_from_memory(task)))? {
        return answer.map_err(words);
    }
    cache.with(|store| {
        let answer = store.snapshot(|store| {
            // Others may have had the cache until now.
            task.check()?;
            question.answer(store, task)
        });
        answer.map_err(words)
    })
}
