//! Looking through a whole cache for damage.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rustc_hash::FxHashSet;

use super::cached_links::read_links;
use super::pictures::damaged_pictures;
use super::runs::{AuthorsRow, Chunks, Damage, PostRun, Run, RunPlace, ShareRun, targets};
use super::sights;
use super::{Store, StoreError};
use crate::model::ObjectKind;

/// Findings of SQLite that are listed; the rest would say nothing new.
const MOST: u32 = 100;

/// What was found in a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CacheCheck {
    /// Every import, and those that parts of the cache name and that are not there.
    pub imports: Vec<ImportCheck>,
    /// What is damaged of the file as a whole, as SQLite says it. Hostile until sanitised.
    pub file: Vec<String>,
    /// Pictures that are damaged.
    pub pictures: u64,
    /// Kept counts and links that are damaged; they are made anew by themselves.
    pub kept: u64,
}

/// What was found of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportCheck {
    /// Its number; 0 is what an earlier version imported, and what no file brought.
    pub import: u32,
    /// The file that it read, as the user named it; `None` where there is no such import. Hostile until sanitised.
    pub path: Option<String>,
    /// Chunks and profiles that were looked at.
    pub parts: u64,
    /// What is wrong with how many of them.
    pub problems: BTreeMap<Problem, u64>,
}

/// What can be wrong with a part of what an import brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Problem {
    /// Posts that cannot be read.
    #[error("damaged chunks of posts")]
    Posts,
    /// Shares that cannot be read.
    #[error("damaged chunks of shares")]
    Shares,
    /// Whose posts are where cannot be read, or is not what the posts say.
    #[error("damaged or incomplete indexes of posts by account")]
    Authors,
    /// When a profile was seen cannot be read.
    #[error("damaged profiles")]
    Profiles,
    /// Accounts, objects or words are named that are not there.
    #[error("chunks that name accounts, objects or words that are not there")]
    Strays,
    /// What an import brought whose entry in the list of imports is gone.
    #[error("parts of an import that is not in the list")]
    Unlisted,
}

impl CacheCheck {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let Self { imports, file, pictures, kept } = self;
        file.is_empty() && *pictures == 0 && *kept == 0 && imports.iter().all(|import| import.problems.is_empty())
    }
}

impl Store {
    /// Looks through the whole cache: its pages and what rows name of each other, as SQLite sees it, and every blob with its
    /// checksum, its length, its count and the numbers of rows in it.
    ///
    /// # Errors
    /// Fails where the cache is so damaged that its tables cannot be listed, and where it cannot be read for another reason.
    pub fn check(&self) -> Result<CacheCheck, StoreError> {
        self.snapshot(|store| {
            let connection = &store.connection;
            let mut found = CacheCheck { file: file_problems(connection)?, ..CacheCheck::default() };
            let mut parts = Parts::new(connection)?;
            let looked = parts.look();
            found.imports = parts.imports.into_values().collect();
            let others = looked.and_then(|()| {
                found.pictures = damaged_pictures(connection)?.len() as u64;
                found.kept = store.damaged_kept()?;
                Ok(())
            });
            match others {
                // What cannot be read for that reason is among what SQLite says.
                Err(StoreError::Damaged) if !found.file.is_empty() => {}
                others => others?,
            }
            Ok(found)
        })
    }

    /// Kept counts and links that are damaged.
    fn damaged_kept(&self) -> Result<u64, StoreError> {
        let counts = self.is_counted()? && self.kept_activities(usize::MAX)?.is_none();
        let mut damaged = u64::from(counts);
        let mut statement = self.connection.prepare("SELECT id, chunks FROM linking")?;
        let kept = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (id, chunks) in kept.collect::<Result<Vec<(i64, usize)>, _>>()? {
            damaged += u64::from(read_links(&self.connection, id, chunks, &mut |_| {})?.is_err());
        }
        Ok(damaged)
    }
}

/// What SQLite finds wrong.
fn file_problems(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    for (sql, is_of_keys) in
        [(format!("PRAGMA integrity_check({MOST})"), false), ("PRAGMA foreign_key_check".to_owned(), true)]
    {
        let read = said(connection, &sql, is_of_keys, &mut problems);
        match read.map_err(StoreError::from) {
            Err(StoreError::Damaged) => problems.push("database disk image is malformed".to_owned()),
            read => read?,
        }
    }
    Ok(problems)
}

fn said(connection: &Connection, sql: &str, is_of_keys: bool, problems: &mut Vec<String>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let first: String = row.get(0)?;
        if is_of_keys {
            problems.push(format!("a row of {first} names one of {} that is not there", row.get::<_, String>(2)?));
        } else if first != "ok" {
            problems.push(first);
        }
        if problems.len() > MOST as usize {
            break;
        }
    }
    Ok(())
}

/// Goes through what imports brought.
struct Parts<'c> {
    connection: &'c Connection,
    imports: BTreeMap<u32, ImportCheck>,
    accounts: FxHashSet<u32>,
    objects: FxHashSet<u32>,
    words: FxHashSet<u32>,
}

/// An account, and the row of a chunk that has posts of it.
type Author = (u32, i64);

/// Why an entry cannot be used.
enum Wrong {
    Unreadable,
    Stray,
}

impl From<Damage> for Wrong {
    fn from(_: Damage) -> Self {
        Self::Unreadable
    }
}

impl<'c> Parts<'c> {
    fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let ids = |table: &str| -> Result<FxHashSet<u32>, StoreError> {
            let mut statement = connection.prepare(&format!("SELECT id FROM {table}"))?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        let mut imports = BTreeMap::new();
        let mut statement = connection.prepare("SELECT id, path FROM import ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (import, path) = (row.get(0)?, Some(row.get(1)?));
            imports.insert(import, ImportCheck { import, path, ..ImportCheck::default() });
        }
        let (accounts, objects, mut words) = (ids("account")?, ids("object")?, ids("word")?);
        words.insert(0);
        Ok(Self { connection, imports, accounts, objects, words })
    }

    fn look(&mut self) -> Result<(), StoreError> {
        self.look_at_posts()?;
        self.look_at_shares()?;
        self.look_at_profiles()
    }

    fn part(&mut self, import: u32) -> &mut ImportCheck {
        let part = self.imports.entry(import).or_insert_with(|| ImportCheck { import, ..ImportCheck::default() });
        part.parts += 1;
        if part.path.is_none() && import != 0 {
            *part.problems.entry(Problem::Unlisted).or_default() += 1;
        }
        part
    }

    fn note(&mut self, import: u32, problem: Option<Problem>) {
        let part = self.part(import);
        if let Some(problem) = problem {
            *part.problems.entry(problem).or_default() += 1;
        }
    }

    fn rows(&self, sql: &str) -> Result<Vec<(RunPlace, i64, i64)>, StoreError> {
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement
            .query_map([], |row| Ok((RunPlace { run: row.get(0)?, import: row.get(1)? }, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn look_at_posts(&mut self) -> Result<(), StoreError> {
        let chunks = self.rows("SELECT run, import_id, id, 0 FROM post_chunk ORDER BY run, id")?;
        for run in chunks.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(place, ..)) = run.first() else { continue };
            let mut authors = Vec::new();
            let mut is_readable = true;
            for &(_, id, _) in run {
                let problem = self.look_at_chunk(place, id, &mut authors)?;
                is_readable &= problem != Some(Problem::Posts);
                self.note(place.import, problem);
            }
            let problem = self.look_at_index(place, authors)?.filter(|_| is_readable);
            self.note(place.import, problem);
        }
        let strays = "SELECT DISTINCT run, import_id, 0, 0 FROM author_chunk
                      WHERE (run, import_id) NOT IN (SELECT run, import_id FROM post_chunk)";
        for (place, ..) in self.rows(strays)? {
            self.note(place.import, Some(Problem::Authors));
        }
        Ok(())
    }

    /// Looks at a chunk of posts, and notes which accounts it has.
    fn look_at_chunk(
        &self,
        place: RunPlace,
        id: i64,
        authors: &mut Vec<Author>,
    ) -> Result<Option<Problem>, StoreError> {
        let mut run = PostRun::new(0, Chunks::of_post_rows(self.connection, place, vec![id]));
        loop {
            match run.advance() {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => return unreadable(error, Problem::Posts),
            }
            match self.look_at_post(&run) {
                Ok(()) => {
                    let author = (run.entry().account, id);
                    if authors.last() != Some(&author) {
                        authors.push(author);
                    }
                }
                Err(Wrong::Unreadable) => return Ok(Some(Problem::Posts)),
                Err(Wrong::Stray) => return Ok(Some(Problem::Strays)),
            }
        }
    }

    fn look_at_post(&self, run: &PostRun<'_>) -> Result<(), Wrong> {
        let post = run.entry();
        let words = [post.language, post.client];
        if !self.accounts.contains(&post.account) || !words.iter().all(|word| self.words.contains(word)) {
            return Err(Wrong::Stray);
        }
        for (_, object) in targets(post.targets.unwrap_or_default())? {
            if !self.objects.contains(&object.0) {
                return Err(Wrong::Stray);
            }
        }
        Ok(())
    }

    /// Holds the index of a run against the accounts that its chunks have.
    fn look_at_index(&self, place: RunPlace, mut authors: Vec<Author>) -> Result<Option<Problem>, StoreError> {
        let sql = format!("SELECT {} FROM author_chunk WHERE run = ?1 AND import_id = ?2", AuthorsRow::COLUMNS);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((place.run, place.import))?;
        let mut index: Vec<Author> = Vec::new();
        while let Some(row) = rows.next()? {
            let row = AuthorsRow::read(row)?;
            if row.for_each(|account, chunks| index.extend(chunks.iter().map(|&chunk| (account, chunk)))).is_err() {
                return Ok(Some(Problem::Authors));
            }
        }
        for pairs in [&mut authors, &mut index] {
            pairs.sort_unstable();
            pairs.dedup();
        }
        Ok((authors != index).then_some(Problem::Authors))
    }

    fn look_at_shares(&mut self) -> Result<(), StoreError> {
        for (place, id, code) in self.rows("SELECT run, import_id, id, kind FROM share_chunk ORDER BY run, id")? {
            let kind = ObjectKind::ALL.into_iter().find(|kind| kind.code() == code);
            let problem = match kind {
                Some(kind) => self.look_at_share_chunk(place, id, kind)?,
                None => Some(Problem::Shares),
            };
            self.note(place.import, problem);
        }
        Ok(())
    }

    fn look_at_share_chunk(&self, place: RunPlace, id: i64, kind: ObjectKind) -> Result<Option<Problem>, StoreError> {
        let mut run = ShareRun::new(Chunks::of_share_rows(self.connection, kind, place, vec![id]));
        let mut is_stray = false;
        loop {
            match run.advance() {
                Ok(true) => {}
                Ok(false) => return Ok(is_stray.then_some(Problem::Strays)),
                Err(error) => return unreadable(error, Problem::Shares),
            }
            let share = run.entry();
            is_stray |= !self.accounts.contains(&share.account) || !self.objects.contains(&share.object);
        }
    }

    fn look_at_profiles(&mut self) -> Result<(), StoreError> {
        let connection = self.connection;
        let mut statement = connection.prepare("SELECT account_id, import_id, seen FROM profile")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let place = (row.get(0)?, row.get(1)?);
            let is_damaged = sights::unpack(row.get_ref(2)?.as_blob_or_null()?, place).is_err();
            let problem = if is_damaged { Some(Problem::Profiles) } else { None };
            let stray = (!self.accounts.contains(&place.0)).then_some(Problem::Strays);
            self.note(place.1, problem.or(stray));
        }
        Ok(())
    }
}

/// What to note of a part that cannot be read.
fn unreadable(error: StoreError, problem: Problem) -> Result<Option<Problem>, StoreError> {
    match error {
        StoreError::Damaged | StoreError::DamagedImport { .. } => Ok(Some(problem)),
        error => Err(error),
    }
}
