//! Connections to the cache, opened at the first use and kept. There are three: a quick one, for tags and for what is looked
//! at, and two for work that takes long: links, questions, imports, exports. That work takes whichever is free, so that
//! nothing waits for links alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::store::{CacheFile, Store};

/// What is said where work ended in a panic.
const FAULT: &str = "A fault of the program ended this work; what it said of it is printed when you leave.";

/// Connections that nobody uses now. One that is not open yet is `None`.
struct Free {
    connections: Mutex<Vec<Option<Store>>>,
    given_back: Condvar,
}

/// Connections that several threads use in turn.
#[derive(Clone)]
pub(super) struct Shared {
    free: Arc<Free>,
    cache: CacheFile,
}

impl Shared {
    /// The way to so many connections to this file, and to no other one that lies in its place later.
    pub fn to(cache: CacheFile, connections: usize) -> Self {
        let connections = Mutex::new((0..connections).map(|_| None).collect());
        Self { free: Arc::new(Free { connections, given_back: Condvar::new() }), cache }
    }

    /// Makes sure that the file still lies where it lay; an error says what became of it.
    pub fn check_in_place(&self) -> Result<(), String> {
        self.cache.check_in_place().map_err(|error| error.to_string())
    }

    /// Where the cache lies.
    pub fn path(&self) -> PathBuf {
        Path::to_owned(self.cache.path())
    }

    /// Gives a connection up; the next use opens another one.
    pub fn close(&self) {
        drop(self.take());
        self.give_back(None);
    }

    /// Works with a connection once one is free. An error says why that could not be; a panic is one too, and costs the
    /// connection.
    pub fn with<T>(&self, work: impl FnOnce(&mut Store) -> Result<T, String>) -> Result<T, String> {
        let mut connection = self.take();
        let done = guarded(|| work(self.opened(&mut connection)?));
        let is_sound = !done.as_ref().is_err_and(|reason| reason == FAULT);
        self.give_back(connection.filter(|_| is_sound));
        done
    }

    /// The connection; an error says why there is none.
    fn opened<'a>(&self, connection: &'a mut Option<Store>) -> Result<&'a mut Store, String> {
        match connection {
            Some(store) => Ok(store),
            empty => Ok(empty.insert(self.cache.connect().map_err(|error| error.to_string())?)),
        }
    }

    fn take(&self) -> Option<Store> {
        let mut free = self.lock();
        loop {
            // The last one is the first to be open, and knows best what was read.
            if let Some(connection) = free.pop() {
                return connection;
            }
            free = self.free.given_back.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, connection: Option<Store>) {
        self.lock().push(connection);
        self.free.given_back.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Option<Store>>> {
        self.free.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does work; a panic becomes an error, so that whoever waits for it is told.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(FAULT.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::thread;

    use crossbeam_channel::bounded;
    use tempfile::TempDir;

    use super::*;
    use crate::store::Access;

    fn shared(folder: &TempDir, connections: usize) -> Shared {
        let store = Store::open_for(&folder.path().join("cache.db"), Access::Work).unwrap();
        Shared::to(store.file().unwrap().clone(), connections)
    }

    fn count(shared: &Shared) -> Result<u64, String> {
        shared.with(|store| store.account_count().map_err(|error| error.to_string()))
    }

    #[test]
    fn a_panic_is_told_and_the_next_work_has_a_new_connection() {
        let folder = tempfile::tempdir().unwrap();
        let shared = shared(&folder, 1);
        let failed: Result<(), String> = shared.with(|_| panic!("on purpose"));
        assert!(failed.unwrap_err().contains("fault of the program"));
        assert_eq!(count(&shared), Ok(0));
    }

    #[test]
    fn work_goes_on_beside_other_work_and_waits_where_no_connection_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let (shared, (begin, begun), (let_go, held)) = (shared(&folder, 2), bounded::<()>(0), bounded::<()>(0));
        let hold = |shared: Shared, begin: crossbeam_channel::Sender<()>, held: crossbeam_channel::Receiver<()>| {
            thread::spawn(move || {
                shared.with(|_| {
                    begin.send(()).unwrap();
                    let _ = held.recv();
                    Ok(())
                })
            })
        };
        let first = hold(shared.clone(), begin.clone(), held.clone());
        begun.recv().unwrap();
        assert_eq!(count(&shared), Ok(0));
        let second = hold(shared.clone(), begin, held);
        begun.recv().unwrap();
        let third = thread::spawn({
            let shared = shared.clone();
            move || count(&shared)
        });
        drop(let_go);
        assert_eq!([first, second].map(|thread| thread.join().unwrap()), [Ok(()), Ok(())]);
        assert_eq!(third.join().unwrap(), Ok(0));
    }
}
