//! Names of caches, who may read them, and what becomes of an open one.

use std::fs;
use std::path::PathBuf;

use super::*;

fn filled(path: &Path) -> Store {
    let mut store = Store::open(path).unwrap();
    fill(&mut store, &[account("1", None, None, None)], &[]);
    store
}

#[test]
fn names_that_sqlite_takes_for_something_else_are_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:x?mode=memory", ":memory:", "file::memory:?cache=shared", "a b%20c?x=1#y"] {
        let path = folder.path().join(name);
        drop(filled(&path));
        assert!(fs::metadata(&path).unwrap().len() > 0, "{name}");
        assert_eq!(Store::open_for(&path, Access::Read).unwrap().account_count().unwrap(), 1, "{name}");
    }
    assert!(matches!(Store::open(Path::new("")), Err(StoreError::Unusable { .. })));
}

#[test]
fn only_who_imports_makes_a_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (none, empty) = (folder.path().join("none.db"), folder.path().join("empty.db"));
    fs::write(&empty, "").unwrap();
    for access in [Access::Read, Access::Write] {
        for path in [&none, &empty] {
            assert!(matches!(Store::open_for(path, access), Err(StoreError::Missing { .. })), "{access:?}");
        }
    }
    assert!(!none.exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was put beside it either");
    assert_eq!(Store::open_for(&none, Access::Work).unwrap().account_count().unwrap(), 0);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_cache_at_the_end_of_a_link_is_private_and_tags_wait_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("there")).unwrap();
        symlink("there/real.db", path("link.db")).unwrap();
        symlink("link.db", path("links.db")).unwrap();
        let mut store = filled(&path("links.db"));
        assert_eq!(mode(&path("there/real.db")), 0o600);
        assert_eq!(store.path().unwrap(), fs::canonicalize(path("there/real.db")).unwrap());
        let mut tagger = Store::open(&path("link.db")).unwrap();
        let session = store.import_session().unwrap();
        waiting_tags::label(&mut tagger, 1, Some(Label::Unsure), 1);
        assert!(fs::metadata(path("there/real.db-tags")).unwrap().len() > 0);
        assert!(!path("link.db-tags").exists());
        drop(session);
        let tags = Store::open(&path("there/real.db")).unwrap().current_tags().unwrap();
        assert_eq!(tags.len(), 1, "whatever name it is opened by");
    }

    #[test]
    fn a_cache_that_others_may_read_is_closed_to_them_and_other_files_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let open_to_all = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o664)).unwrap();
        fs::write(&path, "").unwrap();
        open_to_all(&path);
        drop(filled(&path));
        assert_eq!(mode(&path), 0o600, "an empty file");
        open_to_all(&path);
        drop(Store::open_for(&path, Access::Read).unwrap());
        assert_eq!(mode(&path), 0o600, "a cache");
        let other = folder.path().join("notes.txt");
        fs::write(&other, "no cache ".repeat(200)).unwrap();
        open_to_all(&other);
        assert!(Store::open(&other).is_err());
        assert_eq!(mode(&other), 0o664);
    }

    /// A cache with a tag in it, open, and where it lies.
    fn opened() -> (tempfile::TempDir, PathBuf, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let store = filled(&path);
        (folder, path, store)
    }

    fn tagged(store: &mut Store) -> Result<Appended, StoreError> {
        let change = TagChange::between(named("1"), &Tag::default(), &tag(None, Some("seen")));
        store.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change])
    }

    #[test]
    fn a_cache_that_is_gone_is_noticed_and_takes_no_tag() {
        let (_folder, path, mut store) = opened();
        assert_eq!(store.presence(), Presence::Same);
        fs::rename(&path, path.with_extension("away")).unwrap();
        assert_eq!(store.presence(), Presence::Gone);
        assert!(matches!(tagged(&mut store), Err(StoreError::Gone { .. })));
        assert!(matches!(store.import_session(), Err(StoreError::Gone { .. })));
        assert!(matches!(store.remove_import(1), Err(StoreError::Gone { .. })));
        assert!(matches!(store.file().unwrap().connect(), Err(StoreError::Gone { .. })));
        assert!(!path.exists(), "nothing is made in its place");
        assert_eq!(store.account_count().unwrap(), 1, "what was open is read on");
        fs::rename(path.with_extension("away"), &path).unwrap();
        assert_eq!(store.presence(), Presence::Same);
        assert_eq!(tagged(&mut store).unwrap().number, Some(1), "it is back");
    }

    #[test]
    fn a_cache_that_is_replaced_is_noticed_and_takes_no_tag() {
        let (_folder, path, mut store) = opened();
        let other = path.with_extension("other");
        drop(filled(&other));
        fs::rename(&other, &path).unwrap();
        assert_eq!(store.presence(), Presence::Replaced);
        assert!(matches!(tagged(&mut store), Err(StoreError::Replaced { .. })));
        assert!(matches!(store.file().unwrap().connect(), Err(StoreError::Replaced { .. })));
    }

    #[test]
    fn a_cache_that_is_written_over_in_place_is_noticed_and_the_other_one_stays_whole() {
        let (_folder, path, mut store) = opened();
        let other = path.with_extension("other");
        let mut larger = Store::open(&other).unwrap();
        let accounts: Vec<_> = (0..3_000).map(|id| account(&id.to_string(), None, None, None)).collect();
        fill(&mut larger, &accounts, &[]);
        drop(larger);
        assert_eq!(tagged(&mut store).unwrap().number, Some(1));
        fs::copy(&other, &path).unwrap();
        assert_eq!(store.presence(), Presence::Replaced);
        assert!(matches!(tagged(&mut store), Err(StoreError::Replaced { .. })));
        drop(store);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.account_count().unwrap(), 3_000);
        assert!(store.tag_log().unwrap().is_empty());
        let sound: String = store.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }

    #[test]
    fn an_earlier_copy_of_the_cache_in_its_place_is_noticed() {
        let (_folder, path, mut store) = opened();
        let copy = path.with_extension("copy");
        schema::to_file(&store.connection).unwrap();
        fs::copy(&path, &copy).unwrap();
        assert_eq!(tagged(&mut store).unwrap().number, Some(1));
        assert_eq!(store.presence(), Presence::Same);
        let whole = path.with_extension("whole");
        fs::copy(&path, &whole).unwrap();
        fs::copy(&copy, &path).unwrap();
        assert_eq!(store.presence(), Presence::Replaced);
        fs::copy(&whole, &path).unwrap();
        assert_eq!(store.presence(), Presence::Same, "it is back");
    }

    #[test]
    fn a_copy_from_before_an_update_in_its_place_is_noticed() {
        let (_folder, path, store) = opened();
        let old = path.with_extension("old");
        let before = Connection::open(&old).unwrap();
        schema::up_to(&before, 8);
        before.execute_batch("CREATE TABLE ballast AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 90000) SELECT x FROM n").unwrap();
        drop(before);
        assert_eq!(store.presence(), Presence::Same);
        fs::copy(&old, &path).unwrap();
        assert_eq!(store.presence(), Presence::Replaced);
    }

    #[test]
    fn what_another_program_writes_is_no_other_cache() {
        let (_folder, path, store) = opened();
        for _ in 0..5 {
            let mut other = Store::open(&path).unwrap();
            tagged(&mut other).unwrap();
            fill(&mut other, &[account("7", None, None, None)], &[]);
            schema::to_file(&other.connection).unwrap();
            assert_eq!((store.presence(), other.presence()), (Presence::Same, Presence::Same));
        }
    }

    #[test]
    fn a_cache_that_is_cut_off_is_noticed_and_takes_no_tag() {
        let (_folder, path, mut store) = opened();
        let home: bool = store.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
        assert!(!home && store.presence() == Presence::Same);
        let length = fs::metadata(&path).unwrap().len();
        let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        for length in [length - 4_096, 10, 0] {
            file.set_len(length).unwrap();
            assert_eq!(store.presence(), Presence::Shrunk, "{length}");
            assert!(matches!(tagged(&mut store), Err(StoreError::Shrunk { .. })), "{length}");
        }
    }

    #[test]
    fn a_log_of_sqlite_that_is_taken_away_is_noticed() {
        let (_folder, path, mut store) = opened();
        fs::remove_file(path.with_extension("db-wal")).unwrap();
        assert_eq!(store.presence(), Presence::Gone);
        assert!(tagged(&mut store).is_err());
    }
}

#[cfg(unix)]
#[test]
fn a_cache_with_two_names_is_written_by_neither() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one.db", "other.db"].map(|name| folder.path().join(name));
    fill(&mut Store::open(&one).unwrap(), &[account("1", None, None, None)], &[]);
    fs::hard_link(&one, &other).unwrap();
    for name in [&one, &other] {
        let said = Store::open_for(name, Access::Write).unwrap_err().to_string();
        assert!(said.contains("hard link"), "{said}");
        assert_eq!(Store::open_for(name, Access::Read).unwrap().account_count().unwrap(), 1);
    }
}
