//! Writing what importers read. Records are merged in memory and written in the order of their keys, since inserts
//! in key order are several times faster than random ones.
//!
//! Words of this room: *homes*, one of something for each platform; *blank platform*, the one where none is known or none
//! matters; *take over*, give the accounts of the blank platform to a named one; *reference*, a post or an object whose text
//! lies elsewhere; *word*, a language or program that many posts name.

mod accounts;
mod avatars;
mod files;
mod homes;
mod names;
mod objects;
mod posts;
mod refs;
mod words;

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use super::imports::{self, Begun};
use super::rounded::Suspects;
use super::runs::{Chunk, RunPlace, RunWriter};
use super::tags::take_in_waiting;
use super::{PATIENCE, Store, StoreError};
use crate::model::{
    AccountId, AccountRecord, AvatarRecord, ObjectRecord, Platform, PostRecord, RoundedIds, RoundedKind, SkippedLine,
};
use accounts::Accounts;
use objects::Objects;
use posts::Posts;
use words::Words;

pub(super) use posts::post_key;
pub use refs::{ObjectRef, PostRef};

/// Bytes that wait before they are written: the more, the fewer runs are to be merged when they are read.
const WAITING: usize = 96 << 20;
/// Bytes of a profile that waits, about, and of a line beside its reason.
const PROFILE: usize = 500;
const LINE: usize = 60;
/// Packed chunks that wait to be written.
const PACKED: usize = 32;

/// Files being imported: a transaction that `checkpoint` and `finish` commit. Dropping it takes back what came since.
/// What comes before a file is begun is no file's.
#[derive(Debug)]
pub struct ImportSession<'s> {
    pub(in crate::store) connection: &'s Connection,
    cache: Option<&'s Path>,
    /// The file that is read.
    file: Begun,
    /// Whose accounts and posts it tells of.
    platform: Platform,
    rejected: Vec<SkippedLine>,
    words: Words,
    accounts: Accounts,
    objects: Objects,
    posts: Posts,
    suspects: Suspects,
    /// Bytes of what waits beside posts, about.
    waiting: usize,
    changed: bool,
    /// There are pictures that cannot be read; those that come again take their place.
    damaged_pictures: bool,
    others: i64,
    open: bool,
}

/// What `others` never gives, so that numbers are taken over anew.
const NEVER: i64 = -1;
/// How long a cache that is held is waited for between two questions.
const TURN: Duration = Duration::from_millis(100);
const NO_FILE: Begun = Begun { import: 0, known: false, replaced: None, moved: false };

impl Store {
    /// Begins an import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written, for example because another import is under way and does not end soon.
    pub fn import_session(&mut self) -> Result<ImportSession<'_>, StoreError> {
        self.import_session_while(&mut || true)
    }

    /// Begins an import. While another program holds the cache, `wait_on` is asked every now and then whether to go on
    /// waiting.
    ///
    /// # Errors
    /// Fails where the cache cannot be written, for example because another import is under way and does not end soon.
    pub fn import_session_while(&mut self, wait_on: &mut dyn FnMut() -> bool) -> Result<ImportSession<'_>, StoreError> {
        self.check_writable()?;
        // Rows name their parents by numbers that the session itself gave, so that checking each would only cost time.
        self.connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        if let Err(error) = begin_patiently(&self.connection, wait_on) {
            self.connection.execute_batch("PRAGMA foreign_keys = ON")?;
            return Err(error);
        }
        let mut session = ImportSession {
            connection: &self.connection,
            cache: self.path.as_deref(),
            file: NO_FILE,
            platform: Platform::default(),
            rejected: Vec::new(),
            words: Words::default(),
            accounts: Accounts::default(),
            objects: Objects::default(),
            posts: Posts::default(),
            suspects: Suspects::default(),
            waiting: 0,
            changed: false,
            damaged_pictures: false,
            others: 0,
            open: true,
        };
        session.reload()?;
        Ok(session)
    }
}

fn begin_patiently(connection: &Connection, wait_on: &mut dyn FnMut() -> bool) -> Result<(), StoreError> {
    let until = Instant::now() + PATIENCE;
    let mut turn = Duration::ZERO;
    let begun = loop {
        connection.busy_timeout(turn)?;
        match connection.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from) {
            Err(StoreError::Busy) if Instant::now() < until && wait_on() => turn = TURN,
            begun => break begun,
        }
    };
    connection.busy_timeout(PATIENCE)?;
    begun
}

impl ImportSession<'_> {
    /// Takes an account in; what its profile says is merged with what is known, the newest sight of each field
    /// winning whatever the order of import.
    ///
    /// # Errors
    /// Fails where the cache cannot be read or written.
    pub fn account(&mut self, record: &AccountRecord) -> Result<AccountId, StoreError> {
        if self.file.known {
            return Ok(self.accounts.id(&record.platform_id));
        }
        self.waiting += PROFILE;
        let account = self.accounts.merge(self.connection, self.file.import, record)?;
        self.suspects.look(RoundedKind::Account, &record.platform_id, account.0);
        Ok(account)
    }

    /// Takes a post in, with the objects that its author shared by it.
    pub fn post(&mut self, post: &PostRecord, objects: &[ObjectRecord]) {
        self.post_ref(&PostRef::from(post), &mut objects.iter().map(ObjectRecord::borrowed));
    }

    /// Takes a post in whose text lies elsewhere, with the objects that its author shared by it.
    pub fn post_ref<'p>(&mut self, post: &PostRef<&'p str>, objects: &mut dyn Iterator<Item = ObjectRef<'p>>) {
        if self.file.known {
            return;
        }
        let author = self.accounts.id(post.author);
        self.suspects.look(RoundedKind::Account, post.author, author.0);
        let key = post_key(post.id);
        for object in objects {
            let maker = object.author.map(|id| self.accounts.id(id));
            self.waiting += object.text.map_or(0, str::len);
            let id = self.objects.merge(&object, maker);
            if let Some((author, maker)) = object.author.zip(maker) {
                self.suspects.look(RoundedKind::Account, author, maker.0);
            }
            if let Some(kind) = object.kind.ids() {
                self.suspects.look(kind, object.key, id.0);
            }
            self.posts.share(object.kind, id, author, (key, post.at));
        }
        self.posts.post(post, author, &mut self.words);
    }

    /// Takes a post away for good, with what its author shared by it.
    pub fn delete(&mut self, platform_id: &str) {
        if !self.file.known {
            self.waiting += platform_id.len() + LINE;
            self.posts.delete(platform_id);
        }
    }

    /// Keeps a line of the file that could not be read.
    pub fn reject(&mut self, line: SkippedLine) {
        if !self.file.known {
            self.waiting += line.reason.len() + LINE;
            self.rejected.push(line);
        }
    }

    /// Keeps what is odd about the file as a whole.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn warn(&mut self, warnings: &[String]) -> Result<(), StoreError> {
        if self.file.known { Ok(()) } else { imports::warn(self.connection, self.file.import, warnings) }
    }

    /// Marks the ids of the file that look rounded.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn mark_rounded(&mut self, columns: &[RoundedIds]) -> Result<(), StoreError> {
        if !self.file.known {
            self.changed |= self.suspects.mark(self.connection, self.file.import, columns)?;
        }
        Ok(())
    }

    /// Whether so much waits that it is time for a `checkpoint`.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.waiting + self.posts.waiting() >= WAITING
    }

    /// The SHA-256 of every picture whose bytes need not be decoded again.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn known_pictures(&mut self) -> Result<FxHashSet<[u8; 32]>, StoreError> {
        self.damaged_pictures |= avatars::reread_damaged(self.connection)?;
        avatars::known(self.connection)
    }

    /// Takes a picture in, equal bytes once.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn picture(&mut self, record: &AvatarRecord) -> Result<(), StoreError> {
        self.changed |= avatars::put(self.connection, record)?;
        Ok(())
    }

    /// Gives an account its picture, which was taken in before.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn carries(&mut self, account: AccountId, sha256: &[u8; 32]) -> Result<(), StoreError> {
        self.changed |= self.accounts.flush(self.connection, self.file.import)?;
        self.changed |= avatars::attach(self.connection, account, sha256)?;
        Ok(())
    }

    /// The only account with this id, on whatever platform, or this handle; `None` where several have one of them.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn find_account(&mut self, id_or_handle: &str) -> Result<Option<AccountId>, StoreError> {
        self.changed |= self.accounts.flush(self.connection, self.file.import)?;
        self.accounts.find(self.connection, id_or_handle)
    }

    /// A number that changes when another connection changed the cache.
    fn others(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Takes the numbers of rows over as they are now: none that was given may be given again.
    fn reload(&mut self) -> Result<(), StoreError> {
        self.others = self.others()?;
        (self.accounts, self.objects) = (Accounts::default(), Objects::default());
        (self.words, self.posts) = (Words::default(), Posts::default());
        self.accounts.load_ids(self.connection)?;
        self.objects.load_ids(self.connection)?;
        self.words.load_ids(self.connection)?;
        self.accounts.settle(&self.platform);
        self.objects.settle(&self.platform);
        self.posts.load_runs(self.connection)
    }

    /// Commits what came so far, and goes on.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.commit()?;
        self.go_on()
    }

    /// Another program may write between two transactions, and give the next numbers to rows of its own.
    pub(in crate::store) fn go_on(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.open = true;
        if self.others()? == self.others { Ok(()) } else { self.reload() }
    }

    /// Commits everything and ends the import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.commit()
    }

    pub(in crate::store) fn commit(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        if self.damaged_pictures {
            avatars::remove_damaged(self.connection)?;
        }
        if std::mem::take(&mut self.changed) {
            self.connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.open = false;
        self.take_in_tags()
    }

    /// Tags that were made meanwhile come into the log as soon as they can.
    fn take_in_tags(&mut self) -> Result<(), StoreError> {
        let Some(cache) = self.cache else { return Ok(()) };
        if take_in_waiting(self.connection, cache)? {
            self.others = NEVER;
        }
        Ok(())
    }

    /// Writes the names of accounts and objects that are new: worth the time in which nothing else is to be done.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn write_names(&mut self) -> Result<(), StoreError> {
        self.words.flush(self.connection)?;
        self.changed |= self.accounts.flush_names(self.connection)?;
        self.changed |= self.objects.flush_names(self.connection)?;
        Ok(())
    }

    /// Writes what waits. Posts and shares are packed by other threads meanwhile.
    fn flush(&mut self) -> Result<(), StoreError> {
        let mut posts = std::mem::take(&mut self.posts);
        let run = posts.next_run();
        let written = rayon::in_place_scope(|scope| {
            let (sender, chunks) = bounded::<Chunk>(PACKED);
            if run.is_some() {
                let posts = &mut posts;
                scope.spawn(move |_| {
                    // Nobody wants more where the receiver is gone.
                    let _ = posts.pack(&mut |chunk| match sender.send(chunk) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    });
                });
            } else {
                drop(sender);
            }
            self.flush_others()?;
            let place = RunPlace { import: self.file.import, run: run.unwrap_or_default() };
            let mut writer = RunWriter::new(self.connection, place);
            chunks.into_iter().try_for_each(|chunk| writer.write(chunk))
        });
        self.changed |= run.is_some();
        self.changed |= posts.flush_deletions(self.connection, self.file.import)?;
        self.posts = posts;
        written
    }

    fn flush_others(&mut self) -> Result<(), StoreError> {
        let import = self.file.import;
        self.write_names()?;
        self.waiting = 0;
        self.changed |= self.accounts.flush(self.connection, import)?;
        self.changed |= self.objects.flush(self.connection, import)?;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO rejected_line VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET reason = reason || '; ' || excluded.reason",
        )?;
        for line in self.rejected.drain(..) {
            insert.execute(params![import, line.line, line.reason])?;
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
