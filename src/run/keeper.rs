//! The thread that keeps with the cache how it is looked at. Nobody waits for it: what cannot be kept now, since somebody
//! else writes, is kept later, or at the end.

use std::mem::discriminant;
use std::thread;
use std::time::Duration;

use super::Outbox;
use super::connection::Shared;
use crate::analysis::Kept;
use crate::app::Message;
use crate::jobs::Queue;
use crate::store::StoreError;

/// How often it is tried at the end, while somebody else writes, and how long is waited between.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(50);

struct Keeper {
    cache: Shared,
    outbox: Outbox,
    /// What is still to be kept, one of each kind.
    waiting: Vec<Kept>,
}

/// Starts the thread.
pub(super) fn spawn(cache: Shared, outbox: Outbox) -> std::io::Result<Queue<Kept>> {
    let mut keeper = Keeper { cache, outbox, waiting: Vec::new() };
    Queue::spawn("keeper", move |kept| keeper.take(kept))
}

impl Keeper {
    fn take(&mut self, kept: Kept) {
        self.waiting.retain(|other| discriminant(other) != discriminant(&kept));
        self.waiting.push(kept);
        if let Err(reason) = self.write_all() {
            let said =
                format!("What links accounts counts until you leave: it cannot be kept with the cache ({reason}).");
            // Nobody listens once the program is left.
            let _ = self.outbox.send(Message::Failed(said));
        }
    }

    fn write_all(&mut self) -> Result<(), String> {
        let waiting = &mut self.waiting;
        self.cache.with(|store| {
            if store.read_only().is_some() {
                // That was said when the cache was opened.
                waiting.clear();
            }
            while let Some(kept) = waiting.first() {
                match kept.write(store) {
                    Ok(()) => drop(waiting.remove(0)),
                    Err(StoreError::Busy) => return Ok(()),
                    Err(error) => return Err(error.to_string()),
                }
            }
            Ok(())
        })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        for _ in 0..TRIES {
            // What could not be kept was said before.
            let _ = self.write_all();
            if self.waiting.is_empty() {
                return;
            }
            thread::sleep(BETWEEN);
        }
    }
}
