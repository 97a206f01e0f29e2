//! Looks every now and then whether another program changed the cache.

use std::io;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};

use super::Outbox;
use super::connection::Connection;
use super::tagger::seen;
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
    pub fn spawn(cache: PathBuf, outbox: Outbox) -> io::Result<Self> {
        let (stop, stopped) = bounded::<()>(0);
        let mut connection = Connection::to(cache);
        let mut last = Seen::default();
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(move || {
            while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                // A cache that cannot be read is told of by whoever wants something of it.
                let Ok(now) = connection.get().and_then(|store| seen(store).map_err(|error| error.to_string())) else {
                    connection.close();
                    continue;
                };
                if now != last {
                    last = now;
                    drop(outbox.send(Message::Seen(now)));
                }
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
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
