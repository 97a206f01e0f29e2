//! A connection to the cache that is opened at the first use and kept.

use std::path::Path;

use crate::store::{CacheFile, Store};

/// A connection, or the way to one.
pub(super) struct Connection {
    cache: CacheFile,
    store: Option<Store>,
}

impl Connection {
    /// The way to a connection to this file, and to no other one that lies in its place later.
    pub fn to(cache: CacheFile) -> Self {
        Self { cache, store: None }
    }

    /// Makes sure that the file still lies where it lay; an error says what became of it.
    pub fn check_in_place(&self) -> Result<(), String> {
        self.cache.check_in_place().map_err(|error| error.to_string())
    }

    /// Where the cache lies.
    pub fn path(&self) -> &Path {
        self.cache.path()
    }

    /// Gives the connection up; the next use opens another one.
    pub fn close(&mut self) {
        self.store = None;
    }

    /// The connection; an error says why there is none.
    pub fn get(&mut self) -> Result<&mut Store, String> {
        match &mut self.store {
            Some(store) => Ok(store),
            empty => Ok(empty.insert(self.cache.connect().map_err(|error| error.to_string())?)),
        }
    }
}
