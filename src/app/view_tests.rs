//! Parameters and order: undone like tags, kept with the cache, and remembered by each tag.

use super::rehearsal::Rehearsal;
use super::{Action, Job, Message, update};
use crate::analysis::{Kept, KeptView, ParametersChange};
use crate::model::ListOrder;
use crate::model::{AccountId, KeepRule, LinkParameters};

/// Opens the parameters, sets the `row`-th one, and closes them.
fn set(session: &mut Rehearsal, row: usize, value: &str) {
    session.act(&[Action::Parameters]).act(&vec![Action::SettingsDown; row]);
    session.act(&[Action::SettingChange, Action::DeleteLine]).type_text(value);
    session.act(&[Action::Accept, Action::SettingsClose]);
}

fn rule(session: &Rehearsal) -> String {
    session.state.parameters.keep.to_string()
}

#[test]
fn parameters_and_order_are_undone_in_turn_with_tags_and_it_is_said_what() {
    let mut session = Rehearsal::new();
    set(&mut session, 1, "shared-within:14");
    session.act(&[Action::TagUnsure, Action::Order]);
    assert_eq!(session.state.history.depth(), (3, 0));
    session.act(&[Action::Undo]);
    assert_eq!((session.notice(), session.state.accounts.order), ("Undone: ordered by links.", ListOrder::Links));
    session.act(&[Action::Undo]);
    assert_eq!((session.notice(), session.state.tags.labelled()), ("Undone: @lamp_01 (tags)", 0));
    session.act(&[Action::Undo]);
    assert_eq!(rule(&session), "cosine:0.5");
    let said = "Undone: keep is cosine:0.5 again · 66 links by co-retweet cosine:0.5: ";
    assert!(session.notice().starts_with(said), "{}", session.notice());
    session.act(&[Action::Redo, Action::Redo, Action::Redo]);
    assert_eq!((rule(&session).as_str(), session.state.tags.labelled()), ("shared-within:14", 1));
    assert_eq!((session.state.accounts.order, session.notice()), (ListOrder::Handle, "Redone: ordered by handle."));
    session.act(&[Action::Undo, Action::Undo, Action::Parameters, Action::SettingsUndo]);
    assert_eq!(rule(&session), "cosine:0.5", "also while the parameters are open");
    session.act(&[Action::SettingsUndo]);
    assert_eq!(session.notice(), "There is nothing to undo.");
}

#[test]
fn a_muted_target_counts_again_by_undo() {
    let mut session = Rehearsal::new();
    session.act(&[Action::FocusWhy, Action::Mute]);
    assert_eq!(session.state.parameters.muted.len(), 1);
    session.act(&[Action::Undo]);
    assert!(session.state.parameters.muted.is_empty());
    assert!(session.notice().starts_with("Undone: 1 target no longer muted"), "{}", session.notice());
}

#[test]
fn what_accounts_are_linked_by_is_kept_and_what_failed_is_not() {
    let mut session = Rehearsal::new();
    assert!(session.kept.is_empty(), "nobody chose the defaults");
    set(&mut session, 1, "shared-within:14");
    session.act(&[Action::Order]);
    let parameters = LinkParameters { keep: KeepRule::SharedWithin(14), ..LinkParameters::default() };
    let change = |before, after| Kept::Parameters(Box::new(ParametersChange { before, after }));
    let expected = [change(LinkParameters::default(), parameters.clone()), Kept::Order(ListOrder::Handle)];
    assert_eq!(session.kept, expected);
    session.act(&[Action::Parameters, Action::SettingsDown, Action::SettingChange, Action::DeleteLine]);
    session.type_text("all");
    // Only asked for: the links never come.
    drop(update::act(&mut session.state, Action::Accept, super::rehearsal::NOON));
    let generation = session.state.linking;
    session.receive(Message::Made { job: Job::Links, generation, made: Err("too many links".to_owned()) });
    assert_eq!((session.kept.len(), session.state.history.depth()), (2, (2, 0)));
    session.act(&[Action::SettingsUndo]);
    assert_eq!(session.state.accounts.order, ListOrder::Links, "what failed is not undone");
    session.act(&[Action::SettingsUndo]);
    assert_eq!(
        session.kept.last(),
        Some(&change(parameters, LinkParameters::default())),
        "the defaults were chosen now"
    );
}

#[test]
fn what_another_window_keeps_is_told_and_changes_nothing_here() {
    let mut session = Rehearsal::new();
    set(&mut session, 1, "shared-within:14");
    let own = session.state.parameters.clone();
    let kept = |session: &mut Rehearsal, kept: &LinkParameters, by_others| {
        session.state.notice = None;
        session.receive(Message::ParametersKept { kept: Box::new(kept.clone()), by_others });
        session.notice().to_owned()
    };
    assert_eq!(kept(&mut session, &own, false), "");
    let other = LinkParameters { window_seconds: 7, muted: ["t".to_owned()].into(), ..own.clone() };
    let said = kept(&mut session, &other, true);
    assert!(said.starts_with("Another bot-tui on this cache has set window 7, other muted targets;"), "{said}");
    assert_eq!((&session.state.parameters, session.kept.len()), (&own, 1));
    assert_eq!(kept(&mut session, &own, true), "", "as it is here");
}

#[test]
fn a_session_begins_as_the_cache_was_left() {
    let mut session = Rehearsal::before_loading();
    let defaults = LinkParameters { window_seconds: 600, ..LinkParameters::default() };
    session.state.begin(defaults.clone(), KeptView::default());
    assert_eq!((&session.state.parameters, session.state.accounts.order), (&defaults, ListOrder::Links));
    let kept = LinkParameters { keep: KeepRule::Shared(4), ..LinkParameters::default() };
    let view = KeptView { parameters: Some(kept.clone()), order: Some(ListOrder::Followers), unreadable: false };
    session.state.begin(defaults, view);
    assert_eq!((&session.state.parameters, session.state.accounts.order), (&kept, ListOrder::Followers));
    session.state.begin(LinkParameters::default(), KeptView { unreadable: true, ..KeptView::default() });
    assert!(session.notice().contains("later version"), "{}", session.notice());
}

#[test]
fn a_tag_remembers_the_parameters_under_which_it_was_given() {
    let mut session = Rehearsal::new();
    set(&mut session, 1, "shared-within:4");
    session.act(&[Action::TagSuspectedBot]);
    set(&mut session, 1, "cosine:0.9");
    let basis = |session: &Rehearsal| session.state.history.basis_of(AccountId(1)).flatten().map(ToString::to_string);
    assert_eq!(basis(&session).as_deref(), Some("co-retweet shared-within:4"));
    assert_eq!(session.written[0].tags.basis.as_deref().map(|basis| basis.keep), Some(KeepRule::SharedWithin(4)));
    assert_eq!(session.state.named_tags()[0].basis, session.written[0].tags.basis);
    session.act(&[Action::Undo, Action::Undo]);
    assert_eq!((basis(&session), session.written[1].tags.basis.clone()), (None, None));
    session.act(&[Action::Redo]);
    assert_eq!(basis(&session).as_deref(), Some("co-retweet shared-within:4"));
}

#[test]
fn a_tag_given_before_accounts_were_linked_stands_on_nothing() {
    let mut session = Rehearsal::before_linking();
    session.act(&[Action::TagUnsure]);
    assert_eq!(session.written[0].tags.basis, None);
}
