//! What undo and redo do, over the log of the cache and of this session.

use std::sync::Arc;

use super::history::{BatchKey, History, Step, ViewChange};
use crate::model::{
    AccountId, Label, LinkParameters, ListOrder, Tag, TagBatch, TagBatchKind, TagChange, TagSource, Timestamp,
};

fn change(account: u32, label: Label) -> TagChange {
    TagChange::between(AccountId(account), &Tag::default(), &Tag { label: Some(label), note: None })
}

fn batch(number: u64, kind: TagBatchKind, account: u32) -> TagBatch {
    let changes = vec![change(account, Label::Unsure)];
    TagBatch { number, kind, at: Timestamp(0), source: TagSource::CommandLine, basis: None, changes }
}

fn tags(step: Option<Step>) -> (BatchKey, Vec<TagChange>) {
    match step {
        Some(Step::Tags(key, changes)) => (key, changes),
        other => panic!("{other:?}"),
    }
}

fn order(before: ListOrder, after: ListOrder) -> ViewChange {
    ViewChange::Order(before, after)
}

fn window(before: u32, after: u32) -> ViewChange {
    let [before, after] =
        [before, after].map(|window_seconds| Arc::new(LinkParameters { window_seconds, ..LinkParameters::default() }));
    ViewChange::Parameters(before, after)
}

#[test]
fn undo_and_redo_walk_without_limit() {
    let mut history = History::default();
    for account in 1..=500 {
        history.apply(Timestamp(0), None, vec![change(account, Label::SuspectedBot)]);
    }
    for account in (1..=500).rev() {
        let (_, changes) = tags(history.undo());
        assert_eq!(changes[0].account, AccountId(account));
        assert_eq!(changes[0].label.as_ref().unwrap().after, None);
    }
    assert!(history.undo().is_none());
    assert_eq!(tags(history.redo()).1[0].account, AccountId(1));
    history.apply(Timestamp(0), None, vec![change(7, Label::Unsure)]);
    assert!(history.redo().is_none(), "a new action forgets what was undone");
    assert_eq!(history.depth(), (2, 0));
}

#[test]
fn the_log_of_an_earlier_session_can_be_undone() {
    let log = vec![
        batch(1, TagBatchKind::Apply, 1),
        batch(2, TagBatchKind::Apply, 2),
        batch(3, TagBatchKind::Undo { number: 2 }, 2),
        batch(4, TagBatchKind::Apply, 3),
        batch(5, TagBatchKind::Undo { number: 4 }, 3),
        batch(6, TagBatchKind::Redo { number: 4 }, 3),
    ];
    let mut history = History::from_log(log);
    assert_eq!(history.depth(), (2, 0));
    assert_eq!(history.entries().iter().map(|entry| entry.undone).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(tags(history.undo()).0, BatchKey::Logged(4));
    assert_eq!(tags(history.undo()).0, BatchKey::Logged(1));
    assert!(history.undo().is_none());
}

#[test]
fn what_another_program_does_meanwhile_is_told_and_never_taken_back_here() {
    let mut history = History::from_log(vec![batch(1, TagBatchKind::Apply, 1)]);
    let mine = history.apply(Timestamp(0), None, vec![change(2, Label::Unsure)]);
    history.logged(Some(mine), 3);
    let log = |more: &[TagBatch]| {
        let mut log = vec![
            batch(1, TagBatchKind::Apply, 1),
            batch(2, TagBatchKind::Apply, 9),
            batch(3, TagBatchKind::Apply, 2),
            batch(4, TagBatchKind::Apply, 8),
        ];
        log.extend_from_slice(more);
        log
    };
    let mut reread = history.reread(log(&[]));
    assert_eq!((reread.entries().len(), reread.depth()), (4, (2, 0)));
    assert_eq!(tags(reread.undo()).0, BatchKey::Logged(3));
    assert_eq!(tags(reread.undo()).0, BatchKey::Logged(1));
    assert!(reread.undo().is_none());
    // What another one took back is neither taken back nor done again here.
    let reread = history.reread(log(&[batch(5, TagBatchKind::Undo { number: 3 }, 2)]));
    assert_eq!((reread.entries()[2].undone, reread.depth()), (true, (1, 0)));
    history.logged(None, 5);
    assert_eq!(history.reread(log(&[batch(5, TagBatchKind::Undo { number: 3 }, 2)])).depth(), (1, 1));
}

#[test]
fn changes_of_the_view_are_undone_in_their_turn_whatever_another_program_does() {
    let mut history = History::from_log(vec![batch(1, TagBatchKind::Apply, 1)]);
    history.look(window(60, 5));
    history.settle();
    let mine = history.apply(Timestamp(0), None, vec![change(2, Label::Unsure)]);
    history.look(order(ListOrder::Links, ListOrder::Handle));
    history.logged(Some(mine), 3);
    let log =
        || vec![batch(1, TagBatchKind::Apply, 1), batch(2, TagBatchKind::Apply, 9), batch(3, TagBatchKind::Apply, 2)];
    let mut history = history.reread(log());
    assert_eq!(history.depth(), (4, 0));
    assert_eq!(history.undo(), Some(Step::View(order(ListOrder::Handle, ListOrder::Links))));
    assert_eq!(tags(history.undo()).0, BatchKey::Logged(3));
    assert_eq!(history.undo(), Some(Step::View(window(5, 60))));
    history.settle();
    history.logged(None, 4);
    let mut again = log();
    again.push(batch(4, TagBatchKind::Undo { number: 3 }, 2));
    let mut history = history.reread(again);
    assert_eq!(history.depth(), (1, 3));
    assert_eq!(history.redo(), Some(Step::View(window(60, 5))));
    assert_eq!(tags(history.redo()).0, BatchKey::Logged(3));
    assert_eq!(history.redo(), Some(Step::View(order(ListOrder::Links, ListOrder::Handle))));
}

#[test]
fn parameters_by_which_nothing_was_linked_leave_nothing_to_undo() {
    let mut history = History::default();
    history.look(window(60, 5));
    history.settle();
    history.look(window(5, 1));
    history.apply(Timestamp(0), None, vec![change(1, Label::Unsure)]);
    history.look(window(1, 0));
    history.unsettle();
    assert_eq!(history.depth(), (2, 0));
    tags(history.undo());
    assert_eq!(history.undo(), Some(Step::View(window(5, 60))));
    history.unsettle();
    assert_eq!(history.depth(), (1, 1), "that undo was cancelled");
    assert_eq!(history.undo(), Some(Step::View(window(5, 60))));
}

#[test]
fn a_tag_says_under_which_parameters_it_was_given() {
    let within = |window_seconds| Some(Arc::new(LinkParameters { window_seconds, ..LinkParameters::default() }));
    let mut history = History::from_log(vec![batch(1, TagBatchKind::Apply, 1)]);
    history.apply(Timestamp(0), within(5), vec![change(2, Label::Unsure), change(1, Label::LikelyHuman)]);
    let window = |history: &History, account| {
        history.basis_of(AccountId(account)).map(|basis| basis.map(|basis| basis.window_seconds))
    };
    assert_eq!([1, 2, 3].map(|account| window(&history, account)), [Some(Some(5)), Some(Some(5)), None]);
    history.undo();
    assert_eq!([1, 2].map(|account| window(&history, account)), [Some(None), None], "not known");
}
