//! The cache: the only room that knows SQL.
//!
//! Words of this room: *run*, sorted chunks that one flush wrote; *chunk*, packed rows with a checksum; *import*, one file that was
//! read, and all that came with it; *origin*, which import said something; *action*, one or more tag changes that are undone
//! together; *snapshot*, one state that several reads see; *waiting tags*, tags beside a cache that was busy.

mod account_row;
mod beside;
mod cached_links;
mod check;
mod copy;
mod counted;
mod counts;
mod damage;
mod detail;
mod error;
mod find;
mod imports;
mod in_order;
mod last_rows;
mod live;
mod marks;
mod open;
mod origins;
mod packed_links;
mod pictures;
mod place;
mod platforms;
mod posts;
mod posts_of;
mod presence;
mod profile;
mod profiles;
mod reader;
mod rounded;
mod runs;
mod schema;
mod sealing;
mod seen;
mod session;
mod sights;
mod snapshot;
mod tag_action;
mod tag_file;
mod tag_log;
mod tags;
mod unused;
mod view;
mod waiting_tags;

#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

pub use check::{CacheCheck, ImportCheck, Problem};
pub use error::StoreError;
pub use imports::{Ended, ImportStart};
pub use open::{Access, CacheFile};
pub use presence::Presence;
pub use session::{ImportSession, ObjectRef, PostRef};
pub use tag_file::save_tags;
pub use tags::Appended;

/// How long to wait for another program that writes to the same cache.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open cache.
#[derive(Debug)]
pub struct Store {
    // Closed before a copy that it reads goes.
    connection: Connection,
    path: Option<PathBuf>,
    file: Option<CacheFile>,
    /// What was read of the state that is held, if one is.
    held: RefCell<Option<snapshot::Held>>,
    /// The `-wal` file that is written to.
    wal: Option<presence::Identity>,
    /// Whether kept links were damaged, so that they are made anew.
    lost_links: Cell<bool>,
}

impl Store {
    /// Where the cache lies, whatever links lead there; none where it lies in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that changes whenever an import changed what the cache holds.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        let sql = "SELECT value FROM meta WHERE name = 'data_version'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}
