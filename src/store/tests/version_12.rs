//! A cache of the version whose blobs had no heads, brought over.

use std::path::PathBuf;

use super::*;
use crate::model::AccountId;

/// A cache that the version wrote which had no heads: two files, of which `first.jsonl` has six posts and a picture that two
/// accounts carry, and `second.jsonl` tells of one of these posts once more.
const VERSION_12: &str = include_str!("version_12.sql");

fn of_version_12() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    Connection::open(&path).unwrap().execute_batch(VERSION_12).unwrap();
    (folder, path)
}

fn account_of(store: &Store, id: &str) -> AccountId {
    store.find_account(&format!("id:{id}")).unwrap()[0]
}

#[test]
fn a_cache_of_the_version_without_heads_is_brought_over() {
    let (_folder, path) = of_version_12();
    let store = Store::open_for(&path, Access::Read).unwrap();
    // As `bot-tui stats --json` of that version printed it.
    let counts = store.counts().unwrap();
    let found = (counts.accounts, counts.posts, counts.retweets, counts.targets, counts.avatars, counts.tagged);
    assert_eq!(found, (6, 6, 3, 2, 1, 1));
    let mut expected = [
        "https://trees.example/a co-link by 1 Some(1714557600000)",
        "https://trees.example/a co-link by 3 None",
        "oak co-hashtag by 1 Some(1714557600000)",
        "p1 co-reply by 4 Some(1714644000000)",
        "p1 co-retweet by 2 Some(1714557660000)",
        "p1 co-retweet by 3 Some(1714557690250)",
        "p9 co-retweet by 2 Some(1717236000000)",
        "63a41e5339f6aff2f94f068e2df1c777 co-text by 1 Some(1714557600000)",
    ]
    .map(str::to_owned);
    expected.sort();
    assert_eq!(dump_shares(&store), expected);
    let handles: Vec<_> = store.accounts().unwrap().into_iter().map(|account| account.profile.handle).collect();
    let named =
        ["gardener_one", "gardener_2", "gardener_3", "gardener_4", "no_sight"].map(|name| Some(name.to_owned()));
    assert_eq!((&handles[..5], &handles[5]), (&named[..], &None), "the newer sight counts");
    let prints = store.avatar_prints(true).unwrap();
    assert_eq!(prints[0].pdq.0[..4], [0x55, 0xAA, 0xAA, 0x55]);
    assert!(prints[0].turned.is_some());
    assert_eq!(store.picture(prints[0].id).unwrap().unwrap().thumbnail.rgb.len(), 8 * 8 * 3);
    assert!(store.check().unwrap().is_whole(), "{:?}", store.check());
}

#[test]
fn posts_of_the_version_without_heads_are_found_and_do_not_say_what_they_shared() {
    let (_folder, path) = of_version_12();
    let store = Store::open(&path).unwrap();
    let [post] = &store.posts_of(account_of(&store, "1")).unwrap()[..] else { panic!("one post of two files") };
    assert_eq!((post.id.as_str(), post.at), ("p1", Some(Timestamp(1_714_557_540_000))));
    assert_eq!(post.text.as_deref(), Some("We plant oaks today #Oak https://trees.example/a"));
    assert_eq!((post.language.as_deref(), post.client.as_deref()), (Some("en"), Some("Garden app")));
    assert_eq!(post.targets, None);
    let retweets = store.posts_of(account_of(&store, "2")).unwrap();
    assert_eq!(
        retweets.iter().map(|post| (post.id.as_str(), post.retweet)).collect::<Vec<_>>(),
        [("p2", true), ("p6", true)]
    );
}

#[test]
fn a_cache_with_damage_of_the_version_without_heads_can_be_opened_and_mended() {
    let (_folder, path) = of_version_12();
    let old = Connection::open(&path).unwrap();
    old.execute("UPDATE post_chunk SET bytes = substr(bytes, 1, 30) WHERE import_id = 1", []).unwrap();
    drop(old);
    let mut store = Store::open(&path).unwrap();
    let named =
        |error: StoreError| matches!(&error, StoreError::DamagedImport { import: 1, path } if path == "first.jsonl");
    assert!(named(store.counts().unwrap_err()));
    assert!(named(store.posts_of(account_of(&store, "4")).unwrap_err()), "nobody knows whose posts are damaged");
    let found = store.check().unwrap();
    assert_eq!(found.imports[0].problems.get(&Problem::Posts), Some(&1));
    assert!(found.imports[1].problems.is_empty());
    assert!(store.remove_import(1).unwrap());
    assert_eq!(store.counts().unwrap().posts, 2);
    assert!(store.check().unwrap().is_whole(), "{:?}", store.check());
}
