//! Accounts of an import: their row ids, and profiles merged field by field.

use std::collections::hash_map::Entry;

use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

use crate::model::{AccountId, AccountRecord, Profile, Timestamp};
use crate::store::StoreError;

/// Fields of a profile that have a time of their own.
const FIELDS: usize = 10;
/// An unknown time of sight is older than any.
const UNKNOWN: i64 = i64::MIN;

/// A profile, and for each field when its value was seen.
#[derive(Debug, Clone, PartialEq)]
struct Sighted {
    profile: Profile,
    seen: [i64; FIELDS],
}

impl Default for Sighted {
    fn default() -> Self {
        Self { profile: Profile::default(), seen: [UNKNOWN; FIELDS] }
    }
}

#[derive(Debug, Default)]
pub(super) struct Accounts {
    ids: FxHashMap<String, u32>,
    /// Rows that are not written yet, in the order of their ids.
    new: Vec<(u32, String)>,
    profiles: FxHashMap<u32, Sighted>,
    dirty: Vec<u32>,
    handles: Option<FxHashMap<String, Option<u32>>>,
    last: u32,
}

impl Accounts {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT id, platform_id FROM account")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            self.last = self.last.max(id);
            self.ids.insert(row.get(1)?, id);
        }
        Ok(())
    }

    /// The row of a platform id, which is made where there is none.
    pub fn id(&mut self, platform_id: &str) -> AccountId {
        if let Some(&id) = self.ids.get(platform_id) {
            return AccountId(id);
        }
        self.last += 1;
        self.ids.insert(platform_id.to_owned(), self.last);
        self.new.push((self.last, platform_id.to_owned()));
        self.handles = None;
        AccountId(self.last)
    }

    pub fn merge(&mut self, connection: &Connection, record: &AccountRecord) -> Result<AccountId, StoreError> {
        let written = self.ids.contains_key(&record.platform_id);
        let id = self.id(&record.platform_id);
        let known = match self.profiles.entry(id.0) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let known = if written { load(connection, id.0)? } else { None };
                entry.insert(known.unwrap_or_default())
            }
        };
        if known.merge(&record.profile) {
            self.dirty.push(id.0);
            self.handles = None;
        }
        Ok(id)
    }

    pub fn flush(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let changed = !self.new.is_empty() || !self.dirty.is_empty();
        let mut insert = connection.prepare_cached("INSERT INTO account (id, platform_id) VALUES (?1, ?2)")?;
        for (id, platform_id) in self.new.drain(..) {
            insert.execute(params![id, platform_id])?;
        }
        self.dirty.sort_unstable();
        self.dirty.dedup();
        for id in self.dirty.drain(..) {
            if let Some(sighted) = self.profiles.get(&id) {
                sighted.save(connection, id)?;
            }
        }
        Ok(changed)
    }

    /// Everything must be flushed before.
    pub fn find(&mut self, connection: &Connection, wanted: &str) -> Result<Option<AccountId>, StoreError> {
        if let Some(&id) = self.ids.get(wanted) {
            return Ok(Some(AccountId(id)));
        }
        if self.handles.is_none() {
            self.handles = Some(load_handles(connection)?);
        }
        let handle = wanted.strip_prefix('@').unwrap_or(wanted).to_lowercase();
        let found = self.handles.as_ref().and_then(|handles| handles.get(&handle).copied().flatten());
        Ok(found.map(AccountId))
    }
}

/// The account of each handle in lower case; `None` for a handle that several have.
fn load_handles(connection: &Connection) -> Result<FxHashMap<String, Option<u32>>, StoreError> {
    let mut handles = FxHashMap::default();
    let mut statement = connection.prepare("SELECT handle, id FROM account WHERE handle IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let handle = row.get_ref(0)?.as_str().unwrap_or_default().to_lowercase();
        handles.entry(handle).and_modify(|several| *several = None).or_insert(row.get(1)?);
    }
    Ok(handles)
}

/// Takes `new` over where it was seen later; of values seen at the same time the greater, so that the order in
/// which files are imported makes no difference.
fn take<T: Clone + Ord>(known: &mut Option<T>, seen: &mut i64, new: Option<&T>, at: i64) -> bool {
    let Some(new) = new else { return false };
    let better = match known {
        None => true,
        Some(known) => at > *seen || (at == *seen && new > known),
    };
    let moved = better && (known.as_ref() != Some(new) || at != *seen);
    if better {
        *known = Some(new.clone());
        *seen = at;
    }
    moved
}

impl Sighted {
    /// Merges another sight of the profile in; false where nothing changed.
    fn merge(&mut self, new: &Profile) -> bool {
        let at = new.observed_at.map_or(UNKNOWN, |at| at.0);
        let known = &mut self.profile;
        let [handle, name, bio, location, created, followers, following, statuses, verified, avatar] = &mut self.seen;
        let changes = [
            take(&mut known.handle, handle, new.handle.as_ref(), at),
            take(&mut known.name, name, new.name.as_ref(), at),
            take(&mut known.bio, bio, new.bio.as_ref(), at),
            take(&mut known.location, location, new.location.as_ref(), at),
            take(&mut known.created_at, created, new.created_at.as_ref(), at),
            take(&mut known.followers, followers, new.followers.as_ref(), at),
            take(&mut known.following, following, new.following.as_ref(), at),
            take(&mut known.statuses, statuses, new.statuses.as_ref(), at),
            take(&mut known.verified, verified, new.verified.as_ref(), at),
            take(&mut known.avatar_url, avatar, new.avatar_url.as_ref(), at),
            new.observed_at > known.observed_at,
        ];
        known.observed_at = known.observed_at.max(new.observed_at);
        changes.contains(&true)
    }

    fn save(&self, connection: &Connection, id: u32) -> Result<(), StoreError> {
        let mut update = connection.prepare_cached(
            "UPDATE account SET handle = ?2, name = ?3, bio = ?4, location = ?5, created_at = ?6, followers = ?7,
                 following = ?8, statuses = ?9, verified = ?10, avatar_url = ?11, observed_at = ?12, seen = ?13
             WHERE id = ?1",
        )?;
        let profile = &self.profile;
        // A count beyond what SQLite can hold is no count of followers.
        let count = |count: Option<u64>| count.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        update.execute(params![
            id,
            profile.handle,
            profile.name,
            profile.bio,
            profile.location,
            profile.created_at.map(|at| at.0),
            count(profile.followers),
            count(profile.following),
            count(profile.statuses),
            profile.verified,
            profile.avatar_url,
            profile.observed_at.map(|at| at.0),
            self.seen.map(i64::to_le_bytes).as_flattened(),
        ])?;
        Ok(())
    }
}

fn load(connection: &Connection, id: u32) -> Result<Option<Sighted>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT handle, name, bio, location, created_at, followers, following, statuses, verified, avatar_url,
                observed_at, seen
         FROM account WHERE id = ?1",
    )?;
    let sighted = statement.query_row([id], |row| {
        let time = |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp));
        let profile = Profile {
            handle: row.get(0)?,
            name: row.get(1)?,
            bio: row.get(2)?,
            location: row.get(3)?,
            created_at: time(4)?,
            followers: row.get(5)?,
            following: row.get(6)?,
            statuses: row.get(7)?,
            verified: row.get(8)?,
            avatar_url: row.get(9)?,
            observed_at: time(10)?,
            declared_bot: None,
        };
        let mut seen = [UNKNOWN; FIELDS];
        let bytes: Option<Vec<u8>> = row.get(11)?;
        for (slot, bytes) in seen.iter_mut().zip(bytes.unwrap_or_default().as_chunks::<8>().0) {
            *slot = i64::from_le_bytes(*bytes);
        }
        Ok(Sighted { profile, seen })
    });
    Ok(sighted.optional()?)
}
