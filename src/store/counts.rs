//! What the tables hold.

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
        let retweet = ObjectKind::RetweetedPost.code();
        Ok(Counts {
            accounts: count("SELECT count(*) FROM account")?,
            posts: count("SELECT count(*) FROM post")?,
            retweets: self.share_count(ObjectKind::RetweetedPost)?,
            targets: count(&format!("SELECT count(*) FROM object WHERE kind = {retweet}"))?,
            avatars: count("SELECT count(*) FROM avatar")?,
            tagged: count("SELECT count(*) FROM current_tag WHERE label IS NOT NULL")?,
            skipped: count("SELECT coalesce(sum(skipped), 0) FROM input")?,
        })
    }

    /// How many account–object pairs there are of a kind.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn share_count(&self, kind: ObjectKind) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM share WHERE kind = ?1";
        let count: i64 = self.connection.query_row(sql, [kind.code()], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
