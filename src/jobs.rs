//! Background work. `Latest` holds one request, and a newer one replaces and cancels it; `Queue` does every
//! request in order and finishes what it was given before it ends.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Sender, unbounded};

/// Tells a job whether it is still wanted.
#[derive(Debug, Clone)]
pub struct Ticket {
    mine: u64,
    current: Arc<AtomicU64>,
}

impl Ticket {
    /// Whether a newer request came, or the work was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.current.load(Ordering::Relaxed) != self.mine
    }
}

#[derive(Debug)]
struct Mailbox<T> {
    /// The request that waits, with its generation; `Err` when the worker is to end.
    slot: Mutex<Slot<T>>,
    filled: Condvar,
}

#[derive(Debug)]
struct Slot<T> {
    request: Option<(u64, T)>,
    closed: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A poisoned slot holds a whole request or none, so it can be used on.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A worker that only ever cares for the latest request.
#[derive(Debug)]
pub struct Latest<T> {
    mailbox: Arc<Mailbox<T>>,
    current: Arc<AtomicU64>,
    worker: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Latest<T> {
    /// Starts a worker called `name`.
    ///
    /// # Errors
    /// Fails where the system gives no thread.
    pub fn spawn(name: &str, mut work: impl FnMut(T, &Ticket) + Send + 'static) -> io::Result<Self> {
        let slot = Mutex::new(Slot { request: None, closed: false });
        let mailbox = Arc::new(Mailbox { slot, filled: Condvar::new() });
        let current = Arc::new(AtomicU64::new(0));
        let (inbox, generation) = (Arc::clone(&mailbox), Arc::clone(&current));
        let run = move || {
            while let Some((mine, request)) = next(&inbox) {
                work(request, &Ticket { mine, current: Arc::clone(&generation) });
            }
        };
        let worker = thread::Builder::new().name(name.to_owned()).spawn(run)?;
        Ok(Self { mailbox, current, worker: Some(worker) })
    }

    /// Asks for `request`; one that still waits is dropped, one under way is cancelled. False where the worker is gone.
    #[must_use]
    pub fn submit(&self, request: T) -> bool {
        let mine = self.current.fetch_add(1, Ordering::Relaxed) + 1;
        lock(&self.mailbox.slot).request = Some((mine, request));
        self.mailbox.filled.notify_one();
        self.worker.as_ref().is_some_and(|worker| !worker.is_finished())
    }

    /// Drops what waits and cancels what is under way.
    pub fn cancel(&self) {
        self.current.fetch_add(1, Ordering::Relaxed);
        lock(&self.mailbox.slot).request = None;
    }
}

fn next<T>(mailbox: &Mailbox<T>) -> Option<(u64, T)> {
    let mut slot = lock(&mailbox.slot);
    loop {
        if slot.closed {
            return None;
        }
        if let Some(request) = slot.request.take() {
            return Some(request);
        }
        slot = mailbox.filled.wait(slot).unwrap_or_else(PoisonError::into_inner);
    }
}

impl<T> Drop for Latest<T> {
    fn drop(&mut self) {
        self.current.fetch_add(1, Ordering::Relaxed);
        lock(&self.mailbox.slot).closed = true;
        self.mailbox.filled.notify_one();
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// A worker that does every request in order. Dropping it waits until all are done, so that nothing is lost.
#[derive(Debug)]
pub struct Queue<T> {
    inbox: Option<Sender<T>>,
    worker: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Queue<T> {
    /// Starts a worker called `name`.
    ///
    /// # Errors
    /// Fails where the system gives no thread.
    pub fn spawn(name: &str, mut work: impl FnMut(T) + Send + 'static) -> io::Result<Self> {
        // Requests are the user's own key strokes: a bound would have to drop or block, and both would be wrong.
        let (inbox, requests) = unbounded();
        let run = move || requests.into_iter().for_each(&mut work);
        let worker = thread::Builder::new().name(name.to_owned()).spawn(run)?;
        Ok(Self { inbox: Some(inbox), worker: Some(worker) })
    }

    /// Asks for `request`, after all that were asked for before. False where the worker is gone.
    #[must_use]
    pub fn submit(&self, request: T) -> bool {
        self.inbox.as_ref().is_some_and(|inbox| inbox.send(request).is_ok())
    }
}

impl<T> Drop for Queue<T> {
    fn drop(&mut self) {
        self.inbox = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use crossbeam_channel::bounded;

    use super::*;

    #[test]
    fn the_latest_request_wins_and_cancels_the_one_under_way() {
        let (began, begins) = bounded(1);
        let (done, results) = bounded(10);
        let worker = Latest::spawn("test", move |request: u32, ticket: &Ticket| {
            if request == 1 {
                began.send(()).unwrap();
                while !ticket.is_cancelled() {
                    thread::yield_now();
                }
            } else {
                done.send(request).unwrap();
            }
        })
        .unwrap();
        assert!(worker.submit(1));
        begins.recv().unwrap();
        assert!(worker.submit(2));
        assert_eq!(results.recv().unwrap(), 2);
        drop(worker);
        assert!(results.recv().is_err());
    }

    #[test]
    fn a_queue_does_everything_before_it_ends() {
        let (done, results) = bounded(1_000);
        let queue = Queue::spawn("test", move |request: u32| done.send(request).unwrap()).unwrap();
        for request in 0..1_000 {
            assert!(queue.submit(request));
        }
        drop(queue);
        assert_eq!(results.iter().collect::<Vec<_>>(), (0..1_000).collect::<Vec<_>>());
    }

    #[test]
    fn a_worker_that_is_gone_says_so_to_who_asks() {
        let latest = Latest::spawn("test", |_: u32, _: &Ticket| panic!("on purpose")).unwrap();
        let queue = Queue::spawn("test", |_: u32| panic!("on purpose")).unwrap();
        let end = Instant::now() + Duration::from_secs(60);
        while latest.submit(1) | queue.submit(1) {
            assert!(Instant::now() < end, "the workers are taken for alive");
            thread::yield_now();
        }
    }
}
