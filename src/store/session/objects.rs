//! Shared objects of an import.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::model::{AccountId, ObjectId, ObjectKind, ObjectRecord};
use crate::store::StoreError;
use crate::store::detail::Detail;

#[derive(Debug, Default)]
pub(super) struct Objects {
    ids: FxHashMap<ObjectKind, FxHashMap<String, u32>>,
    new: Vec<(u32, ObjectKind, String, bool)>,
    details: FxHashMap<u32, Detail>,
    last: u32,
}

impl Objects {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT id, key FROM object WHERE kind = ?1")?;
        for kind in ObjectKind::ALL {
            let ids = self.ids.entry(kind).or_default();
            let mut rows = statement.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                self.last = self.last.max(id);
                ids.insert(row.get(1)?, id);
            }
        }
        Ok(())
    }

    /// The row of an object, which is made where there is none; what else the record says of it waits to be written.
    pub fn merge(&mut self, record: &ObjectRecord, author: Option<AccountId>) -> ObjectId {
        let ids = self.ids.entry(record.kind).or_default();
        let id = match ids.get(&record.key) {
            Some(&id) => id,
            None => {
                self.last += 1;
                ids.insert(record.key.clone(), self.last);
                self.new.push((self.last, record.kind, record.key.clone(), record.synthetic));
                self.last
            }
        };
        if author.is_some() || record.created_at.is_some() || record.text.is_some() {
            self.details.entry(id).or_default().merge(author, record.created_at, record.text.as_deref());
        }
        ObjectId(id)
    }

    pub fn flush(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let mut changed = !self.new.is_empty();
        let mut insert =
            connection.prepare_cached("INSERT INTO object (id, kind, key, synthetic) VALUES (?1, ?2, ?3, ?4)")?;
        for (id, kind, key, synthetic) in self.new.drain(..) {
            insert.execute(params![id, kind.code(), key, synthetic])?;
        }
        let mut upsert = connection.prepare_cached(
            "INSERT INTO detail (object_id, import_id, author_id, created_at, text) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET author_id = coalesce(author_id, ?3),
                 created_at = min(coalesce(created_at, ?4), coalesce(?4, created_at)),
                 text = CASE WHEN ?5 IS NULL OR (text IS NOT NULL AND (length(text), text) >= (length(?5), ?5))
                        THEN text ELSE ?5 END
             WHERE (author_id IS NULL AND ?3 IS NOT NULL)
                 OR (?4 IS NOT NULL AND (created_at IS NULL OR created_at > ?4))
                 OR (?5 IS NOT NULL AND (text IS NULL OR (length(text), text) < (length(?5), ?5)))",
        )?;
        let mut details: Vec<(u32, Detail)> = self.details.drain().collect();
        details.sort_unstable_by_key(|&(id, _)| id);
        for (id, Detail { author, created_at, text }) in details {
            changed |= upsert.execute(params![id, import, author, created_at, text])? > 0;
        }
        Ok(changed)
    }
}
