//! Reading accounts, shares, objects and pictures.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row};

use super::{Store, StoreError};
use crate::model::{
    Account, AccountId, Activity, AvatarId, AvatarPrint, Object, ObjectId, ObjectKind, PdqHash, Profile, ShareRow,
    Thumbnail, Timestamp,
};

const ACCOUNTS: &str = "SELECT id, platform_id, handle, name, bio, location, created_at, followers, following,
    statuses, verified, avatar_url, observed_at, avatar_id FROM account ORDER BY id";

impl Store {
    /// Every account with what it did in the data, ordered by id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut statement = self.connection.prepare(ACCOUNTS)?;
        let mut accounts: Vec<Account> = statement.query_map([], account)?.collect::<Result<_, _>>()?;
        let largest = accounts.last().map_or(0, |account| account.id.index());
        let activities = self.activities(largest)?;
        for account in &mut accounts {
            account.activity = activities[account.id.index()];
        }
        Ok(accounts)
    }

    /// Every account by its platform id and its handle, without what it did, ordered by id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn account_names(&self) -> Result<Vec<(AccountId, String, Option<String>)>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id, platform_id, handle FROM account ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((AccountId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The picture of every account that has one, ordered by id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn account_avatars(&self) -> Result<Vec<(AccountId, AvatarId)>, StoreError> {
        let sql = "SELECT id, avatar_id FROM account WHERE avatar_id IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((AccountId(row.get(0)?), AvatarId(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What each account did, by account id.
    fn activities(&self, largest: usize) -> Result<Vec<Activity>, StoreError> {
        let mut activities = vec![Activity::default(); largest + 1];
        let mut statement = self.connection.prepare("SELECT account_id FROM post")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let account: usize = row.get(0)?;
            if let Some(activity) = activities.get_mut(account) {
                activity.posts += 1;
            }
        }
        let authors = self.authors()?;
        let mut retweets: Vec<(u32, u32)> = Vec::new();
        self.for_each_share(ObjectKind::RetweetedPost, &mut |share| {
            if let Some(activity) = activities.get_mut(share.account.index()) {
                activity.retweets += 1;
            }
            if let Some(&author) = authors.get(share.object.index()).filter(|&&author| author != 0) {
                retweets.push((share.account.0, author));
            }
            ControlFlow::Continue(())
        })?;
        retweets.sort_unstable();
        for run in retweets.chunk_by(|a, b| a == b) {
            let (account, author) = run[0];
            let count = u32::try_from(run.len()).unwrap_or(u32::MAX);
            if let Some(activity) = activities.get_mut(account as usize).filter(|a| a.top_author_retweets < count) {
                activity.top_author_retweets = count;
                activity.top_author = Some(AccountId(author));
            }
        }
        Ok(activities)
    }

    /// The author of each object, by object id; 0 where it is not known.
    fn authors(&self) -> Result<Vec<u32>, StoreError> {
        let largest: i64 =
            self.connection.query_row("SELECT coalesce(max(id), 0) FROM object", [], |row| row.get(0))?;
        let length = usize::try_from(largest).map_err(|_| StoreError::TooLarge(largest))?;
        let mut authors = vec![0; length + 1];
        let mut statement = self.connection.prepare("SELECT id, author_id FROM object WHERE author_id IS NOT NULL")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            authors[row.get::<_, usize>(0)?] = row.get(1)?;
        }
        Ok(authors)
    }

    /// Calls `each` with every share of a kind, ordered by object and account, until it breaks.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_share(
        &self,
        kind: ObjectKind,
        each: &mut dyn FnMut(ShareRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let authors = self.authors()?;
        let sql = "SELECT object_id, account_id, at FROM share WHERE kind = ?1 ORDER BY object_id, account_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([kind.code()])?;
        while let Some(row) = rows.next()? {
            let (object, account): (u32, u32) = (row.get(0)?, row.get(1)?);
            let share = ShareRow {
                object: ObjectId(object),
                account: AccountId(account),
                at: row.get::<_, Option<i64>>(2)?.map(Timestamp),
                own: authors.get(object as usize) == Some(&account),
            };
            if each(share).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// These objects, in the order asked for; unknown ones are left out.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn objects(&self, ids: &[ObjectId]) -> Result<Vec<Object>, StoreError> {
        let sql = "SELECT kind, key, author_id, created_at, text FROM object WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut objects = Vec::with_capacity(ids.len());
        for &id in ids {
            let object = |row: &Row<'_>| {
                let code: i64 = row.get(0)?;
                let kind = ObjectKind::ALL.into_iter().find(|kind| kind.code() == code);
                Ok(kind.map(|kind| (kind, row.get(1), row.get(2), row.get(3), row.get(4))))
            };
            let found = statement.query_row([id.0], object).optional()?.flatten();
            if let Some((kind, key, author, created_at, text)) = found {
                let author: Option<u32> = author?;
                let created_at: Option<i64> = created_at?;
                objects.push(Object {
                    id,
                    kind,
                    key: key?,
                    author: author.map(AccountId),
                    created_at: created_at.map(Timestamp),
                    text: text?,
                });
            }
        }
        Ok(objects)
    }

    /// The rows of the objects of a kind that have these keys, and the keys that none has.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn object_ids<'k>(
        &self,
        kind: ObjectKind,
        keys: impl IntoIterator<Item = &'k String>,
    ) -> Result<(Vec<ObjectId>, Vec<&'k str>), StoreError> {
        let mut statement = self.connection.prepare("SELECT id FROM object WHERE kind = ?1 AND key = ?2")?;
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for key in keys {
            let id = statement.query_row((kind.code(), key), |row| row.get(0)).optional()?;
            match id {
                Some(id) => found.push(ObjectId(id)),
                None => missing.push(key.as_str()),
            }
        }
        Ok((found, missing))
    }

    /// What linking needs to know of every picture.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn avatar_prints(&self) -> Result<Vec<AvatarPrint>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id, pdq, quality FROM avatar ORDER BY id")?;
        let prints = statement.query_map([], |row| {
            Ok(AvatarPrint { id: AvatarId(row.get(0)?), pdq: PdqHash(row.get(1)?), quality: row.get(2)? })
        })?;
        Ok(prints.collect::<Result<_, _>>()?)
    }

    /// The SHA-256 of every picture's bytes.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn avatar_sha256(&self) -> Result<Vec<(AvatarId, [u8; 32])>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id, sha256 FROM avatar ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((AvatarId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The small copy of a picture.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn thumbnail(&self, id: AvatarId) -> Result<Option<Thumbnail>, StoreError> {
        let sql = "SELECT thumbnail_width, thumbnail_height, thumbnail FROM avatar WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let thumbnail = |row: &Row<'_>| Ok(Thumbnail { width: row.get(0)?, height: row.get(1)?, rgb: row.get(2)? });
        Ok(statement.query_row([id.0], thumbnail).optional()?)
    }

    /// The accounts that a user may mean: the one with this platform id, else all with this handle, whatever its
    /// case, with or without `@`.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn find_account(&self, id_or_handle: &str) -> Result<Vec<AccountId>, StoreError> {
        let by_id = "SELECT id FROM account WHERE platform_id = ?1";
        let found: Option<u32> = self.connection.query_row(by_id, [id_or_handle], |row| row.get(0)).optional()?;
        if let Some(id) = found {
            return Ok(vec![AccountId(id)]);
        }
        let handle = id_or_handle.strip_prefix('@').unwrap_or(id_or_handle);
        let sql = "SELECT id FROM account WHERE handle = ?1 COLLATE NOCASE ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map([handle], |row| Ok(AccountId(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let time = |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp));
    Ok(Account {
        id: AccountId(row.get(0)?),
        platform_id: row.get(1)?,
        profile: Profile {
            handle: row.get(2)?,
            name: row.get(3)?,
            bio: row.get(4)?,
            location: row.get(5)?,
            created_at: time(6)?,
            followers: row.get(7)?,
            following: row.get(8)?,
            statuses: row.get(9)?,
            verified: row.get(10)?,
            avatar_url: row.get(11)?,
            observed_at: time(12)?,
            declared_bot: None,
        },
        avatar: row.get::<_, Option<u32>>(13)?.map(AvatarId),
        activity: Activity::default(),
    })
}
