//! Imports: told apart, cut off, taken back, of earlier versions.

use super::*;
use crate::store::Ended;

fn start(path: &str, head: &str) -> ImportStart {
    ImportStart {
        path: path.to_owned(),
        head: head.to_owned(),
        sha256: None,
        bytes: 3,
        format: "native".to_owned(),
        platform: Default::default(),
        at: Timestamp(5),
    }
}

fn file(path: &str, sha256: &str, skipped: u64) -> InputFile {
    InputFile {
        path: path.to_owned(),
        sha256: sha256.to_owned(),
        bytes: 3,
        format: "native".to_owned(),
        imported_at: Timestamp(5),
        records: 1,
        skipped,
    }
}

/// Imports records as those of a file.
pub(super) fn fill_from(store: &mut Store, name: &str, accounts: &[AccountRecord], posts: &[PostRecord]) -> u32 {
    let mut session = store.import_session().unwrap();
    let import = session.begin(&start(name, name)).unwrap();
    for record in accounts {
        session.account(record).unwrap();
    }
    for record in posts {
        add_post(&mut session, record);
    }
    session.end(&file(name, name, 0), true).unwrap();
    session.finish().unwrap();
    import
}

#[test]
fn two_imports_at_once_do_not_mix_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (mut one, mut other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let (accounts, posts) = sample();
    let mut session = one.import_session().unwrap();
    session.begin(&start("a", "a")).unwrap();
    session.account(&accounts[0]).unwrap();
    assert!(matches!(other.import_session_while(&mut || false), Err(StoreError::Busy)));
    other.connection.busy_timeout(Duration::ZERO).unwrap();
    assert!(matches!(other.remove_import(1), Err(StoreError::Busy)));
    assert_eq!(other.counts().unwrap().accounts, 0, "a reader sees what was there before");
    // Between two batches of the one the other comes.
    session.commit().unwrap();
    fill_from(
        &mut other,
        "b",
        &[account("x", Some("other"), None, None)],
        &[retweet("px", "x", "tx", None, None, None)],
    );
    session.go_on().unwrap();
    for record in &accounts {
        session.account(record).unwrap();
    }
    for record in &posts {
        add_post(&mut session, record);
    }
    session.end(&file("a", "a", 0), true).unwrap();
    session.finish().unwrap();

    let mut whole = Store::in_memory().unwrap();
    fill_from(
        &mut whole,
        "b",
        &[account("x", Some("other"), None, None)],
        &[retweet("px", "x", "tx", None, None, None)],
    );
    fill_from(&mut whole, "a", &accounts, &posts);
    assert_eq!(dump(&one), dump(&whole));
}

#[test]
fn what_waits_is_bounded() {
    let mut store = Store::in_memory().unwrap();
    let mut session = store.import_session().unwrap();
    let torn = SkippedLine { line: 1, reason: "torn".repeat(1_000) };
    let most = (1..1_000_000).find(|&line| {
        session.reject(SkippedLine { line, ..torn.clone() });
        session.is_full()
    });
    assert!(most.is_some_and(|lines| lines < 100_000));
    session.checkpoint().unwrap();
    assert!(!session.is_full());
}

#[test]
fn caches_of_earlier_versions_keep_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../migrations/0001_first.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO input VALUES (1, 'ab', 'a', 3, 'native', 5, 1, 1);
         INSERT INTO skipped_line VALUES (1, 3, 'torn');
         INSERT INTO account (id, platform_id, handle) VALUES (1, '1', 'amber'), (2, '9', NULL);
         INSERT INTO object VALUES (4, 1, 't1', 2, 300, 'We plant trees'), (5, 1, 't2', NULL, NULL, NULL);
         INSERT INTO post VALUES ('p1', 1, 500, NULL), ('p2', 2, NULL, 'We plant trees');
         INSERT INTO share VALUES (1, 4, 1, 500), (1, 4, 2, NULL), (1, 5, 1, 700);
         INSERT INTO tag_batch VALUES (1, 'apply', NULL, 'interface', 1);
         INSERT INTO tag_event VALUES (1, 1, NULL, NULL, 'suspected-bot', NULL);
         PRAGMA user_version = 1; PRAGMA application_id = 0x626f7475;",
    )
    .unwrap();
    drop(old);
    let mut store = Store::open(&path).unwrap();
    let counts = store.counts().unwrap();
    assert_eq!((counts.accounts, counts.posts, counts.retweets, counts.targets), (2, 2, 3, 2));
    assert_eq!((counts.skipped, counts.tagged), (1, 1));
    let found: Vec<_> = shares(&store).iter().map(|share| (share.at.map(|at| at.0), share.own)).collect();
    assert_eq!(found, [(Some(500), false), (None, true), (Some(700), false)]);
    let dumped = dump(&store);
    assert!(dumped.contains(&"p2 by 9 None Some(\"We plant trees\")".to_owned()), "{dumped:?}");
    assert_eq!(store.accounts().unwrap()[0].profile.handle.as_deref(), Some("amber"));
    // The same bytes come again and fill what the earlier version did not read.
    fill_from(&mut store, "ab", &[account("3", None, None, None)], &[]);
    let imports = store.imports().unwrap();
    assert_eq!((imports.len(), imports[0].id), (1, 2));
    assert_eq!(store.counts().unwrap().accounts, 3);
}

#[test]
fn equal_bytes_are_one_import() {
    let mut store = Store::in_memory().unwrap();
    for (name, head) in [("a.jsonl", "head"), ("b.jsonl", "another")] {
        let mut session = store.import_session().unwrap();
        session.begin(&start(name, head)).unwrap();
        session.account(&account(name, None, None, None)).unwrap();
        session.reject(SkippedLine { line: 3, reason: "torn".to_owned() });
        assert_eq!(session.end(&file(name, "ab", 1), true).unwrap().known, (name == "b.jsonl").then_some(1));
        session.finish().unwrap();
    }
    let imports = store.imports().unwrap();
    assert_eq!(
        imports,
        [Import { id: 1, finished: true, map: None, warnings: Vec::new(), file: file("a.jsonl", "ab", 1) }]
    );
    assert_eq!(store.rejected_lines(1).unwrap().len(), 1);
    assert_eq!((store.counts().unwrap().skipped, store.counts().unwrap().accounts), (1, 1));
}

#[test]
fn an_import_that_was_cut_off_goes_on_under_its_number() {
    let mut store = Store::in_memory().unwrap();
    let (accounts, posts) = sample();
    let mut session = store.import_session().unwrap();
    assert_eq!(session.begin(&start("a.jsonl", "a.jsonl")).unwrap(), 1);
    session.account(&accounts[0]).unwrap();
    session.checkpoint().unwrap();
    drop(session);
    assert!(!store.imports().unwrap()[0].finished);
    assert_eq!(fill_from(&mut store, "a.jsonl", &accounts, &posts), 1);
    let mut whole = Store::in_memory().unwrap();
    fill_from(&mut whole, "a.jsonl", &accounts, &posts);
    assert_eq!(dump(&store), dump(&whole));
    assert_eq!(store.imports().unwrap(), whole.imports().unwrap());
}

#[test]
fn an_import_can_be_taken_back_without_a_trace() {
    let (accounts, posts) = sample();
    let later = [account("1", Some("amber_sea"), None, Some(99)), account("3", Some("new"), None, Some(5))];
    let repeats = [
        retweet("p1", "1", "t1", Some("9"), Some(300), Some("RT Tomorrow we plant many trees")),
        retweet("p9", "4", "t2", Some("5"), Some(1), None),
    ];
    let mut only = Store::in_memory().unwrap();
    fill_from(&mut only, "a", &accounts, &posts);
    let mut both = Store::in_memory().unwrap();
    fill_from(&mut both, "a", &accounts, &posts);
    let second = fill_from(&mut both, "b", &later, &repeats);
    let amber = both.accounts().unwrap().remove(0);
    assert_eq!(amber.profile.handle.as_deref(), Some("amber_sea"));
    assert_eq!(shares(&both)[0].at, Some(Timestamp(300)), "of two files the earlier time counts");
    assert_eq!(both.counts().unwrap().posts, 5);
    let version = both.data_version().unwrap();

    assert!(both.remove_import(second).unwrap());
    assert_eq!(dump(&both), dump(&only));
    assert_eq!(both.counts().unwrap(), only.counts().unwrap());
    assert!(both.data_version().unwrap() > version);
    assert!(!both.remove_import(second).unwrap());
}

#[test]
fn tagged_accounts_stay_when_their_import_goes() {
    let mut store = Store::in_memory().unwrap();
    let import = fill_from(&mut store, "a", &[account("1", Some("amber"), None, None)], &[]);
    let change = TagChange::between(named("1"), &Tag::default(), &tag(Some(Label::SuspectedBot), None));
    store.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change]).unwrap();
    store.remove_import(import).unwrap();
    let accounts = store.accounts().unwrap();
    assert_eq!((accounts.len(), accounts[0].profile.handle.as_deref()), (1, None));
    assert_eq!(store.counts().unwrap().tagged, 1);
}

#[test]
fn deleted_posts_are_gone_in_whatever_order_files_come() {
    let reposts: Vec<_> = ["at://a/1", "at://a/2"].map(|id| retweet(id, "a", "t1", None, Some(5), None)).into();
    let mut store = Store::in_memory().unwrap();
    for deleted_first in [false, true] {
        let mut session = store.import_session().unwrap();
        session.begin(&start("x", &deleted_first.to_string())).unwrap();
        if deleted_first {
            session.delete("at://a/1");
        }
        for post in &reposts {
            add_post(&mut session, post);
        }
        if !deleted_first {
            session.delete("at://a/1");
        }
        session.finish().unwrap();
        let counts = store.counts().unwrap();
        assert_eq!((counts.posts, counts.retweets), (1, 1), "the other post shares the same target");
    }
    let mut session = store.import_session().unwrap();
    session.delete("at://a/2");
    session.finish().unwrap();
    assert_eq!(store.counts().unwrap().retweets, 0);
}

/// Imports one account as read in some way from the bytes that `name` stands for; the number of the import.
fn read_as(store: &mut Store, how: &str, account_id: &str, known_bytes: bool, whole: bool) -> Ended {
    let mut session = store.import_session().unwrap();
    let sha256 = known_bytes.then(|| "ab".to_owned());
    session.begin(&ImportStart { format: how.to_owned(), sha256, ..start("a", "a") }).unwrap();
    session.account(&account(account_id, None, None, None)).unwrap();
    let ended = session.end(&InputFile { format: "map".to_owned(), ..file("a", "ab", 0) }, whole).unwrap();
    session.finish().unwrap();
    ended
}

fn ids(store: &Store) -> Vec<String> {
    store.accounts().unwrap().into_iter().map(|account| account.platform_id).collect()
}

#[test]
fn another_way_of_reading_the_same_bytes_replaces_the_first_one() {
    // A file's bytes are known when it is begun, those of a stream at its end.
    for known_bytes in [true, false] {
        let mut store = Store::in_memory().unwrap();
        read_as(&mut store, "map:account=t", "wrong", known_bytes, true);
        let ended = read_as(&mut store, "map:account=u", "right", known_bytes, true);
        assert_eq!((ended.known, ended.replaced.as_deref()), (None, Some("map:account=t")));
        assert_eq!(ids(&store), ["right"]);
        let imports = store.imports().unwrap();
        assert_eq!((imports.len(), imports[0].file.format.as_str()), (1, "map"));
        assert_eq!(imports[0].map.as_deref(), Some("account=u"));
        let again = read_as(&mut store, "map:account=u", "right", known_bytes, true);
        assert!(again.known.is_some() && again.replaced.is_none());
    }
}

#[test]
fn what_was_not_read_to_its_end_is_read_anew() {
    for known_bytes in [true, false] {
        let mut store = Store::in_memory().unwrap();
        read_as(&mut store, "native", "1", true, false);
        assert!(!store.imports().unwrap()[0].finished);
        let ended = read_as(&mut store, "native", "2", known_bytes, true);
        assert_eq!((ended.known, ended.replaced), (None, None));
        let imports = store.imports().unwrap();
        assert!(imports.len() == 1 && imports[0].finished, "{imports:?}");
        assert!(ids(&store).contains(&"2".to_owned()));
    }
}

#[test]
fn a_wrong_reading_that_was_cut_off_leaves_nothing_either() {
    let mut store = Store::in_memory().unwrap();
    for (how, id) in [("map:account=t", "wrong"), ("map:account=u", "right")] {
        let mut session = store.import_session().unwrap();
        session.begin(&ImportStart { format: how.to_owned(), ..start("a", "a") }).unwrap();
        session.account(&account(id, None, None, None)).unwrap();
        session.checkpoint().unwrap();
    }
    read_as(&mut store, "map:account=u", "right", false, true);
    assert_eq!((ids(&store), store.imports().unwrap().len()), (vec!["right".to_owned()], 1));
}

#[test]
fn what_was_imported_before_a_layer_was_there_lacks_it_until_it_is_imported_again() {
    let mut store = Store::in_memory().unwrap();
    let (accounts, posts) = sample();
    fill_from(&mut store, "old.jsonl", &accounts, &posts);
    fill_from(&mut store, "new.jsonl", &accounts, &posts);
    assert_eq!(store.imports_without(ObjectKind::Text).unwrap(), [0, 2]);
    store.connection.execute("UPDATE import SET layers = 'co-retweet co-link' WHERE id = 1", []).unwrap();
    assert_eq!(store.imports_without(ObjectKind::Text).unwrap(), [1, 2]);
    assert_eq!(store.imports_without(ObjectKind::Link).unwrap(), [0, 2]);
    let warnings: Vec<_> = store.imports().unwrap().into_iter().map(|import| import.warnings).collect();
    let said = "it was not read for co-hashtag, co-reply, co-quote, co-text, which came later; import the file again";
    assert_eq!(warnings, [vec![said.to_owned()], vec![]]);
    fill_from(&mut store, "old.jsonl", &accounts, &posts);
    assert_eq!(store.imports_without(ObjectKind::Text).unwrap(), [0, 2]);
    assert!(store.imports().unwrap().iter().all(|import| import.warnings.is_empty()));
}
