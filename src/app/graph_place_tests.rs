//! The graph around an account and the path between two: what the keys do to a session.

use std::sync::Arc;

use super::rehearsal::Rehearsal;
use super::update::act;
use super::{Action, Effect, Job, Made, Message, Pane, Place, SearchMemory, list};
use crate::analysis::{Answer, FoundPath};
use crate::graph::Task;
use crate::model::{AccountId, Timestamp};

const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn drawn() -> Rehearsal {
    let mut session = Rehearsal::layered();
    session.act(&[Action::Search]).type_text("keeper").act(&[Action::Accept, Action::Graph]);
    session
}

fn subject(session: &Rehearsal) -> u32 {
    session.state.subject().unwrap().0
}

fn neighbours(session: &Rehearsal) -> Vec<u32> {
    session.state.neighbours.rows.iter().map(|row| row.account.0).collect()
}

#[test]
fn one_walks_from_node_to_node_and_through_the_middle() {
    let mut session = drawn();
    assert_eq!(session.state.place(), Place::Graph);
    // Cosines fall from 2 to 6; account 5 is linked by its picture alone.
    assert_eq!(neighbours(&session), [2, 3, 4, 6, 5]);
    assert_eq!(subject(&session), 2);
    session.act(&[Action::Down]);
    assert_eq!(subject(&session), 3);
    session.act(&[Action::Left]);
    assert_eq!((subject(&session), session.state.graph_on_centre()), (1, true));
    session.act(&[Action::Left]);
    assert_eq!(subject(&session), 6);
    session.act(&[Action::NextPane, Action::NextPane]);
    assert_eq!(subject(&session), 2, "behind the weakest the strongest");
    session.act(&[Action::PreviousPane]);
    assert_eq!(subject(&session), 5);
    session.act(&[Action::Escape]);
    assert_eq!((session.state.place(), session.state.chosen_neighbour().unwrap().account.0), (Place::Accounts, 5));
}

#[test]
fn enter_puts_a_neighbour_into_the_middle_and_back_leads_back() {
    let mut session = drawn();
    session.act(&[Action::Last, Action::PreviousPane, Action::GraphCentre]);
    assert_eq!(
        (session.chosen(), session.state.place()),
        ("@a_handle_that_goes_on_and_on_and_never_ends".to_owned(), Place::Graph)
    );
    assert_eq!(subject(&session), 1, "the way back is chosen");
    session.act(&[Action::Back]);
    assert_eq!(
        (session.chosen().as_str(), session.state.place(), subject(&session)),
        ("@keeper_of_lamps", Place::Graph, 6)
    );
    session.act(&[Action::Forward]);
    assert_eq!(session.state.chosen(), Some(AccountId(6)));
    session.act(&[Action::FocusWhy]);
    assert_eq!((session.state.place(), session.state.why.pair), (Place::Why, Some((AccountId(6), AccountId(1)))));
}

#[test]
fn tags_and_marks_go_to_the_chosen_node() {
    let mut session = drawn();
    session.act(&[Action::TagSuspectedBot, Action::Down, Action::Left, Action::TagLikelyHuman]);
    let tagged: Vec<u32> = (0..session.written.len()).map(|at| session.tagged(at)[0].0).collect();
    assert_eq!(tagged, [2, 1]);
    session.act(&[Action::First, Action::Mark]);
    assert_eq!((session.state.marks.len(), subject(&session)), (1, 3), "a mark moves on");
    session.act(&[Action::MarkAll, Action::TagUnsure]);
    assert_eq!(session.written[2].tags.changes.len(), 5);
    assert_eq!(session.notice(), "Tagged unsure: 5 accounts");
}

#[test]
fn a_tag_waits_for_the_list_that_a_new_middle_asks_for() {
    let mut session = drawn();
    // The search lists nobody else, so the list has to be made anew, and it is late.
    let effects = act(&mut session.state, Action::GraphCentre, NOW);
    let request = effects.into_iter().find_map(|effect| match effect {
        Effect::List(request) => Some(request),
        _ => None,
    });
    session.act(&[Action::Escape, Action::TagUnsure]);
    assert!(session.written.is_empty());
    let request = request.unwrap();
    let rows = list(&request, &mut SearchMemory::default(), &|| false, &|_| {}).unwrap();
    session.receive(Message::Listed { number: request.number, rows, whole: true });
    // The neighbour that is chosen now is where one came from.
    assert_eq!(session.tagged(0), [AccountId(1)]);
    assert_eq!(session.state.chosen(), Some(AccountId(2)));
}

#[test]
fn the_graph_of_a_member_is_drawn_from_where_it_is_looked_at() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::ClustersOpen, Action::Down, Action::Down]);
    let member = session.state.subject();
    session.act(&[Action::Graph]);
    assert_eq!((session.state.place(), session.state.chosen()), (Place::Graph, member));
    session.act(&[Action::Clusters]);
    assert_eq!(session.state.place(), Place::Clusters);
    session.act(&[Action::Graph, Action::Graph]);
    assert_eq!(session.state.place(), Place::Accounts);
}

#[test]
fn of_many_neighbours_as_many_are_drawn_as_find_room() {
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Graph]);
    let drawn = session.state.graph_drawn();
    let all = session.state.neighbours.rows.len();
    assert!(all > 50 && drawn == (0..20), "{drawn:?} of {all}");
    let ties = &session.state.places.graph.ties;
    assert_eq!(ties.len(), 190, "they are all linked with each other");
    let shown = ties.iter().filter(|tie| session.state.places.graph.is_drawn(tie, None)).count();
    assert!((10..=20).contains(&shown), "{shown}: the strongest of each");
    let more = ties.iter().filter(|tie| session.state.places.graph.is_drawn(tie, Some(3)) && tie.ends.contains(&3));
    assert!((5..10).contains(&more.count()), "five of the chosen one, and where it is the strongest of another");
    session.act(&[Action::PageDown]);
    assert_eq!(session.state.graph_drawn(), 20..40);
    session.act(&[Action::Last]);
    assert_eq!(session.state.graph_drawn().end, all);
    session.act(&[Action::GraphCentre, Action::Left, Action::Up]);
    assert_eq!(session.state.place(), Place::Graph);
}

fn path_between(a: u32, b: u32) -> Rehearsal {
    let mut session = Rehearsal::layered();
    session.state.marks = [AccountId(a), AccountId(b)].into();
    session.act(&[Action::Path]);
    session
}

#[test]
fn a_path_is_walked_and_tagged() {
    let mut session = path_between(8, 5);
    assert_eq!(session.state.place(), Place::Path);
    let way: Vec<u32> = session.state.places.path.accounts().iter().map(|id| id.0).collect();
    assert_eq!(way, [5, 2, 6, 7, 8]);
    let found = session.state.places.path.found.made.as_ref().unwrap();
    let by_shares: Vec<bool> = found.steps.iter().map(|step| step.link.co_share_kept).collect();
    assert_eq!(by_shares, [false, true, true, false]);
    assert_eq!(found.cautions.len(), 4);
    session.act(&[Action::ClearMarks, Action::Down, Action::Down, Action::TagUnsure]);
    assert_eq!(session.tagged(0), [AccountId(6)]);
    session.act(&[Action::PathJump]);
    assert_eq!((session.state.chosen(), session.state.place()), (Some(AccountId(6)), Place::Accounts));
}

#[test]
fn a_path_lies_over_the_graph_and_gives_it_back() {
    let mut session = drawn();
    session.act(&[Action::Mark, Action::Mark, Action::Path]);
    assert_eq!(session.state.place(), Place::Path);
    session.act(&[Action::Escape]);
    assert_eq!(session.state.place(), Place::Graph);
    session.act(&[Action::Path, Action::Down, Action::Graph]);
    assert_eq!((session.state.place(), session.state.chosen()), (Place::Graph, Some(AccountId(3))));
}

#[test]
fn without_two_marks_there_is_no_path_and_the_reason_is_said() {
    let mut session = Rehearsal::layered();
    let why = |session: &mut Rehearsal| {
        session.act(&[Action::Path]);
        assert_eq!(session.state.place(), Place::Accounts);
        session.notice().to_owned()
    };
    let rule = "A path leads between exactly two marked accounts";
    assert_eq!(why(&mut session), format!("{rule}; none is marked."));
    session.state.marks = [AccountId(2)].into();
    assert_eq!(why(&mut session), format!("{rule}; only @dove_white is marked."));
    session.state.marks = [2, 3, 4].map(AccountId).into();
    assert_eq!(why(&mut session), format!("{rule}; 3 are marked."));
}

#[test]
fn where_no_path_leads_that_is_what_is_found_and_an_old_answer_counts_no_more() {
    let mut session = path_between(1, 9);
    assert_eq!(session.state.places.path.found.made, Some(Arc::new(FoundPath::default())));
    let old = session.state.places.path.found.generation();
    session.act(&[Action::Escape]);
    session.state.marks = [AccountId(1), AccountId(2)].into();
    session.act(&[Action::Path]);
    assert_eq!(session.state.places.path.accounts().len(), 2);
    session.receive(Message::made(old, Made::Answer(Place::Path, Answer::Path(Arc::new(FoundPath::default())))));
    assert_eq!(session.state.places.path.accounts().len(), 2);
    let links = session.state.links.clone().unwrap();
    let stopped = Task { progress: &|_| {}, cancelled: &|| true };
    let stopped = FoundPath::build(&links, [AccountId(1), AccountId(2)], 9, &stopped);
    assert!(stopped.is_err());
}

#[test]
fn a_path_follows_the_links_when_they_are_made_anew() {
    let mut session = Rehearsal::new();
    session.state.marks = [AccountId(3), AccountId(4)].into();
    session.act(&[Action::Path]);
    assert_eq!(session.state.places.path.accounts().len(), 2);
    session.act(&[Action::Parameters, Action::SettingChange, Action::DeleteLine]).type_text("co-link");
    session.act(&[Action::Accept, Action::SettingsClose]);
    let asked = session.state.places.path.found.made.clone();
    assert!(asked.is_some(), "asked for again, in the links that there are now");
    assert_eq!(session.state.focus, Pane::Accounts);
}

#[test]
fn a_path_that_takes_long_is_told_and_can_be_stopped() {
    let mut session = path_between(1, 2);
    session.act(&[Action::Path]);
    drop(act(&mut session.state, Action::Path, NOW));
    assert_eq!((session.state.place(), session.job()), (Place::Path, Some((Job::Of(Place::Path), None))));
    let generation = session.state.places.path.found.generation();
    session.receive(Message::advanced(Job::Of(Place::Path), generation, 0.5));
    assert_eq!(session.job(), Some((Job::Of(Place::Path), Some(0.5))));
    session.act(&[Action::Escape]);
    assert_eq!((session.cancelled.as_slice(), session.job()), (&[Job::Of(Place::Path)][..], None));
    assert!(!session.state.stack.has(Place::Path) && session.notice().contains("cancelled"), "{}", session.notice());
    session.receive(Message::Made { job: Job::Of(Place::Path), generation, made: Err("late".to_owned()) });
    assert!(session.notice().contains("cancelled"), "{}", session.notice());
    drop(act(&mut session.state, Action::Path, NOW));
    session.act(&[Action::Path]);
    assert_eq!(
        session.cancelled,
        [Job::Of(Place::Path), Job::Of(Place::Path)],
        "nobody waits for a path that was closed"
    );
    session.act(&[Action::Path]);
    assert!(session.state.places.path.found.made.is_some() && session.job().is_none(), "it begins anew");
}
