//! Writing what importers read. Records are merged in memory and written in the order of their keys, since inserts
//! in key order are several times faster than random ones.

mod accounts;
mod avatars;
mod objects;
mod posts;
mod words;

use rusqlite::{Connection, params};

use super::imports::{self, ImportStart};
use super::{Store, StoreError};
use crate::model::{AccountId, AccountRecord, AvatarRecord, InputFile, ObjectRecord, PostRecord, SkippedLine};
use accounts::Accounts;
use objects::Objects;
use posts::Posts;
use words::Words;

/// Posts that wait before they are written: the more, the fewer pages are written twice. About 150 bytes each.
const WAITING: usize = 500_000;

/// Files being imported: a transaction that `checkpoint` and `finish` commit. Dropping it takes back what came since.
/// What comes before a file is begun is no file's.
#[derive(Debug)]
pub struct ImportSession<'s> {
    connection: &'s Connection,
    /// The number of the file that is read.
    import: u32,
    rejected: Vec<SkippedLine>,
    words: Words,
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
            import: 0,
            rejected: Vec::new(),
            words: Words::default(),
            accounts: Accounts::default(),
            objects: Objects::default(),
            posts: Posts::default(),
            changed: false,
            open: true,
        };
        session.reload()?;
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
        self.accounts.merge(self.connection, self.import, record)
    }

    /// Takes a post in, with the objects that its author shared by it; not where its author deleted it.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn post(&mut self, record: &PostRecord, objects: &[ObjectRecord]) -> Result<(), StoreError> {
        if self.posts.is_deleted(record) {
            return Ok(());
        }
        let author = self.accounts.id(&record.author);
        for object in objects {
            let maker = object.author.as_deref().map(|id| self.accounts.id(id));
            let id = self.objects.merge(object, maker);
            self.posts.share(record, object.kind, id, author);
        }
        self.posts.post(record, author, &mut self.words);
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

    /// Takes a post away for good, with what its author shared by it.
    pub fn delete(&mut self, platform_id: &str) {
        self.posts.delete(platform_id);
    }

    /// Whether a file that begins like this and is as long was read to its end before.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn is_likely_known(&self, head: &str, bytes: u64) -> Result<bool, StoreError> {
        imports::is_likely_known(self.connection, head, bytes)
    }

    /// Begins a file: all that comes now is told by it. A file that was begun before goes on under its number.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn begin(&mut self, start: &ImportStart) -> Result<u32, StoreError> {
        self.flush()?;
        self.accounts.end();
        self.import = imports::begin(self.connection, start)?;
        self.connection.execute("DELETE FROM rejected_line WHERE import_id = ?1", [self.import])?;
        Ok(self.import)
    }

    /// Keeps a line of the file that could not be read.
    pub fn reject(&mut self, line: SkippedLine) {
        self.rejected.push(line);
    }

    /// Ends the file that was begun; true where the same bytes were imported before under another number.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn end(&mut self, file: &InputFile) -> Result<bool, StoreError> {
        self.flush()?;
        self.accounts.end();
        let twin = imports::end(self.connection, self.import, file)?;
        self.import = 0;
        if twin {
            self.reload()?;
        }
        Ok(twin)
    }

    /// Numbers that were given to rows that are gone must not be given to others.
    fn reload(&mut self) -> Result<(), StoreError> {
        (self.accounts, self.objects) = (Accounts::default(), Objects::default());
        (self.words, self.posts) = (Words::default(), Posts::default());
        self.accounts.load_ids(self.connection)?;
        self.objects.load_ids(self.connection)?;
        self.words.load_ids(self.connection)?;
        self.posts.load_deletions(self.connection)
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
        self.words.flush(self.connection)?;
        self.changed |= self.accounts.flush(self.connection, self.import)?;
        self.changed |= self.objects.flush(self.connection, self.import)?;
        self.changed |= self.posts.flush(self.connection, self.import)?;
        let mut insert = self.connection.prepare_cached("INSERT OR REPLACE INTO rejected_line VALUES (?1, ?2, ?3)")?;
        for line in self.rejected.drain(..) {
            insert.execute(params![self.import, line.line, line.reason])?;
        }
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
