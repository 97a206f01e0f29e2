//! The thread that keeps with the cache how it is looked at. Nobody waits for it: what cannot be kept now, since somebody
//! else writes, is kept later, or at the end.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::Outbox;
use super::connection::Shared;
use crate::analysis::{Kept, KeptView};
use crate::app::Message;
use crate::jobs::Queue;
use crate::model::LinkParameters;
use crate::store::{Store, StoreError};

/// How often it is tried while somebody else writes, and how long is waited between.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(50);

/// The parameters that the cache kept when it was looked at last, or that this program kept since: others are somebody
/// else's. Read and written while the connection of [`Shared`] is held.
#[derive(Clone, Default)]
pub(super) struct LastKept(Arc<Mutex<Option<LinkParameters>>>);

impl LastKept {
    /// Begins with what was found when the cache was opened.
    pub fn found(kept: Option<LinkParameters>) -> Self {
        Self(Arc::new(Mutex::new(kept)))
    }

    fn replace(&self, now: Option<LinkParameters>) -> Option<LinkParameters> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), now)
    }

    /// What somebody else kept since, if anything.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn news(&self, store: &Store) -> Result<Option<Message>, StoreError> {
        let now = KeptView::read(store)?.parameters;
        let before = self.replace(now.clone());
        Ok(now
            .filter(|now| before.as_ref() != Some(now))
            .map(|kept| Message::ParametersKept { kept: Box::new(kept), by_others: true }))
    }
}

struct Keeper {
    cache: Shared,
    last: LastKept,
    outbox: Outbox,
    /// What is still to be kept, one of each kind.
    waiting: Vec<Kept>,
}

/// Starts the thread.
pub(super) fn spawn(cache: Shared, outbox: Outbox, last: LastKept) -> std::io::Result<Queue<Kept>> {
    let mut keeper = Keeper { cache, last, outbox, waiting: Vec::new() };
    Queue::spawn("keeper", move |kept| keeper.take(kept))
}

impl Keeper {
    fn take(&mut self, kept: Kept) {
        let same = self.waiting.iter_mut().find_map(|waiting| kept.after(waiting).map(|both| (waiting, both)));
        match same {
            Some((waiting, both)) => *waiting = both,
            None => self.waiting.push(kept),
        }
        if let Err(reason) = self.write_patiently() {
            let said =
                format!("What links accounts counts until you leave: it cannot be kept with the cache ({reason}).");
            // Nobody listens once the program is left.
            let _ = self.outbox.send(Message::Failed(said));
        }
    }

    /// Tries again where somebody else writes, links of the same moment for example.
    ///
    /// # Errors
    /// Fails where it cannot be written, and where somebody else writes for longer: then it is tried again with the next change,
    /// and at the end.
    fn write_patiently(&mut self) -> Result<(), String> {
        for _ in 0..TRIES {
            self.write_all()?;
            if self.waiting.is_empty() {
                return Ok(());
            }
            thread::sleep(BETWEEN);
        }
        Err("another program writes to it; it is tried again when you leave".to_owned())
    }

    fn write_all(&mut self) -> Result<(), String> {
        let Self { waiting, last, outbox, .. } = self;
        self.cache.with(|store| {
            if store.read_only().is_some() {
                // That was said when the cache was opened.
                waiting.clear();
            }
            while let Some(kept) = waiting.first() {
                match kept.write(store) {
                    Ok(now) => {
                        if let (Kept::Parameters(change), Some(now)) = (waiting.remove(0), now) {
                            let mut ours = last.replace(Some(now.clone())).unwrap_or_else(|| change.before.clone());
                            ours.take_changes(&change.before, &change.after);
                            // What they changed before was told then.
                            let by_others = now != ours;
                            // Nobody listens once the program is left.
                            let _ = outbox.send(Message::ParametersKept { kept: Box::new(now), by_others });
                        }
                    }
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
        // What could not be kept was said before.
        let _ = self.write_patiently();
    }
}
