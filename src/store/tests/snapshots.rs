//! All reads of one piece of work see one state, whatever others write meanwhile.

use super::*;

fn two() -> (tempfile::TempDir, Store, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (mut writer, reader) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let (accounts, posts) = sample();
    fill(&mut writer, &accounts, &posts);
    (folder, writer, reader)
}

fn more(store: &mut Store) {
    let post = retweet("new", "new", "new", None, None, None);
    fill(store, &[account("new", Some("new"), None, None)], &[post]);
}

/// What several reads tell.
fn figures(store: &Store) -> (u64, usize, u64, usize) {
    let (accounts, counts) = (store.accounts().unwrap(), store.counts().unwrap());
    (counts.accounts, accounts.len(), counts.posts, store.current_tags().unwrap().len())
}

#[test]
fn all_reads_of_a_snapshot_see_one_state() {
    let (_folder, mut writer, reader) = two();
    let before = figures(&writer);
    let seen = reader.snapshot(|reader| {
        let accounts = reader.account_count()?;
        more(&mut writer);
        Ok::<_, StoreError>((accounts, figures(reader), figures(reader)))
    });
    assert_eq!(seen.unwrap(), (before.0, before, before));
    assert_eq!(figures(&reader), (before.0 + 1, before.1 + 1, before.2 + 1, 0));
}

#[test]
fn a_connection_that_holds_a_state_keeps_what_it_counted_all_the_same() {
    let (_folder, mut writer, reader) = two();
    reader.hold().unwrap();
    assert!(!reader.is_counted().unwrap());
    let counted = reader.counted().unwrap();
    assert!(writer.is_counted().unwrap(), "kept by a connection of its own");
    assert_eq!(reader.sums().unwrap(), counted.sums, "and not counted anew");
    // Another program writes at once: nobody holds the cache.
    more(&mut writer);
    reader.keep_links("x", reader.data_version().unwrap(), std::iter::empty()).unwrap();
    assert!(!writer.is_counted().unwrap());
}

#[test]
fn several_connections_of_one_read_see_one_state_or_there_is_one() {
    let (_folder, mut writer, reader) = two();
    let alike = |reader: &Store| reader.snapshot(|reader| Ok::<_, StoreError>(reader.alike(2))).unwrap();
    let others = alike(&reader).unwrap();
    more(&mut writer);
    let seen: Vec<_> = others.iter().map(|other| other.account_count().unwrap()).collect();
    assert_eq!(seen, [reader.account_count().unwrap() - 1; 2]);
    reader.hold().unwrap();
    let first = reader.account_key(reader.accounts().unwrap()[0].id).unwrap();
    let change = TagChange::between(first, &Tag::default(), &tag(Some(Label::Unsure), None));
    writer.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change]).unwrap();
    assert!(alike(&reader).is_none(), "a tag makes another state too");
    let both = reader.both(true, Store::account_count, Store::account_count).unwrap();
    assert_eq!(both.0, both.1);
}

#[test]
fn tags_that_wait_belong_to_the_state_that_is_held() {
    let (_folder, mut writer, mut reader) = two();
    let first = reader.account_key(reader.accounts().unwrap()[0].id).unwrap();
    let change = |label| TagChange::between(first.clone(), &Tag::default(), &tag(Some(label), None));
    let session = writer.import_session().unwrap();
    reader
        .append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change(Label::Unsure)])
        .unwrap();
    reader.hold().unwrap();
    session.finish().unwrap();
    assert_eq!((reader.current_tags().unwrap().len(), reader.tag_log().unwrap().len()), (1, 1));
    assert_eq!(writer.tag_log().unwrap().len(), 1);
    writer
        .append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(2), &[change(Label::LikelyHuman)])
        .unwrap();
    assert_eq!(reader.current_tags().unwrap()[0].tag.label, Some(Label::Unsure));
    assert_eq!(reader.tag_log().unwrap().len(), 1);
}

#[test]
fn a_state_that_was_let_go_keeps_nobody_from_writing_it_home() {
    let (folder, mut writer, reader) = two();
    reader.snapshot(|reader| Ok::<_, StoreError>(figures(reader))).unwrap();
    more(&mut writer);
    let busy: bool = writer.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    assert!(!busy);
    assert_eq!(std::fs::metadata(folder.path().join("cache.db-wal")).unwrap().len(), 0);
}

#[test]
fn what_must_be_there_and_is_not_is_damage() {
    let (_folder, writer, reader) = two();
    writer.connection.execute_batch("DELETE FROM meta").unwrap();
    assert!(matches!(reader.counts(), Err(StoreError::Damaged)));
    assert!(matches!(reader.hold(), Err(StoreError::Damaged)));
    assert!(reader.connection.is_autocommit());
}
