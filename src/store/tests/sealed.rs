//! What becomes of damaged blobs: an error that says what to do, and never another number.

use std::fs;

use rusqlite::types::Value;

use super::*;
use crate::model::AccountId;

/// Two files with posts, shares of every kind, profiles and pictures, and the ids of their imports.
fn two_imports(store: &mut Store) -> [u32; 2] {
    ["first.jsonl", "second.jsonl"].map(|path| {
        let mut session = store.import_session().unwrap();
        let start = ImportStart {
            path: path.to_owned(),
            head: path.to_owned(),
            sha256: None,
            bytes: 7,
            format: "native".to_owned(),
            platform: Default::default(),
            at: Timestamp(0),
        };
        let import = session.begin(&start).unwrap();
        let shift = i64::from(import) * 500;
        for number in 0..40_u8 {
            let id = number.to_string();
            let handle = format!("{path}-{number}");
            let account = session.account(&account(&id, Some(&handle), Some("plants"), Some(shift))).unwrap();
            if number < 3 {
                session.picture(&picture(number + 1)).unwrap();
                session.carries(account, &[number + 1; 32]).unwrap();
            }
        }
        for number in shift..shift + 1_500 {
            let post = PostRecord {
                platform_id: format!("at://{number:06}"),
                author: (number % 40).to_string(),
                created_at: (number % 7 != 0).then_some(Timestamp(number * 1_000)),
                text: (number % 3 == 0).then(|| format!("We plant tree number {number}")),
                language: Some("en".to_owned()),
                client: Some("Garden".to_owned()),
                ..PostRecord::default()
            };
            let kind = ObjectKind::ALL[number as usize % 6];
            let object = ObjectRecord {
                kind,
                key: (number % 50).to_string(),
                author: kind.is_post().then(|| (number % 11).to_string()),
                created_at: None,
                text: (number % 5 == 0).then(|| "a tree".to_owned()),
                synthetic: false,
            };
            session.post(&post, &[object]);
        }
        let file = InputFile {
            path: path.to_owned(),
            sha256: path.to_owned(),
            bytes: 7,
            format: "native".to_owned(),
            imported_at: Timestamp(0),
            records: 1_540,
            skipped: 0,
        };
        session.end(&file, true).unwrap();
        session.finish().unwrap();
        import
    })
}

const LINKED: &str = "parameters";

/// A closed cache with everything in it that the program keeps.
fn filled_cache(path: &Path) {
    let mut store = Store::open(path).unwrap();
    two_imports(&mut store);
    store.counts().unwrap();
    let co = crate::model::CoShare {
        shared: 3,
        shared_within: 1,
        cosine: Some(0.5),
        binary_cosine: Some(0.25),
        median_gap_ms: Some(900),
        rounded: 0,
        test: None,
    };
    let link = |a, b| crate::model::LinkedPair {
        a: AccountId(a),
        b: AccountId(b),
        link: crate::model::Link { co_share: Some(co), co_share_kept: true, avatar: None },
    };
    store.keep_links(LINKED, store.data_version().unwrap(), [link(1, 2), link(1, 7), link(3, 4)].into_iter()).unwrap();
}

/// Every way of reading the cache: what it is called, and what it gives; `None` where something is to be made anew.
type Reading = (&'static str, fn(&Store) -> Result<Option<String>, StoreError>);

fn shown<T: std::fmt::Debug>(read: Result<T, StoreError>) -> Result<Option<String>, StoreError> {
    read.map(|read| Some(format!("{read:?}")))
}

const READINGS: [Reading; 14] = [
    ("accounts", |store| shown(store.accounts())),
    ("names", |store| shown(store.account_names())),
    ("first accounts", |store| store.first_accounts(30).map(|(found, counted)| counted.then(|| format!("{found:?}")))),
    ("counts", |store| shown(store.counts())),
    ("shares", |store| {
        let mut shares = Vec::new();
        for kind in ObjectKind::ALL {
            store.for_each_share(kind, &mut |share| {
                shares.push(share);
                ControlFlow::Continue(())
            })?;
        }
        shown(Ok(shares))
    }),
    ("origins", |store| shown(store.origins())),
    ("times", |store| {
        let mut times = Vec::new();
        store.for_each_post_time(&mut |account, at| {
            times.push((account, at));
            ControlFlow::Continue(())
        })?;
        shown(Ok(times))
    }),
    ("posts of accounts", |store| {
        shown([1, 7, 40].map(|id| store.posts_of(AccountId(id))).into_iter().collect::<Result<Vec<_>, _>>())
    }),
    ("prints", |store| shown(store.avatar_prints(true))),
    ("sums of pictures", |store| shown(store.avatar_sha256())),
    ("pictures", |store| {
        shown([1, 2, 3].map(|id| store.picture(AvatarId(id))).into_iter().collect::<Result<Vec<_>, _>>())
    }),
    ("a picture's bytes", |store| shown(store.has_picture(&[2; 32]))),
    ("links", |store| Ok(store.cached_links(LINKED, store.data_version()?)?.map(|links| format!("{links:?}")))),
    ("names for sure", |store| shown(store.name_for_sure(AccountId(5)))),
];

/// A blob: its table and column, what names its row, and the import that it belongs to, if it is one.
#[derive(Debug, Clone)]
struct Cell {
    table: &'static str,
    column: &'static str,
    keys: (Value, Value),
    import: Option<u32>,
    bytes: Vec<u8>,
}

/// Table and column of each blob, the two columns that name a row, and the one that names the import.
const COLUMNS: [(&str, &str, [&str; 2], Option<&str>); 9] = [
    ("post_chunk", "bytes", ["id", "run"], Some("import_id")),
    ("share_chunk", "bytes", ["id", "run"], Some("import_id")),
    ("author_chunk", "bytes", ["id", "run"], Some("import_id")),
    ("profile", "seen", ["account_id", "import_id"], Some("import_id")),
    ("avatar", "pdq", ["id", "id"], None),
    ("avatar", "turned", ["id", "id"], None),
    ("avatar", "thumbnail", ["id", "id"], None),
    ("activity_chunk", "bytes", ["place", "place"], None),
    ("link_chunk", "bytes", ["linking_id", "place"], None),
];

fn cells(connection: &Connection) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (table, column, [one, other], import) in COLUMNS {
        let import = import.unwrap_or("NULL");
        let mut statement =
            connection.prepare(&format!("SELECT {one}, {other}, {import}, {column} FROM {table}")).unwrap();
        let cell = |row: &rusqlite::Row<'_>| {
            Ok(Cell { table, column, keys: (row.get(0)?, row.get(1)?), import: row.get(2)?, bytes: row.get(3)? })
        };
        cells.extend(statement.query_map([], cell).unwrap().map(Result::unwrap));
    }
    cells
}

#[test]
fn every_blob_of_the_tables_is_among_those_that_are_damaged_here() {
    let store = Store::in_memory().unwrap();
    let sql = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
               WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY 1, 2";
    let mut statement = store.connection.prepare(sql).unwrap();
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let found: Vec<(String, String)> = found.map(Result::unwrap).collect();
    let mut known: Vec<_> = COLUMNS.iter().map(|one| (one.0.to_owned(), one.1.to_owned())).collect();
    // It names the picture; the checksum of its hash covers it.
    known.push(("avatar".to_owned(), "sha256".to_owned()));
    known.sort();
    assert_eq!(found, known);
}

/// Numbers that are the same in every run. [Marsaglia, 2003]
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

fn damaged(bytes: &[u8], way: usize, seeded: &mut Seeded) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let place = seeded.below(bytes.len());
    match way {
        0..=3 => bytes[place] ^= 1 << seeded.below(8),
        4 => bytes[seeded.below(12)] = 0xff,
        5 => bytes.truncate(place),
        6 => bytes.fill(0),
        7 => bytes[place..].fill(0),
        8 => bytes.extend([0; 3]),
        _ => bytes.extend_from_within(place..),
    }
    bytes
}

fn write_cell(path: &Path, cell: &Cell, bytes: &[u8]) {
    let Cell { table, column, keys, .. } = cell;
    let (_, _, [one, other], _) = COLUMNS.iter().find(|known| (known.0, known.1) == (*table, *column)).unwrap();
    let sql = format!("UPDATE {table} SET {column} = ?1 WHERE {one} = ?2 AND {other} = ?3");
    let connection = Connection::open(path).unwrap();
    assert_eq!(connection.execute(&sql, (bytes, &keys.0, &keys.1)).unwrap(), 1);
}

/// What must be said where this blob is damaged.
fn remedy(cell: &Cell) -> String {
    match cell.import {
        Some(1) => "what import 1 (first.jsonl) brought is damaged in the cache: take it back with `bot-tui imports remove 1`, then read it anew with `bot-tui import first.jsonl`".to_owned(),
        Some(_) => "`bot-tui imports remove 2`, then read it anew with `bot-tui import second.jsonl`".to_owned(),
        None => "import your pictures again".to_owned(),
    }
}

#[test]
fn a_damaged_blob_is_an_error_that_says_what_to_do_and_never_another_number() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, path) = (folder.path().join("whole.db"), folder.path().join("cache.db"));
    filled_cache(&whole);
    let read = |store: &Store| READINGS.map(|(name, read)| (name, read(store)));
    let expected: Vec<Option<String>> =
        read(&Store::open(&whole).unwrap()).into_iter().map(|(_, read)| read.unwrap()).collect();
    assert!(expected.iter().all(Option::is_some));
    let cells = cells(&Connection::open(&whole).unwrap());
    assert!(Store::open(&whole).unwrap().check().unwrap().is_whole());
    let mut seeded = Seeded(7);
    let (mut refused, mut cases) = (0, 0);
    for (table, column, ..) in COLUMNS {
        let of_column: Vec<&Cell> = cells.iter().filter(|cell| (cell.table, cell.column) == (table, column)).collect();
        for case in 0..40 {
            let cell = of_column[seeded.below(of_column.len())];
            let bytes = damaged(&cell.bytes, case % 10, &mut seeded);
            if bytes == cell.bytes {
                continue;
            }
            cases += 1;
            fs::copy(&whole, &path).unwrap();
            write_cell(&path, cell, &bytes);
            if case % 2 == 1 && cell.import.is_some() {
                // All is counted anew.
                Connection::open(&path).unwrap().execute("DELETE FROM counted", []).unwrap();
            }
            let store = Store::open(&path).unwrap();
            assert!(!store.check().unwrap().is_whole(), "check sees {table}.{column}, case {case}");
            for ((name, found), expected) in read(&store).into_iter().zip(&expected) {
                match found {
                    Ok(None) => assert!(cell.import.is_none() || name == "first accounts"),
                    Ok(found) => assert_eq!(&found, expected, "{name} with {table}.{column} damaged, case {case}"),
                    Err(error) => {
                        refused += 1;
                        let message = error.to_string();
                        assert!(message.contains(&remedy(cell)), "{name} with {table}.{column} damaged: {message}");
                    }
                }
            }
        }
    }
    assert!(cases > 350 && refused > 600, "{cases} cases, {refused} refused");
}

#[test]
fn a_blob_that_stands_in_the_place_of_another_one_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, path) = (folder.path().join("whole.db"), folder.path().join("cache.db"));
    filled_cache(&whole);
    let cells = cells(&Connection::open(&whole).unwrap());
    for (table, column) in
        [("post_chunk", "bytes"), ("share_chunk", "bytes"), ("author_chunk", "bytes"), ("profile", "seen")]
    {
        let mut of_column = cells.iter().filter(|cell| (cell.table, cell.column) == (table, column));
        let first = of_column.find(|cell| cell.import == Some(1)).unwrap();
        let second = of_column.find(|cell| cell.import == Some(2)).unwrap();
        fs::copy(&whole, &path).unwrap();
        write_cell(&path, second, &first.bytes);
        let found = Store::open(&path).unwrap().check().unwrap();
        assert!(found.imports[0].problems.is_empty() && !found.imports[1].problems.is_empty(), "{table}: {found:?}");
    }
}

#[test]
fn an_import_that_is_damaged_can_be_taken_back_whatever_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    filled_cache(&path);
    let cells = cells(&Connection::open(&path).unwrap());
    for cell in cells.iter().filter(|cell| cell.import.is_some()) {
        write_cell(&path, cell, &cell.bytes[..5]);
    }
    let mut store = Store::open(&path).unwrap();
    assert!(store.accounts().is_err());
    assert!(store.remove_import(1).unwrap());
    assert!(store.counts().is_err(), "the other one is damaged still");
    assert!(store.remove_import(2).unwrap());
    assert_eq!((store.counts().unwrap().accounts, store.counts().unwrap().posts), (0, 0), "nothing is left behind");
    two_imports(&mut store);
    assert!(store.check().unwrap().is_whole());
    assert_eq!(store.counts().unwrap().posts, 2_000);
}

#[test]
fn pictures_that_are_damaged_are_whole_again_once_they_are_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    filled_cache(&path);
    let whole = Store::open(&path).unwrap().avatar_prints(true).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF; UPDATE avatar SET pdq = zeroblob(40) WHERE id = 1").unwrap();
    connection
        .execute_batch(
            "UPDATE avatar SET thumbnail = x'00' WHERE id = 2; UPDATE avatar SET sha256 = zeroblob(32) WHERE id = 3",
        )
        .unwrap();
    drop(connection);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.check().unwrap().pictures, 3);
    assert!(matches!(store.avatar_prints(false), Err(StoreError::DamagedPicture)));
    let mut session = store.import_session().unwrap();
    assert!(session.known_pictures().unwrap().is_empty(), "all of them are read again");
    for number in 0..3_u8 {
        let account = session.find_account(&number.to_string()).unwrap().unwrap();
        session.picture(&picture(number + 1)).unwrap();
        session.carries(account, &[number + 1; 32]).unwrap();
    }
    session.finish().unwrap();
    let found = store.avatar_prints(true).unwrap();
    assert_eq!(
        found.iter().map(|print| print.pdq).collect::<Vec<_>>(),
        whole.iter().map(|print| print.pdq).collect::<Vec<_>>()
    );
    assert!(store.check().unwrap().is_whole());
}

#[test]
fn a_file_whose_pages_are_damaged_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, path) = (folder.path().join("whole.db"), folder.path().join("cache.db"));
    filled_cache(&whole);
    let bytes = fs::read(&whole).unwrap();
    let mut seeded = Seeded(11);
    let mut refused = 0;
    for _ in 0..40 {
        let mut damaged = bytes.clone();
        // The first page names the tables; without it the file is no cache.
        let page = 1 + seeded.below(bytes.len() / 4_096 - 1);
        damaged[page * 4_096..][..64].fill(0xee);
        fs::write(&path, damaged).unwrap();
        let _ = fs::remove_file(path.with_extension("db-wal"));
        let _ = fs::remove_file(path.with_extension("db-shm"));
        let store = match Store::open(&path) {
            Ok(store) => store,
            Err(error) => {
                assert!(matches!(error, StoreError::Damaged), "{error}");
                continue;
            }
        };
        for (name, read) in READINGS {
            if let Err(error) = read(&store) {
                refused += 1;
                let message = error.to_string();
                let says = ["bot-tui check", "imports remove", "import your pictures again"];
                assert!(says.iter().any(|words| message.contains(words)), "{name}: {message}");
            }
        }
        let _ = store.check();
    }
    assert!(refused > 20, "{refused}");
}
