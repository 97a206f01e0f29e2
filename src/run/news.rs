//! How far an import is, told as news of the job that it belongs to.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::{Outbox, hold_for_test};
use crate::app::{Advance, Job, Message, ReadSoFar};
use crate::import::ImportProgress;

/// Tells how far an import is, and lets it be stopped.
pub(super) struct ImportNews<'a> {
    /// The job: one that the user asked for, or the beginning of the session.
    job: Job,
    outbox: &'a Outbox,
    cancelled: &'a AtomicBool,
    records: AtomicU64,
}

impl<'a> ImportNews<'a> {
    pub fn of(job: Job, outbox: &'a Outbox, cancelled: &'a AtomicBool) -> Self {
        Self { job, outbox, cancelled, records: AtomicU64::new(0) }
    }

    /// News are dropped rather than waited for: the next ones say more.
    fn tell(&self, news: impl Into<Advance>) {
        drop(self.outbox.try_send(Message::advanced(self.job, 0, news)));
    }
}

impl ImportProgress for ImportNews<'_> {
    fn advanced(&self, done: u64, total: u64) {
        self.tell(ReadSoFar { bytes: done, of_bytes: total, records: self.records.load(Ordering::Relaxed) });
        hold_for_test("importing", || self.is_cancelled());
    }

    fn waits(&self) {
        self.tell(Advance { what: Some("waiting for another program"), ..Advance::default() });
    }

    fn counted(&self, records: u64) {
        self.records.store(records, Ordering::Relaxed);
    }

    fn pictures(&self, done: usize, total: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
        let share = done as f32 / total.max(1) as f32;
        self.tell(Advance { what: Some("reading pictures"), ..share.into() });
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;

    #[test]
    fn imports_of_either_job_tell_the_same() {
        for job in [Job::Reading, Job::Importing] {
            let (outbox, messages) = bounded(8);
            let cancelled = AtomicBool::new(false);
            let news = ImportNews::of(job, &outbox, &cancelled);
            news.waits();
            news.counted(7);
            news.advanced(10, 40);
            news.pictures(1, 2);
            let told = messages.try_iter().filter_map(|message| match message {
                Message::Advanced { job: of, news, .. } => Some(news).filter(|_| of == job),
                _ => None,
            });
            let told: Vec<Advance> = told.collect();
            assert_eq!(told.len(), 3);
            assert_eq!(told[1].read, Some(ReadSoFar { bytes: 10, of_bytes: 40, records: 7 }));
            assert_eq!((told[2].what, told[2].done), (Some("reading pictures"), Some(0.5)));
        }
    }
}
