//! A small world whose answers are counted by hand.

use std::sync::Mutex;

use super::*;
use crate::graph::{ClusterMethod, IncidenceBuilder, Task, clusters};
use crate::model::{Activity, KeepRule, LinkParameters, ObjectId, Profile, ShareRow, Timestamp};

/// The hub, and another author.
const HUB: u32 = 1;
const OTHER: u32 = 2;

fn account(id: u32, followers: Option<u64>) -> Account {
    let profile = Profile { followers, following: followers, ..Profile::default() };
    Account {
        id: AccountId(id),
        platform: Default::default(),
        platform_id: id.to_string(),
        profile,
        avatar: None,
        activity: Activity::default(),
    }
}

/// Objects 1 to 6 are the hub's, 11 to 16 the other author's, 20 is nobody's, 30 to 32 are accounts' 3 to 5. Accounts 3
/// to 5 retweet all of the hub's within a second, and 3 also account 4; account 6 retweets three of the hub's and three
/// of the other's hours later; accounts 7 and 8 never retweet the hub; account 9 retweets what is nobody's.
fn audited() -> HubAudit {
    audit_watched(&Task::UNWATCHED, 3, &|_| {}).unwrap()
}

/// With clusters from so many members on, and accounts as `change` makes them.
fn audit_watched(task: &Task<'_>, min_size: usize, change: &dyn Fn(&mut Vec<Account>)) -> Result<HubAudit, GraphError> {
    let mut origins = Origins::default();
    let mut shares: Vec<(u32, u32, i64)> = Vec::new();
    for object in 1..=6 {
        origins.note(ObjectId(object), Some(AccountId(HUB)), Some(Timestamp(0)));
        origins.note(ObjectId(object + 10), Some(AccountId(OTHER)), Some(Timestamp(0)));
        shares.extend((3..=5).map(|account| (object, account, 1_000)));
        shares.extend([7, 8].map(|account| (object + 10, account, 9_000_000)));
        if object <= 3 {
            shares.extend([(object, 6, 8_000_000), (object + 10, 6, 8_000_000)]);
        }
    }
    origins.note(ObjectId(31), Some(AccountId(4)), None);
    shares.extend([(31, 3, 5), (20, 9, 5)]);
    shares.sort_unstable();
    let mut builder = IncidenceBuilder::default();
    for (object, account, at) in shares {
        let at = Some(Timestamp(at));
        builder.push(ShareRow { object: ObjectId(object), account: AccountId(account), at, own: false });
    }
    let incidence = builder.finish();
    let parameters = LinkParameters { min_retweets: 1, keep: KeepRule::SharedWithin(5), ..LinkParameters::default() };
    let graph = AccountGraph::build(&incidence, &[], &[], &parameters, &Task::UNWATCHED).unwrap();
    let mut accounts: Vec<Account> =
        (1..=9).map(|id| account(id, (id != 7).then_some(if id < 5 { 86 } else { 100 + u64::from(id) }))).collect();
    change(&mut accounts);
    // Accounts 7 and 8 hang together just as well.
    let clusters =
        clusters(&graph.pairs(), &incidence, &parameters, ClusterMethod::Components, min_size, &Task::UNWATCHED)
            .unwrap();
    let basis = AuditBasis {
        accounts: &accounts,
        incidence: &incidence,
        origins: &origins,
        graph: &graph,
        clusters: &clusters,
    };
    hub_audit(&basis, &[AccountId(HUB)], task)
}

fn ids(accounts: &[Retweeter]) -> Vec<u32> {
    accounts.iter().map(|one| one.account.0).collect()
}

#[test]
fn who_retweets_is_told_from_who_does_not() {
    let audit = audited();
    assert_eq!((ids(&audit.retweeters), audit.targets), (vec![3, 4, 5, 6], 6));
    // Two of those with six targets find controls with six, who retweet a figure of like size; the one with seven is more than
    // a tenth away, nobody is left for the other, and account 9 has one target only.
    let pairs = audit.matches.iter().map(|one| {
        assert!(one.of_like_size);
        (audit.retweeters[one.retweeter].account.0, one.control.account.0)
    });
    assert_eq!(pairs.collect::<Vec<_>>(), [(4, 7), (5, 8)]);
    let [matched, controls, unmatched] = audit.activity();
    assert_eq!((matched.accounts, matched.quarters), (2, [6.0; 3]));
    assert_eq!((controls.accounts, controls.quarters), (2, [6.0; 3]));
    assert_eq!((unmatched.accounts, unmatched.quarters), (2, [6.25, 6.5, 6.75]));
    assert_eq!(audit.without_traits().map(|one| one.account.0).collect::<Vec<_>>(), [6]);
}

#[test]
fn every_trait_is_counted_where_it_can_be_told() {
    let audit = audited();
    let counts = |which: Trait| {
        let found = audit.comparisons.iter().find(|comparison| comparison.compared == which).unwrap();
        [found.pairs.first(), found.pairs.second()].map(|counted| (counted.with, counted.total))
    };
    assert_eq!(counts(Trait::InCluster), [(2, 2), (0, 2)]);
    assert_eq!(counts(Trait::SharesAvatar), [(0, 0), (0, 0)], "nobody has a picture");
    assert_eq!(counts(Trait::HasProfileTwin), [(0, 1), (0, 1)], "the figures of 7 are not known");
    assert_eq!(counts(Trait::RetweetsOneAuthor), [(2, 2), (2, 2)], "7 and 8 retweet only the other author");
    assert_eq!(counts(Trait::RetweetsInSeconds), [(2, 2), (0, 2)]);
    // 19 retweets of 3, 4 and 5, of which one is of 4.
    assert_eq!(audit.of_each_other, Proportion { with: 1, total: 19 });
}

#[test]
fn clusters_are_compared_with_figures_of_like_size_or_not_at_all() {
    let audit = audited();
    // Three pairs of which so many are of like size.
    let pairs = |like_size: usize| {
        let pairs = [0, 1, 0].map(|place: usize| audit.matches[place].clone());
        (0..).zip(pairs).map(|(place, one)| Match { of_like_size: place < like_size, ..one }).collect::<Vec<_>>()
    };
    let compared = |which: Trait, like_size: usize, others: usize| {
        let pairs = pairs(like_size);
        let withheld = Withheld::reason(audit.retweeters.len() * 3, others * 4, &pairs);
        let found = Comparison::new(which, &audit.retweeters, &pairs, withheld);
        (found.pairs.pairs(), found.withheld, found.difference().unwrap().1.is_ok())
    };
    let few = Some(Withheld::FewOfLikeSize);
    assert_eq!(compared(Trait::InCluster, 0, 3), (3, Some(Withheld::NoLikeSize), false));
    assert_eq!(compared(Trait::InCluster, 1, 3), (3, few, false), "a third is fewer than half");
    assert_eq!(compared(Trait::InCluster, 2, 3), (2, None, true));
    assert_eq!(compared(Trait::InCluster, 2, 1), (2, None, true), "12 of 16 are three in four");
    assert_eq!(compared(Trait::InCluster, 2, 0), (3, Some(Withheld::MostRetweetIt), false));
    assert_eq!(compared(Trait::RetweetsInSeconds, 0, 3), (3, None, true), "that hangs on no figure's size");
    assert_eq!(Withheld::reason(4, 0, &[]), None, "there is nothing to withhold");
    let withheld = Comparison { withheld: few, ..audit.comparisons[0] };
    assert_eq!(withheld.in_words(0), "+100 % (no interval)");
    assert!(HubAudit { comparisons: vec![withheld], ..audit }.cautions().contains(&Withheld::FewOfLikeSize.words()));
}

#[test]
fn an_audit_tells_how_far_it_is_and_stops_when_cancelled() {
    let reported = Mutex::new(Vec::new());
    let progress = |done: f32| reported.lock().unwrap().push(done);
    assert_eq!(audit_watched(&Task { progress: &progress, cancelled: &|| false }, 3, &|_| {}).unwrap(), audited());
    assert_eq!(reported.into_inner().unwrap(), [0.0, 1.0]);
    let cancelled = audit_watched(&Task { progress: &|_| {}, cancelled: &|| true }, 3, &|_| {});
    assert!(matches!(cancelled, Err(GraphError::Cancelled)));
}

#[test]
fn who_may_be_the_same_figure_is_named_and_so_is_whom_controls_in_clusters_retweet() {
    assert_eq!((audited().kin, audited().clustered_controls()), (vec![], None));
    let alike = |accounts: &mut Vec<Account>| {
        for (place, name, handle) in [(0, "Orla Invented", "orla_en"), (1, "orla  INVENTED", "OrlaAR")] {
            accounts[place].profile.name = Some(name.to_owned());
            accounts[place].profile.handle = Some(handle.to_owned());
            accounts[place].avatar = Some(crate::model::AvatarId(4));
        }
    };
    let audit = audit_watched(&Task::UNWATCHED, 3, &alike).unwrap();
    let why = vec![Likeness::Name, Likeness::Picture, Likeness::Handle];
    assert_eq!(audit.kin, [Kin { account: AccountId(OTHER), retweeters: 3, why }]);
    assert_eq!(audit.together(), [AccountId(HUB), AccountId(OTHER)]);
    // Two controls in a cluster are too few to speak of.
    assert_eq!(audit_watched(&Task::UNWATCHED, 2, &|_| {}).unwrap().clustered_controls(), None);
}

#[test]
fn ids_that_stand_for_handles_are_compared_where_there_are_none() {
    let named = |hub: &'static str, other: &'static str| {
        let change = move |accounts: &mut Vec<Account>| {
            accounts[0].platform_id = hub.to_owned();
            accounts[1].platform_id = other.to_owned();
        };
        audit_watched(&Task::UNWATCHED, 3, &change).unwrap().kin
    };
    let why = vec![Likeness::Handle];
    assert_eq!(named("leader_en", "leader_fr"), [Kin { account: AccountId(OTHER), retweeters: 3, why }]);
    for (hub, other) in [("leader_en", "reader_fr"), ("user-1", "user-2"), ("did:plc:leader", "did:plc:leaderfr")] {
        assert_eq!(named(hub, other), [], "{hub} {other}");
    }
}

#[test]
fn the_order_of_rows_changes_no_match() {
    // The rows of 7 and 8 are the other way round where their ids are.
    let turned = |accounts: &mut Vec<Account>| {
        for (place, id) in [(6, "8"), (7, "7")] {
            accounts[place].platform_id = id.to_owned();
        }
    };
    let audit = audit_watched(&Task::UNWATCHED, 3, &turned).unwrap();
    assert_eq!(audit.matches.iter().map(|one| one.control.account.0).collect::<Vec<_>>(), [8, 7]);
}
