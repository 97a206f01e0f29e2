//! Looks every now and then whether another program changed the cache.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};

use super::connection::{Shared, guarded};
use super::keeper::LastKept;
use super::tagger::seen;
use super::{Outbox, panic_for_test};
use crate::app::{Message, Seen};

/// How often to look.
const EVERY: Duration = Duration::from_secs(1);

/// The thread that looks; it ends when this is dropped.
pub(super) struct Watch {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Starts the thread.
    pub fn spawn(cache: Shared, outbox: Outbox, kept: LastKept) -> io::Result<Self> {
        let (stop, stopped) = bounded::<()>(0);
        let mut last = Last { kept, ..Last::default() };
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(move || {
            while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                look_guarded(&cache, &mut last, &outbox);
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

/// What was seen when it was looked last.
#[derive(Default)]
struct Last {
    seen: Seen,
    /// The version of the data at the last look: an import that goes on changes it every now and then, and is read once it
    /// stands still.
    data: i64,
    kept: LastKept,
    lost: Option<String>,
    /// Whether it was said that looking fails by a fault of the program.
    is_faulty: bool,
}

/// A fault is said once; it may happen at every look.
fn look_guarded(cache: &Shared, last: &mut Last, outbox: &Outbox) {
    let looked = guarded(|| {
        panic_for_test("watching");
        look(cache, last, outbox);
        Ok(())
    });
    if let Err(reason) = looked
        && !std::mem::replace(&mut last.is_faulty, true)
    {
        drop(outbox.send(Message::Failed(reason)));
    }
}

fn look(cache: &Shared, last: &mut Last, outbox: &Outbox) {
    let lost = cache.check_in_place().err();
    if lost != last.lost {
        last.lost.clone_from(&lost);
        drop(outbox.send(Message::CacheLost(lost.clone())));
    }
    if lost.is_some() {
        return;
    }
    // A cache that cannot be read is told of by whoever wants something of it.
    let looked = cache.with(|store| {
        let look = seen(store).and_then(|seen| Ok((seen, last.kept.news(store)?)));
        look.map_err(|error| error.to_string())
    });
    match looked {
        Ok((now, kept)) => {
            if let Some(kept) = kept {
                drop(outbox.send(kept));
            }
            let still = std::mem::replace(&mut last.data, now.data) == now.data;
            let now = Seen { data: if still { now.data } else { last.seen.data }, ..now };
            if now != last.seen {
                last.seen = now;
                drop(outbox.send(Message::Seen(now)));
            }
        }
        Err(_) => cache.close(),
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
