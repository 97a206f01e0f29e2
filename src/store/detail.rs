//! What objects are known to be, merged whatever the order of import.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use crate::model::{AccountId, Timestamp};

/// What is known of an object.
#[derive(Debug, Default)]
pub(super) struct Detail {
    pub author: Option<u32>,
    /// Others who are said to be the author, seldom any; which of all it is, their ids tell.
    pub others: Vec<u32>,
    pub created_at: Option<i64>,
    pub text: Option<String>,
}

impl Detail {
    /// Takes in what else is said of the object.
    pub fn merge(&mut self, author: Option<AccountId>, created_at: Option<Timestamp>, text: Option<&str>) {
        match (self.author, author) {
            (Some(known), Some(AccountId(other))) if known != other && !self.others.contains(&other) => {
                self.others.push(other)
            }
            (None, Some(named)) => self.author = Some(named.0),
            _ => {}
        }
        self.created_at = self.created_at.into_iter().chain(created_at.map(|at| at.0)).min();
        if let Some(text) = text.filter(|text| fuller(text, self.text.as_deref())) {
            self.text = Some(text.to_owned());
        }
    }
}

impl Detail {
    /// The author; where several are said to be, the first in the order of ids.
    pub fn first_author(&self, connection: &Connection) -> Result<Option<u32>, StoreError> {
        self.others.iter().try_fold(self.author, |first, &other| first_of(connection, first, other).map(Some))
    }
}

/// Of an account and another one, where there is one, the first in the order of ids.
pub(super) fn first_of(connection: &Connection, known: Option<u32>, other: u32) -> Result<u32, StoreError> {
    let Some(known) = known.filter(|&known| known != other) else { return Ok(other) };
    let sql = "SELECT id FROM account WHERE id IN (?1, ?2) ORDER BY platform, platform_id LIMIT 1";
    let first = connection.prepare_cached(sql)?.query_row([known, other], |row| row.get(0)).optional()?;
    Ok(first.unwrap_or(known))
}

/// Of two texts of one post the longer one is the one that was not cut; of equally long ones the greater, so that
/// the order of import makes no difference.
pub(super) fn fuller(new: &str, known: Option<&str>) -> bool {
    known.is_none_or(|known| new != known && (new.chars().count(), new) > (known.chars().count(), known))
}
