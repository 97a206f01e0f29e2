//! Reading one state of the cache, whatever others write to it meanwhile.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use super::counted::Counted;
use super::tag_action::Action;
use super::waiting_tags::waiting;
use super::{PATIENCE, Store, StoreError};

/// What was read of a state that is held, beside what SQLite holds of it.
#[derive(Debug)]
pub(super) struct Held {
    /// What waited beside the cache; `None` where that could not be read.
    waiting: Option<Vec<Action>>,
    counted: Option<Arc<Counted>>,
}

/// What tells one state from another: version of the data, newest action of the log; number, newest and records of the
/// imports.
type State = [i64; 5];

impl Store {
    /// Holds the present state of the cache: all that is read from here on is read of it, until the store is dropped.
    /// Nothing can be written on this connection meanwhile, and the files beside the cache grow while others write; so
    /// that this is for a command that reads and ends.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn hold(&self) -> Result<(), StoreError> {
        // A cache in memory is nobody else's.
        if self.path.is_none() || self.is_held() {
            return Ok(());
        }
        // What waits is read first: what is taken in meanwhile is then seen twice, and not never.
        let waiting = self.path.as_deref().and_then(|path| waiting(path).ok());
        self.connection.execute_batch("BEGIN")?;
        // A transaction begins with the first read.
        if let Err(error) = self.data_version() {
            self.let_go();
            return Err(error);
        }
        self.held.replace(Some(Held { waiting, counted: None }));
        Ok(())
    }

    fn let_go(&self) {
        self.held.take();
        // A connection that refuses this is broken, which the next one who reads is told.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// Does `work`, all of whose reads see one state of the cache. Within it nothing can be written.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and where `work` does.
    pub fn snapshot<T, E: From<StoreError>>(&self, work: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        if self.path.is_none() || self.is_held() {
            return work(self);
        }
        self.hold()?;
        let letting_go = LettingGo(self);
        let done = work(self);
        drop(letting_go);
        done
    }

    /// Whether the connection is in the middle of a transaction.
    fn is_held(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// What waits beside the cache, as it was when the state was taken that is held.
    pub(super) fn waiting_actions(&self) -> Result<Vec<Action>, StoreError> {
        let Some(path) = &self.path else { return Ok(Vec::new()) };
        match self.held.borrow().as_ref().and_then(|held| held.waiting.as_ref()) {
            Some(actions) => Ok(actions.clone()),
            None => waiting(path),
        }
    }

    /// What was counted of the state that is held.
    pub(super) fn remembered(&self) -> Option<Arc<Counted>> {
        self.held.borrow().as_ref().and_then(|held| held.counted.clone())
    }

    /// Remembers it for as long as the state is held.
    pub(super) fn remember(&self, counted: &Arc<Counted>) {
        if let Some(held) = self.held.borrow_mut().as_mut() {
            held.counted = Some(Arc::clone(counted));
        }
    }

    /// Writes something that nobody waits for: not while somebody else writes, not where the cache can only be read, and
    /// on a connection of its own where this one holds a state.
    pub(super) fn aside(&self, write: impl FnOnce(&Connection) -> Result<(), StoreError>) -> Result<(), StoreError> {
        if self.read_only().is_some() {
            return Ok(());
        }
        let other = match &self.file {
            Some(file) if self.is_held() => Some(file.connect()?),
            _ => None,
        };
        let connection = other.as_ref().map_or(&self.connection, |other| &other.connection);
        connection.busy_timeout(Duration::ZERO)?;
        let written = write(connection);
        connection.busy_timeout(PATIENCE)?;
        written
    }

    /// So many further connections that hold the same state as this one; `None` where there are none to be had, for
    /// example since somebody wrote in between, so that all has to be read here.
    pub(super) fn alike(&self, connections: usize) -> Option<Vec<Self>> {
        let file = self.file.as_ref().filter(|_| self.is_held())?;
        let state = self.state().ok()?;
        let alike = || {
            let other = file.connect().ok()?;
            other.hold().ok()?;
            (other.state().ok()? == state).then_some(other)
        };
        (0..connections).map(|_| alike()).collect()
    }

    fn state(&self) -> Result<State, StoreError> {
        let sql = "SELECT (SELECT value FROM meta WHERE name = 'data_version'),
                          (SELECT coalesce(max(number), 0) FROM tag_batch),
                          count(*), coalesce(max(id), 0), coalesce(sum(records), 0) FROM import";
        let number = |row: &rusqlite::Row<'_>, column| row.get(column);
        Ok(self.connection.query_row(sql, [], |row| {
            Ok([number(row, 0)?, number(row, 1)?, number(row, 2)?, number(row, 3)?, number(row, 4)?])
        })?)
    }
}

/// Lets a state go also where reading it panics.
struct LettingGo<'s>(&'s Store);

impl Drop for LettingGo<'_> {
    fn drop(&mut self) {
        self.0.let_go();
    }
}
