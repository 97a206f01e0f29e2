//! Reading where objects come from.

use super::{Store, StoreError};
use crate::model::{AccountId, ObjectId, Origins, Timestamp};

impl Store {
    /// Author and time of every object; of what several files say the earliest time, as everywhere.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn origins(&self) -> Result<Origins, StoreError> {
        let sql = "SELECT object_id, min(author_id), min(created_at) FROM detail GROUP BY object_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut origins = Origins::default();
        while let Some(row) = rows.next()? {
            let (author, at): (Option<u32>, Option<i64>) = (row.get(1)?, row.get(2)?);
            origins.note(ObjectId(row.get(0)?), author.map(AccountId), at.map(Timestamp));
        }
        Ok(origins)
    }
}
