//! What makes the keyboard quick: counts, ranges, repeating, help, and what is handed to other programs.

use super::rehearsal::{NOON, Rehearsal};
use super::{Action, Divider, Effect, Gesture, Hit, List, Message, Pane, Place, SearchMemory, list, update};
use crate::model::{AccountId, Label};

fn type_count(session: &mut Rehearsal, digits: &str) {
    for digit in digits.chars() {
        assert!(update::digit(&mut session.state, digit));
    }
}

#[test]
fn a_number_before_a_movement_says_how_often() {
    let mut session = Rehearsal::new();
    type_count(&mut session, "5");
    session.act(&[Action::Down]);
    assert_eq!(session.state.accounts.cursor.row, 5);
    session.act(&[Action::Down]);
    assert_eq!(session.state.accounts.cursor.row, 6, "a number counts for one key");
    type_count(&mut session, "10");
    session.act(&[Action::Last]);
    assert_eq!(session.state.accounts.cursor.row, 9, "rows are counted from 1");
    type_count(&mut session, "9999999999");
    session.act(&[Action::Down]);
    assert_eq!(session.state.accounts.cursor.row, session.state.accounts.rows.len() - 1);
    type_count(&mut session, "3");
    session.act(&[Action::Escape, Action::Up]);
    assert_eq!(session.state.accounts.cursor.row, session.state.accounts.rows.len() - 2, "esc takes it away");
    session.act(&[Action::First]);
    type_count(&mut session, "2");
    session.act(&[Action::NextPane]);
    assert_eq!(session.state.focus, Pane::Neighbours);
    type_count(&mut session, "3");
    session.act(&[Action::Mark]);
    assert_eq!(session.state.marks.len(), 3);
    assert!(!update::digit(&mut session.state, '0') && !update::digit(&mut session.state, 'x'));
    session.act(&[Action::Search]);
    assert!(!update::digit(&mut session.state, '5'), "what is typed into a line is no count");
}

#[test]
fn a_count_reaches_the_tenth_row_in_places_beside_the_panes() {
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Clusters, Action::ClustersOpen]);
    type_count(&mut session, "4");
    session.act(&[Action::Last]);
    assert_eq!(session.state.places.clusters.member.row, 3);
    type_count(&mut session, "2");
    session.act(&[Action::Up]);
    assert_eq!(session.state.places.clusters.member.row, 1);
}

#[test]
fn a_range_marks_from_its_beginning_to_the_cursor() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Down, Action::Down, Action::MarkRange]);
    assert!(session.state.marks.is_empty());
    session.act(&[Action::Down, Action::Down]);
    assert_eq!(session.state.range(Place::Accounts), Some(2..=4));
    session.act(&[Action::MarkRange]);
    let rows = session.state.accounts.rows[2..=4].to_vec();
    assert_eq!(session.state.marks.iter().copied().collect::<Vec<_>>(), rows);
    session.act(&[Action::MarkRange, Action::Escape, Action::Down, Action::MarkRange]);
    assert_eq!(session.state.marks.len(), 3, "esc leaves a range, so that the next key begins one");
}

#[test]
fn marks_are_inverted_within_the_list() {
    let mut session = Rehearsal::new();
    session.act(&[Action::FocusNeighbours, Action::Mark, Action::InvertMarks]);
    assert_eq!(session.state.marks.len(), session.state.neighbours.rows.len() - 1);
    assert!(!session.state.marks.contains(&session.state.neighbours.rows[0].account));
    session.act(&[Action::InvertMarks]);
    assert_eq!(session.state.marks.len(), 1);
}

#[test]
fn the_last_tag_or_note_is_given_once_more() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Repeat]);
    assert!(session.notice().starts_with("Nothing was tagged"), "{}", session.notice());
    session.act(&[Action::TagUnsure, Action::Down, Action::Repeat]);
    assert_eq!(session.state.tags.count(Label::Unsure), 2);
    session.act(&[Action::Note]).type_text("same lamp").act(&[Action::Accept, Action::Down, Action::Repeat]);
    let chosen = session.state.chosen().unwrap();
    assert_eq!(session.state.tags.note(chosen), Some("same lamp"));
    assert_eq!(session.state.tags.label(chosen), None, "a note brings no label");
    session.act(&[Action::Undo]);
    assert_eq!(session.state.tags.note(chosen), None);
}

#[test]
fn a_profile_is_opened_only_after_its_link_was_seen() {
    let mut session = Rehearsal::new();
    session.act(&[Action::OpenProfile]);
    assert_eq!(session.state.entry.as_ref().unwrap().text(), "https://social.example/lamp_01");
    session.act(&[Action::Abandon]);
    assert_eq!(session.opened, "");
    session.act(&[Action::OpenProfile, Action::Accept]);
    assert_eq!(session.opened, "https://social.example/lamp_01");
    for wrong in ["http://social.example/a", "javascript:alert(1)", "https://social.example/a b", ""] {
        session.opened.clear();
        session.act(&[Action::OpenProfile, Action::DeleteLine]).type_text(wrong).act(&[Action::Accept]);
        assert_eq!(session.opened, "", "{wrong}");
        assert!(session.notice().starts_with("Nothing was opened"), "{}", session.notice());
    }
    session.state.profile_link = None;
    session.act(&[Action::OpenProfile]);
    assert!(session.state.entry.is_none() && session.notice().contains("invented"), "{}", session.notice());
}

#[test]
fn links_and_evidence_are_copied() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Mark, Action::Mark, Action::CopyLink]);
    assert_eq!(session.copied, "https://social.example/lamp_01\nhttps://social.example/lamp_02");
    session.act(&[Action::CopyEvidence]);
    let lines: Vec<&str> = session.copied.lines().collect();
    let (a, b) = session.state.why.pair.unwrap();
    assert_eq!(lines[0], format!("why {} and {} are linked", session.state.name_of(a), session.state.name_of(b)));
    assert!(lines[1].starts_with("co-retweet: 14 shared, 14 within 60 s, cosine 1.000"), "{}", lines[1]);
    assert!(lines.iter().any(|line| line.starts_with("against: ")));
    let heading = lines.iter().position(|line| line.starts_with("target\t")).unwrap();
    assert_eq!(lines.len() - heading - 1, session.state.why.rows.len());
    assert!(lines[heading + 1..].iter().all(|line| line.split('\t').count() == 5));
}

#[test]
fn links_of_those_that_are_marked_are_copied_whoever_is_chosen() {
    let mut session = Rehearsal::new();
    let odd = session.state.accounts.rows.iter().position(|&id| id == AccountId(17)).unwrap();
    session.act(&[Action::Mark, Action::Mark]);
    session.state.accounts.cursor.row = odd;
    session.act(&[Action::CopyLink]);
    assert_eq!(session.copied.lines().count(), 2, "{}", session.notice());
    session.act(&[Action::Mark, Action::CopyLink]);
    assert_eq!(session.copied.lines().count(), 2);
    assert!(session.notice().contains("1 of 3 has none"), "{}", session.notice());
    session.act(&[Action::ClearMarks]);
    session.state.accounts.cursor.row = odd;
    session.act(&[Action::CopyLink]);
    assert!(session.notice().contains("has no handle that a link could hold"), "{}", session.notice());
}

#[test]
fn the_help_is_of_the_place_and_closes_without_a_trace() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::Help]);
    assert_eq!(session.state.help().unwrap().0.place, Place::Clusters);
    session.type_text("q").act(&[Action::EntryPageDown, Action::Abandon]);
    assert_eq!(session.state.place(), Place::Clusters);
    session.act(&[Action::Help, Action::Accept]);
    assert_eq!(session.state.place(), Place::Clusters);
}

#[test]
fn a_disabled_action_says_why_and_changes_nothing() {
    let mut session = Rehearsal::new();
    for &action in Action::ALL {
        let Some(why) = session.state.why_not(action) else { continue };
        session.act(&[action]);
        assert_eq!(session.notice(), why, "{}", action.word());
    }
    assert!(session.written.is_empty() && session.copied.is_empty() && session.opened.is_empty());
    assert_eq!(session.state.place(), Place::Accounts);
    let undo = |session: &Rehearsal| session.state.why_not(Action::Undo);
    assert!(undo(&session).is_some());
    session.act(&[Action::TagUnsure]);
    assert_eq!((undo(&session), session.state.tags.label(AccountId(1))), (None, Some(Label::Unsure)));
}

#[test]
fn the_mouse_chooses_scrolls_and_moves_the_line_between_columns() {
    let mut session = Rehearsal::new();
    let point = |session: &mut Rehearsal, gesture, hit| {
        update::point(&mut session.state, gesture, hit, NOON);
    };
    point(&mut session, Gesture::Press, Some(Hit::Row(List::Pane(Pane::Neighbours), 4)));
    assert_eq!((session.state.focus, session.state.neighbours.cursor.row), (Pane::Neighbours, 4));
    let neighbour = session.state.chosen_neighbour().unwrap().account;
    assert_eq!(session.state.why.pair, session.state.chosen().zip(Some(neighbour)), "the evidence follows");
    point(&mut session, Gesture::Wheel { down: true }, Some(Hit::Pane(Pane::Accounts)));
    assert_eq!((session.state.focus, session.state.accounts.cursor.row), (Pane::Neighbours, 3));
    point(&mut session, Gesture::Press, Some(Hit::Divider(Divider::First)));
    point(&mut session, Gesture::Drag(40), None);
    point(&mut session, Gesture::Release, None);
    point(&mut session, Gesture::Drag(20), None);
    assert_eq!(session.state.sizes.columns, [40, 21, 39], "what is not held does not move");
    point(&mut session, Gesture::Press, Some(Hit::Hint(Action::Clusters)));
    assert_eq!(session.state.place(), Place::Clusters);
}

#[test]
fn panes_are_widened_zoomed_and_hidden_until_one_goes_there() {
    let mut session = Rehearsal::new();
    session.act(&[Action::PaneWider, Action::PaneZoom]);
    assert!(session.state.sizes.zoomed && session.state.sizes.columns == [32, 29, 39]);
    session.act(&[Action::PaneZoom, Action::FocusWhy, Action::PaneHide]);
    assert!(session.state.sizes.is_hidden(Pane::Why) && session.state.focus == Pane::Tags);
    session.act(&[Action::NextPane]);
    assert_eq!(session.state.focus, Pane::Accounts);
    session.act(&[Action::FocusWhy]);
    assert!(!session.state.sizes.is_hidden(Pane::Why));
    session.act(&[Action::FocusNeighbours, Action::PaneHide, Action::FocusAccounts, Action::OpenNeighbours]);
    assert_eq!(session.state.focus, Pane::Neighbours, "enter leads to a hidden pane");
    assert!(!session.state.sizes.is_hidden(Pane::Neighbours));
}

#[test]
fn a_tag_goes_to_all_of_an_open_range() {
    let mut session = Rehearsal::new();
    session.act(&[Action::MarkRange, Action::Down, Action::Down]);
    let rows = session.state.accounts.rows[..3].to_vec();
    session.act(&[Action::TagUnsure]);
    assert!(rows.iter().all(|&id| session.state.tags.label(id) == Some(Label::Unsure)));
    assert_eq!((session.state.tags.labelled(), session.state.anchor), (3, None));
    session.act(&[Action::Undo, Action::First, Action::MarkRange, Action::Down, Action::FocusNeighbours]);
    session.act(&[Action::TagUnsure]);
    assert_eq!(session.state.tags.labelled(), 1, "a range of another list is not meant");
}

/// The list that was asked for, made now.
fn made(effects: Vec<Effect>) -> Message {
    let request = effects.into_iter().find_map(|effect| match effect {
        Effect::List(request) => Some(request),
        _ => None,
    });
    let request = request.unwrap();
    let rows = list(&request, &mut SearchMemory::default(), &|| false, &|_| {}).unwrap();
    Message::Listed { number: request.number, rows, whole: true }
}

#[test]
fn who_is_chosen_while_a_list_is_made_stays_chosen() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Down, Action::Down]);
    // The list is on its way when the next account is chosen.
    let effects = update::act(&mut session.state, Action::Order, NOON);
    session.act(&[Action::Down]);
    let chosen = session.chosen();
    session.receive(made(effects));
    assert_eq!(session.chosen(), chosen);
    // Two lists are on their way.
    let effects = [Action::Order, Action::Order].map(|action| update::act(&mut session.state, action, NOON));
    session.act(&[Action::Down]);
    let chosen = session.chosen();
    for effects in effects {
        session.receive(made(effects));
        assert_eq!(session.chosen(), chosen);
    }
}

#[test]
fn parts_of_a_search_that_nobody_waits_for_are_not_shown() {
    let mut session = Rehearsal::new();
    let (before, number) = (session.state.accounts.rows.clone(), session.state.accounts.listing);
    session.receive(Message::Listed { number, rows: vec![before[3]], whole: false });
    assert_eq!(session.state.accounts.rows, before);
}

#[test]
fn a_key_after_a_search_that_found_nothing_means_who_is_chosen_next() {
    let mut session = Rehearsal::new();
    let chosen = session.chosen();
    session.act(&[Action::Search]).type_text("zzzz");
    assert!(session.state.accounts.rows.is_empty());
    let effects = update::act(&mut session.state, Action::Abandon, NOON);
    update::act(&mut session.state, Action::TagUnsure, NOON);
    let label = |session: &Rehearsal| session.state.tags.label(AccountId(1));
    assert_eq!(label(&session), None, "the list is not back yet");
    session.receive(made(effects));
    assert_eq!((session.chosen(), label(&session)), (chosen, Some(Label::Unsure)));
}
