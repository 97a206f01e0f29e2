//! Writing actions on tags to the log of the cache.

use std::time::Duration;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::account_row::{row, row_or_new};
use super::schema::to_file;
use super::tag_action::{Action, Change, Standing, parsed};
use super::{PATIENCE, StoreError};
use crate::model::{AccountKey, Tag};

/// The newest number that the log has given.
pub(super) fn last_number(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(number), 0) FROM tag_batch", [], |row| row.get(0))?)
}

/// Those of the actions that the log does not hold.
pub(super) fn not_logged(connection: &Connection, actions: Vec<Action>) -> Result<Vec<Action>, StoreError> {
    let mut lacking = Vec::new();
    for action in actions {
        if !is_logged(connection, &action)? {
            lacking.push(action);
        }
    }
    Ok(lacking)
}

fn is_logged(connection: &Connection, action: &Action) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM tag_batch WHERE number = ?1 AND at = ?2 AND kind = ?3 AND source = ?4";
    let found = connection.query_row(sql, params![action.number, action.at, action.kind, action.source], |_| Ok(()));
    Ok(found.optional()?.is_some())
}

/// What became of actions that were written to the log.
#[derive(Debug, Default)]
pub(super) struct Logged {
    /// An account had gone meanwhile and had to come back.
    pub made: bool,
    /// The number of the last action; none where it changed nothing.
    pub number: Option<u64>,
    /// The accounts whose tag was another one than the last action took it for.
    pub differing: Vec<AccountKey>,
}

/// Writes actions to the log and to the disk, unless something else writes to the cache: that is waited for by nobody who
/// holds the lock of the file beside it.
pub(super) fn at_once(connection: &Connection, actions: &[Action]) -> Result<Option<Logged>, StoreError> {
    connection.busy_timeout(Duration::ZERO)?;
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    let written = transact(connection, actions);
    if written.is_ok() {
        // Who writes another file over this one would otherwise mix both: SQLite takes what lies beside a file into it.
        let _ = to_file(connection);
    }
    connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    connection.busy_timeout(PATIENCE)?;
    match written {
        Ok(logged) => Ok(Some(logged)),
        Err(StoreError::Busy) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes to the log what is not there.
pub(super) fn transact(connection: &Connection, actions: &[Action]) -> Result<Logged, StoreError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut logged = Logged::default();
    for action in actions {
        if is_logged(&transaction, action)? {
            continue;
        }
        let mut action = action.clone();
        let mut log = Log::of(&transaction)?;
        let (kind, number) = (action.kind.clone(), action.repeats);
        logged.differing = action.meet(|change| log.standing(change, &kind, number))?;
        logged.number = None;
        if !action.changes.is_empty() {
            let number = action.number.max(last_number(&transaction)? + 1);
            logged.made |= write(&transaction, number, &action)?;
            logged.number = Some(number);
        }
    }
    transaction.commit()?;
    Ok(logged)
}

/// True where an account had to come back.
fn write(connection: &Connection, number: u64, action: &Action) -> Result<bool, StoreError> {
    if let Some(basis) = &action.basis {
        connection.execute("INSERT INTO basis (parameters) VALUES (?1) ON CONFLICT DO NOTHING", [basis])?;
    }
    connection.execute(
        "INSERT INTO tag_batch (number, kind, of, source, at, basis)
         VALUES (?1, ?2, (SELECT number FROM tag_batch WHERE number = ?3), ?4, ?5,
                 (SELECT id FROM basis WHERE parameters = ?6))",
        params![number, action.kind, action.repeats, action.source, action.at, action.basis],
    )?;
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'tag_actions'", [])?;
    let mut event = connection.prepare_cached(
        "INSERT INTO tag_event (batch, account_id, label_before, note_before, label, note, fields)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut made = false;
    for change in &action.changes {
        let (account, new) = row_or_new(connection, &change.account)?;
        made |= new;
        let (label, note) = (change.label.clone().unwrap_or_default(), change.note.clone().unwrap_or_default());
        event.execute(params![number, account, label.before, note.before, label.after, note.after, change.fields()])?;
    }
    Ok(made)
}

/// The tags as the log has them.
pub(super) struct Log<'c> {
    connection: &'c Connection,
    tag: CachedStatement<'c>,
    /// The last action on a field before another one.
    last: CachedStatement<'c>,
}

/// An action that comes after all.
const NOW: i64 = i64::MAX;

impl<'c> Log<'c> {
    pub fn of(connection: &'c Connection) -> Result<Self, StoreError> {
        let tag = connection.prepare_cached(
            "SELECT (SELECT label FROM tag_event WHERE account_id = ?1 AND fields & 1 ORDER BY batch DESC LIMIT 1),
                    (SELECT note FROM tag_event WHERE account_id = ?1 AND fields & 2 ORDER BY batch DESC LIMIT 1)",
        )?;
        let last = connection.prepare_cached(
            "SELECT b.number, b.kind = 'undo', b.of FROM tag_event e JOIN tag_batch b ON b.number = e.batch
             WHERE e.account_id = ?1 AND e.fields & ?2 AND e.batch < ?3 ORDER BY e.batch DESC LIMIT 1",
        )?;
        Ok(Self { connection, tag, last })
    }

    /// How the account of `change` stands for an action of this kind, on the one of that number.
    pub fn standing(&mut self, change: &Change, kind: &str, number: Option<u64>) -> Result<Standing, StoreError> {
        let Some(account) = row(self.connection, &change.account)? else {
            return Ok(Standing { tag: Tag::default(), own: true });
        };
        let read = |row: &rusqlite::Row<'_>| {
            let label = row.get_ref(0)?.as_str_or_null()?;
            Ok(Tag { label: parsed(label), note: row.get(1)? })
        };
        let tag = self.tag.query_row([account], read)?;
        let mut own = true;
        for field in [1, 2].into_iter().filter(|field| change.fields() & field != 0) {
            let Some(number) = number.and_then(|number| i64::try_from(number).ok()) else { break };
            let now = self.origin(account, field, NOW)?;
            own &= if kind == "undo" { now == Some(number) } else { now == self.origin(account, field, number)? };
        }
        Ok(Standing { tag, own })
    }

    /// The action before another one from which a field has its value: what was taken back gives none.
    fn origin(&mut self, account: u32, field: i64, mut before: i64) -> Result<Option<i64>, StoreError> {
        loop {
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row.get::<_, Option<i64>>(2)?))
            };
            let last = self.last.query_row(params![account, field, before], read).optional()?;
            let Some((number, undoes, repeats)) = last else { return Ok(None) };
            match repeats.filter(|_| undoes) {
                // Only ever further back, whatever a damaged log says.
                Some(undone) if undone < number => before = undone,
                _ => return Ok(Some(repeats.unwrap_or(number))),
            }
        }
    }
}
