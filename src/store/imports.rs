//! Which files the data came from, and taking one back.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::tags::take_in_waiting;
use super::unused::remove_unused;
use super::{Store, StoreError};
use crate::model::{Import, InputFile, ObjectKind, Platform, SkippedLine, Timestamp};

/// What names the file that brought a row.
const TABLES: [&str; 10] = [
    "profile",
    "profile_value",
    "detail",
    "post_chunk",
    "share_chunk",
    "author_chunk",
    "deletion",
    "rejected_line",
    "warning",
    "rounded",
];

/// Raised whenever formats come to read more, or layers otherwise: files that were imported before are then read anew. What
/// lacks a layer that is new is known without that.
const READING: i64 = 3;
/// In the place of that: the bytes are known, but reading them ended early, so that they are read anew.
const CUT_OFF: i64 = -1;
/// The same while a file is read that was read in another way before: what that brought and this does not is to go.
const REPLACING: i64 = -2;
/// Between the name of a format and what else decides how a file was read.
const HOW: char = ':';

const COLUMNS: &str = "id, path, sha256, bytes, format, imported_at, records, skipped, reading, layers";

impl Store {
    /// Every imported file, in the order of import.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn imports(&self) -> Result<Vec<Import>, StoreError> {
        self.snapshot(Self::read_imports)
    }

    fn read_imports(&self) -> Result<Vec<Import>, StoreError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM import ORDER BY id"))?;
        let imports = statement.query_map([], import)?;
        let mut imports: Vec<Import> = imports.collect::<Result<_, _>>()?;
        let mut statement = self.connection.prepare("SELECT import_id, text FROM warning ORDER BY import_id, place")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: u32 = row.get(0)?;
            if let Ok(place) = imports.binary_search_by_key(&id, |import| import.id) {
                imports[place].warnings.push(row.get(1)?);
            }
        }
        Ok(imports)
    }

    /// How many imports were read before there was a layer, so that nothing of it is known of them, and how many there are.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn imports_without(&self, layer: ObjectKind) -> Result<[u64; 2], StoreError> {
        let mut statement = self.connection.prepare("SELECT layers FROM import WHERE sha256 IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let [mut without, mut all] = [0, 0];
        while let Some(row) = rows.next()? {
            without += u64::from(lacking(row.get_ref(0)?.as_str()?).any(|kind| kind == layer));
            all += 1;
        }
        Ok([without, all])
    }

    /// Lines of an import that could not be read, in their order.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn rejected_lines(&self, import: u32) -> Result<Vec<SkippedLine>, StoreError> {
        let sql = "SELECT line, reason FROM rejected_line WHERE import_id = ?1 ORDER BY line";
        let mut statement = self.connection.prepare(sql)?;
        let lines = statement.query_map([import], |row| Ok(SkippedLine { line: row.get(0)?, reason: row.get(1)? }))?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// Takes everything back that a file brought and no other one. Accounts that are tagged stay, without what the file
    /// said of them, and so do the pictures of accounts that stay. False where there is no such import.
    ///
    /// # Errors
    /// Fails where the cache cannot be written; then nothing is taken back.
    pub fn remove_import(&mut self, import: u32) -> Result<bool, StoreError> {
        self.check_writable()?;
        if let Some(path) = &self.path {
            // Accounts stay where a tag is in the log; what could not be taken in brings its account back later.
            take_in_waiting(&self.connection, path)?;
        }
        self.connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        let removed = self.remove_import_unchecked(import);
        self.connection.execute_batch("PRAGMA foreign_keys = ON")?;
        removed
    }

    fn remove_import_unchecked(&mut self, import: u32) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known: Option<u32> =
            transaction.query_row("SELECT id FROM import WHERE id = ?1", [import], |row| row.get(0)).optional()?;
        if known.is_none() {
            return Ok(false);
        }
        // Links that were kept name accounts that may go.
        transaction.execute_batch(FORGET_LINKS)?;
        remove_rows(&transaction, import)?;
        transaction.execute("DELETE FROM import WHERE id = ?1", [import])?;
        remove_unused(&transaction)?;
        transaction.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
        transaction.commit()?;
        Ok(true)
    }
}

/// The layers that there are, as an import keeps them.
fn all_layers() -> String {
    ObjectKind::ALL.map(ObjectKind::layer).join(" ")
}

/// The layers for which an import was not read that keeps these.
fn lacking(layers: &str) -> impl Iterator<Item = ObjectKind> {
    ObjectKind::ALL.into_iter().filter(|kind| !layers.split(' ').any(|layer| layer == kind.layer()))
}

/// What is to be said of an import that keeps these layers.
fn lacks(layers: &str) -> Option<String> {
    let missing: Vec<&str> = lacking(layers).map(ObjectKind::layer).collect();
    let layers = missing.join(", ");
    (!missing.is_empty()).then(|| format!("it was not read for {layers}, which came later; import the file again"))
}

const FORGET_LINKS: &str = "DELETE FROM link_chunk; DELETE FROM linking";

fn import(row: &Row<'_>) -> rusqlite::Result<Import> {
    let sha256: Option<String> = row.get(2)?;
    let (how, reading): (String, i64) = (row.get(4)?, row.get(8)?);
    let (format, map) = how.split_once(HOW).map_or((how.as_str(), None), |(name, map)| (name, Some(map)));
    Ok(Import {
        id: row.get(0)?,
        finished: sha256.is_some() && reading != CUT_OFF,
        map: map.map(str::to_owned),
        warnings: lacks(row.get_ref(9)?.as_str()?).filter(|_| sha256.is_some()).into_iter().collect(),
        file: InputFile {
            path: row.get(1)?,
            sha256: sha256.unwrap_or_default(),
            bytes: row.get(3)?,
            format: format.to_owned(),
            imported_at: Timestamp(row.get(5)?),
            records: row.get(6)?,
            skipped: row.get(7)?,
        },
    })
}

/// Deletes every row that an import brought.
fn remove_rows(connection: &Connection, import: u32) -> Result<(), StoreError> {
    for table in TABLES {
        connection.execute(&format!("DELETE FROM {table} WHERE import_id = ?1"), [import])?;
    }
    Ok(())
}

/// What is known of a file before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportStart {
    /// The path as the user named it.
    pub path: String,
    /// SHA-256 of the beginning of the file, in hexadecimal.
    pub head: String,
    /// SHA-256 of the whole file, where it was worth the time to find out.
    pub sha256: Option<String>,
    /// Bytes on disk, 0 where nobody can tell.
    pub bytes: u64,
    /// Name of the format it will be read as, and behind a colon what else decides what is read.
    pub format: String,
    /// Whose accounts and posts it tells of.
    pub platform: Platform,
    /// When that begins.
    pub at: Timestamp,
}

/// An import that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Begun {
    pub import: u32,
    /// The same bytes were read to their end before, in the same way: there is nothing to be kept of this time.
    pub known: bool,
    /// The other way in which they were read before; what that brought is gone.
    pub replaced: Option<String>,
    /// What it brought before was taken for another platform's, and is gone.
    pub moved: bool,
}

/// How the reading of a file ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ended {
    /// The number of the import that brought the same bytes in the same way before; nothing is kept of this one.
    pub known: Option<u32>,
    /// The other way in which the same bytes were read before, which this one replaces.
    pub replaced: Option<String>,
    /// Whether accounts and objects may be gone that were there before.
    pub(super) removed: bool,
}

/// Finds the import of a file that was begun or finished before, or begins a new one. What is left of one that was cut off
/// goes, since all of it comes again, and so does what was read of the same bytes in another way.
pub(super) fn begin(connection: &Connection, start: &ImportStart) -> Result<Begun, StoreError> {
    let found = connection.query_row(
        "SELECT id, sha256 IS NOT NULL AND reading = ?4 AND format = ?5 AND platform = ?6, format, reading, platform <> ?6,
                layers
         FROM import WHERE sha256 = ?1 OR (sha256 IS NULL AND head = ?2 AND bytes = ?3)
         ORDER BY sha256 IS NULL LIMIT 1",
        params![start.sha256, start.head, start.bytes, READING, start.format, start.platform.word()],
        |row| {
            let (how, reading): (String, i64) = (row.get(2)?, row.get(3)?);
            let known = row.get(1)? && lacking(row.get_ref(5)?.as_str()?).next().is_none();
            Ok((row.get(0)?, known, how, reading, row.get::<_, bool>(4)?))
        },
    );
    if let Some((import, known, before, reading, moved)) = found.optional()? {
        let replaced = Some(before).filter(|before| *before != start.format);
        if !known {
            remove_rows(connection, import)?;
            let reading = if replaced.is_some() || reading == REPLACING { REPLACING } else { READING };
            connection.execute(
                "UPDATE import SET sha256 = NULL, format = ?2, records = 0, skipped = 0, reading = ?3, platform = ?4,
                        layers = ?5
                 WHERE id = ?1",
                params![import, start.format, reading, start.platform.word(), all_layers()],
            )?;
        }
        if moved {
            remove_unused(connection)?;
        }
        return Ok(Begun { import, known, replaced, moved });
    }
    let import = connection.query_row(
        "INSERT INTO import (sha256, head, path, bytes, format, imported_at, records, skipped, reading, platform, layers)
         VALUES (NULL, ?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?7, ?8) RETURNING id",
        params![
            start.head,
            start.path,
            start.bytes,
            start.format,
            start.at.0,
            READING,
            start.platform.word(),
            all_layers()
        ],
        |row| row.get(0),
    )?;
    Ok(Begun { import, known: false, replaced: None, moved: false })
}

/// Takes all that is of no known platform for what is of this one.
pub(super) fn take_over(connection: &Connection, platform: &Platform) -> Result<(), StoreError> {
    connection.execute("UPDATE account SET platform = ?1 WHERE platform = ''", [platform.word()])?;
    connection.execute("UPDATE import SET platform = ?1 WHERE platform = ''", [platform.word()])?;
    for kind in ObjectKind::ALL.into_iter().filter(|kind| kind.is_post()) {
        let sql = "UPDATE object SET platform = ?1 WHERE platform = '' AND kind = ?2";
        connection.execute(sql, params![platform.word(), kind.code()])?;
    }
    Ok(())
}

/// The platform as which a file that begins like this and is as long was read before.
pub(super) fn platform_before(connection: &Connection, head: &str, bytes: u64) -> Result<Option<Platform>, StoreError> {
    let sql = "SELECT platform FROM import WHERE head = ?1 AND bytes = ?2 ORDER BY sha256 IS NULL LIMIT 1";
    let platform =
        connection.query_row(sql, params![head, bytes], |row| Ok(Platform::named(row.get_ref(0)?.as_str()?)));
    Ok(platform.optional()?)
}

/// Keeps what is odd about a file.
pub(super) fn warn(connection: &Connection, import: u32, warnings: &[String]) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO warning VALUES (?1, ?2, ?3)")?;
    for (place, text) in warnings.iter().enumerate() {
        insert.execute(params![import, place, text])?;
    }
    Ok(())
}

/// Another import of the same file.
struct Twin {
    import: u32,
    /// It was read to its end, as it is read now.
    current: bool,
    how: String,
    /// It was taken for another platform's.
    moved: bool,
}

/// The other imports of the bytes of `file`, and those of a file as long that begins like it and was not read to its end.
fn twins(connection: &Connection, import: u32, file: &InputFile) -> Result<Vec<Twin>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT other.id,
                other.sha256 IS NOT NULL AND other.reading = ?4 AND other.format = this.format
                  AND other.platform = this.platform,
                other.format, other.platform <> this.platform, other.layers
         FROM import other JOIN import this ON this.id = ?1
         WHERE other.id <> ?1
           AND (other.sha256 = ?2 OR (other.sha256 IS NULL AND other.head = this.head AND other.bytes = ?3))",
    )?;
    let twins = statement.query_map(params![import, file.sha256, file.bytes, READING], |row| {
        let current = row.get(1)? && lacking(row.get_ref(4)?.as_str()?).next().is_none();
        Ok(Twin { import: row.get(0)?, current, how: row.get(2)?, moved: row.get(3)? })
    })?;
    Ok(twins.collect::<Result<_, _>>()?)
}

/// Records what was read of a file, and whether that is all of it. What another import of the same bytes brought already
/// is not kept twice; what one brought that read them otherwise, or less of them, goes.
pub(super) fn end(connection: &Connection, begun: Begun, file: &InputFile, whole: bool) -> Result<Ended, StoreError> {
    let Begun { import, known, mut replaced, .. } = begun;
    if known {
        return Ok(Ended { known: Some(import), ..Ended::default() });
    }
    let twins = twins(connection, import, file)?;
    let current = twins.iter().find(|twin| twin.current).map(|twin| twin.import);
    let needless = if current.is_some() { vec![import] } else { twins.iter().map(|twin| twin.import).collect() };
    for import in &needless {
        remove_rows(connection, *import)?;
        connection.execute("DELETE FROM import WHERE id = ?1", [import])?;
    }
    if current.is_some() {
        connection.execute_batch(FORGET_LINKS)?;
        remove_unused(connection)?;
        return Ok(Ended { known: current, replaced: None, removed: true });
    }
    let sql = "SELECT format, reading FROM import WHERE id = ?1";
    let (how, reading): (String, i64) = connection.query_row(sql, [import], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let moved = twins.iter().any(|twin| twin.moved);
    replaced = replaced.or_else(|| twins.into_iter().map(|twin| twin.how).find(|other| *other != how));
    connection.execute(
        "UPDATE import SET sha256 = ?2, bytes = ?3, records = ?4, skipped = ?5, reading = ?6 WHERE id = ?1",
        params![import, file.sha256, file.bytes, file.records, file.skipped, if whole { READING } else { CUT_OFF }],
    )?;
    let removed = moved || replaced.is_some() || reading == REPLACING;
    if removed {
        connection.execute_batch(FORGET_LINKS)?;
        remove_unused(connection)?;
    }
    Ok(Ended { known: None, replaced, removed })
}

/// Whether a file that begins like this and is as long was read to its end before.
pub(super) fn is_likely_known(connection: &Connection, head: &str, bytes: u64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM import WHERE head = ?1 AND bytes = ?2 AND sha256 IS NOT NULL";
    Ok(connection.query_row(sql, params![head, bytes], |_| Ok(())).optional()?.is_some())
}
