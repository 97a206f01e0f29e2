//! What was asked for, or is still to come, while one waits: nothing of it moves the cursor, vanishes or says what is not so.

use super::rehearsal::Rehearsal;
use super::{Action, Effect, Job, Made, Message, Place, Seen, TagFilter};
use crate::model::AccountId;

#[test]
fn the_answer_to_an_older_key_does_not_move_the_cursor() {
    let mut session = Rehearsal::new();
    let clusters = session.call(Action::NextUntagged);
    session.act(&[Action::Down, Action::Down, Action::Signals]);
    let chosen = session.chosen();
    session.carry_out(clusters);
    assert_eq!((session.chosen(), session.state.place()), (chosen, Place::Signals));
}

#[test]
fn nobody_waits_for_links_that_do_not_come() {
    for fails in [false, true] {
        let mut session = Rehearsal::before_linking();
        session.receive(Message::advanced(Job::Links, 0, 0.4));
        session.act(&[Action::NextUntagged]);
        if fails {
            session.receive(Message::not_made(Job::Links, 0, "too many pairs".to_owned()));
        } else {
            session.act(&[Action::Escape]);
        }
        assert!(!session.state.places.clusters.wanted, "{fails}");
        for keys in [&[Action::NextUntagged][..], &[Action::Clusters, Action::NextUntagged]] {
            session.act(keys);
            let said = if fails { "too many pairs" } else { "was cancelled" };
            assert!(session.notice().contains(said), "{}", session.notice());
            assert_eq!(session.state.notice.as_ref().and_then(|notice| notice.next), Some(Action::Parameters));
        }
    }
}

#[test]
fn a_list_that_was_asked_for_before_does_not_count_as_the_one_that_is_awaited() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Down, Action::TagUnsure]).act(&[Action::Filter; 5]).act(&[Action::First]);
    assert_eq!(session.state.accounts.filter, TagFilter::Untagged);
    let first = session.call(Action::TagUnsure);
    session.state.neighbours.cursor.row =
        session.state.neighbours.rows.iter().position(|row| row.account == AccountId(2)).unwrap();
    session.act(&[Action::OpenNeighbours]);
    let second = session.call(Action::Jump);
    session.carry_out(first);
    let before = session.written.len();
    session.act(&[Action::FocusAccounts, Action::TagLikelyHuman]);
    assert_eq!(session.written.len(), before, "the list of the jump is not there yet");
    session.carry_out(second);
    assert_eq!((session.chosen().as_str(), session.tagged(before)), ("@lamp_02", vec![AccountId(2)]));
}

#[test]
fn what_background_work_says_outlives_the_line_that_is_typed() {
    let said = "The tags were NOT saved: disk full";
    for (line, end) in
        [(Action::Note, Action::Abandon), (Action::Search, Action::Accept), (Action::Palette, Action::Accept)]
    {
        let mut session = Rehearsal::new();
        session.act(&[line]);
        session.receive(Message::Failed(said.to_owned()));
        session.type_text("redraw").act(&[Action::EntryLeft, end]);
        assert_eq!((session.notice(), session.state.entry.is_none()), (said, true), "{line:?}");
        session.act(&[Action::Down]);
        assert_eq!(session.notice(), "", "{line:?}");
    }
}

#[test]
fn linking_that_failed_is_not_called_cancelled() {
    let mut session = Rehearsal::before_linking();
    session.receive(Message::not_made(Job::Links, 0, "too many pairs".to_owned()));
    let why = session.state.why_no_neighbours();
    assert!(why.contains("too many pairs") && !why.contains("cancelled"), "{why}");
    let mut session = Rehearsal::before_loading();
    session.receive(Message::not_made(Job::Reading, 0, "The cache is damaged.".to_owned()));
    let why = session.state.why_no_neighbours();
    assert!(why.contains("The cache is damaged"), "{why}");
}

#[test]
fn accounts_are_read_on_when_linking_is_called_off() {
    let mut session = Rehearsal::before_loading();
    session.receive(Message::advanced(Job::Reading, 0, 0.1));
    session.act(&[Action::Escape]);
    assert!(session.notice().contains("will not"), "{}", session.notice());
    session.receive(Message::advanced(Job::Reading, 0, 0.2));
    let reading = session.state.jobs.get(Job::Reading).unwrap();
    assert_eq!((reading.done, reading.can_cancel), (Some(0.2), false));
    session.act(&[Action::FocusWhy, Action::Escape]);
    assert_eq!(session.state.focus, super::Pane::Neighbours, "there is nothing more to cancel");
    session.receive(Message::advanced(Job::Links, 0, 0.1));
    assert!(!session.state.jobs.runs(Job::Links));
}

#[test]
fn the_parameters_close_while_accounts_are_read() {
    let mut session = Rehearsal::before_loading();
    session.receive(Message::advanced(Job::Reading, 0, 0.1));
    session.act(&[Action::Parameters, Action::SettingsClose]);
    assert!(!session.state.stack.has(Place::Parameters), "{}", session.notice());
}

#[test]
fn the_list_does_not_move_under_who_came_back_to_the_first_row() {
    for keys in [&[Action::Down, Action::Up][..], &[Action::MarkRange], &[Action::Graph], &[Action::TagUnsure]] {
        let mut session = Rehearsal::before_linking();
        session.state.accounts.rows.reverse();
        session.act(keys);
        let chosen = session.chosen();
        session.link();
        assert_eq!(session.chosen(), chosen, "{keys:?}");
    }
    let mut session = Rehearsal::before_linking();
    session.state.accounts.rows.reverse();
    session.act(&[Action::Help, Action::Abandon, Action::Parameters, Action::SettingsClose]);
    session.link();
    assert_eq!(session.chosen(), "@lamp_01", "nobody has chosen");
}

#[test]
fn tags_that_could_not_be_read_anew_are_asked_for_again() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure, Action::TagUnsure]);
    assert_eq!(session.reread.len(), 1);
    session.receive(Message::Reread(None));
    session.receive(Message::Seen(Seen::default()));
    assert_eq!(session.reread.len(), 2);
}

#[test]
fn one_export_at_a_time() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure, Action::Export, Action::Accept, Action::Export]);
    assert!(session.state.entry.is_none() && session.notice().contains("is under way"), "{}", session.notice());
    session.receive(Message::made(0, Made::Export { accounts: 1, under_others: 0, path: "/there".into() }));
    session.act(&[Action::Export]);
    assert!(session.state.entry.is_some());
}

#[test]
fn a_burst_of_undo_asks_for_one_list() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Filter]).act(&[Action::Filter; 4]);
    session.act(&[Action::TagUnsure, Action::Down, Action::TagUnsure, Action::Down, Action::TagUnsure]);
    assert!(super::update::digit(&mut session.state, '5'));
    let effects = session.call(Action::Undo);
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::List(_))).count(), 1);
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::WriteTags(_))).count(), 3);
    assert!(session.notice().starts_with("Undone"), "{}", session.notice());
}
