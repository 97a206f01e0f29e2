//! The chunks of a run: written, and read one after the other.

use std::ops::ControlFlow;
use std::vec::IntoIter;

use rusqlite::{Connection, params};

use super::seal::{Damage, Kind, seal, unseal};
use crate::model::ObjectKind;
use crate::store::StoreError;
use crate::store::damage::damaged_import;

/// A packed piece of a run.
#[derive(Debug)]
pub struct Chunk {
    pub content: Content,
    pub entries: usize,
    /// A blob that is not sealed yet.
    pub bytes: Vec<u8>,
}

/// What a chunk holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Shares(ObjectKind),
    Posts,
    /// Which chunks of posts have posts of which accounts; chunks are counted from the `chunk`th of the run on.
    Authors {
        first: u32,
        last: u32,
        chunk: u32,
    },
}

/// Takes chunks in the order of a run; breaks when nobody wants more.
pub type Emit<'a> = dyn FnMut(Chunk) -> ControlFlow<()> + 'a;

/// Which run of which import a chunk belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunPlace {
    pub import: u32,
    pub run: i64,
}

impl RunPlace {
    /// What is sealed with each chunk of the run.
    pub fn bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.import.to_le_bytes());
        bytes[4..].copy_from_slice(&self.run.to_le_bytes());
        bytes
    }

    /// What is sealed with a chunk of authors.
    pub fn authors_bytes(self, (first, last): (u32, u32), first_chunk: i64) -> [u8; 28] {
        let mut bytes = [0; 28];
        bytes[..12].copy_from_slice(&self.bytes());
        bytes[12..16].copy_from_slice(&first.to_le_bytes());
        bytes[16..20].copy_from_slice(&last.to_le_bytes());
        bytes[20..].copy_from_slice(&first_chunk.to_le_bytes());
        bytes
    }
}

/// Writes the chunks of a run.
#[derive(Debug)]
pub struct RunWriter<'c> {
    connection: &'c Connection,
    place: RunPlace,
    /// The rows that its chunks of posts got.
    posts: Vec<i64>,
}

impl<'c> RunWriter<'c> {
    pub fn new(connection: &'c Connection, place: RunPlace) -> Self {
        Self { connection, place, posts: Vec::new() }
    }

    /// Writes the next chunk.
    pub fn write(&mut self, chunk: Chunk) -> Result<(), StoreError> {
        let (connection, RunPlace { import, run }) = (self.connection, self.place);
        let Chunk { content, entries, mut bytes } = chunk;
        match content {
            Content::Shares(kind) => {
                seal(&mut bytes, &self.place.bytes());
                let sql = "INSERT INTO share_chunk (import_id, run, kind, entries, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
                connection.prepare_cached(sql)?.execute(params![import, run, kind.code(), entries, bytes])?;
            }
            Content::Posts => {
                seal(&mut bytes, &self.place.bytes());
                let sql = "INSERT INTO post_chunk (import_id, run, entries, bytes) VALUES (?1, ?2, ?3, ?4)";
                connection.prepare_cached(sql)?.execute(params![import, run, entries, bytes])?;
                self.posts.push(connection.last_insert_rowid());
            }
            Content::Authors { first, last, chunk } => {
                let chunk = self.posts.get(chunk as usize).copied().ok_or(StoreError::Damaged)?;
                write_authors(connection, self.place, ((first, last), chunk), entries, bytes)?;
            }
        }
        Ok(())
    }
}

/// Writes a chunk of the authors of these accounts, whose chunks of posts are counted from that row on.
pub fn write_authors(
    connection: &Connection,
    place: RunPlace,
    (accounts, chunk): ((u32, u32), i64),
    entries: usize,
    mut bytes: Vec<u8>,
) -> Result<(), StoreError> {
    seal(&mut bytes, &place.authors_bytes(accounts, chunk));
    let sql = "INSERT INTO author_chunk (import_id, run, first_account, last_account, first_chunk, entries, bytes)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut insert = connection.prepare_cached(sql)?;
    insert.execute(params![place.import, place.run, accounts.0, accounts.1, chunk, entries, bytes])?;
    Ok(())
}

/// What is left of a run.
#[derive(Debug)]
pub struct Chunks<'c> {
    connection: &'c Connection,
    table: &'static str,
    kind: Kind,
    place: RunPlace,
    ids: IntoIter<i64>,
    bytes: Vec<u8>,
    read: usize,
    /// Entries of the chunk that are not read.
    left: usize,
}

impl<'c> Chunks<'c> {
    /// Every run of shares of a kind, in the order in which they were written.
    pub fn of_shares(connection: &'c Connection, kind: ObjectKind) -> Result<Vec<Self>, StoreError> {
        let of_kind = format!("WHERE kind = {}", kind.code());
        Self::read_all(connection, "share_chunk", Kind::shares(kind), &of_kind)
    }

    /// Every run of posts, in the order in which they were written.
    pub fn of_posts(connection: &'c Connection) -> Result<Vec<Self>, StoreError> {
        Self::read_all(connection, "post_chunk", Kind::POSTS, "")
    }

    fn read_all(
        connection: &'c Connection,
        table: &'static str,
        kind: Kind,
        which: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT run, import_id, id FROM {table} {which} ORDER BY run, id");
        let mut statement = connection.prepare(&sql)?;
        let chunks = statement
            .query_map([], |row| Ok((RunPlace { run: row.get(0)?, import: row.get(1)? }, row.get::<_, i64>(2)?)))?;
        let chunks: Vec<(RunPlace, i64)> = chunks.collect::<Result<_, _>>()?;
        let run = |chunks: &[(RunPlace, i64)]| {
            let ids: Vec<i64> = chunks.iter().map(|chunk| chunk.1).collect();
            let place = chunks.first().map(|chunk| chunk.0);
            place.map(|place| Self::of_rows(connection, (table, kind), place, ids))
        };
        Ok(chunks.chunk_by(|a, b| a.0 == b.0).filter_map(run).collect())
    }

    /// These chunks of posts of a run.
    pub fn of_post_rows(connection: &'c Connection, place: RunPlace, ids: Vec<i64>) -> Self {
        Self::of_rows(connection, ("post_chunk", Kind::POSTS), place, ids)
    }

    /// These chunks of shares of a run.
    pub fn of_share_rows(connection: &'c Connection, kind: ObjectKind, place: RunPlace, ids: Vec<i64>) -> Self {
        Self::of_rows(connection, ("share_chunk", Kind::shares(kind)), place, ids)
    }

    fn of_rows(
        connection: &'c Connection,
        (table, kind): (&'static str, Kind),
        place: RunPlace,
        ids: Vec<i64>,
    ) -> Self {
        Self { connection, table, kind, place, ids: ids.into_iter(), bytes: Vec::new(), read: 0, left: 0 }
    }

    /// Goes to the next entry, in the next chunk where this one is read to its end; `None` at the end of the run, else
    /// whether it did.
    #[inline]
    pub fn next_entry(&mut self) -> Result<Option<bool>, StoreError> {
        if self.left > 0 {
            self.left -= 1;
            return Ok(Some(false));
        }
        if self.read < self.bytes.len() {
            return Err(self.damaged());
        }
        self.next_chunk()
    }

    fn next_chunk(&mut self) -> Result<Option<bool>, StoreError> {
        let Some(id) = self.ids.next() else { return Ok(None) };
        let sql = format!("SELECT bytes, entries FROM {} WHERE id = ?1 AND run = ?2 AND import_id = ?3", self.table);
        let mut statement = self.connection.prepare_cached(&sql)?;
        self.bytes.clear();
        let entries: usize = statement.query_row((id, self.place.run, self.place.import), |row| {
            self.bytes.extend_from_slice(row.get_ref(0)?.as_blob()?);
            row.get(1)
        })?;
        match unseal(&self.bytes, self.kind, &self.place.bytes()) {
            Ok((count @ 1.., rest)) if count == entries => {
                (self.read, self.left) = (self.bytes.len() - rest.len(), count - 1);
                Ok(Some(true))
            }
            _ => Err(self.damaged()),
        }
    }

    /// How many chunks are not begun.
    #[cfg(test)]
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// The whole chunk.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is not read of the chunk.
    #[inline]
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.read..]
    }

    /// Notes that so much is left.
    #[inline]
    pub fn leave(&mut self, rest: usize) {
        self.read = self.bytes.len().saturating_sub(rest);
    }

    /// Which run it is.
    pub fn place(&self) -> RunPlace {
        self.place
    }

    /// What to say where an entry cannot be read.
    #[cold]
    pub fn damaged(&self) -> StoreError {
        damaged_import(self.connection, self.place.import)
    }
}

impl Chunks<'_> {
    /// What was read, or the error that names the import.
    #[inline]
    pub fn or_damaged<T>(&self, read: Result<T, Damage>) -> Result<T, StoreError> {
        match read {
            Ok(read) => Ok(read),
            Err(Damage) => Err(self.damaged()),
        }
    }
}
