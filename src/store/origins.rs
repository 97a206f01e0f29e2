//! Reading where objects come from.

use super::detail::first_of;
use super::{Store, StoreError};
use crate::model::{AccountId, ObjectId, Origins, Timestamp};

impl Store {
    /// Author and time of every object; of what several files say the earliest time, as everywhere, and the author that is
    /// the first in the order of ids.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn origins(&self) -> Result<Origins, StoreError> {
        let sql = "SELECT object_id, author_id, created_at FROM detail ORDER BY object_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut origins = Origins::default();
        while let Some(row) = rows.next()? {
            let (object, author) = (ObjectId(row.get(0)?), row.get::<_, Option<u32>>(1)?);
            let at = row.get::<_, Option<i64>>(2)?.map(Timestamp);
            let known = origins.author(object);
            let author = match author {
                Some(told) => Some(AccountId(first_of(&self.connection, known.map(|known| known.0), told)?)),
                None => known,
            };
            origins.note(object, author, at.into_iter().chain(origins.created_at(object)).min());
        }
        Ok(origins)
    }
}
