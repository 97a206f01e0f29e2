//! Ids that look rounded: marked at the end of each file, once all of its ids were seen.

use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use super::{Store, StoreError};
use crate::model::{AccountId, ObjectId, RoundedIds, RoundedKind};
use crate::text::LongId;

/// Long ids of the file that is read which may turn out to be rounded.
#[derive(Debug, Default)]
pub(super) struct Suspects(FxHashSet<(RoundedKind, u32, LongId)>);

impl Suspects {
    /// Looks at an id and its row.
    pub fn look(&mut self, kind: RoundedKind, id: &str, row: u32) {
        if let Some(long) = LongId::parse(id).filter(|long| long.with_point || long.kept < long.digits) {
            self.0.insert((kind, row, long));
        }
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Marks those that look as the columns of the file do; true where there are any.
    pub fn mark(&mut self, connection: &Connection, import: u32, columns: &[RoundedIds]) -> Result<bool, StoreError> {
        let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO rounded VALUES (?1, ?2, ?3)")?;
        let mut changed = false;
        for (kind, row, long) in self.0.drain() {
            if columns.iter().any(|column| column.kind == kind && long.fits(column.digits)) {
                changed |= insert.execute(params![kind as i64, row, import])? > 0;
            }
        }
        Ok(changed)
    }
}

impl Store {
    /// Accounts and objects whose ids look rounded, so that one may stand for several.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn rounded(&self) -> Result<(FxHashSet<AccountId>, FxHashSet<ObjectId>), StoreError> {
        let (mut accounts, mut objects) = (FxHashSet::default(), FxHashSet::default());
        let mut statement = self.connection.prepare("SELECT kind, row_id FROM rounded")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, id): (i64, u32) = (row.get(0)?, row.get(1)?);
            if kind == RoundedKind::Account as i64 {
                accounts.insert(AccountId(id));
            } else {
                objects.insert(ObjectId(id));
            }
        }
        Ok((accounts, objects))
    }
}
