//! Shared objects of an import.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::ObjectRef;
use super::names::Names;
use crate::model::{AccountId, ObjectId, ObjectKind};
use crate::store::StoreError;
use crate::store::detail::Detail;

#[derive(Debug, Default)]
pub(super) struct Objects {
    /// By the place of their kind among all kinds.
    ids: [Names; ObjectKind::ALL.len()],
    new: Vec<(u32, ObjectKind, String, bool)>,
    details: FxHashMap<u32, Detail>,
    last: u32,
}

impl Objects {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT id, key FROM object WHERE kind = ?1")?;
        for kind in ObjectKind::ALL {
            let ids = &mut self.ids[kind as usize - 1];
            let mut rows = statement.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                self.last = self.last.max(id);
                ids.get_or_insert(row.get_ref(1)?.as_str()?, id);
            }
        }
        Ok(())
    }

    /// The row of an object, which is made where there is none; what else the record says of it waits to be written.
    pub fn merge(&mut self, record: &ObjectRef<'_>, author: Option<AccountId>) -> ObjectId {
        let (id, known) = self.ids[record.kind as usize - 1].get_or_insert(record.key, self.last + 1);
        if !known {
            self.last = id;
            self.new.push((id, record.kind, record.key.to_owned(), record.synthetic));
        }
        if author.is_some() || record.created_at.is_some() || record.text.is_some() {
            self.details.entry(id).or_default().merge(author, record.created_at, record.text);
        }
        ObjectId(id)
    }

    /// Writes new objects; true where there are any.
    pub fn flush_names(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let changed = !self.new.is_empty();
        let mut insert =
            connection.prepare_cached("INSERT INTO object (id, kind, key, synthetic) VALUES (?1, ?2, ?3, ?4)")?;
        for (id, kind, key, synthetic) in self.new.drain(..) {
            insert.execute(params![id, kind.code(), key, synthetic])?;
        }
        Ok(changed)
    }

    /// Writes what is not written yet; true where that changed something.
    pub fn flush(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let mut changed = self.flush_names(connection)?;
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
