//! A connection to the cache that is opened at the first use and kept.

use std::path::PathBuf;

use super::load::open;
use crate::store::Store;

/// A connection, or the way to one.
pub(super) struct Connection {
    cache: PathBuf,
    store: Option<Store>,
}

impl Connection {
    /// The way to a connection.
    pub fn to(cache: PathBuf) -> Self {
        Self { cache, store: None }
    }

    /// Gives the connection up; the next use opens another one.
    pub fn close(&mut self) {
        self.store = None;
    }

    /// The connection; an error says why there is none.
    pub fn get(&mut self) -> Result<&mut Store, String> {
        match &mut self.store {
            Some(store) => Ok(store),
            empty => Ok(empty.insert(open(&self.cache)?)),
        }
    }
}
