//! Writing what importers read. Records are merged in memory and written in the order of their keys, since inserts
//! in key order are several times faster than random ones.

mod accounts;
mod avatars;
mod objects;
mod posts;

use rusqlite::Connection;

use super::{Store, StoreError, inputs};
use crate::model::{AccountId, AccountRecord, AvatarRecord, InputFile, ObjectRecord, PostRecord, SkippedLine};
use accounts::Accounts;
use objects::Objects;
use posts::Posts;

/// Posts that wait before they are written: the more, the fewer pages are written twice. About 150 bytes each.
const WAITING: usize = 500_000;

/// One import: a transaction that `checkpoint` and `finish` commit. Dropping it takes back what came since.
#[derive(Debug)]
pub struct ImportSession<'s> {
    connection: &'s Connection,
    accounts: Accounts,
    objects: Objects,
    posts: Posts,
    changed: bool,
    open: bool,
}

impl Store {
    /// Begins an import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written, for example because another import is under way.
    pub fn import_session(&mut self) -> Result<ImportSession<'_>, StoreError> {
        // Rows name their parents by numbers that the session itself gave, so that checking each would only cost time.
        self.connection.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?;
        let mut session = ImportSession {
            connection: &self.connection,
            accounts: Accounts::default(),
            objects: Objects::default(),
            posts: Posts::default(),
            changed: false,
            open: true,
        };
        session.accounts.load_ids(session.connection)?;
        session.objects.load_ids(session.connection)?;
        Ok(session)
    }
}

impl ImportSession<'_> {
    /// Takes an account in; what its profile says is merged with what is known, the newest sight of each field
    /// winning whatever the order of import.
    ///
    /// # Errors
    /// Fails where the cache cannot be read or written.
    pub fn account(&mut self, record: &AccountRecord) -> Result<AccountId, StoreError> {
        self.accounts.merge(self.connection, record)
    }

    /// Takes a post in, with the objects that its author shared by it.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn post(&mut self, record: &PostRecord, objects: &[ObjectRecord]) -> Result<(), StoreError> {
        let author = self.accounts.id(&record.author);
        for object in objects {
            let maker = object.author.as_deref().map(|id| self.accounts.id(id));
            let id = self.objects.merge(object, maker);
            self.posts.share(object.kind, id, author, record.created_at);
        }
        self.posts.post(record, author);
        if self.posts.waiting() >= WAITING { self.flush() } else { Ok(()) }
    }

    /// Gives an account its picture.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn avatar(&mut self, account: AccountId, record: &AvatarRecord) -> Result<(), StoreError> {
        self.flush()?;
        self.changed |= avatars::attach(self.connection, account, record)?;
        Ok(())
    }

    /// The account with this platform id, else the only one with this handle.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn find_account(&mut self, id_or_handle: &str) -> Result<Option<AccountId>, StoreError> {
        self.flush()?;
        self.accounts.find(self.connection, id_or_handle)
    }

    /// Records that a file was read to its end.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn input(&mut self, input: &InputFile, skipped: &[SkippedLine]) -> Result<(), StoreError> {
        self.flush()?;
        Ok(inputs::record(self.connection, input, skipped)?)
    }

    /// Commits what came so far, and goes on.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.commit()?;
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.open = true;
        Ok(())
    }

    /// Commits everything and ends the import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.commit()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        if std::mem::take(&mut self.changed) {
            self.connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }

    /// Writes what waits, parents before children.
    fn flush(&mut self) -> Result<(), StoreError> {
        self.changed |= self.accounts.flush(self.connection)?;
        self.changed |= self.objects.flush(self.connection)?;
        self.changed |= self.posts.flush(self.connection)?;
        Ok(())
    }
}

impl Drop for ImportSession<'_> {
    fn drop(&mut self) {
        if self.open {
            // A transaction that cannot be rolled back is rolled back by SQLite at the next opening.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        // Only a connection that is broken refuses this, and it is of no more use.
        let _ = self.connection.execute_batch("PRAGMA foreign_keys = ON");
    }
}
