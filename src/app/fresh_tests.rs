//! Beside another program on the same cache: its tags are told, none of ours is lost, and nobody is tagged whom the user did
//! not choose.

use std::sync::Arc;

use super::rehearsal::Rehearsal;
use super::*;
use crate::analysis::Roster;
use crate::model::{
    Account, AccountId, AccountKey, Label, Tag, TagBatch, TagBatchKind, TagChange, TagEvent, TagSource, Timestamp,
};

fn unsure() -> Tag {
    Tag { label: Some(Label::Unsure), note: None }
}

fn batch(number: u64, account: AccountId) -> TagBatch {
    let changes = vec![TagChange::between(account, &Tag::default(), &unsure())];
    TagBatch {
        number,
        kind: TagBatchKind::Apply,
        at: Timestamp(0),
        source: TagSource::CommandLine,
        basis: None,
        changes,
    }
}

fn fresh(seen: Seen, tagged: &[AccountId], roster: Option<Roster>) -> Message {
    let events = tagged.iter().map(|&account| TagEvent { account, tag: unsure(), at: Timestamp(0) }).collect();
    let log = tagged.iter().zip(1..).map(|(&account, number)| batch(number, account)).collect();
    let tags = TagBook::from_events(events);
    Message::Reread(Some(Box::new(Fresh { seen, roster: roster.map(Arc::new), tags, log })))
}

/// The same accounts in other rows; `gone` is nobody's any more.
fn moved(session: &Rehearsal, by: u32, gone: AccountId) -> Roster {
    let roster = session.state.roster.as_ref().unwrap();
    let stay = roster.accounts().iter().filter(|account| account.id != gone);
    let accounts = stay.cloned().map(|account| Account { id: AccountId(account.id.0 + by), ..account }).collect();
    let mut roster = Roster::new(accounts, roster.counts);
    roster.data_version = 1;
    roster
}

#[test]
fn the_tags_of_another_program_are_read_and_told_and_are_not_ours_to_take_back() {
    let mut session = Rehearsal::new();
    let account = session.state.chosen().unwrap();
    session.receive(Message::Seen(Seen { data: 0, tags: 0 }));
    assert!(session.reread.is_empty(), "nothing is new");
    session.receive(Message::Seen(Seen { data: 0, tags: 1 }));
    session.receive(Message::Seen(Seen { data: 0, tags: 1 }));
    assert_eq!(session.reread, [false], "asked for once, and the accounts are as they were");
    session.receive(fresh(Seen { data: 0, tags: 1 }, &[account], None));
    assert_eq!(session.state.tags.label(account), Some(Label::Unsure));
    assert_eq!(session.notice(), "Another program changed the tags of 1 account.");
    assert_eq!((session.state.history.entries().len(), session.state.history.depth()), (1, (0, 0)));
    session.receive(Message::Seen(Seen { data: 0, tags: 1 }));
    assert_eq!(session.reread.len(), 1, "that is known now");
}

#[test]
fn what_was_read_before_a_tag_of_ours_was_saved_does_not_take_it_away() {
    let mut session = Rehearsal::new();
    let account = session.state.chosen().unwrap();
    session.receive(Message::Seen(Seen { data: 0, tags: 1 }));
    session.act(&[Action::TagSuspectedBot]);
    session.receive(fresh(Seen { data: 0, tags: 0 }, &[], None));
    assert_eq!(session.state.tags.label(account), Some(Label::SuspectedBot));
    assert_eq!(session.reread, [false, false], "and is read once more");
}

#[test]
fn no_news_is_lost_that_comes_while_something_else_is_under_way() {
    let mut session = Rehearsal::new();
    session.receive(Message::Seen(Seen { data: 0, tags: 1 }));
    let roster = moved(&session, 0, AccountId(0));
    session.receive(Message::Seen(Seen { data: 1, tags: 1 }));
    session.receive(fresh(Seen { data: 0, tags: 1 }, &[], None));
    assert_eq!(session.reread, [false, true], "the accounts are read as soon as the tags were");
    session.receive(fresh(Seen { data: 1, tags: 1 }, &[], Some(roster)));
    session.state.jobs.start(Job::Importing);
    session.receive(Message::Seen(Seen { data: 2, tags: 1 }));
    assert_eq!(session.reread.len(), 2, "our own import reads them anyway");
    session.receive(Message::made(0, Made::Import { outcome: ImportOutcome::Failed("no".to_owned()), roster: None }));
    assert_eq!(session.reread, [false, true, true]);
}

#[test]
fn what_waited_and_changed_nothing_is_not_asked_for_without_end() {
    let mut session = Rehearsal::new();
    session.receive(Message::TagsSaved(Saved { number: Some(1), ..Saved::default() }));
    session.receive(Message::Seen(Seen { data: 0, tags: 2 }));
    session.receive(fresh(Seen { data: 0, tags: 0 }, &[], None));
    session.receive(fresh(Seen { data: 0, tags: 0 }, &[], None));
    assert_eq!((session.reread.len(), session.state.known.rereading), (2, false));
}

#[test]
fn who_is_told_that_a_tag_stands_already_is_told_when_it_was_taken_away() {
    let mut session = Rehearsal::new();
    let account = session.state.chosen().unwrap();
    session.act(&[Action::TagUnsure]);
    session.receive(Message::TagsSaved(Saved {
        applied: Some(BatchKey::Pending(1)),
        number: Some(1),
        ..Saved::default()
    }));
    session.act(&[Action::TagUnsure]);
    assert!(session.notice().contains("already"), "{}", session.notice());
    assert_eq!(session.reread, [false], "it is looked up at once");
    session.receive(fresh(Seen { data: 0, tags: 2 }, &[], None));
    assert_eq!((session.state.tags.label(account), session.state.history.depth().0), (None, 0));
    assert_eq!(session.notice(), "Another program changed the tags of 1 account.");
}

#[test]
fn a_number_between_ours_is_another_programs_and_is_read() {
    let mut session = Rehearsal::new();
    session.receive(Message::TagsSaved(Saved { number: Some(1), ..Saved::default() }));
    assert!(session.reread.is_empty());
    session.receive(Message::TagsSaved(Saved { number: Some(3), ..Saved::default() }));
    assert_eq!(session.reread, [false]);
}

#[test]
fn a_tag_that_met_another_one_says_so() {
    let mut session = Rehearsal::new();
    let key = session.state.key_of(session.state.chosen().unwrap()).unwrap();
    let saved = Saved { applied: Some(BatchKey::Pending(1)), number: Some(1), differing: vec![key.clone()] };
    session.receive(Message::TagsSaved(saved));
    assert!(session.notice().contains("had tagged @lamp_"), "{}", session.notice());
    session.receive(Message::TagsSaved(Saved { applied: None, number: None, differing: vec![key] }));
    assert!(session.notice().contains("nothing was taken back"), "{}", session.notice());
    assert_eq!(session.reread, [false], "once, until it is read");
}

#[test]
fn who_is_chosen_and_marked_stays_so_in_another_row() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Mark, Action::Mark, Action::Down]);
    let chosen = session.chosen();
    let marked: Vec<String> = session.state.marks.iter().map(|&id| session.state.name_of(id)).collect();
    let roster = moved(&session, 500, AccountId(0));
    session.receive(Message::Seen(Seen { data: 1, tags: 0 }));
    assert_eq!(session.reread, [true]);
    session.receive(fresh(Seen { data: 1, tags: 0 }, &[], Some(roster)));
    assert_eq!(session.chosen(), chosen);
    let now: Vec<String> = session.state.marks.iter().map(|&id| session.state.name_of(id)).collect();
    assert_eq!(now, marked);
    assert!(session.state.marks.iter().all(|id| id.0 > 500));
}

#[test]
fn a_tag_given_before_the_new_list_comes_goes_to_whom_was_chosen() {
    let mut session = Rehearsal::new();
    let (gone, key) = (session.state.chosen().unwrap(), session.state.key_of(session.state.chosen().unwrap()));
    let roster = moved(&session, 500, gone);
    // The list that follows is not there yet.
    let mut state = std::mem::take(&mut session.state);
    update::receive(&mut state, fresh(Seen { data: 1, tags: 0 }, &[], Some(roster)));
    let effects = update::act(&mut state, Action::TagSuspectedBot, Timestamp(0));
    let written = effects.iter().find_map(|effect| match effect {
        Effect::WriteTags(write) => Some(write.tags.changes[0].account.clone()),
        _ => None,
    });
    assert_eq!(written, key);
}

#[test]
fn nobody_is_tagged_who_came_under_the_cursor_because_another_one_went() {
    let mut session = Rehearsal::new();
    let roster = moved(&session, 0, session.state.chosen().unwrap());
    session.receive(fresh(Seen { data: 1, tags: 0 }, &[], Some(roster)));
    session.act(&[Action::TagSuspectedBot]);
    assert!(session.written.is_empty());
    assert!(session.notice().contains("once more for @"), "{}", session.notice());
    let name = session.chosen();
    session.act(&[Action::TagSuspectedBot]);
    assert_eq!(session.state.name_of(session.tagged(0)[0]), name);
}

#[test]
fn a_note_that_was_being_typed_on_somebody_who_went_is_written_all_the_same() {
    let mut session = Rehearsal::new();
    let key = session.state.key_of(session.state.chosen().unwrap()).unwrap();
    let roster = moved(&session, 0, session.state.chosen().unwrap());
    session.act(&[Action::Note]).type_text("met");
    session.receive(fresh(Seen { data: 1, tags: 0 }, &[], Some(roster)));
    session.act(&[Action::Accept]);
    let names: Vec<&AccountKey> = session.written[0].tags.changes.iter().map(|change| &change.account).collect();
    assert_eq!(names, [&key]);
}

#[test]
fn tags_that_cannot_be_written_stay_and_can_go_to_a_file() {
    let mut session = Rehearsal::new();
    let account = session.state.chosen().unwrap();
    session.act(&[Action::TagSuspectedBot]);
    session.state.unsaved = 1;
    session.receive(Message::TagsKept("the disk is full".to_owned()));
    assert!(session.state.tags_kept.is_some());
    session.receive(Message::Seen(Seen { data: 0, tags: 9 }));
    assert!(session.reread.is_empty(), "what is not written would be read over");
    assert_eq!(session.state.named_tags().len(), 1);
    session.act(&[Action::SaveTags, Action::Accept]);
    assert_eq!(session.exported.len(), 1);
    assert_eq!(session.state.tags.label(account), Some(Label::SuspectedBot));
}
