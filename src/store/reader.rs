//! Reading accounts, shares, objects and pictures.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row};
use rustc_hash::{FxHashMap, FxHashSet};

use super::detail::Detail;
use super::live::Shared;
use super::profile::{COLUMNS, Sighted};
use super::{Store, StoreError};
use crate::model::{Account, AccountId, Activity, AvatarId, Object, ObjectId, ObjectKind, ShareRow, Timestamp};

/// Where the columns of a profile begin behind those of its account.
const FIRST_OF_PROFILE: usize = 3;

impl Store {
    /// Every account with what it did in the data, ordered by id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut accounts = self.profiles()?;
        let largest = accounts.last().map_or(0, |account| account.id.index());
        let activities = self.activities(largest)?;
        for account in &mut accounts {
            account.activity = activities[account.id.index()];
        }
        Ok(accounts)
    }

    /// Every account with its profile, as all imports together tell it, ordered by id.
    fn profiles(&self) -> Result<Vec<Account>, StoreError> {
        let sql = format!(
            "SELECT id, platform_id, avatar_id, {COLUMNS} FROM account LEFT JOIN profile ON account_id = id
             ORDER BY id, import_id"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut accounts: Vec<Account> = Vec::new();
        let mut merged = Sighted::default();
        while let Some(row) = rows.next()? {
            let id = AccountId(row.get(0)?);
            let told = Sighted::read(row, FIRST_OF_PROFILE)?;
            match accounts.last_mut().filter(|last| last.id == id) {
                Some(last) => {
                    merged.merge_with(&told);
                    last.profile = merged.profile.clone();
                }
                None => {
                    accounts.push(Account {
                        id,
                        platform_id: row.get(1)?,
                        profile: told.profile.clone(),
                        avatar: row.get::<_, Option<u32>>(2)?.map(AvatarId),
                        activity: Activity::default(),
                    });
                    merged = told;
                }
            }
        }
        Ok(accounts)
    }

    /// Every account by its platform id and its handle, without what it did, ordered by id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn account_names(&self) -> Result<Vec<(AccountId, String, Option<String>)>, StoreError> {
        let sql = "SELECT id, platform_id, handle, seen FROM account LEFT JOIN profile ON account_id = id
                   ORDER BY id, import_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut names: Vec<(AccountId, String, Option<String>)> = Vec::new();
        let mut newest = None;
        while let Some(row) = rows.next()? {
            let id = AccountId(row.get(0)?);
            let handle: Option<String> = row.get(2)?;
            let sight = handle.is_some().then_some(Sighted::handle_seen(row, 3)?);
            match names.last_mut().filter(|last| last.0 == id) {
                Some(last) if (sight, &handle) > (newest, &last.2) => (last.2, newest) = (handle, sight),
                Some(_) => {}
                None => {
                    names.push((id, row.get(1)?, handle));
                    newest = sight;
                }
            }
        }
        Ok(names)
    }

    /// What each account did, by account id.
    fn activities(&self, largest: usize) -> Result<Vec<Activity>, StoreError> {
        let mut activities = vec![Activity::default(); largest + 1];
        self.for_each_author(|account| {
            if let Some(activity) = activities.get_mut(account as usize) {
                activity.posts += 1;
            }
        })?;
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
        let sql = "SELECT object_id, min(author_id) FROM detail WHERE author_id IS NOT NULL GROUP BY object_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            authors[row.get::<_, usize>(0)?] = row.get(1)?;
        }
        Ok(authors)
    }

    /// Calls `each` with every account and object of a kind that it shared, ordered by object and account, until it
    /// breaks. Of several posts and files the earliest known time counts.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_share(
        &self,
        kind: ObjectKind,
        each: &mut dyn FnMut(ShareRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let authors = self.authors()?;
        self.for_each_shared(kind, |Shared { object, account, at }| {
            let own = authors.get(object as usize) == Some(&account);
            each(ShareRow { object: ObjectId(object), account: AccountId(account), at: at.map(Timestamp), own })
        })
    }

    /// These objects, in the order asked for; unknown ones are left out.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn objects(&self, ids: &[ObjectId]) -> Result<Vec<Object>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT kind, key, synthetic FROM object WHERE id = ?1")?;
        let mut objects = Vec::with_capacity(ids.len());
        for &id in ids {
            let object = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let found: Option<(i64, String, bool)> = statement.query_row([id.0], object).optional()?;
            let Some((code, key, synthetic)) = found else { continue };
            let Some(kind) = ObjectKind::ALL.into_iter().find(|kind| kind.code() == code) else { continue };
            let Detail { author, created_at, text } = self.detail(id)?;
            let (author, created_at) = (author.map(AccountId), created_at.map(Timestamp));
            objects.push(Object { id, kind, key, author, created_at, text, synthetic });
        }
        Ok(objects)
    }

    /// What all imports together know of an object.
    fn detail(&self, id: ObjectId) -> Result<Detail, StoreError> {
        let sql = "SELECT author_id, created_at, text FROM detail WHERE object_id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([id.0])?;
        let mut detail = Detail::default();
        while let Some(row) = rows.next()? {
            let (author, at): (Option<u32>, Option<i64>) = (row.get(0)?, row.get(1)?);
            let text: Option<String> = row.get(2)?;
            detail.merge(author.map(AccountId), at.map(Timestamp), text.as_deref());
        }
        Ok(detail)
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
        let keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
        let wanted: FxHashSet<&str> = keys.iter().copied().collect();
        let mut found: FxHashMap<&str, ObjectId> = FxHashMap::default();
        if !wanted.is_empty() {
            let mut statement = self.connection.prepare("SELECT id, key FROM object WHERE kind = ?1")?;
            let mut rows = statement.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                if let Some(&key) = wanted.get(row.get_ref(1)?.as_str()?) {
                    found.insert(key, ObjectId(row.get(0)?));
                }
            }
        }
        let missing = keys.iter().copied().filter(|key| !found.contains_key(key)).collect();
        Ok((keys.iter().filter_map(|key| found.get(key).copied()).collect(), missing))
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
        let sql = "SELECT DISTINCT account_id FROM profile WHERE handle = ?1 COLLATE NOCASE ORDER BY account_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map([handle], |row| Ok(AccountId(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}
