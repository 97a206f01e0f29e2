//! What an earlier version kept as rows.

use std::ops::ControlFlow;

use rusqlite::Connection;

use super::chunks::{Content, Emit, RunPlace, RunWriter};
use super::posts::{PostEntry, pack_posts};
use super::shares::{ShareEntry, pack_shares};
use crate::model::ObjectKind;
use crate::store::StoreError;

/// Rows that are held at once.
const BATCH: usize = 100_000;
/// The import that such rows belong to, and the run that they become.
const ADOPTED: RunPlace = RunPlace { import: 0, run: 1 };

/// Makes runs of the tables `old_post` and `old_share`, which are gone then.
pub fn adopt_rows(connection: &Connection) -> Result<(), StoreError> {
    adopt_posts(connection)?;
    for kind in ObjectKind::ALL {
        adopt_shares(connection, kind)?;
    }
    Ok(connection.execute_batch("DROP TABLE old_post; DROP TABLE old_share")?)
}

fn write(connection: &Connection, pack: impl FnOnce(&mut Emit<'_>) -> ControlFlow<()>) -> Result<(), StoreError> {
    let mut written = Ok(());
    let mut writer = RunWriter::new(connection, ADOPTED);
    let _ = pack(&mut |chunk| {
        // Which posts are whose is found out later, where the table for it is made.
        if !matches!(chunk.content, Content::Authors { .. }) {
            written = writer.write(chunk);
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written
}

/// Batches in the order of their keys are one run together.
fn adopt_posts(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT platform_id, account_id, created_at, text FROM old_post ORDER BY platform_id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut batch: Vec<(String, u32, Option<i64>, Option<String>)> = Vec::new();
    loop {
        let row = rows.next()?;
        if batch.len() == BATCH || row.is_none() {
            let entry = |index: usize| {
                let (id, account, at, text) = &batch[index];
                PostEntry { id, account: *account, at: *at, text: text.as_deref(), ..PostEntry::default() }
            };
            write(connection, |emit| pack_posts(batch.len(), &entry, emit))?;
            batch.clear();
        }
        let Some(row) = row else { return Ok(()) };
        batch.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    }
}

fn adopt_shares(connection: &Connection, kind: ObjectKind) -> Result<(), StoreError> {
    let sql = "SELECT object_id, account_id, at FROM old_share WHERE kind = ?1 ORDER BY object_id, account_id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([kind.code()])?;
    let mut batch: Vec<ShareEntry> = Vec::new();
    loop {
        let row = rows.next()?;
        if batch.len() == BATCH || row.is_none() {
            write(connection, |emit| pack_shares(kind, &mut batch, emit))?;
        }
        let Some(row) = row else { return Ok(()) };
        let at: Option<i64> = row.get(2)?;
        batch.push(ShareEntry { object: row.get(0)?, account: row.get(1)?, post: 0, at: at.into() });
    }
}
