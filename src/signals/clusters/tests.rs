//! A small world whose answers are counted by hand.

use super::*;
use crate::graph::{ClusterMethod, IncidenceBuilder, Task, clusters};
use crate::model::{Activity, KeepRule, LinkParameters, ObjectKind, Profile, ShareRow, Timestamp};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Accounts 1 to 4 are alike, 5 to 7 are not, and 8 to 40 shared nothing; 8 and 9 were created with 1 to 4.
fn account(id: u32) -> Account {
    let alike = id <= 4;
    let profile = Profile {
        handle: Some(if alike { format!("rose_{id}{id}") } else { format!("ab{id}") }),
        followers: alike.then_some(86),
        following: alike.then_some(112),
        created_at: Some(Timestamp(if alike || id == 8 || id == 9 {
            1_000 * DAY + i64::from(id) * HOUR
        } else {
            i64::from(id) * 70 * DAY
        })),
        declared_bot: (id == 5).then_some(true),
        ..Profile::default()
    };
    let activity = Activity { posts: 6, retweets: 6, ..Activity::default() };
    Account {
        id: AccountId(id),
        platform: Default::default(),
        platform_id: id.to_string(),
        profile,
        avatar: None,
        activity,
    }
}

/// Accounts 1 to 4 share objects 1 to 6 seconds apart, 5 to 7 objects 11 to 14 hours apart on one day.
fn incidence() -> Incidence {
    let mut builder = IncidenceBuilder::default();
    let mut push = |object: u32, account: u32, at: i64| {
        let at = Some(Timestamp(at));
        builder.push(ShareRow { object: ObjectId(object), account: AccountId(account), at, own: false });
    };
    for object in 1..=6 {
        (1..=4).for_each(|account| {
            push(object, account, i64::from(object) * (DAY + 5 * HOUR) + i64::from(account) * 1_000)
        });
    }
    for object in 11..=14 {
        (5..=7).for_each(|account| push(object, account, i64::from(object) * HOUR / 4 + i64::from(account) * HOUR));
    }
    builder.finish()
}

fn portraits() -> Vec<ClusterPortrait> {
    let incidence = incidence();
    let parameters = LinkParameters { min_retweets: 1, keep: KeepRule::Shared(4), ..LinkParameters::default() };
    let graph = AccountGraph::build(&incidence, &[], &[], &parameters, &Task::UNWATCHED).unwrap();
    let (pairs, components) = (graph.pairs(), ClusterMethod::Components);
    let found = clusters(&pairs, &incidence, &parameters, components, 3, &Task::UNWATCHED).unwrap();
    let accounts: Vec<Account> = (1..=40).map(account).collect();
    let said = |id: u32, objects: &[u32]| (AccountId(id), objects.iter().copied().map(ObjectId).collect());
    let statements = [said(1, &[90, 91]), said(2, &[91]), said(3, &[92]), said(5, &[92])].into_iter().collect();
    // Account 30 made all that the first cluster shares; of the other one nothing is known.
    let authors = (1..=6).map(|object| (ObjectId(object), AccountId(30))).collect();
    let filtered = Filtered::new(&incidence, &parameters);
    let significance = Significance::test(&filtered, parameters.null_model, &Task::UNWATCHED).unwrap();
    let basis = ClusterBasis {
        accounts: &accounts,
        incidence: &incidence,
        graph: &graph,
        tested: Some((&filtered, &significance)),
        statements: &statements,
        authors: &authors,
    };
    cluster_portraits(&basis, found)
}

fn counts(portrait: &ClusterPortrait, layer: ClusterLayer) -> (u32, u32) {
    let found = portrait.layers.iter().find(|count| count.layer == layer).unwrap();
    (found.members.with, found.members.total)
}

#[test]
fn layers_are_counted_by_members_and_rank_clusters() {
    let portraits = portraits();
    assert_eq!(portraits.iter().map(|p| p.cluster.members.len()).collect::<Vec<_>>(), [4, 3]);
    let [first, second] = [&portraits[0], &portraits[1]];
    assert_eq!(counts(first, ClusterLayer::Window), (4, 4));
    assert_eq!(counts(first, ClusterLayer::Avatar), (0, 0), "nobody has a picture");
    assert_eq!(counts(first, ClusterLayer::Text), (2, 3), "4 said nothing, and what 3 said nobody inside said");
    assert_eq!(counts(first, ClusterLayer::Profile), (4, 4));
    assert_eq!(counts(first, ClusterLayer::Creation), (4, 4));
    assert_eq!(counts(second, ClusterLayer::Window), (0, 3));
    assert_eq!(counts(second, ClusterLayer::Profile), (0, 0), "figures that are not known are no figures");
    assert_eq!(counts(second, ClusterLayer::Creation), (0, 3));
    let agree = |portrait: &ClusterPortrait| {
        let size = portrait.cluster.members.len();
        portrait.layers.iter().filter(|l| l.agrees(size)).map(|l| l.layer.letter()).collect::<String>()
    };
    assert!(agree(first).ends_with("WPC"), "{}", agree(first));
    assert!(first.agreeing() > second.agreeing());
    // Profile and creation are other observations than the retweets that made the cluster.
    let reusing = usize::from(agree(first).contains('S')) + 1;
    assert_eq!(first.agreeing(), Agreeing { independent: 2, reusing });
    assert_eq!(first.links_inside, [3, 3, 3, 3]);
}

#[test]
fn strips_show_handles_dates_and_hours() {
    let portraits = portraits();
    let shapes: Vec<_> = portraits[0].handles.iter().map(|h| (h.shape.as_str(), h.members, h.assigned)).collect();
    assert_eq!(shapes, [("aaaa_99", 4, false)]);
    let created = portraits[0].created.unwrap();
    assert_eq!(created.densest, (4, Timestamp(1_000 * DAY + HOUR)));
    assert_eq!((created.bins[0], created.bins[CREATION_BINS - 1], created.known), (1, 1, 4));
    // Objects 1 to 6 at 5, 10, 15, 20, 1 and 6 o'clock, four times each.
    let hours: Vec<usize> = (0..24).filter(|&hour| portraits[0].hours[hour] > 0).collect();
    assert_eq!(hours, [1, 5, 6, 10, 15, 20]);
    assert!(hours.iter().all(|&hour| portraits[0].hours[hour] == 4));
}

#[test]
fn benign_explanations_are_said_in_words() {
    let portraits = portraits();
    assert_eq!(
        portraits[0].against,
        ["one figure: all 6 top targets are by @ab30; whoever follows it may share them too"]
    );
    assert!(!portraits[1].against.iter().any(|line| line.starts_with("one figure")), "nobody knows whose they are");
    let said = portraits[1].against.join("\n");
    for part in [
        "all 3 links rest on fewer than 5 shared targets",
        "no independent layer agrees",
        "1 of 3 says openly that it is automated",
        "all 3 handles are letters and then digits",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let passed = |word: &str| ["bot", "bots", "fake", "troll"].contains(&word);
    assert!(!said.split(|c: char| !c.is_alphanumeric()).any(passed), "{said}");
}

#[test]
fn an_hour_that_hardly_anybody_uses_is_quiet() {
    let mut hours = [0; 24];
    hours[22] = 300;
    hours[3] = 2;
    hours[9] = 100;
    assert_eq!(strips::quiet(&hours), (12, 10), "of equally long stretches the first");
    hours[15] = 50;
    assert_eq!(strips::quiet(&hours), (10, 23), "across midnight");
    assert_eq!(strips::quiet(&[1; 24]).0, 0);
}

#[test]
fn layers_that_look_at_what_made_the_cluster_once_more_are_not_independent() {
    let independent = |made_of| {
        let layers = ClusterLayer::ALL.into_iter().filter(|layer| layer.is_independent(made_of));
        layers.map(ClusterLayer::letter).collect::<String>()
    };
    assert_eq!(independent(ObjectKind::RetweetedPost), "ATPC");
    assert_eq!(independent(ObjectKind::Text), "APC", "links by texts are made of them");
    let [one, two] = [Agreeing { independent: 1, reusing: 0 }, Agreeing { independent: 0, reusing: 2 }];
    assert!(one > two);
}
