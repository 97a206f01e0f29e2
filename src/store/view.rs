//! How the interface was left. None of this is data: an import changes nothing of it, and it changes no version.

use std::time::Duration;

use rusqlite::OptionalExtension;

use super::{PATIENCE, Store, StoreError};

impl Store {
    /// What was kept last under this name.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn kept_view(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM view WHERE name = ?1";
        Ok(self.connection.query_row(sql, [name], |row| row.get(0)).optional()?)
    }

    /// Keeps a value under this name, at once or not at all; whoever keeps one last counts.
    ///
    /// # Errors
    /// Fails where the cache can only be read, is gone, or is held by somebody else who writes.
    pub fn keep_view(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.check_writable()?;
        let sql = "INSERT INTO view VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
        // Nobody waits for it: who keeps it tries again.
        self.connection.busy_timeout(Duration::ZERO)?;
        let kept = self.connection.execute(sql, [name, value]);
        self.connection.busy_timeout(PATIENCE)?;
        kept?;
        self.check_in_place()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_keeps_a_view_last_counts_and_the_data_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let before = one.data_version().unwrap();
        assert_eq!(one.kept_view("order").unwrap(), None);
        one.keep_view("order", "handle").unwrap();
        other.keep_view("order", "links").unwrap();
        one.keep_view("parameters", "{}").unwrap();
        assert_eq!(one.kept_view("order").unwrap().as_deref(), Some("links"));
        assert_eq!(one.data_version().unwrap(), before);
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(one.keep_view("order", "handle"), Err(StoreError::Gone { .. })));
    }
}
