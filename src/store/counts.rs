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
            posts: count("SELECT count(*) FROM (SELECT 1 FROM post GROUP BY platform_id)")?,
            retweets: count(&format!(
                "SELECT count(*) FROM (SELECT 1 FROM share WHERE kind = {retweet} GROUP BY object_id, account_id)"
            ))?,
            targets: count(&format!("SELECT count(*) FROM object WHERE kind = {retweet}"))?,
            synthetic_targets: count(&format!("SELECT count(*) FROM object WHERE kind = {retweet} AND synthetic"))?,
            avatars: count("SELECT count(*) FROM avatar")?,
            tagged: count("SELECT count(*) FROM current_tag WHERE label IS NOT NULL")?,
            skipped: count("SELECT coalesce(sum(skipped), 0) FROM import")?,
        })
    }

    /// How many rows there are for the account–object pairs of a kind: one for each, and more where several files have it.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn share_rows(&self, kind: ObjectKind) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM share WHERE kind = ?1";
        let count: i64 = self.connection.query_row(sql, [kind.code()], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
