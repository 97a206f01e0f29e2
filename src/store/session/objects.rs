//! Shared objects of an import.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::model::{AccountId, ObjectId, ObjectKind, ObjectRecord};
use crate::store::StoreError;

/// What a record adds to an object.
#[derive(Debug, Default)]
struct Details {
    author: Option<u32>,
    created_at: Option<i64>,
    text: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Objects {
    ids: FxHashMap<ObjectKind, FxHashMap<String, u32>>,
    new: Vec<(u32, ObjectKind, String)>,
    details: FxHashMap<u32, Details>,
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
                self.new.push((self.last, record.kind, record.key.clone()));
                self.last
            }
        };
        if author.is_some() || record.created_at.is_some() || record.text.is_some() {
            let details = self.details.entry(id).or_default();
            details.author = details.author.into_iter().chain(author.map(|author| author.0)).min();
            details.created_at = details.created_at.into_iter().chain(record.created_at.map(|at| at.0)).min();
            if fuller(record.text.as_deref(), details.text.as_deref()) {
                details.text.clone_from(&record.text);
            }
        }
        ObjectId(id)
    }

    pub fn flush(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let mut changed = !self.new.is_empty();
        let mut insert = connection.prepare_cached("INSERT INTO object (id, kind, key) VALUES (?1, ?2, ?3)")?;
        for (id, kind, key) in self.new.drain(..) {
            insert.execute(params![id, kind.code(), key])?;
        }
        let mut update = connection.prepare_cached(
            "UPDATE object SET author_id = coalesce(author_id, ?2),
                 created_at = min(coalesce(created_at, ?3), coalesce(?3, created_at)),
                 text = CASE WHEN ?4 IS NULL OR (text IS NOT NULL AND (length(text), text) >= (length(?4), ?4))
                        THEN text ELSE ?4 END
             WHERE id = ?1 AND (
                 (author_id IS NULL AND ?2 IS NOT NULL)
                 OR (?3 IS NOT NULL AND (created_at IS NULL OR created_at > ?3))
                 OR (?4 IS NOT NULL AND (text IS NULL OR (length(text), text) < (length(?4), ?4))))",
        )?;
        let mut details: Vec<(u32, Details)> = self.details.drain().collect();
        details.sort_unstable_by_key(|&(id, _)| id);
        for (id, details) in details {
            changed |= update.execute(params![id, details.author, details.created_at, details.text])? > 0;
        }
        Ok(changed)
    }
}

/// Of two texts of one post the longer one is the one that was not cut; of equally long ones the greater, so that
/// the order of import makes no difference.
pub(super) fn fuller(new: Option<&str>, known: Option<&str>) -> bool {
    let rank = |text: &str| (text.chars().count(), text.to_owned());
    match (new, known) {
        (Some(new), Some(known)) => new != known && rank(new) > rank(known),
        (Some(_), None) => true,
        (None, _) => false,
    }
}
