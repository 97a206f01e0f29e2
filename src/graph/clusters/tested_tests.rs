//! Clusters that were planted are found again, and clusters of chance are told.

use super::dealt::Dealer;
use super::{ClusterMethod, ClusterTrial, clusters};
use crate::graph::draw::Draw;
use crate::graph::tests::incidence;
use crate::graph::{AccountGraph, Cluster, GraphError, Incidence, Task};
use crate::model::{KeepRule, LinkParameters};

const SECOND: i64 = 1_000;

/// Sixty people share some of thirty targets within ten hours; `members` share twelve of them seconds after each other.
fn crowd_and(members: u32) -> Incidence {
    let mut draw = Draw::new(3);
    let mut shares = Vec::new();
    for person in 1..=60 {
        for target in draw.order(30).into_iter().take(15) {
            shares.push((person, target + 1, Some(draw.below(36_000) as i64 * SECOND)));
        }
    }
    for member in 0..members {
        shares.extend(
            (1..=12).map(|target| (100 + member, target, Some(i64::from(target) * 900 * SECOND + i64::from(member)))),
        );
    }
    incidence(&shares)
}

fn tested(data: &Incidence, keep: KeepRule, rounds: u32) -> Result<Vec<Cluster>, GraphError> {
    let parameters = LinkParameters { keep, ..LinkParameters::default() };
    let unwatched = &Task::UNWATCHED;
    let pairs = AccountGraph::build(data, &[], &[], &parameters, unwatched)?.pairs();
    let method = ClusterMethod::Leiden;
    let mut found = clusters(&pairs, data, &parameters, method, 3, unwatched)?;
    let trial = ClusterTrial { pairs: &pairs, incidence: data, parameters: &parameters, method, min_size: 3, rounds };
    trial.test(&mut found, unwatched)?;
    Ok(found)
}

#[test]
fn a_planted_cluster_is_stable_and_no_round_has_one_as_strong() {
    let found = tested(&crowd_and(8), KeepRule::SharedWithin(3), 19).unwrap();
    let planted = found.iter().find(|cluster| cluster.members.len() == 8).unwrap();
    let test = planted.test.as_ref().unwrap();
    assert_eq!((test.p(), test.stability()), (Some(0.05), Some(1.0)));
    assert!(planted.members.iter().all(|&member| test.stays_of(member) == Some(1.0)) && test.stays.len() == 8);
}

#[test]
fn a_cluster_of_chance_is_as_strong_as_those_of_many_rounds() {
    // At a single share within a minute everybody meets somebody.
    let found = tested(&crowd_and(0), KeepRule::SharedWithin(1), 19).unwrap();
    assert!(!found.is_empty());
    for cluster in &found {
        let test = cluster.test.as_ref().unwrap();
        assert!(test.p().unwrap() > 0.1, "{test:?}");
        assert!(test.stays.iter().all(|stays| (0.0..=1.0).contains(&stays.1)), "{test:?}");
    }
}

#[test]
fn a_rule_that_looks_at_no_times_has_no_chance_by_them() {
    let found = tested(&crowd_and(8), KeepRule::Shared(12), 19).unwrap();
    assert!(found.iter().all(|cluster| cluster.test.as_ref().is_some_and(|test| test.p().is_none())));
    assert!(!found.is_empty());
}

#[test]
fn equal_data_gives_equal_tests_and_cancelling_ends_them() {
    let data = crowd_and(8);
    let again = || tested(&data, KeepRule::SharedWithin(2), 5).unwrap();
    assert_eq!(again(), again());
    let parameters = LinkParameters { keep: KeepRule::SharedWithin(2), ..LinkParameters::default() };
    let pairs = AccountGraph::build(&data, &[], &[], &parameters, &Task::UNWATCHED).unwrap().pairs();
    let method = ClusterMethod::Leiden;
    let mut found = clusters(&pairs, &data, &parameters, method, 3, &Task::UNWATCHED).unwrap();
    let trial =
        ClusterTrial { pairs: &pairs, incidence: &data, parameters: &parameters, method, min_size: 3, rounds: 5 };
    let cancelled = Task { progress: &|_| {}, cancelled: &|| true };
    assert!(matches!(trial.test(&mut found, &cancelled), Err(GraphError::Cancelled)));
}

#[test]
fn times_are_those_of_others_each_once_and_what_is_not_known_stays_so() {
    // Target 1 has twelve others, target 2 two, target 3 a member without a time.
    let others = (1..=12).map(|person| (person, 1, Some(i64::from(person) * SECOND)));
    let few = [(1, 2, Some(500)), (2, 2, Some(700)), (100, 2, Some(100))];
    let members = [(100, 1, Some(99 * SECOND)), (101, 1, Some(99 * SECOND)), (100, 3, None)];
    let data = incidence(&others.chain(few).chain(members).collect::<Vec<_>>());
    let is_member: Vec<bool> = (0..data.account_bound() as u32).map(|number| data.account(number).0 >= 100).collect();
    let mut dealer = Dealer::new(&data, &is_member);
    for round in 0..20 {
        let dealt = dealer.deal(round);
        let mut times = Vec::new();
        for account in (1..=12).chain([100, 101]).map(crate::model::AccountId) {
            dealt.for_each_share(account, |target, at| times.push((target, at.map(|at| at.0))));
        }
        let mut of_first: Vec<i64> =
            times.iter().filter(|&&(target, _)| target == 0).filter_map(|&(_, at)| at).collect();
        of_first.sort_unstable();
        assert_eq!(of_first.len(), 14);
        of_first.dedup();
        // Twelve are dealt, and two drawn from how long others took.
        assert!((12..=14).contains(&of_first.len()), "{of_first:?}");
        assert!((1..=12).all(|second| of_first.contains(&(second * SECOND))), "{of_first:?}");
        assert!(times.contains(&(2, None)));
        let of_second = times.iter().filter(|&&(target, _)| target == 1);
        assert!(of_second.clone().all(|&(_, at)| at.is_some_and(|at| at >= 100)), "{times:?}");
    }
}
