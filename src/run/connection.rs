//! A connection to the cache that is opened at the first use and kept. Threads share three of them: a quick one, for
//! tags and for what is looked at, one for work that takes long, and one for imports and exports.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::{CacheFile, Store};

/// What is said where work ended in a panic.
const FAULT: &str = "A fault of the program ended this work; what it said of it is printed when you leave.";

/// A connection, or the way to one.
struct Connection {
    cache: CacheFile,
    store: Option<Store>,
}

impl Connection {
    /// The connection; an error says why there is none.
    fn get(&mut self) -> Result<&mut Store, String> {
        match &mut self.store {
            Some(store) => Ok(store),
            empty => Ok(empty.insert(self.cache.connect().map_err(|error| error.to_string())?)),
        }
    }
}

/// A connection that several threads use in turn.
#[derive(Clone)]
pub(super) struct Shared {
    connection: Arc<Mutex<Connection>>,
    cache: CacheFile,
}

impl Shared {
    /// The way to a connection to this file, and to no other one that lies in its place later.
    pub fn to(cache: CacheFile) -> Self {
        let connection = Connection { cache: cache.clone(), store: None };
        Self { connection: Arc::new(Mutex::new(connection)), cache }
    }

    /// Makes sure that the file still lies where it lay; an error says what became of it.
    pub fn check_in_place(&self) -> Result<(), String> {
        self.cache.check_in_place().map_err(|error| error.to_string())
    }

    /// Where the cache lies.
    pub fn path(&self) -> PathBuf {
        Path::to_owned(self.cache.path())
    }

    /// Gives the connection up; the next use opens another one.
    pub fn close(&self) {
        self.lock().store = None;
    }

    /// Works with the connection once no other thread does. An error says why that could not be; a panic is one too, and
    /// costs the connection.
    pub fn with<T>(&self, work: impl FnOnce(&mut Store) -> Result<T, String>) -> Result<T, String> {
        let mut connection = self.lock();
        let done = guarded(|| work(connection.get()?));
        if done.as_ref().is_err_and(|reason| reason == FAULT) {
            connection.store = None;
        }
        done
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does work; a panic becomes an error, so that whoever waits for it is told.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(FAULT.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Access;

    #[test]
    fn a_panic_is_told_and_the_next_work_has_a_new_connection() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_for(&folder.path().join("cache.db"), Access::Work).unwrap();
        let shared = Shared::to(store.file().unwrap().clone());
        let failed: Result<(), String> = shared.with(|_| panic!("on purpose"));
        assert!(failed.unwrap_err().contains("fault of the program"));
        assert_eq!(shared.with(|store| store.account_count().map_err(|error| error.to_string())), Ok(0));
    }
}
