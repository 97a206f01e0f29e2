//! Profiles as they are merged: of each field the newest sight, whatever the order in which files are imported.

use rusqlite::{CachedStatement, Connection, Row, params};

use super::StoreError;
use super::damage::damaged_import;
use super::runs::Damage;
use super::sights::{self, FIELDS, Sights, UNKNOWN};
use crate::model::{Profile, Timestamp};

/// The columns of `profile` in the order in which `read` takes them.
pub(super) const COLUMNS: &str = "handle, name, bio, location, created_at, followers, following, statuses, verified,
    avatar_url, observed_at, seen, declared_bot";

/// A profile, and for each field when its value was seen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sighted {
    pub profile: Profile,
    seen: Sights,
}

impl Default for Sighted {
    fn default() -> Self {
        Self { profile: Profile::default(), seen: [UNKNOWN; FIELDS] }
    }
}

/// Takes `new` over where it was seen later; of values seen at the same time the greater, so that the order in
/// which files are imported makes no difference.
fn take<T: Clone + Ord>(known: &mut Option<T>, seen: &mut i64, new: Option<&T>, at: i64) -> bool {
    let Some(new) = new else { return false };
    let better = match known {
        None => true,
        Some(known) => at > *seen || (at == *seen && new > known),
    };
    if !better {
        return false;
    }
    let differs = known.as_ref() != Some(new);
    let moved = differs || at != *seen;
    if differs {
        *known = Some(new.clone());
    }
    *seen = at;
    moved
}

impl Sighted {
    /// Merges another sight of the profile in; false where nothing changed.
    pub fn merge(&mut self, new: &Profile) -> bool {
        let at = new.observed_at.map_or(UNKNOWN, |at| at.0);
        self.merge_fields(new, &[at; FIELDS])
    }

    /// Merges what another import knows of the profile.
    pub fn merge_with(&mut self, other: &Self) {
        self.merge_fields(&other.profile, &other.seen);
    }

    fn merge_fields(&mut self, new: &Profile, at: &Sights) -> bool {
        let known = &mut self.profile;
        let [handle, name, bio, location, created, followers, following, statuses, verified, avatar, bot] =
            &mut self.seen;
        let changes = [
            take(&mut known.handle, handle, new.handle.as_ref(), at[0]),
            take(&mut known.name, name, new.name.as_ref(), at[1]),
            take(&mut known.bio, bio, new.bio.as_ref(), at[2]),
            take(&mut known.location, location, new.location.as_ref(), at[3]),
            take(&mut known.created_at, created, new.created_at.as_ref(), at[4]),
            take(&mut known.followers, followers, new.followers.as_ref(), at[5]),
            take(&mut known.following, following, new.following.as_ref(), at[6]),
            take(&mut known.statuses, statuses, new.statuses.as_ref(), at[7]),
            take(&mut known.verified, verified, new.verified.as_ref(), at[8]),
            take(&mut known.avatar_url, avatar, new.avatar_url.as_ref(), at[9]),
            take(&mut known.declared_bot, bot, new.declared_bot.as_ref(), at[10]),
            new.observed_at > known.observed_at,
        ];
        known.observed_at = known.observed_at.max(new.observed_at);
        changes.contains(&true)
    }

    /// Reads the columns of `COLUMNS`, from `first` on; `place` is the account and the import.
    pub fn read(connection: &Connection, row: &Row<'_>, first: usize, place: (u32, u32)) -> Result<Self, StoreError> {
        let time = |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp));
        let profile = Profile {
            handle: row.get(first)?,
            name: row.get(first + 1)?,
            bio: row.get(first + 2)?,
            location: row.get(first + 3)?,
            created_at: time(first + 4)?,
            followers: row.get(first + 5)?,
            following: row.get(first + 6)?,
            statuses: row.get(first + 7)?,
            verified: row.get(first + 8)?,
            avatar_url: row.get(first + 9)?,
            observed_at: time(first + 10)?,
            declared_bot: row.get(first + 12)?,
        };
        Ok(Self { profile, seen: read_sights(connection, row, first + 11, place)? })
    }

    /// When the handle was seen, of a row that holds the times in a column; `place` is the account and the import.
    pub fn handle_seen(
        connection: &Connection,
        row: &Row<'_>,
        column: usize,
        place: (u32, u32),
    ) -> Result<i64, StoreError> {
        Ok(read_sights(connection, row, column, place)?[0])
    }

    /// What an import said of an account so far.
    pub fn load(connection: &Connection, account: u32, import: u32) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM profile WHERE account_id = ?1 AND import_id = ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([account, import])?;
        let row = rows.next()?;
        row.map(|row| Self::read(connection, row, 0, (account, import))).transpose()
    }

    /// The statement that `save` runs.
    pub fn saving(connection: &Connection) -> Result<CachedStatement<'_>, StoreError> {
        Ok(connection.prepare_cached(&format!(
            "INSERT INTO profile (account_id, import_id, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT DO UPDATE SET handle = ?3, name = ?4, bio = ?5, location = ?6, created_at = ?7,
                 followers = ?8, following = ?9, statuses = ?10, verified = ?11, avatar_url = ?12, observed_at = ?13,
                 seen = ?14, declared_bot = ?15"
        ))?)
    }

    /// Writes what an import says of an account.
    pub fn save(&self, saving: &mut CachedStatement<'_>, account: u32, import: u32) -> Result<(), StoreError> {
        let profile = &self.profile;
        // A count beyond what SQLite can hold is no count of followers.
        let count = |count: Option<u64>| count.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        saving.execute(params![
            account,
            import,
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
            sights::pack(&self.seen, (account, import)),
            profile.declared_bot,
        ])?;
        Ok(())
    }
}

fn read_sights(connection: &Connection, row: &Row<'_>, column: usize, place: (u32, u32)) -> Result<Sights, StoreError> {
    let blob = row.get_ref(column)?.as_blob_or_null()?;
    sights::unpack(blob, place).map_err(|Damage| damaged_import(connection, place.1))
}

/// The fields by which people know an account, with the numbers that the cache stores: never renumber them.
pub(super) fn known_by(profile: &Profile) -> [(u32, Option<&String>); 5] {
    [
        (1, profile.handle.as_ref()),
        (2, profile.name.as_ref()),
        (3, profile.bio.as_ref()),
        (4, profile.location.as_ref()),
        (5, profile.avatar_url.as_ref()),
    ]
}

/// The values that both profiles know and that differ, as (field, one, other).
pub(super) fn differing<'p>(
    one: &'p Profile,
    other: &'p Profile,
) -> impl Iterator<Item = (u32, &'p String, &'p String)> {
    let pairs = known_by(one).into_iter().zip(known_by(other));
    pairs.filter_map(|((field, one), (_, other))| Some((field, one?, other?))).filter(|(_, one, other)| one != other)
}
