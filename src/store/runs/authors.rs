//! Which chunks of a run have posts of which accounts, so that one account's posts are found without reading all.
//!
//! A chunk of authors names accounts in the order of their ids. An entry is the account (as the distance from the one
//! before, from `first_account` on), how many chunks have posts of it, and those: the first as it is counted from
//! `first_chunk` on, each further one as the distance from the one before.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rayon::slice::ParallelSliceMut;
use rusqlite::Connection;

use super::chunks::{Chunk, Chunks, Content, Emit, RunPlace};
use super::codec::{put, take, take_u32};
use super::seal::{Damage, Kind, begin, unseal};
use crate::store::StoreError;
use crate::store::damage::damaged_import;

/// Chunks of posts that chunks of authors tell of together: a million posts, of which eight bytes each are held.
pub const SPAN: usize = 1_024;
/// Accounts of a chunk of authors: some 20 KB.
const ACCOUNTS: usize = 4_096;

/// The accounts of posts and the chunks that these are in, counted from one chunk on.
#[derive(Debug, Default)]
pub struct Authors(Vec<u64>);

impl Authors {
    /// Notes that a chunk has a post of an account.
    pub fn note(&mut self, account: u32, chunk: u32) {
        let pair = u64::from(account) << 32 | u64::from(chunk);
        if self.0.last() != Some(&pair) {
            self.0.push(pair);
        }
    }

    /// Packs what was noted, and forgets it. `first` is the chunk that chunks were counted from.
    pub fn pack(&mut self, first: u32, emit: &mut Emit<'_>) -> ControlFlow<()> {
        self.0.par_sort_unstable();
        self.0.dedup();
        let accounts: Vec<&[u64]> = self.0.chunk_by(|a, b| a >> 32 == b >> 32).collect();
        for accounts in accounts.chunks(ACCOUNTS) {
            emit(pack(accounts, first))?;
        }
        self.0.clear();
        ControlFlow::Continue(())
    }
}

const fn account(pair: u64) -> u32 {
    (pair >> 32) as u32
}

/// Pairs by their accounts.
fn pack(accounts: &[&[u64]], chunk: u32) -> Chunk {
    let first_account = |pairs: Option<&&[u64]>| pairs.and_then(|pairs| pairs.first()).map_or(0, |&pair| account(pair));
    let (first, last) = (first_account(accounts.first()), first_account(accounts.last()));
    let mut bytes = begin(Kind::AUTHORS, accounts.len(), accounts.len() * 5);
    let mut before = first;
    for &pairs in accounts {
        let account = first_account(Some(&pairs));
        put(&mut bytes, u64::from(account - before));
        put(&mut bytes, pairs.len() as u64);
        let mut last = 0;
        for pair in pairs {
            let chunk = pair & u64::from(u32::MAX);
            put(&mut bytes, chunk - last);
            last = chunk;
        }
        before = account;
    }
    Chunk { content: Content::Authors { first, last, chunk }, entries: accounts.len(), bytes }
}

/// A row of authors: where it belongs, its accounts, the row from which chunks are counted, and the blob.
#[derive(Debug)]
pub struct AuthorsRow {
    pub place: RunPlace,
    pub accounts: (u32, u32),
    pub first_chunk: i64,
    pub entries: usize,
    pub bytes: Vec<u8>,
}

impl AuthorsRow {
    pub const COLUMNS: &'static str = "run, import_id, first_account, last_account, first_chunk, entries, bytes";

    pub fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            place: RunPlace { run: row.get(0)?, import: row.get(1)? },
            accounts: (row.get(2)?, row.get(3)?),
            first_chunk: row.get(4)?,
            entries: row.get(5)?,
            bytes: row.get(6)?,
        })
    }

    /// Calls `each` with every account and the rows of the chunks that have posts of it.
    pub fn for_each(&self, mut each: impl FnMut(u32, &[i64])) -> Result<(), Damage> {
        let place = self.place.authors_bytes(self.accounts, self.first_chunk);
        let (entries, mut rest) = unseal(&self.bytes, Kind::AUTHORS, &place)?;
        if entries != self.entries {
            return Err(Damage);
        }
        let (mut account, mut chunks) = (self.accounts.0, Vec::new());
        for _ in 0..entries {
            account = account.checked_add(take_u32(&mut rest)?).ok_or(Damage)?;
            let mut chunk = self.first_chunk;
            chunks.clear();
            for _ in 0..take(&mut rest)? {
                chunk = chunk.checked_add(i64::from(take_u32(&mut rest)?)).ok_or(Damage)?;
                chunks.push(chunk);
            }
            each(account, &chunks);
        }
        if rest.is_empty() { Ok(()) } else { Err(Damage) }
    }
}

/// The chunks of posts that have posts of an account, by runs.
pub fn chunks_of(connection: &Connection, wanted: u32) -> Result<Vec<Chunks<'_>>, StoreError> {
    let sql = format!(
        "SELECT {} FROM author_chunk WHERE first_account <= ?1 AND last_account >= ?1 ORDER BY run, id",
        AuthorsRow::COLUMNS
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([wanted])?;
    let mut runs: BTreeMap<(i64, u32), Vec<i64>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let row = AuthorsRow::read(row)?;
        let of_run = runs.entry((row.place.run, row.place.import)).or_default();
        let read = row.for_each(|account, chunks| {
            if account == wanted {
                of_run.extend(chunks);
            }
        });
        read.map_err(|Damage| damaged_import(connection, row.place.import))?;
    }
    let chunks = |((run, import), ids)| Chunks::of_post_rows(connection, RunPlace { import, run }, ids);
    Ok(runs.into_iter().map(chunks).collect())
}
