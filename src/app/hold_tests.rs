//! Who types faster than the list is made.

use super::rehearsal::Rehearsal;
use super::update::{act, type_text};
use super::{Action, Effect, ListRequest, Message, NoticeKind, SearchMemory, list};
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

fn arrive(session: &mut Rehearsal, query: &str, request: &ListRequest) {
    let rows = list(request, &mut SearchMemory::default(), &|| false, &|_| {}).unwrap();
    session.receive(Message::Listed { query: query.to_owned(), rows, whole: true });
}

#[test]
fn a_tag_never_meets_the_account_that_was_chosen_before_the_search() {
    let (mut session, request) = searching("harbour bread");
    assert_ne!(session.chosen(), "@harbour_bread");
    session.act(&[Action::TagLikelyHuman]);
    arrive(&mut session, "har", &request);
    assert!(session.written.is_empty(), "that list was of an older search");
    arrive(&mut session, "harbour bread", &request);
    let tagged = session.state.account(session.written[0].changes[0].account).and_then(|it| it.profile.handle.clone());
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
fn leaving_waits_for_nothing() {
    let (mut session, _) = searching("harbour");
    assert!(matches!(act(&mut session.state, Action::Quit, NOW)[..], [Effect::Quit]));
    session.act(&[Action::Escape, Action::TagUnsure]);
    assert_eq!(session.written.len(), 1, "without a search the chosen account is the one that is seen");
}
