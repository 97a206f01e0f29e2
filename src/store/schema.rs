//! Tables and how they came to be: a migration is a file and a line here; what is released is never changed.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::runs::{adopt_rows, one_form_of_all, one_form_of_links};
use super::sealing::seal_all;
use super::{PATIENCE, StoreError};

/// What makes the tables of a version of those of the one before: SQL, and what SQL cannot do.
type Migration = (&'static str, fn(&Connection, Progress<'_>) -> Result<(), StoreError>);

/// Is told from time to time how much is done of what takes long, from 0 to 1.
pub(super) type Progress<'t> = &'t dyn Fn(f32);

const MIGRATIONS: [Migration; 15] = [
    (include_str!("migrations/0001_first.sql"), |_, _| Ok(())),
    (include_str!("migrations/0002_cached_links.sql"), |_, _| Ok(())),
    (include_str!("migrations/0003_provenance.sql"), |connection, _| adopt_rows(connection)),
    (include_str!("migrations/0004_pictures.sql"), |_, _| Ok(())),
    (include_str!("migrations/0005_warnings.sql"), |_, _| Ok(())),
    (include_str!("migrations/0006_counted.sql"), |_, _| Ok(())),
    (include_str!("migrations/0007_platforms.sql"), |_, _| Ok(())),
    (include_str!("migrations/0008_tag_fields.sql"), |_, _| Ok(())),
    (include_str!("migrations/0009_marks.sql"), |_, _| Ok(())),
    (include_str!("migrations/0010_rounded_ids.sql"), |connection, _| one_form_of_links(connection)),
    (include_str!("migrations/0011_counted_retweets.sql"), |_, _| Ok(())),
    (include_str!("migrations/0012_basis.sql"), |_, _| Ok(())),
    (include_str!("migrations/0013_sealed_blobs.sql"), seal_all),
    (include_str!("migrations/0014_forms.sql"), |connection, _| one_form_of_all(connection)),
    (include_str!("migrations/0015_layers.sql"), |_, _| Ok(())),
];

/// Marks a SQLite file as one of ours: `botu`.
const APPLICATION_ID: i64 = 0x626f_7475;

/// What each connection needs. A file that is mapped into memory ends the program where somebody cuts it off; sorting needs
/// no room on a disk that may have none.
const SETTINGS: &str =
    "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 0;";

/// Checks that the file is ours or, where it may be made, new; brings it up to date, and sets what each connection needs.
pub(super) fn prepare(
    connection: &mut Connection,
    path: &Path,
    make: bool,
    progress: Progress<'_>,
) -> Result<(), StoreError> {
    connection.busy_timeout(PATIENCE)?;
    let version = check(connection, path)?;
    if version == 0 && !make {
        return Err(StoreError::Missing { path: path.to_owned() });
    }
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF")?;
    connection.execute_batch(SETTINGS)?;
    if version < known() {
        migrate(connection, progress)?;
    }
    // Only now: a migration may put one table in the place of another.
    Ok(connection.execute_batch("PRAGMA foreign_keys = ON")?)
}

/// The version of the tables in which label and note were always written together.
#[cfg(test)]
pub(super) fn before_tag_fields() -> usize {
    let place = MIGRATIONS.iter().position(|(sql, _)| sql.contains("ADD COLUMN fields"));
    place.unwrap_or_default()
}

/// The same for a connection that writes nothing; false where the tables are those of an earlier version.
pub(super) fn prepare_reading(connection: &Connection, path: &Path) -> Result<bool, StoreError> {
    connection.busy_timeout(PATIENCE)?;
    let version = check(connection, path)?;
    if version == 0 {
        return Err(StoreError::Missing { path: path.to_owned() });
    }
    connection.execute_batch(SETTINGS)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(version == known())
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// The version of the tables, 0 for a new file. Nothing is written before a file is known to be ours.
fn check(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let foreign = || StoreError::Foreign { path: path.to_owned() };
    let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    let tables = tables.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => foreign(),
        _ => StoreError::from(error),
    })?;
    let application = pragma(connection, "application_id")?;
    if application != APPLICATION_ID && (tables > 0 || application != 0) {
        return Err(foreign());
    }
    let found = pragma(connection, "user_version")?;
    if found > known() {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: known() });
    }
    Ok(found)
}

/// Makes the tables of an earlier version.
#[cfg(test)]
pub(super) fn up_to(connection: &Connection, version: usize) {
    for (sql, then) in MIGRATIONS.iter().take(version) {
        connection.execute_batch(sql).unwrap();
        then(connection, &|_| {}).unwrap();
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    connection.pragma_update(None, "user_version", version as i64).unwrap();
}

fn migrate(connection: &mut Connection, progress: Progress<'_>) -> Result<(), StoreError> {
    // Another program may be migrating the same file: the version counts that holds once the lock is ours.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = usize::try_from(pragma(&transaction, "user_version")?).unwrap_or_default();
    for (sql, then) in MIGRATIONS.iter().skip(version) {
        transaction.execute_batch(sql)?;
        then(&transaction, progress)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known())?;
    transaction.commit()?;
    // The marks of the file are in the file itself; where others read it, they come there later.
    connection.busy_timeout(std::time::Duration::ZERO)?;
    let _ = to_file(connection);
    Ok(connection.busy_timeout(PATIENCE)?)
}

/// Takes all that was written into the file itself, so that none of it lies only beside it.
pub(super) fn to_file(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}
