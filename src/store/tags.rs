//! The append-only tag log.

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;

use super::account_row::{row, unclear};
use super::tag_action::{Action, Change, Standing, batch, parsed};
use super::tag_log::{Log, at_once, last_number, not_logged, transact};
use super::waiting_tags::WaitingTags;
use super::{Store, StoreError};
use crate::model::{
    AccountId, AccountKey, FieldChange, LinkParameters, Tag, TagBatch, TagBatchKind, TagChange, TagEvent, TagSource,
    Timestamp,
};

/// What became of an action on tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appended {
    /// Its number in the log; none where it changed nothing.
    pub number: Option<u64>,
    /// The accounts whose tag was another one than the action took it for, since another program changed it. An action of
    /// the user counts all the same; an undo or a redo left them alone.
    pub differing: Vec<AccountKey>,
}

impl Store {
    /// Appends one action to the log, whole or not at all. It is on disk when this returns, even where an import, of this
    /// program or another, holds the cache: then it waits beside the cache until that one lets go. What it changes is held
    /// against what stands there while nobody else can write. `basis` is what linked the accounts when the user tagged,
    /// where that is known.
    ///
    /// # Errors
    /// Fails where nothing can be written.
    pub fn append_tags(
        &mut self,
        kind: TagBatchKind,
        source: TagSource,
        basis: Option<&LinkParameters>,
        at: Timestamp,
        changes: &[TagChange<AccountKey>],
    ) -> Result<Appended, StoreError> {
        if changes.is_empty() {
            return Ok(Appended::default());
        }
        self.check_writable()?;
        for change in changes {
            if let Some(platforms) = unclear(&self.connection, &change.account)? {
                return Err(StoreError::WhichAccount { id: change.account.id.clone(), platforms });
            }
        }
        let mut action = Action::new(kind, source, basis, at, changes);
        let Some(path) = self.path.clone() else {
            action.number = last_number(&self.connection)? + 1;
            let logged = transact(&self.connection, &[action])?;
            return Ok(Appended { number: logged.number, differing: logged.differing });
        };
        let mut file = WaitingTags::lock(&path)?;
        let mut actions = file.actions()?;
        let logged = last_number(&self.connection)?;
        action.number = actions.last().map_or(logged, |last| last.number.max(logged)) + 1;
        actions.push(action);
        let appended = match (at_once(&self.connection, &actions)?, actions.pop()) {
            (Some(logged), _) => {
                // What stays there is in the log, and counts once.
                let _ = file.clear();
                Appended { number: logged.number, differing: logged.differing }
            }
            (None, Some(action)) => self.wait(&mut file, action, actions)?,
            (None, None) => Appended::default(),
        };
        // Nobody finds it again in a file that went in this very moment.
        self.check_in_place()?;
        Ok(appended)
    }

    /// Lets an action wait beside the cache, behind those that wait already.
    fn wait(&self, file: &mut WaitingTags, mut action: Action, before: Vec<Action>) -> Result<Appended, StoreError> {
        let mut log = Log::of(&self.connection)?;
        let before = not_logged(&self.connection, before)?;
        let differing = action.meet(|change| {
            let same = |other: &&Change| other.account == change.account;
            let waiting = before.iter().flat_map(|action| action.changes.iter().filter(same));
            // What waits has no place in the log yet; its values must do.
            let Standing { tag, .. } = log.standing(change, "apply", None)?;
            Ok(Standing { tag: waiting.fold(tag, |tag, change| change.labelled().applied_to(&tag)), own: true })
        })?;
        if action.changes.is_empty() {
            return Ok(Appended { number: None, differing });
        }
        file.add(&action)?;
        Ok(Appended { number: Some(action.number), differing })
    }

    /// What waits beside the cache and is not in the log, with the rows of the accounts.
    fn waiting_batches(&self) -> Result<Vec<TagBatch>, StoreError> {
        let actions = not_logged(&self.connection, self.waiting_actions()?)?;
        let mut batches = Vec::new();
        for action in actions {
            let mut batch = batch(action.number, &action.kind, action.repeats, &action.source, action.at);
            batch.basis = action.basis();
            for change in action.changes {
                // Whoever went meanwhile comes back once this is in the log.
                let account = row(&self.connection, &change.account)?;
                batch.changes.extend(account.map(|account| change.labelled().for_account(AccountId(account))));
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
            let tag = Tag { label: parsed(row.get_ref(1)?.as_str_or_null()?), note: row.get(2)? };
            Ok(TagEvent { account: AccountId(row.get(0)?), tag, at: Timestamp(row.get(3)?) })
        })?;
        let events: Vec<TagEvent> = events.collect::<Result<_, _>>()?;
        if waiting.is_empty() {
            return Ok(events);
        }
        let mut current: FxHashMap<AccountId, TagEvent> =
            events.into_iter().map(|event| (event.account, event)).collect();
        for TagBatch { at, changes, .. } in waiting {
            for change in changes {
                let account = change.account;
                let event = current.entry(account).or_insert(TagEvent { account, tag: Tag::default(), at });
                (event.tag, event.at) = (change.applied_to(&event.tag), at);
            }
        }
        let mut events: Vec<TagEvent> = current.into_values().filter(|event| !event.tag.is_empty()).collect();
        events.sort_unstable_by_key(|event| event.account);
        Ok(events)
    }

    /// Every basis of the log by its number, without those of a later version that this one cannot read.
    fn bases(&self) -> Result<FxHashMap<i64, Arc<LinkParameters>>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id, parameters FROM basis")?;
        let read = |row: &Row<'_>| Ok((row.get(0)?, LinkParameters::from_line(row.get_ref(1)?.as_str()?)));
        let all: Vec<(i64, Option<LinkParameters>)> = statement.query_map([], read)?.collect::<Result<_, _>>()?;
        Ok(all.into_iter().filter_map(|(id, basis)| Some((id, Arc::new(basis?)))).collect())
    }

    /// The whole log, the oldest first.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn tag_log(&self) -> Result<Vec<TagBatch>, StoreError> {
        let waiting = self.waiting_batches()?;
        let sql = "SELECT b.number, b.kind, b.of, b.source, b.at,
                          e.account_id, e.label_before, e.note_before, e.label, e.note, e.fields,
                          b.basis
                   FROM tag_batch b JOIN tag_event e ON e.batch = b.number ORDER BY b.number, e.account_id";
        let bases = self.bases()?;
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut log: Vec<TagBatch> = Vec::new();
        while let Some(row) = rows.next()? {
            let number: u64 = row.get(0)?;
            if log.last().is_none_or(|batch| batch.number != number) {
                let (kind, source) = (row.get_ref(1)?.as_str()?, row.get_ref(3)?.as_str()?);
                let mut batch = batch(number, kind, row.get(2)?, source, row.get(4)?);
                batch.basis = row.get::<_, Option<i64>>(11)?.and_then(|basis| bases.get(&basis).map(Arc::clone));
                log.push(batch);
            }
            if let Some(batch) = log.last_mut() {
                batch.changes.push(change(row)?);
            }
        }
        let logged = log.last().map_or(0, |batch| batch.number);
        log.extend(waiting.into_iter().filter(|batch| batch.number > logged));
        Ok(log)
    }
}

/// A change from column 5 on.
fn change(row: &Row<'_>) -> Result<TagChange, StoreError> {
    let fields: i64 = row.get(10)?;
    let label = |column| Ok::<_, StoreError>(parsed(row.get_ref(column)?.as_str_or_null()?));
    let label = FieldChange { before: label(6)?, after: label(8)? };
    let note = FieldChange { before: row.get(7)?, after: row.get(9)? };
    Ok(TagChange {
        account: AccountId(row.get(5)?),
        label: (fields & 1 != 0).then_some(label),
        note: (fields & 2 != 0).then_some(note),
    })
}

/// Writes to the log what waits beside the cache, if nothing else writes; true where an account had to come back for it.
pub(super) fn take_in_waiting(connection: &Connection, cache: &Path) -> Result<bool, StoreError> {
    let Some(mut file) = WaitingTags::lock_if_any(cache)? else { return Ok(false) };
    let logged = at_once(connection, &file.actions()?)?;
    if logged.is_some() {
        file.clear()?;
    }
    Ok(logged.is_some_and(|logged| logged.made))
}
