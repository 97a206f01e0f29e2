//! Marks in a cache by which it is known again: a file that is written over in place keeps its name and its number.

use std::path::Path;

use rusqlite::Connection;

use super::open::unchanging;

/// What the file itself says, without what SQLite still keeps beside it. The second and third number only ever grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// None in a cache that an earlier version made.
    identity: Option<i64>,
    data_version: i64,
    tag_actions: i64,
}

impl Marks {
    /// Of a file; `None` where they cannot be read now, as while SQLite writes them there.
    pub fn read_file(path: &Path) -> Option<Self> {
        // Closed by SQLite, which keeps the locks that other connections have on the file.
        unchanging(path).ok().and_then(|connection| Self::read(&connection).ok())
    }

    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT max(CASE name WHEN 'identity' THEN value END),
                          max(CASE name WHEN 'data_version' THEN value END),
                          max(CASE name WHEN 'tag_actions' THEN value ELSE 0 END) FROM meta";
        connection.query_row(sql, [], |row| {
            Ok(Self { identity: row.get(0)?, data_version: row.get(1)?, tag_actions: row.get(2)? })
        })
    }

    /// Whether a file that had the marks `before` may have these later.
    pub fn follow(self, before: Self) -> bool {
        let Self { identity, data_version, tag_actions } = self;
        let same = before.identity.is_none() || identity == before.identity;
        same && data_version >= before.data_version && tag_actions >= before.tag_actions
    }
}
