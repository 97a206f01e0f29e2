//! Groups on small networks whose answer is known, and the promises of the Leiden method on random ones.

use proptest::prelude::*;

use super::components::components;
use super::leiden::leiden;
use super::network::Network;
use super::*;
use crate::graph::tests::{build, incidence, parameters};
use crate::model::{AccountOrder, CoShare, KeepRule, Link, PairTest};

fn leiden_of(network: &Network) -> Vec<u32> {
    leiden(network, &Task::UNWATCHED).unwrap()
}

fn network(nodes: usize, edges: &[(u32, u32, f64)]) -> Network {
    Network::from_edges(nodes, edges, vec![0.0; nodes])
}

/// Two cliques of five with one edge between them.
fn two_cliques() -> Vec<(u32, u32, f64)> {
    let clique = |first: u32| (first..first + 5).flat_map(move |a| (a + 1..first + 5).map(move |b| (a, b, 1.0)));
    clique(0).chain(clique(5)).chain([(4, 5, 1.0)]).collect()
}

#[test]
fn a_bridge_joins_components_and_not_communities() {
    let network = network(11, &two_cliques());
    assert_eq!(components(&network), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(leiden_of(&network), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]);
}

/// Zachary's karate club, whose best partition has modularity 0.4198.
#[test]
fn the_karate_club_reaches_the_best_known_modularity() {
    const EDGES: &str = "0 1,0 2,0 3,0 4,0 5,0 6,0 7,0 8,0 10,0 11,0 12,0 13,0 17,0 19,0 21,0 31,1 2,1 3,1 7,1 13,1 17,\
        1 19,1 21,1 30,2 3,2 7,2 8,2 9,2 13,2 27,2 28,2 32,3 7,3 12,3 13,4 6,4 10,5 6,5 10,5 16,6 16,8 30,8 32,8 33,\
        9 33,13 33,14 32,14 33,15 32,15 33,18 32,18 33,19 33,20 32,20 33,22 32,22 33,23 25,23 27,23 29,23 32,23 33,\
        24 25,24 27,24 31,25 31,26 29,26 33,27 33,28 31,28 33,29 32,29 33,30 32,30 33,31 32,31 33,32 33";
    let edges: Vec<(u32, u32, f64)> = EDGES
        .split(',')
        .map(|edge| edge.split_once(' ').unwrap())
        .map(|(a, b)| (a.trim().parse().unwrap(), b.parse().unwrap(), 1.0))
        .collect();
    let network = network(34, &edges);
    let found = modularity(&network, &leiden_of(&network));
    assert!((found - 0.419_789_6).abs() < 1e-6, "{found}");
}

/// A small generator of numbers; the Python beside the expected values has the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Twenty blurred groups of twenty, and a sparse network without any; the best modularity of ten runs of leidenalg 0.10,
/// each until nothing moves.
#[test]
fn groups_are_as_good_as_the_best_of_ten_runs_of_leidenalg() {
    for (seed, nodes, tries, best) in [(11, 400, 2_400, 0.614_082_58), (12, 600, 900, 0.740_246_04)] {
        let (mut numbers, mut edges) = (Numbers(seed), std::collections::BTreeMap::new());
        for _ in 0..tries {
            let a = numbers.next(nodes);
            let in_group = seed == 11 && numbers.next(3) > 0;
            let b = if in_group { a / 20 * 20 + numbers.next(20) } else { numbers.next(nodes) };
            if a != b {
                *edges.entry((a.min(b) as u32, a.max(b) as u32)).or_insert(0.0) += 1.0 + numbers.next(4) as f64;
            }
        }
        let edges: Vec<(u32, u32, f64)> = edges.into_iter().map(|((a, b), weight)| (a, b, weight)).collect();
        let network = network(nodes as usize, &edges);
        let groups = leiden_of(&network);
        let found = modularity(&network, &groups);
        assert!(found > best * 0.999, "{found} of {best}");
        assert!((found - network.modularity(&groups)).abs() < 1e-12);
    }
}

/// A cosine says nothing of how much was shared within the window, and the other way round.
#[test]
fn links_weigh_what_the_rule_looks_at() {
    let co = |shared, within, cosine, p| CoShare {
        shared,
        shared_within: within,
        cosine,
        binary_cosine: None,
        median_gap_ms: None,
        test: Some(PairTest { p, q: Some(p), author_held: None, timing: None }),
        rounded: 0,
    };
    let link = |a, b, co_share| LinkedPair {
        a: AccountId(a),
        b: AccountId(b),
        link: Link { co_share: Some(co_share), co_share_kept: true, avatar: None },
    };
    let pairs = [link(1, 2, co(9, 4, Some(0.25), 1e-3)), link(2, 3, co(7, 2, None, 1e-80))];
    let pairs: Vec<&LinkedPair> = pairs.iter().collect();
    let weights = |rule| {
        let (network, _) = Network::from_pairs(&pairs, rule, &AccountOrder::default());
        [network.edges(0)[0].1, network.edges(2)[0].1]
    };
    assert_eq!(weights(KeepRule::Shared(1)), [9.0, 7.0]);
    assert_eq!(weights(KeepRule::SharedWithin(1)), [4.0, 2.0]);
    assert_eq!(weights(KeepRule::Cosine(0.1)), [0.25, f64::MIN_POSITIVE], "what is not known weighs nothing");
    assert_eq!(weights(KeepRule::Significant(0.1)), [3.0, 50.0]);
}

fn modularity(network: &Network, groups: &[u32]) -> f64 {
    let total: f64 = (0..network.len()).map(|node| network.strength(node)).sum();
    let mut sum = 0.0;
    for a in 0..network.len() {
        for b in (0..network.len()).filter(|&b| groups[a] == groups[b]) {
            let weight: f64 = network.edges(a).iter().filter(|edge| edge.0 as usize == b).map(|edge| edge.1).sum();
            sum += weight - network.strength(a) * network.strength(b) / total;
        }
    }
    sum / total
}

/// Nodes that leave a group may have been what held it together.
#[test]
fn a_group_does_not_stay_together_after_its_bridge_left() {
    let edges = [
        (0, 9, 0.4652569528828889),
        (0, 17, 0.4502804063473606),
        (1, 15, 1.0308681858173934),
        (1, 17, 0.6771535927057434),
        (2, 3, 1.1009316170276462),
        (2, 4, 0.8585350064248538),
        (2, 5, 1.3039651669226047),
        (2, 6, 1.7265850983978528),
        (2, 8, 1.7740461408966444),
        (3, 5, 1.97493257315929),
        (3, 14, 1.4432474637260415),
        (4, 8, 0.665173687580169),
        (5, 7, 1.4210775030569505),
        (5, 17, 1.3380844910082115),
        (14, 17, 1.480163722185202),
    ];
    let groups = leiden_of(&network(18, &edges));
    let inner: Vec<_> = edges.into_iter().filter(|edge| groups[edge.0 as usize] == groups[edge.1 as usize]).collect();
    assert_eq!(groups, components(&network(18, &inner)));
}

proptest! {
    #[test]
    fn communities_are_connected_and_no_worse_than_none(
        edges in prop::collection::btree_map((0_u32..18, 0_u32..18), 0.1_f64..2.0, 1..70),
    ) {
        let edges: Vec<(u32, u32, f64)> =
            edges.into_iter().filter(|((a, b), _)| a < b).map(|((a, b), weight)| (a, b, weight)).collect();
        prop_assume!(!edges.is_empty());
        let network = network(18, &edges);
        let groups = leiden_of(&network);
        let inner: Vec<_> = edges.iter().copied().filter(|&(a, b, _)| groups[a as usize] == groups[b as usize]).collect();
        let within = components(&Network::from_edges(18, &inner, vec![0.0; 18]));
        for a in 0..18 {
            for b in 0..18 {
                prop_assert_eq!(groups[a] == groups[b], within[a] == within[b]);
            }
        }
        let alone: Vec<u32> = (0..18).collect();
        prop_assert!(modularity(&network, &groups) >= modularity(&network, &alone) - 1e-9);
    }
}

#[test]
fn a_cluster_tells_its_targets_and_which_of_them_it_hangs_on() {
    // 1, 2 and 3 share target 1 within seconds; 4 and 5 share two others.
    let shares = [
        (1, 1, Some(0)),
        (2, 1, Some(2_000)),
        (3, 1, Some(9_000)),
        (4, 2, Some(0)),
        (5, 2, Some(0)),
        (4, 3, Some(0)),
        (5, 3, Some(0)),
        (9, 4, Some(0)),
    ];
    let incidence = incidence(&shares);
    let parameters = parameters(KeepRule::Shared(1));
    let pairs = build(&incidence, &parameters);
    let found = clusters(&pairs, &incidence, &parameters, ClusterMethod::Components, 2, &Task::UNWATCHED).unwrap();
    let members: Vec<Vec<u32>> = found.iter().map(|c| c.members.iter().map(|id| id.0).collect()).collect();
    assert_eq!(members, [vec![1, 2, 3], vec![4, 5]]);
    let first = &found[0];
    assert_eq!((first.links, first.density, first.median_gap_ms), (3, 1.0, Some(7_000)));
    assert_eq!(first.span, Some((Timestamp(0), Timestamp(9_000))));
    let target = &first.targets[0];
    assert_eq!((target.members, target.sharers, target.links_lost, target.falls_apart), (3, 3, 3, true));
    assert_eq!(target.median_gap_ms, Some(7_000), "of 2 s, 7 s and 9 s");
    assert!(found[1].targets.iter().all(|target| target.links_lost == 0 && !target.falls_apart));
    assert_eq!(clusters(&pairs, &incidence, &parameters, ClusterMethod::Leiden, 3, &Task::UNWATCHED).unwrap().len(), 1);
}

#[test]
fn cancelled_grouping_stops() {
    let network = Network::from_edges(2, &[(0, 1, 1.0)], vec![0.0; 2]);
    let task = Task { cancelled: &|| true, ..Task::UNWATCHED };
    assert!(matches!(leiden(&network, &task), Err(GraphError::Cancelled)));
}

#[test]
fn times_that_are_not_known_are_neither_a_gap_nor_close() {
    let shares = [(1, 1, None), (2, 1, None), (1, 2, Some(0)), (2, 2, Some(4_000)), (1, 3, Some(0)), (2, 3, None)];
    let incidence = incidence(&shares);
    let parameters = parameters(KeepRule::SharedWithin(1));
    let pairs = build(&incidence, &parameters);
    let found = clusters(&pairs, &incidence, &parameters, ClusterMethod::Components, 2, &Task::UNWATCHED).unwrap();
    let figures: Vec<(Option<u64>, usize)> =
        found[0].targets.iter().map(|one| (one.median_gap_ms, one.links_lost)).collect();
    assert_eq!(figures, [(None, 0), (Some(4_000), 1), (None, 0)]);
}

/// The rules on coordination look at accounts that the minimum filters leave out, and so must what leaves a target out.
#[test]
fn a_link_by_coordination_goes_when_too_little_is_left_to_judge_by() {
    let members = |targets: std::ops::Range<u32>, accounts: [u32; 3]| {
        targets.flat_map(move |target| accounts.map(|account| (account, target, Some(i64::from(target) * 9_000_000))))
    };
    let crowd = (0..60_u32).flat_map(|person| {
        (0..6).map(move |step| {
            (100 + person, (person * 7 + step * 11) % 80, Some(i64::from(person * 91 + step) * 7_000_000))
        })
    });
    let shares: Vec<_> = crowd.chain(members(90..93, [1, 2, 3])).chain(members(95..99, [4, 5, 6])).collect();
    let keep = KeepRule::Timing(0.01);
    let parameters = LinkParameters { keep, ..LinkParameters::default() };
    let incidence = incidence(&shares);
    let pairs = build(&incidence, &parameters);
    let by_components = ClusterMethod::Components;
    let found = clusters(&pairs, &incidence, &parameters, by_components, 3, &Task::UNWATCHED).unwrap();
    let lost = |member| {
        let own = found.iter().find(|cluster| cluster.members.contains(&AccountId(member))).unwrap();
        own.targets.iter().map(|target| (target.links_lost, target.falls_apart)).collect::<Vec<_>>()
    };
    assert_eq!(lost(1), [(3, true); 3], "of two shared targets nothing can be said");
    assert_eq!(lost(4), [(0, false); 4]);
}
