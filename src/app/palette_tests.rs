//! Actions that are called by their words.

use super::rehearsal::Rehearsal;
use super::{Action, EntryPurpose, Place};
use crate::model::Label;

#[test]
fn an_action_found_by_its_words_is_called_where_one_was() {
    let mut session = Rehearsal::new();
    let chosen = session.chosen();
    session.act(&[Action::Palette]).type_text("likely hum").act(&[Action::Accept]);
    assert_eq!(session.state.tags.count(Label::LikelyHuman), 1);
    assert_eq!((session.state.place(), session.chosen()), (Place::Accounts, chosen));
    session.act(&[Action::Palette]).type_text("undo").act(&[Action::Accept]);
    assert_eq!(session.state.tags.count(Label::LikelyHuman), 0);
}

#[test]
fn the_arrows_choose_among_what_fits_and_what_cannot_be_done_says_why() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Palette, Action::EntryDown, Action::EntryDown, Action::EntryUp, Action::Accept]);
    assert_eq!(session.state.place(), Place::Entry, "the second of the accounts pane is to search");
    session.act(&[Action::Abandon, Action::Palette]).type_text("path").act(&[Action::Accept]);
    assert_eq!(session.notice(), "A path leads between exactly two marked accounts; none is marked.");
}

#[test]
fn behind_a_line_that_is_typed_the_list_stands_still() {
    let mut session = Rehearsal::new();
    let chosen = session.chosen();
    let keys = [Action::EntryPageDown, Action::EntryDown, Action::CompleteNext, Action::EntryPageDown];
    for place in [Action::Palette, Action::Note, Action::Import, Action::Help] {
        session.act(&[place]).act(&keys);
        assert_eq!(session.chosen(), chosen, "{place:?}");
        session.act(&[Action::Abandon]);
    }
    session.act(&[Action::Palette, Action::EntryPageDown]);
    let palette = session.state.entry.as_ref().map(|entry| &entry.purpose);
    assert!(matches!(palette, Some(EntryPurpose::Palette(palette)) if palette.cursor.row > 1), "{palette:?}");
    session.act(&[Action::Abandon, Action::Search, Action::EntryDown]);
    assert_ne!(session.chosen(), chosen, "a search shows its list");
}

#[test]
fn where_nothing_fits_and_when_it_is_left_nothing_happens() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Palette]).type_text("zzzz").act(&[Action::Accept]);
    assert_eq!(session.state.place(), Place::Accounts);
    session.act(&[Action::Palette]).type_text("suspected").act(&[Action::Abandon]);
    assert_eq!((session.state.place(), session.state.tags.count(Label::SuspectedBot)), (Place::Accounts, 0));
    assert!(session.written.is_empty());
}

#[test]
fn on_the_wall_the_actions_of_the_wall_are_offered() {
    let mut session = Rehearsal::new();
    session.hang_pictures().act(&[Action::Palette]).type_text("larger").act(&[Action::Accept]);
    assert_eq!(session.state.place(), Place::Wall, "the wall stays open");
}

#[test]
fn ids_and_handles_of_the_marked_accounts_are_copied() {
    let mut session = Rehearsal::new();
    let chosen = session.chosen();
    session.act(&[Action::CopyHandle]);
    assert_eq!(session.copied, chosen);
    session.act(&[Action::Mark, Action::Mark, Action::CopyId]);
    let marked: Vec<String> =
        session.state.marks.iter().map(|&id| session.state.account(id).unwrap().platform_id.clone()).collect();
    assert_eq!(session.copied, marked.join("\n"));
    assert!(session.notice().starts_with("Copied 2 ids"), "{}", session.notice());
}
