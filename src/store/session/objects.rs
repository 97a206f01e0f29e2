//! Shared objects of an import.

use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ObjectRef;
use super::homes::Homes;
use super::names::Names;
use crate::model::{AccountId, ObjectId, ObjectKind, Platform};
use crate::store::StoreError;
use crate::store::detail::Detail;
use crate::store::last_rows::{keep_last_row, last_row};

/// By the place of their kind among all kinds.
type OfKinds = [Names; ObjectKind::ALL.len()];

#[derive(Debug, Default)]
pub(super) struct Objects {
    /// What is no post is the same everywhere: it is at home on the blank platform.
    ids: Homes<OfKinds>,
    /// Rows that are not written yet, each with the place of its platform.
    new: Vec<NewObject>,
    details: FxHashMap<u32, Detail>,
    /// Rows that stood there before a record said that their key was made up.
    made_up: FxHashSet<u32>,
    last: u32,
}

#[derive(Debug)]
struct NewObject {
    id: u32,
    home: usize,
    kind: ObjectKind,
    key: String,
    synthetic: bool,
}

impl Objects {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.last = last_row(connection, "object")?;
        let mut statement = connection.prepare("SELECT id, platform, key FROM object WHERE kind = ?1")?;
        let mut home = 0;
        for kind in ObjectKind::ALL {
            let mut rows = statement.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                let platform = row.get_ref(1)?.as_str()?;
                if self.ids.word(home) != platform {
                    home = self.ids.place(platform);
                }
                self.ids.at(home)[kind as usize - 1].get_or_insert(row.get_ref(2)?.as_str()?, row.get(0)?);
            }
        }
        Ok(())
    }

    /// From now on posts are those of this platform.
    pub fn settle(&mut self, platform: &Platform) {
        self.ids.settle(platform.word());
    }

    /// Gives the posts of the blank platform to this one, which has none.
    pub fn take_over(&mut self, platform: &Platform) {
        let place = self.ids.place(platform.word());
        for kind in ObjectKind::ALL.into_iter().filter(|kind| kind.is_post()) {
            let kind = kind as usize - 1;
            self.ids.at(place)[kind] = std::mem::take(&mut self.ids.at(0)[kind]);
        }
    }

    /// The row of an object, which is made where there is none; what else the record says of it waits to be written.
    pub fn merge(&mut self, record: &ObjectRef<'_>, author: Option<AccountId>) -> ObjectId {
        let (ids, home) = if record.kind.is_post() { self.ids.here() } else { (self.ids.at(0), 0) };
        let (id, known) = ids[record.kind as usize - 1].get_or_insert(record.key, self.last + 1);
        if !known {
            self.last = id;
            let (kind, key, synthetic) = (record.kind, record.key.to_owned(), record.synthetic);
            self.new.push(NewObject { id, home, kind, key, synthetic });
        } else if record.synthetic {
            self.made_up.insert(id);
        }
        if author.is_some() || record.created_at.is_some() || record.text.is_some() {
            self.details.entry(id).or_default().merge(author, record.created_at, record.text);
        }
        ObjectId(id)
    }

    /// Writes new objects; true where there are any.
    pub fn flush_names(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let changed = !self.new.is_empty();
        let sql = "INSERT INTO object (id, platform, kind, key, synthetic) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = connection.prepare_cached(sql)?;
        for NewObject { id, home, kind, key, synthetic } in self.new.drain(..) {
            insert.execute(params![id, self.ids.word(home), kind.code(), key, synthetic])?;
        }
        if changed {
            keep_last_row(connection, "object")?;
        }
        Ok(changed)
    }

    /// Where records disagree, one that says so is enough: whoever reads a made-up key as a post's id is misled, whatever
    /// order the files come in.
    fn flush_made_up(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let mut update =
            connection.prepare_cached("UPDATE object SET synthetic = 1 WHERE id = ?1 AND NOT synthetic")?;
        let mut made_up: Vec<u32> = self.made_up.drain().collect();
        made_up.sort_unstable();
        let mut changed = 0;
        for id in made_up {
            changed += update.execute([id])?;
        }
        Ok(changed > 0)
    }

    /// Writes what is not written yet; true where that changed something.
    pub fn flush(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let mut changed = self.flush_names(connection)? | self.flush_made_up(connection)?;
        let mut upsert = connection.prepare_cached(
            "INSERT INTO detail (object_id, import_id, author_id, created_at, text) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET author_id = CASE WHEN author_id <> ?3
                    THEN (SELECT id FROM account WHERE id IN (author_id, ?3) ORDER BY platform, platform_id LIMIT 1)
                    ELSE coalesce(author_id, ?3) END,
                 created_at = min(coalesce(created_at, ?4), coalesce(?4, created_at)),
                 text = CASE WHEN ?5 IS NULL OR (text IS NOT NULL AND (length(text), text) >= (length(?5), ?5))
                        THEN text ELSE ?5 END
             WHERE (author_id IS NULL AND ?3 IS NOT NULL)
                 OR (author_id <> ?3 AND ?3 =
                     (SELECT id FROM account WHERE id IN (author_id, ?3) ORDER BY platform, platform_id LIMIT 1))
                 OR (?4 IS NOT NULL AND (created_at IS NULL OR created_at > ?4))
                 OR (?5 IS NOT NULL AND (text IS NULL OR (length(text), text) < (length(?5), ?5)))",
        )?;
        let mut details: Vec<(u32, Detail)> = self.details.drain().collect();
        details.sort_unstable_by_key(|&(id, _)| id);
        for (id, detail) in details {
            let author = detail.first_author(connection)?;
            changed |= upsert.execute(params![id, import, author, detail.created_at, detail.text])? > 0;
        }
        Ok(changed)
    }
}
