//! The chunks of a run: written, and read one after the other.

use std::ops::ControlFlow;
use std::vec::IntoIter;

use rusqlite::{Connection, params};

use crate::model::ObjectKind;
use crate::store::StoreError;

/// A packed piece of a run.
#[derive(Debug)]
pub struct Chunk {
    /// Which objects are shared; `None` where it holds posts.
    pub kind: Option<ObjectKind>,
    pub entries: usize,
    pub bytes: Vec<u8>,
}

/// Takes chunks in the order of a run; breaks when nobody wants more.
pub type Emit<'a> = dyn FnMut(Chunk) -> ControlFlow<()> + 'a;

/// Writes the next chunk of a run.
pub fn write_chunk(connection: &Connection, (import, run): (u32, i64), chunk: &Chunk) -> Result<(), StoreError> {
    let Chunk { kind, entries, bytes } = chunk;
    match kind {
        Some(kind) => {
            let sql = "INSERT INTO share_chunk (import_id, run, kind, entries, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
            connection.prepare_cached(sql)?.execute(params![import, run, kind.code(), entries, bytes])?;
        }
        None => {
            let sql = "INSERT INTO post_chunk (import_id, run, entries, bytes) VALUES (?1, ?2, ?3, ?4)";
            connection.prepare_cached(sql)?.execute(params![import, run, entries, bytes])?;
        }
    }
    Ok(())
}

/// What is left of a run.
#[derive(Debug)]
pub struct Chunks<'c> {
    connection: &'c Connection,
    table: &'static str,
    ids: IntoIter<i64>,
    bytes: Vec<u8>,
    read: usize,
}

impl<'c> Chunks<'c> {
    /// Every run of a table, in the order in which they were written, of one kind where there are several.
    pub fn of(connection: &'c Connection, table: &'static str, kind: Option<i64>) -> Result<Vec<Self>, StoreError> {
        let of_kind = kind.map_or(String::new(), |kind| format!("WHERE kind = {kind}"));
        let mut statement = connection.prepare(&format!("SELECT run, id FROM {table} {of_kind} ORDER BY run, id"))?;
        let chunks: Vec<(i64, i64)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let run = |chunks: &[(i64, i64)]| {
            let ids: Vec<i64> = chunks.iter().map(|chunk| chunk.1).collect();
            Self { connection, table, ids: ids.into_iter(), bytes: Vec::new(), read: 0 }
        };
        Ok(chunks.chunk_by(|a, b| a.0 == b.0).map(run).collect())
    }

    /// Goes to the next chunk where this one is read to its end; `None` at the end of the run, else whether it did.
    pub fn next_chunk(&mut self) -> Result<Option<bool>, StoreError> {
        if self.read < self.bytes.len() {
            return Ok(Some(false));
        }
        let Some(id) = self.ids.next() else { return Ok(None) };
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT bytes FROM {} WHERE id = ?1", self.table))?;
        self.bytes.clear();
        statement.query_row([id], |row| {
            self.bytes.extend_from_slice(row.get_ref(0)?.as_blob()?);
            Ok(())
        })?;
        self.read = 0;
        Ok(Some(true))
    }

    /// The whole chunk.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is not read of the chunk.
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.read..]
    }

    /// Notes that so much is left.
    pub fn leave(&mut self, rest: usize) {
        self.read = self.bytes.len().saturating_sub(rest);
    }
}
