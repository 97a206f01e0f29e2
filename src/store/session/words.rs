//! Words that many posts of an import have: languages and programs.

use rusqlite::{Connection, params};

use super::names::Names;
use crate::store::StoreError;
use crate::store::last_rows::last_row;

#[derive(Debug, Default)]
pub(super) struct Words {
    ids: Names,
    new: Vec<(u32, String)>,
    last: u32,
}

impl Words {
    pub fn load_ids(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.last = last_row(connection, "word")?;
        let mut statement = connection.prepare("SELECT text, id FROM word")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.ids.get_or_insert(row.get_ref(0)?.as_str()?, row.get(1)?);
        }
        Ok(())
    }

    /// The row of a word, which is made where there is none; 0 for no word.
    pub fn id(&mut self, word: Option<&str>) -> u32 {
        let Some(word) = word.filter(|word| !word.is_empty()) else { return 0 };
        let (id, known) = self.ids.get_or_insert(word, self.last + 1);
        if !known {
            self.last = id;
            self.new.push((id, word.to_owned()));
        }
        id
    }

    pub fn flush(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut insert = connection.prepare_cached("INSERT INTO word (id, text) VALUES (?1, ?2)")?;
        for (id, word) in self.new.drain(..) {
            insert.execute(params![id, word])?;
        }
        Ok(())
    }
}
