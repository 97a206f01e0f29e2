//! Tags that are made while something else holds the cache.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

struct Held {
    folder: TempDir,
    importer: Store,
    tagger: Store,
}

impl Held {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let (mut importer, tagger) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        fill(&mut importer, &[account("1", None, None, None), account("2", None, None, None)], &[]);
        Self { folder, importer, tagger }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub(super) fn label(store: &mut Store, account: u32, label: Option<Label>, at: i64) -> u64 {
    let before = store.current_tags().unwrap().into_iter().find(|event| event.account.0 == account);
    let before = before.map(|event| event.tag).unwrap_or_default();
    let change = TagChange::between(named(&account.to_string()), &before, &tag(label, Some("seen")));
    store
        .append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(at), &[change])
        .unwrap()
        .number
        .unwrap()
}

fn labels(store: &Store) -> Vec<(u32, Option<Label>)> {
    store.current_tags().unwrap().into_iter().map(|event| (event.account.0, event.tag.label)).collect()
}

#[test]
fn a_tag_made_during_an_import_is_told_at_once_and_is_in_the_log_when_it_ends() {
    let Held { folder, mut importer, mut tagger } = Held::new();
    let mut session = importer.import_session().unwrap();
    session.account(&account("3", None, None, None)).unwrap();
    let first = label(&mut tagger, 1, Some(Label::Unsure), 5);
    let undo = TagChange::between(named("1"), &tag(Some(Label::Unsure), Some("seen")), &Tag::default());
    let kind = TagBatchKind::Undo { number: first };
    let second = tagger.append_tags(kind, TagSource::CommandLine, None, Timestamp(6), &[undo]).unwrap().number.unwrap();
    label(&mut tagger, 2, Some(Label::SuspectedBot), 7);
    let seen = (labels(&tagger), tagger.tag_log().unwrap(), tagger.counts().unwrap().tagged);
    assert_eq!((first, second, seen.1.len(), seen.2), (1, 2, 3, 1));
    assert_eq!(seen.0, [(2, Some(Label::SuspectedBot))]);
    assert_eq!((seen.1[1].kind, seen.1[1].source, seen.1[1].at), (kind, TagSource::CommandLine, Timestamp(6)));
    session.finish().unwrap();
    assert_eq!(fs::metadata(folder.path().join("cache.db-tags")).unwrap().len(), 0);
    assert_eq!((labels(&importer), importer.tag_log().unwrap(), importer.counts().unwrap().tagged), seen);
    let logged: u64 = tagger.connection.query_row("SELECT count(*) FROM tag_batch", [], |row| row.get(0)).unwrap();
    assert_eq!(logged, 3);
}

#[test]
fn a_program_killed_between_the_log_and_the_file_changes_nothing() {
    let mut held = Held::new();
    let file = held.path("cache.db-tags");
    let session = held.importer.import_session().unwrap();
    label(&mut held.tagger, 1, Some(Label::Unsure), 5);
    label(&mut held.tagger, 1, Some(Label::LikelyHuman), 5);
    drop(session);
    let waiting = fs::read(&file).unwrap();
    // What an opening took in comes again, with half of a line that nobody was told is kept.
    let before = Store::open(&held.path("cache.db")).unwrap().tag_log().unwrap();
    assert!(fs::read(&file).unwrap().is_empty() && before.len() == 2);
    fs::write(&file, [&waiting[..], b"{\"number\":3,\"ki"].concat()).unwrap();
    assert_eq!(held.tagger.tag_log().unwrap(), before);
    let session = held.importer.import_session().unwrap();
    label(&mut held.tagger, 2, Some(Label::Unsure), 6);
    assert_eq!(fs::read(&file).unwrap().iter().filter(|&&byte| byte == b'\n').count(), 3);
    session.finish().unwrap();
    let log = held.tagger.tag_log().unwrap();
    assert_eq!((&log[..2], log.len(), log[2].number), (&before[..], 3, 3));
}

#[test]
fn an_account_that_was_taken_back_meanwhile_comes_back_with_its_tag() {
    let mut held = Held::new();
    let session = held.importer.import_session().unwrap();
    label(&mut held.tagger, 2, Some(Label::Unsure), 5);
    session.connection.execute_batch("DELETE FROM profile; DELETE FROM account WHERE id = 2").unwrap();
    session.connection.execute_batch("COMMIT; BEGIN IMMEDIATE").unwrap();
    assert!(labels(&held.tagger).is_empty());
    session.finish().unwrap();
    let tags = held.tagger.current_tags().unwrap();
    let accounts = held.tagger.accounts().unwrap();
    let tagged = accounts.iter().find(|account| account.id == tags[0].account).unwrap();
    assert_eq!((tags.len(), tagged.platform_id.as_str()), (1, "2"));
}

#[test]
fn a_file_that_cannot_be_understood_is_told_and_left() {
    let mut held = Held::new();
    let file = held.path("cache.db-tags");
    fs::write(&file, "something else\n").unwrap();
    let change = TagChange::between(named("1"), &Tag::default(), &tag(None, Some("x")));
    let tagged = held.tagger.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change]);
    assert!(tagged.unwrap_err().to_string().contains("cache.db-tags"));
    assert!(held.tagger.current_tags().is_err());
    assert_eq!(fs::read(&file).unwrap(), b"something else\n");
}

#[test]
fn a_number_that_nobody_gave_is_told_with_its_file_and_line() {
    let mut held = Held::new();
    let file = held.path("cache.db-tags");
    let session = held.importer.import_session().unwrap();
    label(&mut held.tagger, 1, Some(Label::Unsure), 5);
    let line = fs::read_to_string(&file).unwrap();
    fs::write(&file, line.clone() + &line.replace("\"number\":1,", "\"number\":9223372036854775807,")).unwrap();
    drop(session);
    let message = held.tagger.current_tags().unwrap_err().to_string();
    assert!(message.contains("cache.db-tags") && message.contains("line 2"), "{message}");
    let change = TagChange::between(named("2"), &Tag::default(), &tag(None, Some("x")));
    let tagged = held.tagger.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(6), &[change]);
    assert!(tagged.unwrap_err().to_string().contains("line 2"));
    assert_eq!(held.importer.tag_log().map(|log| log.len()).unwrap_or_default(), 0);
}

#[test]
#[cfg(unix)]
fn a_pipe_in_its_place_is_told_and_not_waited_for() {
    let mut held = Held::new();
    let _ = fs::remove_file(held.path("cache.db-tags"));
    let made = std::process::Command::new("mkfifo").arg(held.path("cache.db-tags")).status().unwrap();
    assert!(made.success());
    let change = TagChange::between(named("1"), &Tag::default(), &tag(None, Some("x")));
    let tagged = held.tagger.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(1), &[change]);
    assert!(tagged.unwrap_err().to_string().contains("no ordinary file"));
}

#[test]
fn a_file_that_a_stopped_program_holds_is_read_and_not_waited_for_without_end() {
    let mut held = Held::new();
    let (cache, tags) = (held.path("cache.db"), held.path("cache.db-tags"));
    let session = held.importer.import_session().unwrap();
    label(&mut held.tagger, 1, Some(Label::Unsure), 5);
    let file = fs::OpenOptions::new().write(true).open(&tags).unwrap();
    file.lock().unwrap();
    let locked = crate::store::waiting_tags::WaitingTags::lock_within(&cache, Duration::ZERO);
    let said = locked.unwrap_err().to_string();
    assert!(said.contains("cache.db-tags") && said.contains("`fg`"), "{said}");
    assert_eq!(labels(&held.tagger), [(1, Some(Label::Unsure))]);
    session.finish().unwrap();
    assert_eq!(Store::open(&cache).unwrap().tag_log().unwrap().len(), 1, "it waits on");
    file.unlock().unwrap();
    assert_eq!(Store::open(&cache).unwrap().tag_log().unwrap().len(), 1);
    assert_eq!(fs::metadata(&tags).unwrap().len(), 0);
}

#[test]
fn only_so_much_can_wait_and_the_tag_that_cannot_is_told() {
    let mut held = Held::new();
    let file = held.path("cache.db-tags");
    let session = held.importer.import_session().unwrap();
    label(&mut held.tagger, 1, Some(Label::Unsure), 5);
    let lines = fs::read(&file).unwrap();
    // Blank lines are no actions.
    let full = [&lines[..], &vec![b'\n'; (64 << 20) - lines.len()][..]].concat();
    fs::write(&file, &full).unwrap();
    let change = |note| TagChange::between(named("2"), &Tag::default(), &tag(None, Some(note)));
    let said = held.tagger.append_tags(TagBatchKind::Apply, TagSource::Interface, None, Timestamp(6), &[change("x")]);
    assert!(matches!(said, Err(StoreError::TagsFull { .. })));
    assert_eq!(fs::metadata(&file).unwrap().len(), full.len() as u64);
    assert_eq!(labels(&held.tagger), [(1, Some(Label::Unsure))]);
    fs::write(&file, [&full[..], b"\n"].concat()).unwrap();
    let said = held.tagger.current_tags().unwrap_err().to_string();
    assert!(said.contains("larger than 64 MiB"), "{said}");
    drop(session);
}
