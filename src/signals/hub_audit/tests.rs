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
    audit_watched(&Task::UNWATCHED).unwrap()
}

fn audit_watched(task: &Task<'_>) -> Result<HubAudit, GraphError> {
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
    let accounts: Vec<Account> =
        (1..=9).map(|id| account(id, (id != 7).then_some(if id < 5 { 86 } else { 100 + u64::from(id) }))).collect();
    // Accounts 7 and 8 hang together just as well.
    let clusters =
        clusters(&graph.pairs(), &incidence, &parameters, ClusterMethod::Components, 3, &Task::UNWATCHED).unwrap();
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
    // Those with six or seven targets find controls with six; the fourth finds nobody, and account 9 has one target only.
    assert_eq!(ids(&audit.controls), [7, 8]);
    assert_eq!(audit.without_traits().map(|one| one.account.0).collect::<Vec<_>>(), [6]);
}

#[test]
fn every_trait_is_counted_where_it_can_be_told() {
    let audit = audited();
    let counts = |of: Trait| {
        let found = audit.comparisons.iter().find(|comparison| comparison.of == of).unwrap();
        [found.retweeters, found.controls].map(|counted| (counted.with, counted.of))
    };
    assert_eq!(counts(Trait::InCluster), [(3, 4), (0, 2)]);
    assert_eq!(counts(Trait::SharesAvatar), [(0, 0), (0, 0)], "nobody has a picture");
    assert_eq!(counts(Trait::HasProfileTwin), [(2, 4), (0, 1)], "the figures of 7 are not known");
    assert_eq!(counts(Trait::RetweetsNothingElse), [(2, 4), (0, 2)], "3 retweets 4 too");
    assert_eq!(counts(Trait::AnswersInSeconds), [(3, 4), (0, 2)]);
    // 19 retweets of 3, 4 and 5, of which one is of 4.
    assert_eq!(audit.of_each_other, Proportion { with: 1, of: 19 });
}

#[test]
fn an_audit_tells_how_far_it_is_and_stops_when_cancelled() {
    let told = Mutex::new(Vec::new());
    let progress = |done: f32| told.lock().unwrap().push(done);
    assert_eq!(audit_watched(&Task { progress: &progress, cancelled: &|| false }).unwrap(), audited());
    assert_eq!(told.into_inner().unwrap(), [0.0, 1.0]);
    let cancelled = audit_watched(&Task { progress: &|_| {}, cancelled: &|| true });
    assert!(matches!(cancelled, Err(GraphError::Cancelled)));
}
