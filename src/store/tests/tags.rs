//! The tag log, and what two programs that tag at once leave of each other.

use super::imports::fill_from;
use super::*;

const fn apply() -> TagBatchKind {
    TagBatchKind::Apply
}

fn said(store: &Store) -> Vec<(u32, Tag)> {
    store.current_tags().unwrap().into_iter().map(|event| (event.account.0, event.tag)).collect()
}

fn change(id: &str, before: &Tag, after: &Tag) -> TagChange<AccountKey> {
    TagChange::between(named(id), before, after)
}

/// Two programs on one cache that holds one account.
fn two() -> (tempfile::TempDir, Store, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (mut one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    fill(&mut one, &[account("1", None, None, None)], &[]);
    (folder, one, other)
}

#[test]
fn the_tag_log_only_grows_and_the_latest_change_counts() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store, &[account("1", None, None, None), account("2", None, None, None)], &[]);
    let (none, bot) = (Tag::default(), tag(Some(Label::SuspectedBot), Some("same picture")));
    let both = [change("1", &none, &bot), change("2", &none, &bot)];
    let first = store.append_tags(apply(), TagSource::Interface, None, Timestamp(1), &both).unwrap().number.unwrap();
    let undo = TagBatchKind::Undo { number: first };
    store.append_tags(undo, TagSource::CommandLine, None, Timestamp(2), &[change("1", &bot, &none)]).unwrap();
    let nothing = Appended::default();
    assert_eq!(store.append_tags(apply(), TagSource::Interface, None, Timestamp(3), &[]).unwrap(), nothing);

    assert_eq!(said(&store), [(2, bot.clone())]);
    let log = store.tag_log().unwrap();
    assert_eq!((log.len(), log[0].changes.len(), log[1].kind), (2, 2, undo));
    assert_eq!(log[1].changes[0].note.as_ref().unwrap().before.as_deref(), Some("same picture"));
    for sql in ["UPDATE tag_event SET note = 'x'", "DELETE FROM tag_event", "DELETE FROM tag_batch"] {
        assert!(store.connection.execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(store.counts().unwrap().tagged, 1);
}

#[test]
fn who_labels_and_who_notes_at_once_lose_nothing_of_each_other() {
    let (_folder, mut one, mut other) = two();
    let none = Tag::default();
    let note = change("1", &none, &tag(None, Some("met")));
    let label = change("1", &none, &tag(Some(Label::Unsure), None));
    one.append_tags(apply(), TagSource::CommandLine, None, Timestamp(1), &[note]).unwrap();
    let second =
        other.append_tags(apply(), TagSource::Interface, None, Timestamp(2), std::slice::from_ref(&label)).unwrap();
    assert_eq!((second.number, second.differing.len()), (Some(2), 0));
    assert_eq!(said(&one), [(1, tag(Some(Label::Unsure), Some("met")))]);
    // Taking the label back leaves the note.
    let undo = TagBatchKind::Undo { number: 2 };
    other.append_tags(undo, TagSource::Interface, None, Timestamp(3), &[label.inverse()]).unwrap();
    assert_eq!(said(&one), [(1, tag(None, Some("met")))]);
}

#[test]
fn what_stands_there_is_what_the_log_calls_before() {
    let (_folder, mut one, mut other) = two();
    let (none, human) = (Tag::default(), tag(Some(Label::LikelyHuman), None));
    let bot = tag(Some(Label::SuspectedBot), None);
    one.append_tags(apply(), TagSource::CommandLine, None, Timestamp(1), &[change("1", &none, &human)]).unwrap();
    // The other program has not seen that.
    let over =
        other.append_tags(apply(), TagSource::Interface, None, Timestamp(2), &[change("1", &none, &bot)]).unwrap();
    assert_eq!(over.differing, [named("1")]);
    let log = one.tag_log().unwrap();
    assert_eq!(log[1].changes[0].label.as_ref().unwrap().before, Some(Label::LikelyHuman));
    // And an undo of the first action leaves alone what was said since.
    let undo = TagBatchKind::Undo { number: 1 };
    let undone =
        one.append_tags(undo, TagSource::CommandLine, None, Timestamp(3), &[change("1", &human, &none)]).unwrap();
    assert_eq!(undone, Appended { number: None, differing: vec![named("1")] });
    assert_eq!(said(&one), [(1, bot.clone())]);
    // What is said already changes nothing, and is no action.
    let again =
        other.append_tags(apply(), TagSource::Interface, None, Timestamp(4), &[change("1", &none, &bot)]).unwrap();
    assert_eq!((again.number, one.tag_log().unwrap().len()), (None, 2));
}

#[test]
fn who_said_the_same_once_more_keeps_it_and_ones_own_steps_go_back_and_forth() {
    let (_folder, mut one, mut other) = two();
    let (none, human) = (Tag::default(), tag(Some(Label::LikelyHuman), None));
    let bot = tag(Some(Label::SuspectedBot), None);
    let say = |store: &mut Store, kind, before: &Tag, after: &Tag| {
        store.append_tags(kind, TagSource::Interface, None, Timestamp(1), &[change("1", before, after)]).unwrap().number
    };
    let (undo, redo) = (|number| TagBatchKind::Undo { number }, |number| TagBatchKind::Redo { number });
    assert_eq!(say(&mut one, apply(), &none, &bot), Some(1));
    assert_eq!(say(&mut one, apply(), &bot, &human), Some(2));
    assert_eq!(say(&mut one, undo(2), &human, &bot), Some(3));
    assert_eq!(say(&mut one, undo(1), &bot, &none), Some(4));
    assert_eq!(say(&mut one, redo(1), &none, &bot), Some(5));
    assert_eq!(say(&mut one, redo(2), &bot, &human), Some(6));
    assert_eq!(say(&mut one, undo(2), &human, &bot), Some(7));
    // Another program says something else, and then the same again: that is its own.
    assert_eq!(say(&mut other, apply(), &bot, &human), Some(8));
    assert_eq!(say(&mut other, apply(), &human, &bot), Some(9));
    assert_eq!(say(&mut one, undo(1), &bot, &none), None);
    assert_eq!(said(&one), [(1, bot)]);
}

#[test]
fn a_tag_goes_to_whom_it_names_whatever_became_of_the_row() {
    let (_folder, mut one, mut other) = two();
    let import = fill_from(&mut one, "a", &[account("alpha", Some("alpha"), None, None)], &[]);
    one.remove_import(import).unwrap();
    fill_from(&mut one, "b", &[account("beta", Some("beta"), None, None)], &[]);
    let bot = tag(Some(Label::SuspectedBot), None);
    let tagged = [change("alpha", &Tag::default(), &bot)];
    other.append_tags(apply(), TagSource::Interface, None, Timestamp(1), &tagged).unwrap();
    let accounts = one.accounts().unwrap();
    let whom = accounts.iter().find(|account| account.id.0 == said(&one)[0].0).unwrap();
    assert_eq!(whom.platform_id, "alpha");
    assert_eq!(one.last_action().unwrap(), 1);
}

#[test]
fn a_note_that_an_earlier_version_lost_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let old = Connection::open(&path).unwrap();
    schema::up_to(&old, schema::before_tag_fields());
    // As two programs wrote it that each wrote label and note together.
    old.execute_batch(
        "INSERT INTO account (id, platform_id) VALUES (1, '1');
         INSERT INTO tag_batch VALUES (1, 'apply', NULL, 'command-line', 1), (2, 'apply', NULL, 'interface', 2);
         INSERT INTO tag_event VALUES (1, 1, NULL, NULL, NULL, 'met'), (2, 1, NULL, NULL, 'unsure', NULL);",
    )
    .unwrap();
    drop(old);
    let store = Store::open(&path).unwrap();
    assert_eq!(said(&store), [(1, tag(Some(Label::Unsure), Some("met")))]);
    assert!(store.tag_log().unwrap().iter().all(|batch| batch.basis.is_none()), "of earlier tags it is not known");
}

#[test]
fn a_tag_keeps_the_parameters_under_which_it_was_given_also_while_it_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (mut store, mut other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    fill(&mut store, &[account("1", None, None, None), account("2", None, None, None)], &[]);
    let (none, bot) = (Tag::default(), tag(Some(Label::SuspectedBot), None));
    let strict = LinkParameters { window_seconds: 7, muted: ["a".to_owned()].into(), ..LinkParameters::default() };
    let mut give = |account: &str, basis: Option<&LinkParameters>, at| {
        let change = [change(account, &none, &bot)];
        other.append_tags(apply(), TagSource::Interface, basis, Timestamp(at), &change).unwrap().number.unwrap()
    };
    give("1", Some(&strict), 1);
    let session = store.import_session().unwrap();
    give("2", Some(&strict), 2);
    let bases = |store: &Store| -> Vec<Option<LinkParameters>> {
        store.tag_log().unwrap().iter().map(|batch| batch.basis.as_deref().cloned()).collect()
    };
    let expected = [Some(strict.clone()), Some(strict.clone())];
    assert_eq!(bases(&Store::open(&path).unwrap()), expected, "one of them waits beside the cache");
    session.finish().unwrap();
    assert_eq!(bases(&store), expected);
    let rows: u32 = store.connection.query_row("SELECT count(*) FROM basis", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1, "equal ones are kept once");
    // What a later version may write down.
    store.connection.execute_batch("UPDATE basis SET parameters = '{\"of a later version\":\"x\"}'").unwrap();
    assert_eq!(bases(&store), [None, None]);
}
