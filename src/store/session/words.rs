//! Words that many posts of an import have: languages and programs.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::store::StoreError;

#[derive(Debug, Default)]
pub(super) struct Words {
    ids: FxHashMap<String, u32>,
    new: Vec<(u32, String)>,
}

impl Words {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT text, id FROM word")?;
        let words = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.ids = words.collect::<Result<_, _>>()?;
        Ok(())
    }

    /// The row of a word, which is made where there is none.
    pub fn id(&mut self, word: Option<&str>) -> Option<u32> {
        let word = word.filter(|word| !word.is_empty())?;
        if let Some(&id) = self.ids.get(word) {
            return Some(id);
        }
        let id = u32::try_from(self.ids.len() + 1).unwrap_or(u32::MAX);
        self.ids.insert(word.to_owned(), id);
        self.new.push((id, word.to_owned()));
        Some(id)
    }

    pub fn flush(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut insert = connection.prepare_cached("INSERT INTO word (id, text) VALUES (?1, ?2)")?;
        for (id, word) in self.new.drain(..) {
            insert.execute(params![id, word])?;
        }
        Ok(())
    }
}
