//! Who types faster than the list is made.

use super::rehearsal::Rehearsal;
use super::update::{act, digit, point, type_text};
use super::{
    Action, Effect, Gesture, Hit, Job, List, ListRequest, Message, NoticeKind, Pane, Place, SearchMemory, list,
};
use crate::model::Timestamp;

const NOW: Timestamp = Timestamp(1_700_000_000_000);

/// A session whose lists are late, with the last one that it asked for.
fn searching(text: &str) -> (Rehearsal, ListRequest) {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]);
    let effects = type_text(&mut session.state, text);
    let asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::List(request) => Some(request),
        _ => None,
    });
    let request = asked.last().unwrap();
    session.act(&[Action::Accept]);
    (session, request)
}

fn arrive(session: &mut Rehearsal, number: u64, request: &ListRequest) {
    let rows = list(request, &mut SearchMemory::default(), &|| false, &|_| {}).unwrap();
    session.receive(Message::Listed { number, rows, whole: true });
}

#[test]
fn a_tag_never_meets_the_account_that_was_chosen_before_the_search() {
    let (mut session, request) = searching("harbour bread");
    assert_ne!(session.chosen(), "@harbour_bread");
    session.act(&[Action::TagLikelyHuman]);
    arrive(&mut session, request.number - 1, &request);
    assert!(session.written.is_empty(), "that list was of an older search");
    arrive(&mut session, request.number, &request);
    let tagged = session.state.account(session.tagged(0)[0]).and_then(|it| it.profile.handle.clone());
    assert_eq!((session.written.len(), tagged.as_deref()), (1, Some("harbour_bread")));
    session.act(&[Action::Undo]);
    assert_eq!(session.written.len(), 2, "and nothing is held any more");
}

#[test]
fn what_was_held_is_not_done_in_another_search_and_that_is_said() {
    let (mut session, _) = searching("harbour");
    session.act(&[Action::TagSuspectedBot, Action::Search]).type_text(" bread");
    assert!(session.written.is_empty());
    assert_eq!(session.state.notice.as_ref().map(|notice| notice.kind), Some(NoticeKind::Error));
}

#[test]
fn the_late_list_of_a_search_that_was_taken_back_chooses_nobody() {
    let mut session = Rehearsal::new();
    let before = session.chosen();
    session.act(&[Action::Search]);
    for (typed, rows) in [("harbour bread", 1), ("nobody is called so", 0)] {
        let effects = type_text(&mut session.state, typed);
        let Some(Effect::List(request)) = effects.into_iter().next_back() else { panic!("a list is asked for") };
        session.act(&[Action::DeleteLine]);
        let late = list(&request, &mut SearchMemory::default(), &|| false, &|_| {}).unwrap();
        assert_eq!(late.len(), rows);
        session.receive(Message::Listed { number: request.number, rows: late, whole: true });
        assert_eq!(session.chosen(), before);
    }
    session.act(&[Action::Accept, Action::Note]);
    assert_eq!(session.state.place(), Place::Entry, "{}", session.notice());
}

#[test]
fn letters_of_a_note_that_was_not_open_yet_tag_nobody() {
    let (mut session, request) = searching("harbour");
    // `n`, and then "bpd".
    session.act(&[Action::Note, Action::TagSuspectedBot, Action::TagLikelyHuman, Action::TagUnsure]);
    arrive(&mut session, request.number, &request);
    assert!(session.written.is_empty(), "{:?}", session.written);
    assert_eq!(session.state.place(), Place::Entry);
    assert!(session.notice().contains("type it again"), "{}", session.notice());
}

#[test]
fn a_line_for_what_no_account_is_meant_by_opens_at_once() {
    for action in [Action::Palette, Action::Import] {
        let (mut session, _) = searching("harbour");
        session.act(&[action]);
        assert_eq!(session.state.place(), Place::Entry, "{action:?}");
    }
    let mut session = Rehearsal::before_loading();
    session.act(&[Action::Import]);
    assert_eq!(session.state.place(), Place::Entry, "the accounts may be there once the path is typed");
    session.type_text("data").act(&[Action::Accept]);
    assert!(
        !session.state.jobs.runs(Job::Importing) && session.notice().contains("still being read"),
        "{}",
        session.notice()
    );
    assert_eq!(session.state.import_line, "data", "and it need not be typed again");
}

#[test]
fn leaving_waits_for_nothing() {
    let (mut session, _) = searching("harbour");
    assert!(matches!(act(&mut session.state, Action::Quit, NOW)[..], [Effect::Quit]));
    session.act(&[Action::Escape, Action::TagUnsure]);
    assert_eq!(session.written.len(), 1, "without a search the chosen account is the one that is seen");
}

#[test]
fn leaving_waits_for_a_tag_that_waits_and_the_same_key_once_more_does_not() {
    let (mut session, request) = searching("harbour bread");
    session.act(&[Action::TagLikelyHuman, Action::Quit]);
    assert!(!session.quit && session.notice().contains("leaves at once"), "{}", session.notice());
    arrive(&mut session, request.number, &request);
    assert_eq!((session.written.len(), session.quit), (1, true));
    let (mut session, _) = searching("harbour bread");
    session.act(&[Action::TagLikelyHuman, Action::Quit, Action::Quit]);
    assert_eq!((session.written.len(), session.quit), (0, true));
}

#[test]
fn a_number_counts_for_the_held_key_that_it_was_typed_before() {
    let (mut session, request) = searching("lamp");
    for (number, action) in [('5', Action::Down), ('3', Action::Up)] {
        assert!(digit(&mut session.state, number));
        session.act(&[action]);
    }
    arrive(&mut session, request.number, &request);
    assert_eq!((session.state.accounts.cursor.row, session.state.count), (2, None));
}

#[test]
fn the_mouse_moves_nothing_between_a_held_key_and_its_list() {
    let (mut session, request) = searching("lamp");
    session.act(&[Action::TagLikelyHuman]);
    for hit in [Hit::Row(List::Pane(Pane::Accounts), 4), Hit::Pane(Pane::Neighbours)] {
        point(&mut session.state, Gesture::Press, Some(hit), NOW);
        point(&mut session.state, Gesture::Wheel { down: true }, Some(hit), NOW);
    }
    arrive(&mut session, request.number, &request);
    assert_eq!((session.tagged(0), session.state.focus), (vec![session.state.accounts.rows[0]], Pane::Accounts));
}

#[test]
fn escape_gives_up_what_is_held_and_says_so() {
    let (mut session, request) = searching("lamp");
    session.act(&[Action::FocusWhy, Action::TagLikelyHuman, Action::Escape]);
    assert!(session.notice().starts_with("Not done"), "{}", session.notice());
    arrive(&mut session, request.number, &request);
    assert!(session.written.is_empty());
}
