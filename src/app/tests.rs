//! Updates: what the keys do to a session.

use crate::analysis::Answer;
use std::sync::Arc;

use super::rehearsal::{NOON, Rehearsal};
use super::{Action, BatchKey, Effect, Entry, Job, Made, Message, Pane, Place, TagFilter, TagWriteKind, Work, update};
use crate::model::{AccountId, KeepRule, Label, LinkParameters, Tag};

fn labelled(session: &Rehearsal, label: Label) -> usize {
    session.state.tags.count(label)
}

#[test]
fn the_most_linked_account_is_chosen_first_and_its_neighbours_and_evidence_follow() {
    let session = Rehearsal::new();
    let state = &session.state;
    assert_eq!(session.chosen(), "@lamp_01");
    assert_eq!(state.neighbours.rows.len(), 11);
    let why = &state.why;
    assert_eq!(why.rows.len(), 14);
    assert!(why.rows.windows(2).all(|pair| pair[0].gap_ms() <= pair[1].gap_ms()));
    assert_eq!(state.objects.len(), 14, "the texts that are seen were asked for");
    assert!(state.why.cautions[0].starts_with("all 14 popular"), "{:?}", state.why.cautions);
}

#[test]
fn moving_in_one_pane_fills_the_next() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Down]);
    assert_eq!(session.state.neighbours.account, session.state.chosen());
    session.act(&[Action::OpenNeighbours, Action::Last]);
    let neighbour = session.state.chosen_neighbour().unwrap().account;
    assert_eq!(session.state.why.pair, session.state.chosen().zip(Some(neighbour)));
    session.act(&[Action::First, Action::PageDown, Action::PageUp, Action::Up]);
    assert_eq!(session.state.neighbours.cursor.row, 0);
}

#[test]
fn marked_accounts_are_tagged_at_once_undone_and_done_again() {
    let mut session = Rehearsal::new();
    session.act(&[Action::FocusNeighbours]).act(&[Action::Mark; 10]);
    assert_eq!(session.notice(), "10 accounts marked; a tag or a note now goes to all of them.");
    session.act(&[Action::TagSuspectedBot]);
    assert_eq!((labelled(&session, Label::SuspectedBot), session.state.marks.len()), (10, 0));
    assert_eq!(session.written.len(), 1, "one batch, so that one undo takes it back");
    session.act(&[Action::Undo]);
    assert_eq!(session.state.tags.labelled(), 0);
    session.act(&[Action::Redo]);
    assert_eq!(labelled(&session, Label::SuspectedBot), 10);
    assert_eq!(session.written[0].kind, TagWriteKind::Apply(BatchKey::Pending(1)));
    assert_eq!(session.written[1].kind, TagWriteKind::Undo(BatchKey::Logged(1)));
    assert_eq!(session.written[2].kind, TagWriteKind::Redo(BatchKey::Logged(1)));
    session.act(&[Action::Undo, Action::Undo]);
    assert_eq!(session.notice(), "There is nothing to undo.");
}

#[test]
fn the_program_tags_nobody_by_itself() {
    let mut session = Rehearsal::new();
    let everything_else = Action::ALL.iter().filter(|action| !action.word().starts_with("tag-"));
    for &action in everything_else {
        session.act(&[action]);
    }
    assert!(session.written.is_empty() && session.state.tags.labelled() == 0);
}

#[test]
fn a_label_keeps_the_note_and_a_note_keeps_the_label() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure, Action::Note]).type_text("same lamp picture").act(&[Action::Accept]);
    session.act(&[Action::TagLikelyHuman]);
    let tag = session.state.tags.tag(AccountId(1));
    assert_eq!(tag, Tag { label: Some(Label::LikelyHuman), note: Some("same lamp picture".to_owned()) });
    session.act(&[Action::Note, Action::DeleteLine, Action::Accept, Action::TagNone]);
    assert_eq!(session.state.tags.tag(AccountId(1)), Tag::default());
    session.act(&[Action::TagNone]);
    assert_eq!(session.notice(), "@lamp_01 already: nothing changed.");
    assert_eq!(session.written.len(), 5);
}

#[test]
fn a_search_narrows_as_it_is_typed_and_abandoning_it_restores_the_list() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("tim");
    assert_eq!(session.listed()[0], "@slow_train", "found by its bio");
    session.act(&[Action::Abandon]);
    assert_eq!(session.listed().len(), 20);
    session.act(&[Action::Search]).type_text("کتابفروش").act(&[Action::Accept]);
    assert_eq!(session.listed(), ["@sobh_roshan"], "a joiner in the data does not hide it");
    session.act(&[Action::Escape]);
    assert_eq!((session.listed().len(), session.chosen().as_str()), (20, "@sobh_roshan"));
}

#[test]
fn a_filter_shows_one_tag_and_follows_changes() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagSuspectedBot, Action::Down, Action::TagLikelyHuman, Action::Filter]);
    assert_eq!(session.listed(), ["@lamp_01"]);
    session.act(&[Action::Undo]);
    assert_eq!(session.listed(), ["@lamp_01"]);
    session.act(&[Action::Undo]);
    assert!(session.listed().is_empty());
    session.act(&[Action::Escape]);
    assert_eq!(session.state.accounts.filter, TagFilter::All);
    assert_eq!(session.listed().len(), 20);
}

#[test]
fn every_order_lists_every_account() {
    let mut session = Rehearsal::new();
    let mut heads = Vec::new();
    for _ in 0..4 {
        session.act(&[Action::Order, Action::First]);
        assert_eq!(session.listed().len(), 20);
        heads.push(session.chosen());
    }
    assert_eq!(heads, ["@blank_page", "@orla_invented", "@lamp_01", "@lamp_01"]);
}

#[test]
fn a_jump_leads_to_the_neighbour_and_back_restores_where_it_began() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("lamp_03").act(&[Action::Accept]);
    session.act(&[Action::OpenNeighbours, Action::Down, Action::Down]);
    let neighbour = session.state.chosen_neighbour().unwrap().account;
    session.act(&[Action::Jump]);
    assert_eq!(session.state.chosen(), Some(neighbour), "the search that would hide it is taken away");
    assert_eq!(session.state.chosen_neighbour().unwrap().account, AccountId(3), "the way it came is chosen");
    session.act(&[Action::Back]);
    assert_eq!((session.chosen().as_str(), session.state.accounts.query.as_str()), ("@lamp_03", "lamp_03"));
    assert_eq!(session.state.chosen_neighbour().unwrap().account, neighbour);
    session.act(&[Action::Forward]);
    assert_eq!(session.state.chosen(), Some(neighbour));
    session.act(&[Action::Back, Action::Back]);
    assert_eq!(session.notice(), "This is where you started.");
}

#[test]
fn marks_outside_the_lists_shown_are_said() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Mark, Action::Search]).type_text("slow_train").act(&[Action::Accept, Action::TagUnsure]);
    assert_eq!(session.notice(), "Tagged unsure: @lamp_01, 1 not in the lists shown");
}

#[test]
fn mark_all_takes_its_marks_away_again() {
    let mut session = Rehearsal::new();
    session.act(&[Action::FocusNeighbours, Action::MarkAll]);
    assert_eq!(session.state.marks.len(), 11);
    session.act(&[Action::MarkAll]);
    assert_eq!(session.notice(), "Nothing is marked.");
}

#[test]
fn an_export_asks_for_a_file_and_needs_a_tag() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Export]);
    assert!(session.state.entry.is_none() && session.notice().starts_with("No account is tagged yet"));
    session.act(&[Action::TagUnsure, Action::Export]);
    let suggested = session.state.entry.as_ref().unwrap().text();
    assert!(suggested.starts_with("tagged-accounts-2025") && suggested.ends_with(".json"), "{suggested}");
    session.act(&[Action::DeleteLine]).type_text(" mine.json").act(&[Action::Accept]);
    assert_eq!(session.exported, [std::path::PathBuf::from("mine.json")]);
    session.receive(Message::made(0, Made::Export { accounts: 1, under_others: 0, path: "/there/mine.json".into() }));
    assert_eq!(session.notice(), "Exported 1 account to /there/mine.json");
    assert!(!session.state.jobs.hold_all_up());
}

#[test]
fn everything_but_links_works_while_linking_runs_or_was_cancelled() {
    let mut session = Rehearsal::before_linking();
    session.receive(Message::advanced(Job::Links, 0, 0.4));
    session.act(&[Action::Down, Action::TagUnsure, Action::FocusNeighbours, Action::Mark]);
    assert_eq!(session.state.tags.labelled(), 1);
    assert_eq!(session.notice(), "There is no account to mark here.");
    session.act(&[Action::Escape]);
    assert!(session.state.unlinked.is_some() && !session.state.jobs.hold_all_up());
    assert_eq!(session.state.focus, Pane::Neighbours, "cancelling is all that this key did");
}

#[test]
fn what_a_worker_could_not_do_is_said_and_ends_its_progress_only() {
    let mut session = Rehearsal::before_linking();
    session.receive(Message::advanced(Job::Links, 0, 0.4));
    session.receive(Message::Failed("The tags were NOT saved: disk full".to_owned()));
    assert!(session.state.jobs.hold_all_up() && session.notice().contains("disk full"));
    session.receive(Message::advanced(Job::Reading, 0, 0.1));
    session.receive(Message::not_made(Job::Reading, 0, "too large".to_owned()));
    assert!(!session.state.jobs.runs(Job::Reading) && session.state.jobs.runs(Job::Links));
    session.receive(Message::Made { job: Job::Links, generation: 0, made: Err("too many".to_owned()) });
    assert!(!session.state.jobs.hold_all_up());
}

/// Opens the parameters and sets the `row`-th one.
fn set(session: &mut Rehearsal, row: usize, value: &str) {
    session.act(&[Action::Parameters]).act(&vec![Action::SettingsDown; row]);
    session.act(&[Action::SettingChange, Action::DeleteLine]).type_text(value).act(&[Action::Accept]);
}

#[test]
fn other_parameters_link_anew_and_keep_what_was_chosen() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Down, Action::OpenNeighbours, Action::Down]);
    let chosen = (session.state.chosen(), session.state.chosen_neighbour().unwrap().account);
    set(&mut session, 2, "2");
    assert_eq!(session.notice(), "66 links by co-retweet cosine:0.5 window=2: 0 new, 0 gone");
    set(&mut session, 1, "shared-within:14");
    assert_eq!(session.state.links.as_ref().unwrap().graph.link_count(), 11, "only neighbours in time stay linked");
    assert_eq!(session.notice(), "11 links by co-retweet shared-within:14 window=2: 0 new, 55 gone");
    assert_eq!(session.state.parameters.window_seconds, 2);
    assert_eq!((session.state.chosen(), session.state.chosen_neighbour().unwrap().account), chosen);
    set(&mut session, 1, "colour:red");
    assert!(session.notice().contains("`colour:red` is no value of keep; write all, percentile:P"));
    assert_eq!(session.state.links.as_ref().unwrap().graph.link_count(), 11);
    // What was typed stays to be mended.
    assert_eq!(session.state.entry.as_ref().map(Entry::text).as_deref(), Some("colour:red"));
    session.act(&[Action::Abandon, Action::SettingReset]);
    assert!(session.notice().starts_with("66 links by co-retweet cosine:0.5 window=2: 55 new"), "{}", session.notice());
    session.act(&[Action::SettingsClose]);
    assert!(!session.state.stack.has(Place::Parameters));
}

#[test]
fn a_muted_target_counts_nowhere_until_it_is_taken_back() {
    let mut session = Rehearsal::new();
    let shared = |session: &Rehearsal| session.state.chosen_neighbour().unwrap().link.co_share.unwrap().shared;
    session.act(&[Action::FocusWhy]);
    let (rows, before) = (session.state.why.rows.len(), shared(&session));
    session.act(&[Action::Mute]);
    assert_eq!((session.state.why.rows.len(), shared(&session)), (rows - 1, before - 1));
    assert!(session.notice().contains("1 muted"), "{}", session.notice());
    session.act(&[Action::Parameters]).act(&[Action::SettingsDown; 20]);
    session.act(&[Action::SettingChange]);
    assert_eq!(session.notice(), "This target is muted.");
    session.act(&[Action::SettingReset]);
    assert_eq!((session.state.why.rows.len(), shared(&session)), (rows, before));
    session.act(&[Action::SettingsClose, Action::FocusAccounts, Action::Mute]);
    assert_eq!(session.notice(), "There is no target to mute here.");
}

#[test]
fn the_latest_request_for_links_counts_and_a_cancelled_one_does_not() {
    let mut session = Rehearsal::new();
    let stale = Arc::clone(session.state.links.as_ref().unwrap());
    let request = |session: &mut Rehearsal, value: &str| {
        session.act(&[Action::Parameters, Action::SettingsDown, Action::SettingChange, Action::DeleteLine]);
        let typed = update::type_text(&mut session.state, value);
        assert!(typed.is_empty());
        let mut effects = update::act(&mut session.state, Action::Accept, NOON);
        let Some(Effect::Start(request)) = effects.pop() else { panic!("no request") };
        request
    };
    let first = request(&mut session, "shared:3");
    let second = request(&mut session, "shared:5");
    assert!(matches!(&second.work, Work::Links { parameters, .. } if parameters.keep == KeepRule::Shared(5)));
    session.receive(Message::made(first.generation, Made::Links { links: Arc::clone(&stale), changes: Some((9, 9)) }));
    assert!(session.state.can_cancel(), "the first request counts no more");
    session.receive(Message::advanced(Job::Links, second.generation, 0.5));
    session.act(&[Action::SettingsClose]);
    assert_eq!(session.notice(), "Linking was cancelled; the links before stay.");
    assert!(session.state.stack.has(Place::Parameters), "cancelling is all that this key did");
    session.receive(Message::advanced(Job::Links, second.generation, 0.9));
    session.receive(Message::made(second.generation, Made::Links { links: stale, changes: Some((9, 9)) }));
    assert!(!session.state.jobs.hold_all_up() && session.state.parameters == LinkParameters::default());
    let third = request(&mut session, "shared:7");
    session.receive(Message::Made { job: Job::Links, generation: third.generation, made: Err("too many".to_owned()) });
    assert!(session.notice() == "too many" && session.state.wanted.is_none());
}

#[test]
fn the_tag_log_leads_back_to_the_account() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Last, Action::TagUnsure, Action::First, Action::FocusTags, Action::JumpToTagged]);
    assert_ne!(session.chosen(), "@lamp_01");
    assert_eq!(session.state.focus, Pane::Accounts);
    let entry = &session.state.history.entries()[0];
    assert_eq!(entry.changes[0].account, session.state.chosen().unwrap());
    assert!(entry.at > NOON);
}

#[test]
fn actions_on_nothing_are_answered() {
    for action in Action::ALL {
        let mut session = Rehearsal::before_loading();
        session.act(&[*action]);
        assert!(session.written.is_empty() && session.exported.is_empty(), "{}", action.word());
        assert_eq!(session.quit, *action == Action::Quit);
    }
}

#[test]
fn the_wall_marks_a_group_or_a_part_of_it_and_tags_what_is_marked() {
    let mut session = Rehearsal::new();
    session.hang_pictures().act(&[Action::MarkAll]);
    assert_eq!(session.state.marks.len(), 9);
    session.act(&[Action::TagSuspectedBot]);
    assert_eq!((session.written.len(), session.written[0].tags.changes.len()), (1, 9));
    assert!(!session.notice().contains("not in the lists"), "{}", session.notice());
    session.act(&[Action::Undo, Action::NextPane, Action::Mark, Action::Mark]);
    assert_eq!(session.state.marks, [13, 18].map(AccountId).into_iter().collect());
    session.act(&[Action::TagUnsure, Action::First, Action::TagLikelyHuman]);
    assert_eq!(session.tagged(session.written.len() - 1), [AccountId(1)]);
}

#[test]
fn the_wall_leads_to_an_account_and_back() {
    let mut session = Rehearsal::new();
    let before = session.chosen();
    session.hang_pictures().act(&[Action::NextPane, Action::WallJump]);
    assert_eq!((session.chosen().as_str(), session.state.place()), ("@harbour_bread", Place::Accounts));
    session.act(&[Action::Back]);
    assert_eq!(session.chosen(), before);
    session.act(&[Action::Wall]);
    assert_eq!(session.state.subject(), Some(AccountId(13)), "the wall stands as it was left");
    session.act(&[Action::Escape]);
    assert_eq!(session.state.place(), Place::Accounts);
}

#[test]
fn pictures_are_grouped_anew_when_the_distance_changes_and_stale_groups_are_dropped() {
    let mut session = Rehearsal::new();
    session.hang_pictures();
    let generation = session.state.places.wall.wall.generation();
    let down = vec![Action::SettingsDown; 8];
    session.act(&[Action::Parameters]).act(&down).act(&[Action::SettingChange, Action::DeleteLine]);
    session.type_text("12").act(&[Action::Accept]);
    assert_eq!(session.state.parameters.max_avatar_distance, 12);
    assert_eq!(session.state.places.wall.wall.generation(), generation + 1);
    let stale = Message::made(generation, Made::Answer(Place::Wall, Answer::Wall(Arc::default())));
    session.receive(stale);
    assert_eq!(session.state.places.wall.wall.made.as_ref().unwrap().tiles().len(), 13);
}

#[test]
fn grouping_pictures_is_told_and_can_be_stopped() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Wall]);
    assert_eq!(session.job(), Some((Job::Of(Place::Wall), None)));
    let generation = session.state.places.wall.wall.generation();
    session.receive(Message::advanced(Job::Of(Place::Wall), generation, 0.25));
    assert_eq!(session.job(), Some((Job::Of(Place::Wall), Some(0.25))));
    session.act(&[Action::Escape]);
    assert_eq!((session.cancelled.as_slice(), session.job()), (&[Job::Of(Place::Wall)][..], None));
    assert!(!session.state.stack.has(Place::Wall) && session.notice().contains("cancelled"), "{}", session.notice());
    session.receive(Message::made(generation, Made::Answer(Place::Wall, Answer::Wall(Arc::default()))));
    assert!(session.state.places.wall.wall.made.is_none(), "what is left of it counts no more");
    session.hang_pictures();
    assert!(session.state.places.wall.wall.made.is_some() && session.job().is_none(), "it begins anew");
}
