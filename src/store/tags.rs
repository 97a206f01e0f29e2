//! The append-only tag log.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};
use rustc_hash::FxHashMap;

use super::waiting_tags::{Action, Change, WaitingTags, last_number, not_logged, take_in};
use super::{PATIENCE, Store, StoreError};
use crate::model::{AccountId, Label, Tag, TagBatch, TagBatchKind, TagChange, TagEvent, TagSource, Timestamp};

impl Store {
    /// Appends one action to the log, whole or not at all, and returns its number; 0 where nothing changes. It is on disk
    /// when this returns, even where an import, of this program or another, holds the cache: then it waits beside the cache
    /// until that one lets go.
    ///
    /// # Errors
    /// Fails where nothing can be written.
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
        self.check_writable()?;
        let mut action = self.action(kind, source, at, changes)?;
        let Some(path) = self.path.clone() else {
            action.number = last_number(&self.connection)? + 1;
            let transaction = self.connection.transaction()?;
            take_in(&transaction, std::slice::from_ref(&action))?;
            transaction.commit()?;
            return Ok(action.number);
        };
        let mut file = WaitingTags::lock(&path)?;
        let mut actions = file.actions()?;
        let logged = last_number(&self.connection)?;
        action.number = actions.last().map_or(logged, |last| last.number.max(logged)) + 1;
        actions.push(action);
        if at_once(&self.connection, &actions)?.is_some() {
            file.clear()?;
        } else if let Some(action) = actions.last() {
            file.add(action)?;
        }
        // Nobody finds it again in a file that went in this very moment.
        self.check_in_place()?;
        Ok(actions.last().map_or(0, |action| action.number))
    }

    fn action(
        &self,
        kind: TagBatchKind,
        source: TagSource,
        at: Timestamp,
        changes: &[TagChange],
    ) -> Result<Action, StoreError> {
        let (kind, of) = match kind {
            TagBatchKind::Apply => ("apply", None),
            TagBatchKind::Undo { of } => ("undo", Some(of)),
            TagBatchKind::Redo { of } => ("redo", Some(of)),
        };
        let source = match source {
            TagSource::Interface => "interface",
            TagSource::CommandLine => "command-line",
        };
        let mut account = self.connection.prepare_cached("SELECT platform_id FROM account WHERE id = ?1")?;
        let said = |tag: &Tag| (tag.label.map(|label| label.word().to_owned()), tag.note.clone());
        let changes = changes.iter().map(|TagChange { account: id, before, after }| {
            let account = account.query_row([id.0], |row| row.get(0))?;
            Ok(Change { account, before: said(before), after: said(after) })
        });
        let changes = changes.collect::<Result<_, StoreError>>()?;
        Ok(Action { number: 0, kind: kind.to_owned(), of, source: source.to_owned(), at: at.0, changes })
    }

    /// What waits beside the cache and is not in the log, with the rows of the accounts.
    fn waiting_batches(&self) -> Result<Vec<TagBatch>, StoreError> {
        let actions = not_logged(&self.connection, self.waiting_actions()?)?;
        let mut account = self.connection.prepare_cached("SELECT id FROM account WHERE platform_id = ?1")?;
        let said = |(word, note): (Option<String>, Option<String>)| Tag { label: label(word), note };
        let mut batches = Vec::new();
        for Action { number, kind, of, source, at, changes } in actions {
            let mut batch = named(number, &kind, of, &source, at);
            for Change { account: id, before, after } in changes {
                // Whoever went meanwhile comes back once this is in the log.
                let id: Option<u32> = account.query_row([id], |row| row.get(0)).optional()?;
                let change =
                    id.map(|id| TagChange { account: AccountId(id), before: said(before), after: said(after) });
                batch.changes.extend(change);
            }
            batches.push(batch);
        }
        Ok(batches)
    }

    /// The current tag of every account that has one, by account.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn current_tags(&self) -> Result<Vec<TagEvent>, StoreError> {
        // What waits is read first: what is taken in meanwhile is then seen twice, and not never.
        let waiting = self.waiting_batches()?;
        let sql = "SELECT account_id, label, note, at FROM current_tag ORDER BY account_id";
        let mut statement = self.connection.prepare(sql)?;
        let events = statement.query_map([], |row| {
            Ok(TagEvent { account: AccountId(row.get(0)?), tag: tag(row, 1)?, at: Timestamp(row.get(3)?) })
        })?;
        let events: Vec<TagEvent> = events.collect::<Result<_, _>>()?;
        if waiting.is_empty() {
            return Ok(events);
        }
        let mut current: FxHashMap<AccountId, TagEvent> =
            events.into_iter().map(|event| (event.account, event)).collect();
        for TagBatch { at, changes, .. } in waiting {
            for TagChange { account, after: tag, .. } in changes {
                current.insert(account, TagEvent { account, tag, at });
            }
        }
        let mut events: Vec<TagEvent> = current.into_values().filter(|event| !event.tag.is_empty()).collect();
        events.sort_unstable_by_key(|event| event.account);
        Ok(events)
    }

    /// The whole log, the oldest first.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn tag_log(&self) -> Result<Vec<TagBatch>, StoreError> {
        let waiting = self.waiting_batches()?;
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
        let logged = log.last().map_or(0, |batch| batch.number);
        log.extend(waiting.into_iter().filter(|batch| batch.number > logged));
        Ok(log)
    }
}

/// Writes to the log what waits beside the cache, if nothing else writes; true where an account had to come back for it.
pub(super) fn take_in_waiting(connection: &Connection, cache: &Path) -> Result<bool, StoreError> {
    let Some(mut file) = WaitingTags::lock_if_any(cache)? else { return Ok(false) };
    let made = at_once(connection, &file.actions()?)?;
    if made.is_some() {
        file.clear()?;
    }
    Ok(made.unwrap_or_default())
}

/// Writes actions to the log and to the disk, unless something else writes to the cache: that is waited for by nobody who
/// holds the lock of the file. Tells whether an account had to come back.
fn at_once(connection: &Connection, actions: &[Action]) -> Result<Option<bool>, StoreError> {
    connection.busy_timeout(Duration::ZERO)?;
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    let written = transact(connection, actions);
    connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    connection.busy_timeout(PATIENCE)?;
    match written {
        Ok(made) => Ok(Some(made)),
        Err(StoreError::Busy) => Ok(None),
        Err(error) => Err(error),
    }
}

fn transact(connection: &Connection, actions: &[Action]) -> Result<bool, StoreError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let made = take_in(&transaction, actions)?;
    transaction.commit()?;
    Ok(made)
}

fn label(word: Option<String>) -> Option<Label> {
    word.and_then(|word| word.parse().ok())
}

fn tag(row: &Row<'_>, column: usize) -> rusqlite::Result<Tag> {
    Ok(Tag { label: label(row.get(column)?), note: row.get(column + 1)? })
}

fn batch(number: u64, row: &Row<'_>) -> rusqlite::Result<TagBatch> {
    Ok(named(number, row.get_ref(1)?.as_str()?, row.get(2)?, row.get_ref(3)?.as_str()?, row.get(4)?))
}

fn named(number: u64, kind: &str, of: Option<u64>, source: &str, at: i64) -> TagBatch {
    let of = of.unwrap_or_default();
    let kind = match kind {
        "undo" => TagBatchKind::Undo { of },
        "redo" => TagBatchKind::Redo { of },
        _ => TagBatchKind::Apply,
    };
    let source = match source {
        "command-line" => TagSource::CommandLine,
        _ => TagSource::Interface,
    };
    TagBatch { number, kind, at: Timestamp(at), source, changes: Vec::new() }
}
