//! What the tables hold.

use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::{Store, StoreError};
use crate::model::{Counts, ObjectKind};

impl Store {
    /// Counts of the whole cache.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok(u64::try_from(count).unwrap_or_default())
        };
        let retweet = ObjectKind::RetweetedPost;
        let (mut retweets, mut targets, mut synthetic_targets) = (0, 0, 0);
        let synthetic = self.synthetic_objects()?;
        let mut last = None;
        self.for_each_shared(retweet, |shared| {
            retweets += 1;
            if last.replace(shared.object) != Some(shared.object) {
                targets += 1;
                synthetic_targets += u64::from(synthetic.contains(&shared.object));
            }
            ControlFlow::Continue(())
        })?;
        Ok(Counts {
            accounts: count("SELECT count(*) FROM account")?,
            posts: self.post_count()?,
            retweets,
            targets,
            synthetic_targets,
            avatars: count("SELECT count(*) FROM avatar")?,
            tagged: self.current_tags()?.iter().filter(|event| event.tag.label.is_some()).count() as u64,
            skipped: count("SELECT coalesce(sum(skipped), 0) FROM import")?,
        })
    }

    fn post_count(&self) -> Result<u64, StoreError> {
        let sql =
            "SELECT coalesce(sum(entries), 0), count(DISTINCT run), EXISTS (SELECT 1 FROM deletion) FROM post_chunk";
        let (entries, runs, deletions): (u64, u64, bool) =
            self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if runs <= 1 && !deletions {
            return Ok(entries);
        }
        let mut posts = 0;
        self.for_each_author(|_| posts += 1)?;
        Ok(posts)
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
