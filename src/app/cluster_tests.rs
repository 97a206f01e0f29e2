//! Clusters, the raster, the audit and the queue: what the keys do to a session.

use std::sync::Arc;

use super::rehearsal::{FIGURE, NOON, Rehearsal};
use super::update::act;
use super::{Action, ClusterColumn, Job, Made, Message, Place};
use crate::analysis::{Answer, Audit};
use crate::model::AccountId;
use crate::signals::{Agreeing, HubAudit, Kin, Likeness};

/// Opens the clusters, and chooses the first member of the first.
fn at_members() -> Rehearsal {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::ClustersOpen]);
    session
}

#[test]
fn clusters_are_those_of_the_links_shown_and_rank_by_agreeing_layers() {
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Clusters]);
    let set = session.state.cluster_set().unwrap();
    let ranks: Vec<(Agreeing, usize)> =
        set.portraits.iter().map(|one| (one.agreeing(), one.cluster.members.len())).collect();
    assert!(ranks.len() > 3 && ranks.windows(2).all(|pair| pair[0] >= pair[1]), "{ranks:?}");
    let members: usize = ranks.iter().map(|rank| rank.1).sum();
    assert_eq!(
        set.queue[..members],
        set.portraits.iter().flat_map(|one| one.cluster.members.clone()).collect::<Vec<_>>()
    );
    let mut seen = set.queue.clone();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), set.queue.len(), "each account once");
}

#[test]
fn the_whole_cluster_is_tagged_and_given_back() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::MarkAll]);
    assert_eq!(session.state.marks.len(), 12);
    session.act(&[Action::TagSuspectedBot]);
    assert_eq!((session.written.len(), session.written[0].tags.changes.len()), (1, 12));
    assert_eq!(session.notice(), "Tagged suspected-bot: 12 accounts");
    session.act(&[Action::Undo]);
    assert_eq!(session.state.tags.labelled(), 0);
}

#[test]
fn a_whole_cluster_is_never_tagged_by_the_cursor_alone() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::TagSuspectedBot]);
    assert!(session.written.is_empty(), "{}", session.notice());
}

#[test]
fn a_part_of_a_cluster_is_tagged() {
    let mut session = at_members();
    session.act(&[Action::Mark, Action::Mark, Action::TagUnsure, Action::TagLikelyHuman]);
    let changed = |at: usize| session.tagged(at).into_iter().map(|id| id.0).collect::<Vec<_>>();
    assert_eq!((changed(0), changed(1)), (vec![1, 2], vec![3]));
}

#[test]
fn a_member_leads_to_the_accounts_and_back() {
    let mut session = at_members();
    session.act(&[Action::Down, Action::Down, Action::ClustersOpen]);
    assert_eq!((session.chosen().as_str(), session.state.place()), ("@lamp_03", Place::Accounts));
    session.act(&[Action::Back]);
    assert_eq!(session.chosen(), "@lamp_01");
    session.act(&[Action::Clusters]);
    assert_eq!(session.state.subject(), Some(AccountId(3)), "the clusters stand as they were left");
}

#[test]
fn escape_goes_back_one_step_at_a_time() {
    let mut session = at_members();
    session.act(&[Action::Right, Action::ClustersRaster, Action::RasterBrush, Action::Escape]);
    assert!(session.state.places.clusters.raster.is_some_and(|raster| raster.brush.is_none()));
    session.act(&[Action::Escape]);
    assert!(session.state.places.clusters.raster.is_none());
    session.act(&[Action::Escape, Action::Escape]);
    assert_eq!((session.state.places.clusters.column, session.state.place()), (ClusterColumn::List, Place::Clusters));
    session.act(&[Action::Escape]);
    assert_eq!(session.state.place(), Place::Accounts);
}

#[test]
fn the_brush_marks_who_acted_in_a_part_of_the_time() {
    let mut session = at_members();
    session.act(&[Action::ClustersRaster]);
    // The amplifiers answer every post 2 s one after the other; the first column holds the first post.
    session.act(&[Action::RasterCloser; 30]);
    session.act(&[Action::RasterBrush, Action::RasterBrush]);
    assert_eq!(session.state.marks, [AccountId(1)].into_iter().collect());
    session.act(&[Action::RasterBrush]).act(&[Action::Right; 16]).act(&[Action::RasterBrush]);
    assert!(session.state.marks.len() > 1 && session.state.marks.len() < 12, "{:?}", session.state.marks);
    session.act(&[Action::ClearMarks, Action::RasterBrush]);
    session.act(&[Action::RasterWider; 30]);
    session.act(&[Action::Right; 60]).act(&[Action::RasterBrush]);
    assert_eq!(session.state.marks.len(), 12);
}

#[test]
fn links_of_before_are_let_go_with_the_clusters_that_are_closed() {
    let mut session = at_members();
    session.act(&[Action::Down, Action::Down]);
    let before = Arc::downgrade(session.state.links.as_ref().unwrap());
    session.act(&[Action::Signals, Action::Graph, Action::FocusWhy, Action::Mute]);
    assert_eq!(before.strong_count(), 0, "{}", session.notice());
    session.act(&[Action::Clusters]);
    assert_eq!(session.state.subject(), Some(AccountId(3)), "the clusters stand as they were left");
}

#[test]
fn clusters_of_older_links_are_dropped_and_asked_for_anew() {
    let mut session = at_members();
    let (before, generation) =
        (session.state.places.clusters.set.made.clone().unwrap(), session.state.places.clusters.set.generation());
    session.act(&[Action::FocusWhy, Action::Mute]);
    assert!(session.state.cluster_set().is_none(), "the links are others now");
    session.act(&[Action::Clusters]);
    assert_eq!(session.state.places.clusters.set.generation(), generation + 1);
    assert!(session.state.cluster_set().is_some());
    let known = session.state.places.clusters.set.made.clone().unwrap();
    session.receive(Message::made(generation, Made::Answer(Place::Clusters, Answer::Clusters(before))));
    assert!(Arc::ptr_eq(session.state.places.clusters.set.made.as_ref().unwrap(), &known));
    let generation = session.state.places.clusters.set.generation();
    session.receive(Message::Made {
        job: Job::Of(Place::Clusters),
        generation,
        made: Err("the cache is gone".to_owned()),
    });
    assert_eq!((session.state.place(), session.notice()), (Place::Why, "the cache is gone"));
}

#[test]
fn the_queue_leads_through_untagged_accounts_and_says_why() {
    let mut session = Rehearsal::crowded();
    session.act(&[Action::NextUntagged]);
    let set = session.state.cluster_set().unwrap().clone();
    let first = session.state.chosen().unwrap();
    // The head of the list is chosen already, so that the queue goes on behind it.
    let place = set.queue.iter().position(|&id| id == first).unwrap();
    assert!(session.notice().contains("cluster 1 · agree: "), "{}", session.notice());
    session.act(&[Action::TagUnsure, Action::NextUntagged, Action::TagLikelyHuman, Action::NextUntagged]);
    assert_eq!(session.state.chosen(), Some(set.queue[place + 2]));
    session.act(&[Action::Back, Action::Back]);
    assert_eq!(session.state.chosen(), Some(first));
    session.act(&[Action::NextUntagged]);
    assert_eq!(session.state.chosen(), Some(set.queue[place + 2]), "what is tagged is passed over");
    let mut light = Rehearsal::new();
    light.act(&[Action::NextUntagged; 40]);
    assert_eq!(light.state.tags.labelled(), 0);
    light.act(&[Action::MarkAll, Action::TagUnsure, Action::NextUntagged]);
    assert_eq!(light.notice(), "Every linked account is tagged: the queue is empty.");
}

#[test]
fn the_queue_waits_for_links() {
    let mut session = Rehearsal::before_linking();
    session.act(&[Action::NextUntagged]);
    assert_eq!(session.notice(), "Accounts are being linked; the first account comes when that is done.");
}

#[test]
fn an_audit_lists_who_shows_something_apart_from_who_does_not() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("orla").act(&[Action::Accept, Action::Audit]);
    let view = &session.state.places.audit;
    let found = view.found.made.as_ref().unwrap();
    assert_eq!((view.hub.as_slice(), found.audit.targets), (&[FIGURE][..], 14));
    assert_eq!((found.showing, found.rows.len()), (14, 15));
    session.act(&[Action::Right, Action::MarkAll, Action::TagLikelyHuman]);
    let changed: Vec<u32> = session.tagged(0).into_iter().map(|id| id.0).collect();
    // The others retweet five posts and nothing else.
    assert_eq!(changed.len(), 1);
    assert!((13..=15).contains(&changed[0]), "{changed:?}");
    session.act(&[Action::Left, Action::AuditJump]);
    assert_eq!(session.state.place(), Place::Accounts);
    assert!(session.chosen().starts_with("@lamp_"));
}

/// A session that audits the figure, where these accounts may belong to it.
fn audited_with(kin: &[(u32, Likeness)]) -> Rehearsal {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("orla").act(&[Action::Accept, Action::Audit]);
    let found = session.state.places.audit.found.made.clone().unwrap();
    let kin = kin.iter().map(|&(id, why)| Kin { account: AccountId(id), retweeters: 3, why: vec![why] }).collect();
    let audit = Audit::new(HubAudit { kin, ..found.audit.clone() }, found.parameters.clone());
    session.receive(Message::made(
        session.state.places.audit.found.generation(),
        Made::Answer(Place::Audit, Answer::Audit(Arc::new(audit))),
    ));
    session
}

#[test]
fn what_looks_like_the_figure_is_taken_as_one_and_what_is_only_amplified_after_it_was_named() {
    let mut session = audited_with(&[(13, Likeness::Name), (14, Likeness::Controls(4))]);
    session.act(&[Action::AuditTogether]);
    assert_eq!(session.notice(), "As one with it: @harbour_bread");
    assert_eq!(session.state.places.audit.hub, [FIGURE, AccountId(13)]);
    let mut session = audited_with(&[(14, Likeness::Controls(4))]);
    session.act(&[Action::AuditTogether]);
    let said = "None looks like it, but controls in clusters retweet @canal_lights: once more audits all as one.";
    assert_eq!((session.notice(), session.state.places.audit.hub.as_slice()), (said, &[FIGURE][..]));
    session.act(&[Action::Down, Action::AuditTogether]);
    assert_eq!(session.notice(), said, "another key between takes that back");
    session.act(&[Action::AuditTogether]);
    assert_eq!(session.state.places.audit.hub, [FIGURE, AccountId(14)]);
}

#[test]
fn an_audit_of_somebody_else_drops_what_comes_late_and_nobody_is_audited_before_links() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Audit]);
    let generation = session.state.places.audit.found.generation();
    session.act(&[Action::Audit]);
    assert_eq!(session.state.place(), Place::Accounts);
    session.act(&[Action::Audit]);
    session.receive(Message::Made { job: Job::Of(Place::Audit), generation, made: Err("late".to_owned()) });
    assert_eq!((session.state.place(), session.notice()), (Place::Audit, ""));
    let mut early = Rehearsal::before_linking();
    early.act(&[Action::Audit]);
    assert!(early.notice().starts_with("Accounts are still being linked"), "{}", early.notice());
}

#[test]
fn clusters_and_audits_tell_how_far_they_are_and_can_be_stopped() {
    for (action, expected) in [(Action::Clusters, Job::Of(Place::Clusters)), (Action::Audit, Job::Of(Place::Audit))] {
        let mut session = Rehearsal::new();
        drop(act(&mut session.state, action, NOON));
        let (job, done) = session.job().unwrap();
        assert_eq!((job, done), (expected, None));
        let generation = session.state.generation(job);
        session.receive(Message::advanced(job, generation, 0.42));
        assert_eq!(session.job(), Some((job, Some(0.42))));
        session.act(&[Action::Escape]);
        assert_eq!((session.cancelled.as_slice(), session.job()), (&[job][..], None));
        assert_eq!(session.state.place(), Place::Accounts);
        session.receive(Message::advanced(job, generation, 0.9));
        assert_eq!(session.job(), None, "what is left of it counts no more");
        session.receive(Message::Made { job: Job::Of(Place::Audit), generation, made: Err("late".to_owned()) });
        session.receive(Message::Made { job: Job::Of(Place::Clusters), generation, made: Err("late".to_owned()) });
        assert!(session.notice().contains("cancelled"), "{}", session.notice());
        session.act(&[action]);
        assert!(
            session.state.places.clusters.set.made.is_some() || session.state.places.audit.found.made.is_some(),
            "it begins anew"
        );
        assert_eq!(session.job(), None);
    }
}

#[test]
fn the_queue_that_waits_for_clusters_can_be_stopped() {
    let mut session = Rehearsal::new();
    drop(act(&mut session.state, Action::NextUntagged, NOON));
    assert_eq!(session.job(), Some((Job::Of(Place::Clusters), None)));
    session.act(&[Action::Escape]);
    assert_eq!((session.job(), session.state.places.clusters.wanted), (None, false));
}

#[test]
fn escape_stops_the_job_of_the_place_that_is_looked_at() {
    let mut session = Rehearsal::new();
    drop(act(&mut session.state, Action::NextUntagged, NOON));
    drop(act(&mut session.state, Action::Audit, NOON));
    session.act(&[Action::Escape]);
    assert_eq!((session.cancelled.as_slice(), session.state.place()), (&[Job::Of(Place::Audit)][..], Place::Accounts));
    session.act(&[Action::Escape]);
    assert_eq!(session.cancelled, [Job::Of(Place::Audit), Job::Of(Place::Clusters)]);
    let mut session = Rehearsal::new();
    drop(act(&mut session.state, Action::Audit, NOON));
    session.act(&[Action::Audit]);
    assert_eq!(session.cancelled, [Job::Of(Place::Audit)], "nobody waits for an audit that was closed");
}

#[test]
fn the_queue_leads_from_cluster_to_cluster_while_they_are_looked_at() {
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Clusters]);
    let count = session.state.cluster_set().unwrap().portraits.len();
    session.act(&[Action::NextUntagged]);
    assert_eq!((session.state.place(), session.state.places.clusters.cursor.row), (Place::Clusters, 1));
    assert!(session.notice().starts_with("cluster 2 · "), "{}", session.notice());
    assert!(session.notice().ends_with(&format!("{count} with untagged members left")), "{}", session.notice());
    session.act(&[Action::ClustersOpen, Action::TagUnsure, Action::MarkAll, Action::TagUnsure, Action::ClearMarks]);
    session.act(&[Action::NextUntagged]);
    assert_eq!(
        (session.state.places.clusters.cursor.row, session.state.places.clusters.column),
        (2, ClusterColumn::Members)
    );
    assert!(session.notice().ends_with(&format!("{} with untagged members left", count - 1)), "{}", session.notice());
    session.act(&[Action::TagLikelyHuman]).act(&vec![Action::NextUntagged; count - 1]);
    assert_eq!(
        (session.state.places.clusters.cursor.row, session.state.places.clusters.member.row),
        (2, 1),
        "its first untagged one"
    );
    session.act(&[Action::ClustersRaster, Action::NextUntagged]);
    assert!(session.state.places.clusters.raster.is_some() && session.state.places.clusters.cursor.row == 3);
}

#[test]
fn the_queue_of_clusters_ends() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::NextUntagged]);
    assert_eq!((session.state.places.clusters.cursor.row, session.notice().contains("the only one")), (0, true));
    session.act(&[Action::MarkAll, Action::TagUnsure, Action::NextUntagged]);
    assert_eq!(session.notice(), "Every member of a cluster is tagged: the queue is empty.");
    let mut early = Rehearsal::before_linking();
    early.act(&[Action::Clusters, Action::NextUntagged]);
    assert_eq!(early.notice(), "Accounts are being linked; go on when that is done.");
}
