use std::sync::Arc;

use super::rehearsal::Rehearsal;
use super::*;
use crate::analysis::Roster;
use crate::model::{AccountId, Label};

/// A session that has read ten of its accounts.
fn session() -> (Rehearsal, Arc<Roster>) {
    let roster = Arc::clone(Rehearsal::before_linking().state.roster.as_ref().unwrap());
    let mut session = Rehearsal::before_loading();
    let accounts = roster.accounts()[..10].to_vec();
    let head = Box::new(Head::new(accounts, roster.accounts().len() as u64, false));
    let tags = Box::new(Fresh { seen: Seen::default(), roster: None, tags: TagBook::default(), log: Vec::new() });
    session.receive(Message::Opened { head, tags });
    (session, roster)
}

fn rows(session: &Rehearsal) -> Vec<u32> {
    session.state.accounts.rows.iter().map(|id| id.0).collect()
}

#[test]
fn the_first_accounts_are_listed_and_can_be_tagged_while_others_are_read() {
    let (mut session, roster) = session();
    assert_eq!(rows(&session), (1..=10).collect::<Vec<_>>());
    session.act(&[Action::Down, Action::Down, Action::TagSuspectedBot]);
    assert_eq!(session.state.tags.label(AccountId(3)), Some(Label::SuspectedBot));
    session.act(&[Action::Filter]);
    assert_eq!(rows(&session), [3]);
    session.act(&[Action::Escape]);
    assert_eq!(rows(&session).len(), 10);
    session.receive(Message::made(0, Made::Roster(Arc::clone(&roster))));
    assert_eq!(session.state.accounts.rows.len(), roster.accounts().len());
    assert_eq!(session.state.chosen(), Some(AccountId(3)), "who was chosen stays chosen");
    assert_eq!(session.state.tags.label(AccountId(3)), Some(Label::SuspectedBot), "tags stay");
}

#[test]
fn a_search_waits_until_all_are_read_and_so_does_what_is_asked_for_meanwhile() {
    let (mut session, roster) = session();
    let wanted = roster.accounts()[14].id;
    session.act(&[Action::Search]);
    session.type_text(roster.account(wanted).unwrap().profile.handle.as_deref().unwrap());
    assert!(session.state.accounts.rows.is_empty(), "it is none of the first ones");
    session.act(&[Action::Accept, Action::TagSuspectedBot]);
    assert_eq!(session.state.tags.labelled(), 0, "the one that stands there is not the one that is searched");
    session.receive(Message::made(0, Made::Roster(roster)));
    assert_eq!(session.state.chosen(), Some(wanted));
    assert_eq!(session.state.tags.label(wanted), Some(Label::SuspectedBot));
}

#[test]
fn an_import_that_ends_first_is_not_replaced_by_older_data() {
    let (mut session, roster) = session();
    let newer = Arc::new(Roster::new(roster.accounts()[..5].to_vec(), roster.counts));
    let outcome = ImportOutcome::TakenBack("a.csv".to_owned());
    session.receive(Message::made(0, Made::Import { outcome, roster: Some(newer) }));
    session.receive(Message::made(0, Made::Roster(roster)));
    assert_eq!(session.state.accounts.rows.len(), 5);
}
