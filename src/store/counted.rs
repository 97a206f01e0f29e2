//! What all posts and shares together come to: counted in one pass, and kept for as long as the data stays as it is.

use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use rusqlite::{OptionalExtension, params};

use super::last_rows::largest_row;
use super::runs::{Damage, Kind, sealed, unseal};
use super::{Store, StoreError};
use crate::model::{AccountId, AccountOrder, Activity, ObjectKind, dense};

/// Retweets from which on posts are worth being counted by a thread of their own.
const WORTH: u64 = 100_000;
/// Bytes of an activity that is kept.
const ACTIVITY: usize = 20;
/// Activities of a chunk: some 80 KB.
const CHUNK: usize = 4_096;

/// Sums over the whole cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub posts: u64,
    pub retweets: u64,
    pub targets: u64,
    pub synthetic_targets: u64,
}

/// The sums, and what each account did, by account id. Accounts beyond the end did nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub sums: Sums,
    pub activities: Vec<Activity>,
}

impl Store {
    /// What all posts and shares come to, counted now unless it is kept of the same data.
    pub(super) fn counted(&self) -> Result<Arc<Counted>, StoreError> {
        self.snapshot(Self::read_counted)
    }

    fn read_counted(&self) -> Result<Arc<Counted>, StoreError> {
        if let Some(counted) = self.remembered() {
            return Ok(counted);
        }
        let version = self.data_version()?;
        if let Some(sums) = self.kept_sums(version)?
            && let Some(activities) = self.kept_activities(usize::MAX)?
        {
            return Ok(Arc::new(Counted { sums, activities }));
        }
        let counted = Arc::new(self.count()?);
        self.remember(&counted);
        // Where it cannot be kept, as in a cache that may only be read, it is counted again the next time.
        let _ = self.keep_counted(version, &counted);
        Ok(counted)
    }

    /// The sums alone.
    pub(super) fn sums(&self) -> Result<Sums, StoreError> {
        self.snapshot(|store| match store.known_sums()? {
            Some(sums) => Ok(sums),
            None => Ok(store.counted()?.sums),
        })
    }

    /// Whether nothing has to be counted.
    pub(super) fn is_counted(&self) -> Result<bool, StoreError> {
        Ok(self.known_sums()?.is_some())
    }

    fn known_sums(&self) -> Result<Option<Sums>, StoreError> {
        match self.remembered() {
            Some(counted) => Ok(Some(counted.sums)),
            None => self.kept_sums(self.data_version()?),
        }
    }

    fn kept_sums(&self, version: i64) -> Result<Option<Sums>, StoreError> {
        let sql = "SELECT posts, retweets, targets, synthetic_targets FROM counted WHERE data_version = ?1";
        let sums = self.connection.query_row(sql, [version], |row| {
            let (posts, retweets) = (row.get(0)?, row.get(1)?);
            Ok(Sums { posts, retweets, targets: row.get(2)?, synthetic_targets: row.get(3)? })
        });
        Ok(sums.optional()?)
    }

    /// What at least the first accounts did, as it is kept; `None` where that is damaged, and has to be counted again.
    pub(super) fn kept_activities(&self, first: usize) -> Result<Option<Vec<Activity>>, StoreError> {
        let chunks = self.connection.query_row("SELECT chunks FROM counted", [], |row| row.get::<_, usize>(0));
        let Some(chunks) = chunks.optional()?.map(|chunks| chunks.min(first.div_ceil(CHUNK))) else { return Ok(None) };
        let mut statement =
            self.connection.prepare("SELECT place, bytes FROM activity_chunk ORDER BY place LIMIT ?1")?;
        let mut rows = statement.query([chunks])?;
        let mut activities = Vec::new();
        for place in 0..chunks {
            let Some(row) = rows.next()? else { return Ok(None) };
            let is_next = row.get::<_, usize>(0)? == place;
            if !is_next || unpack_chunk(place, row.get_ref(1)?.as_blob()?, &mut activities).is_err() {
                return Ok(None);
            }
        }
        Ok(Some(activities))
    }

    /// Keeps what was counted of data of this version, unless it has another one by now or somebody else writes.
    fn keep_counted(&self, version: i64, counted: &Counted) -> Result<(), StoreError> {
        let Counted { sums, activities } = counted;
        let chunks = activities.len().div_ceil(CHUNK);
        self.aside(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let kept = transaction.execute(
                "INSERT OR REPLACE INTO counted SELECT 1, value, ?2, ?3, ?4, ?5, ?6 FROM meta
                 WHERE name = 'data_version' AND value = ?1",
                params![version, sums.posts, sums.retweets, sums.targets, sums.synthetic_targets, chunks],
            )?;
            if kept > 0 {
                transaction.execute("DELETE FROM activity_chunk", [])?;
                let mut insert = transaction.prepare("INSERT INTO activity_chunk VALUES (?1, ?2)")?;
                for (place, chunk) in activities.chunks(CHUNK).enumerate() {
                    insert.execute(params![place, pack_chunk(place, chunk)])?;
                }
            }
            Ok(transaction.commit()?)
        })
    }

    fn count(&self) -> Result<Counted, StoreError> {
        let accounts = largest_row(&self.connection, "account")? as usize + 1;
        let worth = self.share_rows(ObjectKind::RetweetedPost)? > WORTH;
        let count_posts = move |store: &Self| {
            let (mut posts, mut of_accounts) = (0, vec![(0_u32, 0_u32); accounts]);
            store.for_each_post(|_, post| {
                posts += 1;
                if let Some((posts, retweets)) = of_accounts.get_mut(post.account as usize) {
                    *posts += 1;
                    *retweets += u32::from(post.retweet);
                }
                ControlFlow::Continue(())
            })?;
            Ok((posts, of_accounts, store.account_order()?))
        };
        let ((mut counted, pairs), (posts, of_accounts, order)) =
            self.both(worth, |store| store.count_retweets(accounts), count_posts)?;
        top_authors(&mut counted.activities, pairs, &order);
        counted.sums.posts = posts;
        for (activity, (posts, retweets)) in counted.activities.iter_mut().zip(of_accounts) {
            activity.posts = posts;
            // Of what an earlier version imported only the targets are known: each was retweeted by a post at least.
            activity.retweet_posts = retweets.max(activity.retweets).min(posts);
        }
        Ok(counted)
    }

    /// What is retweeted, and of each retweet with a known author the account and that author.
    fn count_retweets(&self, accounts: usize) -> Result<(Counted, Vec<(u32, u32)>), StoreError> {
        let mut counted = Counted { sums: Sums::default(), activities: vec![Activity::default(); accounts] };
        let Counted { sums, activities } = &mut counted;
        let (authors, synthetic) = (self.authors()?, self.synthetic_objects()?);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut last = None;
        self.for_each_shared(ObjectKind::RetweetedPost, |share| {
            let author = authors.get(share.object as usize).copied().unwrap_or_default();
            sums.retweets += 1;
            if last.replace(share.object) != Some(share.object) {
                sums.targets += 1;
                sums.synthetic_targets += u64::from(synthetic.contains(&share.object));
            }
            // A retweet of an own post says nothing of anybody else.
            if author == share.account {
                return ControlFlow::Continue(());
            }
            activities.get_mut(share.account as usize).iter_mut().for_each(|activity| activity.retweets += 1);
            if author != 0 {
                pairs.push((share.account, author));
            }
            ControlFlow::Continue(())
        })?;
        Ok((counted, pairs))
    }
}

/// Whom each account retweets most; of equal ones the first in the order of ids.
fn top_authors(activities: &mut [Activity], mut pairs: Vec<(u32, u32)>, order: &AccountOrder) {
    pairs.par_iter_mut().for_each(|(_, author)| *author = order.number(AccountId(*author)));
    pairs.par_sort_unstable();
    for run in pairs.chunk_by(|a, b| a == b) {
        let (account, author) = run[0];
        let count = dense(run.len());
        if let Some(activity) = activities.get_mut(account as usize).filter(|a| a.top_author_retweets < count) {
            activity.top_author_retweets = count;
            activity.top_author = Some(order.account(author));
        }
    }
}

/// A chunk is what its accounts did, one behind the other.
fn pack_chunk(place: usize, activities: &[Activity]) -> Vec<u8> {
    let packed: Vec<[u8; ACTIVITY]> = activities.iter().map(pack).collect();
    sealed(Kind::ACTIVITIES, activities.len(), packed.as_flattened(), &place.to_le_bytes())
}

fn unpack_chunk(place: usize, bytes: &[u8], activities: &mut Vec<Activity>) -> Result<(), Damage> {
    let (entries, content) = unseal(bytes, Kind::ACTIVITIES, &place.to_le_bytes())?;
    let (packed, rest) = content.as_chunks();
    if packed.len() != entries || !rest.is_empty() {
        return Err(Damage);
    }
    activities.extend(packed.iter().map(unpack));
    Ok(())
}

/// Account ids begin at 1.
fn pack(activity: &Activity) -> [u8; ACTIVITY] {
    let Activity { posts, retweet_posts, retweets, top_author_retweets, top_author } = activity;
    let top_author = top_author.map_or(0, |author| author.0);
    let numbers = [*posts, *retweets, *top_author_retweets, top_author, *retweet_posts];
    let mut packed = [0; ACTIVITY];
    packed.as_chunks_mut().0.iter_mut().zip(numbers).for_each(|(bytes, number)| *bytes = number.to_le_bytes());
    packed
}

fn unpack(packed: &[u8; ACTIVITY]) -> Activity {
    let number = |place: usize| packed.as_chunks().0.get(place).map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let top_author = Some(AccountId(number(3))).filter(|author| author.0 != 0);
    let (posts, retweets, top_author_retweets, retweet_posts) = (number(0), number(1), number(2), number(4));
    Activity { posts, retweet_posts, retweets, top_author_retweets, top_author }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectRecord, PostRecord};

    fn retweet(store: &mut Store, author: &str, post: &str, target: &str, target_author: &str) {
        let mut session = store.import_session().unwrap();
        let record = PostRecord { platform_id: post.to_owned(), author: author.to_owned(), ..PostRecord::default() };
        let object = ObjectRecord {
            kind: ObjectKind::RetweetedPost,
            key: target.to_owned(),
            author: Some(target_author.to_owned()),
            created_at: None,
            text: None,
            synthetic: target.starts_with("text:"),
        };
        session.post(&record, &[object]);
        session.finish().unwrap();
    }

    fn store() -> Store {
        let mut store = Store::in_memory().unwrap();
        retweet(&mut store, "a", "1", "x", "z");
        retweet(&mut store, "a", "2", "text:y", "z");
        retweet(&mut store, "b", "3", "x", "z");
        store
    }

    #[test]
    fn what_is_kept_is_what_was_counted() {
        let store = store();
        assert!(!store.is_counted().unwrap());
        let counted = store.counted().unwrap();
        assert_eq!(counted.sums, Sums { posts: 3, retweets: 3, targets: 2, synthetic_targets: 1 });
        let a = store.find_account("a").unwrap()[0];
        let z = store.find_account("z").unwrap()[0];
        let did = Activity { posts: 2, retweet_posts: 2, retweets: 2, top_author_retweets: 2, top_author: Some(z) };
        assert_eq!(counted.activities[a.index()], did);
        assert!(store.is_counted().unwrap());
        assert_eq!(store.counted().unwrap(), counted);
        assert_eq!(store.sums().unwrap(), counted.sums);
        assert_eq!(store.kept_activities(2).unwrap().unwrap(), counted.activities);
    }

    #[test]
    fn what_was_counted_of_other_data_is_not_used() {
        let mut store = store();
        let before = store.counted().unwrap();
        retweet(&mut store, "c", "4", "x", "z");
        assert!(!store.is_counted().unwrap());
        let now = store.counted().unwrap();
        assert_eq!((before.sums.posts, now.sums.posts), (3, 4));
        assert_eq!(now.activities.len(), before.activities.len() + 1);
        // Somebody imported while it was counted.
        store.keep_counted(store.data_version().unwrap() - 1, &before).unwrap();
        assert_eq!(store.counted().unwrap(), now);
    }
}
