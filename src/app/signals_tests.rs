//! The signals of one account: opened, walked through, tagged in, and read anew when the data changes.

use crate::analysis::{Answer, Question, SignalsOf};
use std::sync::Arc;

use super::rehearsal::{NOON, Rehearsal};
use super::rehearsal_signals::signal_set;
use super::update::{act, receive};
use super::{Action, Effect, Job, Made, Message, Order, Place, SignalRow, Work};
use crate::model::{AccountId, Label};
use crate::signals::{Personas, Signal, Silence};

/// A session in which signals are late, with the request for them.
fn waiting() -> (Rehearsal, Order) {
    let mut session = Rehearsal::new();
    let effects = act(&mut session.state, Action::Signals, NOON);
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Start(order) => Some(order),
        _ => None,
    });
    (session, asked.unwrap())
}

fn signal(name: &str) -> Signal {
    Signal::ALL.into_iter().find(|signal| signal.name() == name).unwrap()
}

fn read(session: &Rehearsal, signal: Signal) -> Result<(String, String), Silence> {
    let view = &session.state.places.signals;
    let name = |id| session.state.name_of(id);
    let words = view.set.made.as_ref().unwrap().words(signal, view.account.unwrap(), &name)?;
    Ok((words.value, words.evidence))
}

#[test]
fn every_signal_of_the_chosen_account_is_read_once_for_all() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Signals]);
    assert_eq!((session.state.place(), session.state.places.signals.account), (Place::Signals, session.state.chosen()));
    let reading = read(&session, signal("fast_retweets")).unwrap();
    assert_eq!(reading, ("100 %".to_owned(), "14 of 14 within 10 s of the original, the fastest in 2 s".to_owned()));
    assert_eq!(session.state.places.signals.set.made.as_ref().unwrap().valued(signal("text_twins")), 6);
    let first = Arc::clone(session.state.places.signals.set.made.as_ref().unwrap());
    session.act(&[Action::Escape, Action::Last, Action::Signals]);
    assert!(
        Arc::ptr_eq(&first, session.state.places.signals.set.made.as_ref().unwrap()),
        "they are kept for the next account"
    );
    assert_eq!(session.state.places.signals.account, session.state.chosen());
}

#[test]
fn what_was_not_observed_has_no_value_and_says_why() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("blank_page").act(&[Action::Accept, Action::Signals]);
    let why = read(&session, signal("retweet_share")).unwrap_err();
    assert_eq!(why, Silence::TooFew { what: "posts", has: 0, needs: 5 });
}

#[test]
fn the_place_opens_at_once_tells_how_far_it_is_and_can_be_stopped() {
    let (mut session, request) = waiting();
    assert_eq!((session.state.place(), session.job()), (Place::Signals, Some((Job::Of(Place::Signals), None))));
    let generation = request.generation;
    session.receive(Message::advanced(Job::Of(Place::Signals), generation - 1, 0.9));
    assert_eq!(session.job(), Some((Job::Of(Place::Signals), None)), "that was of an older request");
    session.receive(Message::advanced(Job::Of(Place::Signals), generation, 0.5));
    assert_eq!(session.job(), Some((Job::Of(Place::Signals), Some(0.5))));
    session.act(&[Action::Escape]);
    assert_eq!((session.cancelled.as_slice(), session.job()), (&[Job::Of(Place::Signals)][..], None));
    assert_eq!(session.state.place(), Place::Accounts);
    let Work::Answer(_, Question::Signals(SignalsOf { roster, links })) = request.work else { panic!("other work") };
    let set = Arc::new(signal_set(&roster, &links));
    session.receive(Message::made(generation, Made::Answer(Place::Signals, Answer::Signals(set))));
    assert!(session.state.places.signals.set.made.is_none(), "what comes of it counts no more");
    session.act(&[Action::Signals]);
    assert!(session.state.places.signals.set.made.is_some(), "and it is asked for again when somebody looks");
}

#[test]
fn signals_that_cannot_be_read_say_why() {
    let (mut session, request) = waiting();
    let (job, made) = (Job::Of(Place::Signals), Err("the disk is gone".to_owned()));
    let effects = receive(&mut session.state, Message::Made { job, generation: request.generation, made });
    assert!(effects.is_empty(), "nor is it tried again and again");
    assert_eq!((session.notice(), session.state.place()), ("the disk is gone", Place::Accounts));
}

#[test]
fn tags_marks_and_the_way_to_the_account() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::ClustersOpen, Action::Down, Action::Signals]);
    let account = session.state.places.signals.account.unwrap();
    assert_ne!(Some(account), session.state.chosen());
    session.act(&[Action::Down, Action::TagUnsure, Action::Down]);
    assert_eq!(session.state.tags.label(account), Some(Label::Unsure));
    assert_eq!(
        (session.written.len(), session.state.places.signals.chosen()),
        (1, Some(SignalRow::Signal(Signal::ALL[2])))
    );
    session.act(&[Action::Mark]);
    assert!(session.state.marks.contains(&account));
    session.act(&[Action::Escape]);
    assert_eq!(session.state.place(), Place::Clusters, "they lay over what was looked at before");
    session.act(&[Action::Signals, Action::SignalsJump]);
    assert_eq!((session.state.place(), session.state.chosen()), (Place::Accounts, Some(account)));
}

#[test]
fn other_places_open_for_the_account_and_the_panes_for_their_keys() {
    let mut session = Rehearsal::new();
    session.act(&[Action::OpenNeighbours, Action::Down, Action::Signals]);
    let account = session.state.places.signals.account.unwrap();
    session.act(&[Action::Audit]);
    assert_eq!((session.state.place(), session.state.places.audit.hub.as_slice()), (Place::Audit, &[account][..]));
    session.act(&[Action::Escape, Action::Signals, Action::FocusTags]);
    assert_eq!(session.state.place(), Place::Tags);
    session.act(&[Action::FocusAccounts, Action::Mark, Action::Mark, Action::Signals, Action::Path]);
    assert_eq!(session.state.place(), Place::Path);
    session.act(&[Action::Signals, Action::Escape]);
    assert_eq!(session.state.place(), Place::Path);
}

#[test]
fn other_links_and_other_data_are_read_anew() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Signals]);
    let first = Arc::clone(session.state.places.signals.set.made.as_ref().unwrap());
    session
        .act(&[Action::Parameters])
        .act(&[Action::SettingsDown; 3])
        .act(&[Action::SettingChange, Action::DeleteLine]);
    session.type_text("3").act(&[Action::Accept, Action::SettingsClose]);
    let second = Arc::clone(session.state.places.signals.set.made.as_ref().unwrap());
    assert!(!Arc::ptr_eq(&first, &second), "handles are compared in the clusters of these links");
    session.state.forget_read();
    assert!(session.state.places.signals.set.made.is_none() && session.state.stack.has(Place::Signals));
    session.state.places.signals.account = Some(AccountId(9_999));
    session.state.forget_read();
    assert_eq!(session.state.place(), Place::Accounts, "whoever is gone is not looked at");
}

#[test]
fn signals_follow_the_links() {
    let mut session = Rehearsal::before_linking();
    let effects = act(&mut session.state, Action::Signals, NOON);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Start(_))));
    assert_eq!(session.state.place(), Place::Signals);
    let session_with_links = Rehearsal::new();
    let links = session_with_links.state.links.clone().unwrap();
    session.receive(Message::made(0, Made::Links { links, changes: None }));
    assert!(session.state.places.signals.set.made.is_some());
}

#[test]
fn a_list_of_names_is_a_row_of_its_own() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Signals, Action::Last]);
    assert_eq!(
        session.state.places.signals.chosen(),
        Signal::ALL.last().map(|&last| SignalRow::Signal(last)),
        "without a list there is none"
    );
    session.state.places.signals.names = Some(Personas::parse("Orla Invented\nروشنا می\u{200c}خواند\n"));
    session.act(&[Action::Last]);
    assert_eq!(session.state.places.signals.chosen(), Some(SignalRow::Name));
    let listed = |session: &Rehearsal, id| {
        let account = session.state.account(AccountId(id)).unwrap();
        session.state.places.signals.listed_name(account).map(|uses| (uses.listed, uses.whole))
    };
    assert_eq!(listed(&session, 20), Some(("Orla Invented".to_owned(), true)));
    assert_eq!(listed(&session, 18), Some(("روشنا می\u{200c}خواند".to_owned(), true)));
    assert_eq!(listed(&session, 1), None);
    session.state.forget_read();
    assert_eq!(listed(&session, 20), Some(("Orla Invented".to_owned(), true)), "the list is not of the data");
}
