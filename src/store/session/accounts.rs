//! Accounts of an import: their row ids, and profiles merged field by field.

use std::collections::hash_map::Entry;

use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::homes::Homes;
use super::names::Names;
use crate::model::{AccountId, AccountRecord, Platform};
use crate::store::StoreError;
use crate::store::last_rows::last_row;
use crate::store::profile::{Sighted, differing};

/// Profiles that are held; more are written and read again where they are needed again.
const HELD: usize = 200_000;

#[derive(Debug, Default)]
pub(super) struct Accounts {
    ids: Homes<Names>,
    /// Rows that are not written yet, in the order of their ids, each with the place of its platform.
    new: Vec<(u32, usize, String)>,
    profiles: FxHashMap<u32, Sighted>,
    dirty: FxHashSet<u32>,
    /// Values of fields that had several: account, field, value.
    values: Vec<(u32, u32, String)>,
    handles: Option<FxHashMap<String, Option<u32>>>,
    last: u32,
}

impl Accounts {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.last = last_row(connection, "account")?;
        let mut statement = connection.prepare("SELECT id, platform, platform_id FROM account")?;
        let mut rows = statement.query([])?;
        let mut home = 0;
        while let Some(row) = rows.next()? {
            let platform = row.get_ref(1)?.as_str()?;
            if self.ids.word(home) != platform {
                home = self.ids.place(platform);
            }
            self.ids.at(home).get_or_insert(row.get_ref(2)?.as_str()?, row.get(0)?);
        }
        Ok(())
    }

    /// From now on ids are those of this platform.
    pub fn settle(&mut self, platform: &Platform) {
        self.ids.settle(platform.word());
    }

    /// The platforms that have accounts, the blank one first.
    pub fn platforms(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().filter(|(_, ids)| !ids.is_empty()).map(|(word, _)| word)
    }

    /// Gives the accounts of the blank platform to this one, which has none.
    pub fn take_over(&mut self, platform: &Platform) {
        let place = self.ids.place(platform.word());
        *self.ids.at(place) = std::mem::take(self.ids.at(0));
    }

    /// The row of an id of the platform that is told of, which is made where there is none.
    pub fn id(&mut self, platform_id: &str) -> AccountId {
        let (ids, home) = self.ids.here();
        let (id, known) = ids.get_or_insert(platform_id, self.last + 1);
        if !known {
            self.last = id;
            self.new.push((id, home, platform_id.to_owned()));
            self.handles = None;
        }
        AccountId(id)
    }

    /// Takes in what the record says of an account.
    pub fn merge(
        &mut self,
        connection: &Connection,
        import: u32,
        record: &AccountRecord,
    ) -> Result<AccountId, StoreError> {
        let written = self.ids.here().0.get(&record.platform_id).is_some();
        let id = self.id(&record.platform_id);
        let known = match self.profiles.entry(id.0) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let known = if written { Sighted::load(connection, id.0, import)? } else { None };
                if known.is_none() {
                    self.dirty.insert(id.0);
                }
                entry.insert(known.unwrap_or_default())
            }
        };
        for (field, one, other) in differing(&known.profile, &record.profile) {
            self.values.extend([(id.0, field, one.clone()), (id.0, field, other.clone())]);
        }
        if known.merge(&record.profile) {
            self.dirty.insert(id.0);
            self.handles = None;
        }
        Ok(id)
    }

    /// Writes new accounts; true where there are any.
    pub fn flush_names(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let changed = !self.new.is_empty();
        let mut insert =
            connection.prepare_cached("INSERT INTO account (id, platform, platform_id) VALUES (?1, ?2, ?3)")?;
        for (id, home, platform_id) in self.new.drain(..) {
            insert.execute(params![id, self.ids.word(home), platform_id])?;
        }
        Ok(changed)
    }

    /// Writes what is not written yet; true where that changed something.
    pub fn flush(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let changed = self.flush_names(connection)? || !self.dirty.is_empty();
        let mut dirty: Vec<u32> = self.dirty.drain().collect();
        dirty.sort_unstable();
        let mut saving = Sighted::saving(connection)?;
        for id in dirty {
            if let Some(sighted) = self.profiles.get(&id) {
                sighted.save(&mut saving, id, import)?;
            }
        }
        if self.profiles.len() > HELD {
            self.profiles = FxHashMap::default();
        }
        Ok(self.flush_values(connection, import)? | changed)
    }

    fn flush_values(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO profile_value (account_id, field, value, import_id) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?;
        self.values.sort_unstable();
        self.values.dedup();
        let mut changed = 0;
        for (account, field, value) in self.values.drain(..) {
            changed += insert.execute(params![account, field, value, import])?;
        }
        Ok(changed > 0)
    }

    /// Forgets what belongs to the import that ended.
    pub fn end(&mut self) {
        self.profiles = FxHashMap::default();
    }

    /// The only account with this id or this handle. Everything must be flushed before.
    pub fn find(&mut self, connection: &Connection, wanted: &str) -> Result<Option<AccountId>, StoreError> {
        if self.handles.is_none() {
            self.handles = Some(load_handles(connection)?);
        }
        let handle = wanted.strip_prefix('@').unwrap_or(wanted).to_lowercase();
        let by_handle = self.handles.as_ref().and_then(|handles| handles.get(&handle));
        if by_handle == Some(&None) {
            return Ok(None);
        }
        let mut found = by_handle.copied().flatten();
        for id in self.ids.iter().filter_map(|(_, ids)| ids.get(wanted)) {
            if found.is_some_and(|found| found != id) {
                return Ok(None);
            }
            found = Some(id);
        }
        Ok(found.map(AccountId))
    }
}

/// The account of each handle in lower case; `None` for a handle that several have.
fn load_handles(connection: &Connection) -> Result<FxHashMap<String, Option<u32>>, StoreError> {
    let mut handles: FxHashMap<String, Option<u32>> = FxHashMap::default();
    let mut statement = connection.prepare("SELECT handle, account_id FROM profile WHERE handle IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let handle = row.get_ref(0)?.as_str().unwrap_or_default().to_lowercase();
        let account: u32 = row.get(1)?;
        let one_account = |known: &mut Option<u32>| *known = known.filter(|&known| known == account);
        handles.entry(handle).and_modify(one_account).or_insert(Some(account));
    }
    Ok(handles)
}
