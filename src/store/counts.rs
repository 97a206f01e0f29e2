//! What the tables hold.

use rustc_hash::FxHashSet;

use super::counted::Sums;
use super::{Store, StoreError};
use crate::model::{Counts, ObjectKind};

impl Store {
    /// Counts of the whole cache.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.snapshot(Self::read_counts)
    }

    fn read_counts(&self) -> Result<Counts, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok(u64::try_from(count).unwrap_or_default())
        };
        let Sums { posts, retweets, targets, synthetic_targets } = self.sums()?;
        Ok(Counts {
            accounts: count("SELECT count(*) FROM account")?,
            posts,
            retweets,
            targets,
            synthetic_targets,
            avatars: count("SELECT count(*) FROM avatar")?,
            tagged: self.current_tags()?.iter().filter(|event| event.tag.label.is_some()).count() as u64,
            rounded_ids: count("SELECT count(*) FROM (SELECT DISTINCT kind, row_id FROM rounded)")?,
            skipped: count("SELECT coalesce(sum(skipped), 0) FROM import")?,
        })
    }

    /// Calls `each` with the key of every object of a kind.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_key(&self, kind: ObjectKind, mut each: impl FnMut(&str)) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare("SELECT key FROM object WHERE kind = ?1")?;
        let mut rows = statement.query([kind.code()])?;
        while let Some(row) = rows.next()? {
            each(row.get_ref(0)?.as_str()?);
        }
        Ok(())
    }

    /// The numbers of all objects whose keys were made of their authors and words.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn synthetic_objects(&self) -> Result<FxHashSet<u32>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id FROM object WHERE synthetic")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// How many entries there are for the account–object pairs of a kind: one for each, and more where several files have
    /// it.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn share_rows(&self, kind: ObjectKind) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(entries), 0) FROM share_chunk WHERE kind = ?1";
        let count: i64 = self.connection.query_row(sql, [kind.code()], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
