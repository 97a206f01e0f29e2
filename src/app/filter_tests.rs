//! Conditions in the search field: what they list, how tab completes them, and what is said where they are wrong.

use super::rehearsal::Rehearsal;
use super::{Action, NoticeKind};

fn typed(text: &str) -> Rehearsal {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text(text);
    session
}

#[test]
fn conditions_filter_the_list_together_with_words() {
    assert_eq!(typed("followers=86").listed().len(), 12);
    assert_eq!(typed("links>5 layer:avatar").listed(), ["@lamp_01", "@lamp_02"]);
    assert_eq!(typed("bread -links>0").listed(), ["@harbour_bread"]);
    assert_eq!(typed("bio:empty followers<86").listed(), ["@blank_page"]);
    assert_eq!(typed("name:روشنا").listed(), ["@sobh_roshan"]);
    assert_eq!(typed("harbour bread").listed(), ["@harbour_bread"], "words alone still search");
}

#[test]
fn what_is_tagged_leaves_a_list_of_untagged_ones() {
    let mut session = typed("tag:none followers=86");
    session.act(&[Action::Accept, Action::TagUnsure]);
    assert_eq!(session.listed().len(), 11);
    session.act(&[Action::Undo, Action::Escape]);
    assert_eq!(session.listed().len(), 20);
}

#[test]
fn a_wrong_condition_says_what_is_right_and_leaves_the_list() {
    let mut session = typed("followers=86");
    session.type_text(" folowing=5");
    let error = session.state.accounts.query_error.clone().unwrap();
    assert!(error.contains("perhaps following is meant"), "{error}");
    assert_eq!(session.listed().len(), 12);
    session.act(&[Action::Accept]);
    assert_eq!(session.state.notice.as_ref().map(|notice| notice.kind), Some(NoticeKind::Error));
    session.act(&[Action::Search, Action::DeleteWord]);
    assert!(session.state.accounts.query_error.is_none());
}

#[test]
fn tab_completes_fields_and_values() {
    let mut session = typed("ta");
    session.act(&[Action::CompleteNext]).type_text("no").act(&[Action::CompleteNext]);
    assert_eq!(session.state.accounts.query, "tag:none");
    assert_eq!(session.listed().len(), 20);
    session.type_text(" -tag:un");
    session.act(&[Action::CompleteNext, Action::CompleteNext]);
    assert!(session.state.accounts.query.starts_with("tag:none -tag:un"), "{}", session.state.accounts.query);
    let mut plain = typed("lamp");
    assert!(plain.state.completion.is_none(), "who searches is not told of fields");
    plain.act(&[Action::EntryDown]);
    assert_ne!(plain.state.accounts.cursor.row, 0, "and walks along the list");
}
