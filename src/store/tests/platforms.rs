//! Platforms, and rows that are never used again.

use super::*;
use crate::model::{AccountId, Platform};

fn start(path: &str, platform: &str) -> ImportStart {
    ImportStart {
        path: path.to_owned(),
        head: path.to_owned(),
        sha256: None,
        bytes: 3,
        format: "native".to_owned(),
        platform: Platform::named(platform),
        at: Timestamp(5),
    }
}

fn file(path: &str) -> InputFile {
    InputFile {
        path: path.to_owned(),
        sha256: path.to_owned(),
        bytes: 3,
        format: "native".to_owned(),
        imported_at: Timestamp(5),
        records: 1,
        skipped: 0,
    }
}

/// Imports an account with a picture and a retweet of its own.
fn import(store: &mut Store, name: &str, platform: &str, byte: u8) -> u32 {
    let mut session = store.import_session().unwrap();
    let number = session.begin(&start(name, platform)).unwrap();
    let account = session.account(&account(name, Some("amber"), None, None)).unwrap();
    session.picture(&picture(byte)).unwrap();
    session.carries(account, &[byte; 32]).unwrap();
    let post = retweet("p", name, "t", Some("author"), Some(i64::from(byte)), None);
    add_post(&mut session, &PostRecord { language: Some(name.to_owned()), ..post });
    session.end(&file(name), true).unwrap();
    session.finish().unwrap();
    number
}

const TABLES: [&str; 5] = ["account", "object", "avatar", "word", "import"];

fn rows(store: &Store) -> [Vec<u32>; TABLES.len()] {
    TABLES.map(|table| {
        let mut statement = store.connection.prepare(&format!("SELECT id FROM {table}")).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    })
}

#[test]
fn no_row_is_ever_used_again() {
    let mut store = Store::in_memory().unwrap();
    let mut before = rows(&store);
    for (name, byte) in [("a", 1), ("b", 2), ("c", 3)] {
        let number = import(&mut store, name, "x", byte);
        let now = rows(&store);
        for ((table, now), before) in TABLES.iter().zip(&now).zip(&mut before) {
            assert!(
                !now.is_empty() && now.iter().all(|row| !before.contains(row)),
                "{table}: {now:?} after {before:?}"
            );
            before.extend(now);
        }
        assert!(store.remove_import(number).unwrap());
        assert!(rows(&store).iter().all(Vec::is_empty));
    }
    // Within one session too: what came twice is taken back before it goes on.
    import(&mut store, "d", "x", 4);
    let mut session = store.import_session().unwrap();
    session.begin(&start("again", "x")).unwrap();
    session.account(&account("new", None, None, None)).unwrap();
    assert!(session.end(&file("d"), true).unwrap().known.is_some());
    session.begin(&start("e", "x")).unwrap();
    let row = session.account(&account("newer", None, None, None)).unwrap();
    session.finish().unwrap();
    let greatest = before[0].iter().max().unwrap();
    assert!(row.0 > greatest + 3, "{row:?} after {greatest}, d, its author, and what is gone");
}

#[test]
fn a_tag_that_waited_brings_its_account_back_in_a_row_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let mut store = Store::open(&path).unwrap();
    let number = import(&mut store, "71", "mastodon", 1);
    let row = store.find_account("71").unwrap()[0];
    let mut other = Store::open(&path).unwrap();
    let session = other.import_session().unwrap();
    let after = Tag { label: Some(Label::Unsure), note: None };
    let change = TagChange::between(store.account_key(row).unwrap(), &Tag::default(), &after);
    store.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change]).unwrap();
    // As a program does that knows nothing of the tag.
    session.connection.execute_batch("DELETE FROM profile; DELETE FROM account").unwrap();
    session.finish().unwrap();
    let tagged = store.current_tags().unwrap();
    assert!(tagged[0].account > row && number == 1);
    assert_eq!(store.find_account("mastodon:71").unwrap(), [tagged[0].account]);
}

fn times(store: &Store) -> Vec<i64> {
    let mut times = Vec::new();
    let mut note = |_, at: Timestamp| {
        times.push(at.0);
        ControlFlow::Continue(())
    };
    store.for_each_post_time(&mut note).unwrap();
    times
}

#[test]
fn equal_ids_of_two_platforms_are_two_posts() {
    let mut store = Store::in_memory().unwrap();
    import(&mut store, "71", "x", 9);
    import(&mut store, "71-again", "x", 8);
    assert_eq!((store.counts().unwrap().posts, times(&store)), (1, vec![8]), "one post that two files have");
    import(&mut store, "72", "mastodon", 7);
    let counts = store.counts().unwrap();
    assert_eq!((counts.posts, counts.targets, counts.accounts), (2, 2, 5));
    assert_eq!(times(&store), [8, 7]);
    let keys = ["t".to_owned()];
    assert_eq!(store.object_ids(ObjectKind::RetweetedPost, &keys).unwrap().0.len(), 2, "both can be muted");
    assert_eq!(store.platforms().unwrap(), [(Platform::named("mastodon"), 2), (Platform::named("x"), 3)]);
    let platforms: Vec<String> = store.accounts().unwrap().iter().map(|one| one.platform.to_string()).collect();
    assert_eq!(platforms, ["mastodon", "mastodon", "x", "x", "x"]);
}

#[test]
fn an_account_of_no_known_platform_can_be_named() {
    let mut store = Store::in_memory().unwrap();
    import(&mut store, "71", "x", 1);
    store.connection.execute_batch("INSERT INTO account (platform_id) VALUES ('71')").unwrap();
    let found = store.find_account("71").unwrap();
    let names: Vec<_> = found.iter().map(|&row| store.name_for_sure(row).unwrap()).collect();
    assert_eq!(names, [("x:71".to_owned(), Some("amber".to_owned())), (":71".to_owned(), None)]);
    for ((name, _), row) in names.iter().zip(found) {
        assert_eq!(store.find_account(name).unwrap(), [row]);
    }
}

/// A cache as version 6 made it, with files of these formats of which each describes an account named after it.
fn version_6(path: &Path, formats: &[&str]) {
    let old = Connection::open(path).unwrap();
    schema::up_to(&old, 6);
    for (number, format) in (1..).zip(formats) {
        let sql = format!(
            "INSERT INTO import VALUES ({number}, 's{number}', '', 'f{number}', 3, '{format}', 5, 1, 0, 1);
             INSERT INTO account (id, platform_id) VALUES ({number}, '{format}');
             INSERT INTO profile (account_id, import_id, handle) VALUES ({number}, {number}, 'h{number}');
             INSERT INTO object VALUES ({number}, 1, 't{format}', 0);
             INSERT INTO detail VALUES ({number}, {number}, {number}, NULL, NULL)"
        );
        old.execute_batch(&sql).unwrap();
    }
    old.execute_batch(
        "INSERT INTO account (id, platform_id) VALUES (40, 'did:plc:a'), (41, 'unknown');
         INSERT INTO object VALUES (50, 1, 'at://a', 0), (51, 2, 'a.example', 0);
         INSERT INTO word VALUES (60, 'en');
         INSERT INTO tag_batch VALUES (1, 'apply', NULL, 'interface', 1);
         INSERT INTO tag_event VALUES (1, 1, NULL, NULL, 'suspected-bot', NULL);",
    )
    .unwrap();
}

fn migrated(formats: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    version_6(&path, formats);
    let mut store = Store::open(&path).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = store.connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let accounts = list("SELECT platform || ':' || platform_id FROM account ORDER BY id");
    let objects = list("SELECT platform || ':' || key FROM object ORDER BY id");
    assert_eq!(objects.last().unwrap(), ":a.example", "a link is the same everywhere");
    assert!(list("SELECT \"table\" FROM pragma_foreign_key_check").is_empty(), "nothing points to what is not there");
    assert_eq!(store.current_tags().unwrap()[0].account, AccountId(1));
    let accounts_now = store.accounts().unwrap();
    let first = accounts_now.iter().find(|account| account.id == AccountId(1)).unwrap();
    assert_eq!(first.profile.handle.as_deref(), Some("h1"));
    let new = import(&mut store, "new", "x", 1);
    assert_eq!(new as usize, formats.len() + 1);
    assert!(store.find_account("new").unwrap()[0].0 > 41);
    assert_eq!(rows(&store)[1].last(), Some(&52));
    assert_eq!(rows(&store)[3], [60, 61]);
    accounts.into_iter().chain(objects).filter(|line| !line.ends_with("a.example")).collect()
}

#[test]
fn a_cache_of_version_6_gets_the_platform_of_its_files() {
    let one =
        ["x:twitter-v2", "x:native", "bluesky:did:plc:a", "x:unknown", "x:ttwitter-v2", "x:tnative", "bluesky:at://a"];
    assert_eq!(migrated(&["twitter-v2", "native"]), one);
    let none = [":native", "bluesky:did:plc:a", ":unknown", ":tnative", "bluesky:at://a"];
    assert_eq!(migrated(&["native"]), none);
    // Of several each gets that of the files that describe it.
    let several = ["x:minet", "mastodon:mastodon", ":coortweet", "bluesky:did:plc:a", ":unknown", "x:tminet"];
    assert_eq!(migrated(&["minet", "mastodon", "coortweet"])[..6], several);
}
