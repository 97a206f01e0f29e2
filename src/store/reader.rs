//! Reading accounts, shares, objects and pictures.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row};
use rustc_hash::{FxHashMap, FxHashSet};

use super::detail::Detail;
use super::in_order::in_order;
use super::live::Shared;
use super::platforms::shared;
use super::profile::Sighted;
use super::profiles::AddRead;
use super::{Store, StoreError};
use crate::model::{Account, AccountId, AccountKey, Activity, Object, ObjectId, ObjectKind, ShareRow, Timestamp};

/// Shares from which on the keys of their objects are worth being read by a thread of their own.
const WORTH: u64 = 100_000;

fn with_activities(mut accounts: Vec<Account>, activities: &[Activity]) -> Vec<Account> {
    for account in &mut accounts {
        account.activity = activities.get(account.id.index()).copied().unwrap_or_default();
    }
    accounts
}

impl Store {
    /// Every account with what it did in the data, in the order of platforms and of ids there.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.accounts_with_progress(&|_| ControlFlow::Continue(()))
    }

    /// The same; `add_read` is called now and then with how many more were read, by several threads. Where it breaks off,
    /// profiles are missing.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn accounts_with_progress(&self, add_read: AddRead<'_>) -> Result<Vec<Account>, StoreError> {
        self.snapshot(|store| {
            // What is not counted yet takes as long as reading the profiles does.
            let (accounts, counted) =
                store.both(!store.is_counted()?, |store| store.profiles(add_read), Self::counted)?;
            store.remember(&counted);
            Ok(in_order(with_activities(accounts, &counted.activities)))
        })
    }

    /// The first accounts in the order of platforms and of ids there, at most so many, to be looked at while all are read;
    /// and whether what they did is known.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn first_accounts(&self, most: u32) -> Result<(Vec<Account>, bool), StoreError> {
        self.snapshot(|store| store.read_first_accounts(most))
    }

    fn read_first_accounts(&self, most: u32) -> Result<(Vec<Account>, bool), StoreError> {
        // The index of platforms and ids has this order already.
        let sql = "SELECT id FROM account ORDER BY platform, platform_id LIMIT ?1";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([most], |row| row.get(0))?.collect::<Result<Vec<u32>, _>>()?;
        let mut accounts = Vec::with_capacity(rows.len());
        for &row in &rows {
            accounts.extend(self.profiles_of(row..=row, &|_| ControlFlow::Continue(()))?);
        }
        if !self.is_counted()? {
            return Ok((accounts, false));
        }
        let largest = rows.iter().max().map_or(0, |&row| row as usize);
        // What is damaged is counted again when all are read.
        match self.kept_activities(largest + 1)? {
            Some(activities) => Ok((with_activities(accounts, &activities), true)),
            None => Ok((accounts, false)),
        }
    }

    /// How many accounts there are.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn account_count(&self) -> Result<u64, StoreError> {
        Ok(self.connection.query_row("SELECT count(*) FROM account", [], |row| row.get(0))?)
    }

    /// Every account by its platform and id and its handle, without what it did, ordered by row.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn account_names(&self) -> Result<Vec<(AccountId, AccountKey, Option<String>)>, StoreError> {
        let sql = "SELECT id, platform_id, handle, seen, platform, import_id FROM account LEFT JOIN profile ON account_id = id
                   ORDER BY id, import_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut names: Vec<(AccountId, AccountKey, Option<String>)> = Vec::new();
        let words = self.platform_words()?;
        let mut newest = None;
        while let Some(row) = rows.next()? {
            let id = AccountId(row.get(0)?);
            let handle: Option<String> = row.get(2)?;
            let sight = match &handle {
                Some(_) => Some(Sighted::handle_seen(&self.connection, row, 3, (id.0, row.get(5)?))?),
                None => None,
            };
            match names.last_mut().filter(|last| last.0 == id) {
                Some(last) if (sight, &handle) > (newest, &last.2) => (last.2, newest) = (handle, sight),
                Some(_) => {}
                None => {
                    let key = AccountKey { platform: shared(&words, row.get_ref(4)?.as_str()?), id: row.get(1)? };
                    names.push((id, key, handle));
                    newest = sight;
                }
            }
        }
        Ok(names)
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

    /// The same, and the place of each object in the order of platforms and keys, by object id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_share_and_places(
        &self,
        kind: ObjectKind,
        each: &mut dyn FnMut(ShareRow) -> ControlFlow<()>,
    ) -> Result<Vec<u32>, StoreError> {
        let worth = self.share_rows(kind)? > WORTH;
        let ((), places) = self.snapshot(|store| {
            store.both(worth, |store| store.for_each_share(kind, each), move |store| store.object_places(kind))
        })?;
        Ok(places)
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
            let detail = self.detail(id)?;
            let author = detail.first_author(&self.connection)?.map(AccountId);
            let (created_at, text) = (detail.created_at.map(Timestamp), detail.text);
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
        // Posts of two platforms may have the same key.
        let mut found: FxHashMap<&str, Vec<ObjectId>> = FxHashMap::default();
        if !wanted.is_empty() {
            let mut statement = self.connection.prepare("SELECT id, key FROM object WHERE kind = ?1")?;
            let mut rows = statement.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                if let Some(&key) = wanted.get(row.get_ref(1)?.as_str()?) {
                    found.entry(key).or_default().push(ObjectId(row.get(0)?));
                }
            }
        }
        let missing = keys.iter().copied().filter(|key| !found.contains_key(key)).collect();
        Ok((keys.iter().filter_map(|key| found.get(key)).flatten().copied().collect(), missing))
    }
}
