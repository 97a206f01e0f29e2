//! The append-only tag log.

use rusqlite::{Row, params};

use super::{Store, StoreError};
use crate::model::{AccountId, Label, Tag, TagBatch, TagBatchKind, TagChange, TagEvent, TagSource, Timestamp};

impl Store {
    /// Appends one action to the log, whole or not at all, and returns its number; 0 where nothing changes.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn append_tags(
        &mut self,
        kind: TagBatchKind,
        source: TagSource,
        at: Timestamp,
        changes: &[TagChange],
    ) -> Result<u64, StoreError> {
        if changes.is_empty() {
            return Ok(0);
        }
        let (kind, of) = match kind {
            TagBatchKind::Apply => ("apply", None),
            TagBatchKind::Undo { of } => ("undo", Some(of)),
            TagBatchKind::Redo { of } => ("redo", Some(of)),
        };
        let source = match source {
            TagSource::Interface => "interface",
            TagSource::CommandLine => "command-line",
        };
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "INSERT INTO tag_batch (kind, of, source, at) VALUES (?1, ?2, ?3, ?4)",
            params![kind, of, source, at.0],
        )?;
        let number = transaction.last_insert_rowid();
        let mut insert = transaction.prepare_cached("INSERT INTO tag_event VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for change in changes {
            let word = |tag: &Tag| tag.label.map(Label::word);
            insert.execute(params![
                number,
                change.account.0,
                word(&change.before),
                change.before.note,
                word(&change.after),
                change.after.note
            ])?;
        }
        drop(insert);
        transaction.commit()?;
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// The current tag of every account that has one, by account.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn current_tags(&self) -> Result<Vec<TagEvent>, StoreError> {
        let sql = "SELECT account_id, label, note, at FROM current_tag ORDER BY account_id";
        let mut statement = self.connection.prepare(sql)?;
        let events = statement.query_map([], |row| {
            Ok(TagEvent { account: AccountId(row.get(0)?), tag: tag(row, 1)?, at: Timestamp(row.get(3)?) })
        })?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// The whole log, the oldest first.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn tag_log(&self) -> Result<Vec<TagBatch>, StoreError> {
        let sql = "SELECT b.number, b.kind, b.of, b.source, b.at,
                          e.account_id, e.label_before, e.note_before, e.label, e.note
                   FROM tag_batch b JOIN tag_event e ON e.batch = b.number ORDER BY b.number, e.account_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut log: Vec<TagBatch> = Vec::new();
        while let Some(row) = rows.next()? {
            let number: u64 = row.get(0)?;
            if log.last().is_none_or(|batch| batch.number != number) {
                log.push(batch(number, row)?);
            }
            let change = TagChange { account: AccountId(row.get(5)?), before: tag(row, 6)?, after: tag(row, 8)? };
            if let Some(batch) = log.last_mut() {
                batch.changes.push(change);
            }
        }
        Ok(log)
    }
}

fn tag(row: &Row<'_>, label: usize) -> rusqlite::Result<Tag> {
    let word: Option<String> = row.get(label)?;
    Ok(Tag { label: word.and_then(|word| word.parse().ok()), note: row.get(label + 1)? })
}

fn batch(number: u64, row: &Row<'_>) -> rusqlite::Result<TagBatch> {
    let of = row.get::<_, Option<u64>>(2)?.unwrap_or_default();
    let kind = match row.get_ref(1)?.as_str()? {
        "undo" => TagBatchKind::Undo { of },
        "redo" => TagBatchKind::Redo { of },
        _ => TagBatchKind::Apply,
    };
    let source = match row.get_ref(3)?.as_str()? {
        "command-line" => TagSource::CommandLine,
        _ => TagSource::Interface,
    };
    Ok(TagBatch { number, kind, at: Timestamp(row.get(4)?), source, changes: Vec::new() })
}
