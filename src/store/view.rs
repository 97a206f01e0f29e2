//! How the interface was left. None of this is data: an import changes nothing of it, and it changes no version.

use std::time::Duration;

use rusqlite::{OptionalExtension, TransactionBehavior};

use super::{PATIENCE, Store, StoreError};

const READ: &str = "SELECT value FROM view WHERE name = ?1";

impl Store {
    /// What was kept last under this name.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn kept_view(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.connection.query_row(READ, [name], |row| row.get(0)).optional()?)
    }

    /// Keeps under this name what `value` makes of what was kept, at once or not at all; nobody else keeps anything between.
    ///
    /// # Errors
    /// Fails where the cache can only be read, is gone, or is held by somebody else who writes.
    pub fn keep_view(&mut self, name: &str, value: impl FnOnce(Option<&str>) -> String) -> Result<(), StoreError> {
        self.check_writable()?;
        // Nobody waits for it: who keeps it tries again.
        self.connection.busy_timeout(Duration::ZERO)?;
        let kept = self.replace_view(name, value);
        self.connection.busy_timeout(PATIENCE)?;
        kept?;
        self.check_in_place()
    }

    fn replace_view(&mut self, name: &str, value: impl FnOnce(Option<&str>) -> String) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let kept: Option<String> = transaction.query_row(READ, [name], |row| row.get(0)).optional()?;
        let sql = "INSERT INTO view VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
        transaction.execute(sql, [name, &value(kept.as_deref())])?;
        Ok(transaction.commit()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_kept_over_what_others_kept_and_the_data_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let (mut one, mut other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let before = one.data_version().unwrap();
        assert_eq!(one.kept_view("order").unwrap(), None);
        one.keep_view("order", |_| "handle".to_owned()).unwrap();
        other.keep_view("order", |kept| format!("{}, links", kept.unwrap_or_default())).unwrap();
        one.keep_view("parameters", |kept| kept.map_or("{}", |_| "none was kept").to_owned()).unwrap();
        assert_eq!(one.kept_view("order").unwrap().as_deref(), Some("handle, links"));
        assert_eq!(one.data_version().unwrap(), before);
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(one.keep_view("order", |_| "handle".to_owned()), Err(StoreError::Gone { .. })));
    }
}
