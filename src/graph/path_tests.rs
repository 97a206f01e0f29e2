//! Paths on small graphs, against trying every way.

use proptest::prelude::*;

use super::*;
use crate::model::{AccountId, AvatarMatch, CoShare, Link, LinkedPair};

/// A link with this cosine; with none it rests on a picture alone.
fn link(cosine: Option<f64>) -> Link {
    let co = |cosine| CoShare {
        shared: 3,
        shared_within: 1,
        cosine: Some(cosine),
        binary_cosine: None,
        median_gap_ms: None,
        rounded: 0,
        test: None,
    };
    let avatar = cosine.is_none().then_some(AvatarMatch::Near(9));
    Link { co_share: cosine.map(co), co_share_kept: cosine.is_some(), avatar }
}

fn graph(links: &[(u32, u32, Option<f64>)]) -> AccountGraph {
    let pair = |&(a, b, cosine): &(u32, u32, Option<f64>)| LinkedPair {
        a: AccountId(a.min(b)),
        b: AccountId(a.max(b)),
        link: link(cosine),
    };
    let pairs = links.iter().map(pair).collect();
    AccountGraph::from_pairs(pairs)
}

fn path(graph: &AccountGraph, from: u32, to: u32) -> Option<Vec<u32>> {
    let steps = graph.path(AccountId(from), AccountId(to), &Task::UNWATCHED).unwrap()?;
    let ends = steps.iter().map(|step| step.to.0);
    Some(std::iter::once(from).chain(ends).collect())
}

#[test]
fn the_fewest_links_win_then_shared_targets_then_the_higher_cosines() {
    let one = |cosine| Some(cosine);
    let near_and_far = graph(&[(1, 2, one(0.9)), (2, 3, one(0.9)), (3, 4, one(0.9)), (1, 5, None), (5, 4, None)]);
    assert_eq!(path(&near_and_far, 1, 4).unwrap(), [1, 5, 4], "two links by pictures before three of cosine 0.9");
    let by_picture = graph(&[(1, 2, one(0.1)), (2, 4, one(0.1)), (1, 3, one(0.99)), (3, 4, None)]);
    assert_eq!(path(&by_picture, 1, 4).unwrap(), [1, 2, 4], "no picture before one picture");
    let by_sum = graph(&[(1, 2, one(0.5)), (2, 4, one(0.9)), (1, 3, one(0.8)), (3, 4, one(0.7))]);
    assert_eq!(path(&by_sum, 1, 4).unwrap(), [1, 3, 4], "0.8 + 0.7 before 0.5 + 0.9");
}

#[test]
fn each_step_carries_its_own_link_and_nobody_is_reached_from_elsewhere() {
    let graph = graph(&[(7, 3, Some(0.6)), (3, 9, None), (20, 21, Some(1.0))]);
    let steps = graph.path(AccountId(9), AccountId(7), &Task::UNWATCHED).unwrap().unwrap();
    assert_eq!(steps.iter().map(|step| (step.from.0, step.to.0)).collect::<Vec<_>>(), [(9, 3), (3, 7)]);
    assert_eq!(steps.iter().map(|step| step.link).collect::<Vec<_>>(), [link(None), link(Some(0.6))]);
    assert_eq!(path(&graph, 9, 20), None, "another component");
    assert_eq!(path(&graph, 9, 1_000), None, "an account without links");
    assert_eq!(path(&graph, 9, 9), Some(vec![9]));
    let cancelled = graph.path(AccountId(9), AccountId(7), &Task { progress: &|_| {}, cancelled: &|| true });
    assert!(matches!(cancelled, Err(GraphError::Cancelled)));
}

#[test]
fn links_among_some_accounts_are_those_with_both_ends_there() {
    let graph = graph(&[(1, 2, None), (2, 3, Some(0.5)), (3, 4, None), (1, 4, Some(0.2))]);
    let among = graph.links_among(&[AccountId(4), AccountId(99), AccountId(3), AccountId(2)]);
    assert_eq!(among, [(0, 2, link(None)), (2, 3, link(Some(0.5)))]);
}

/// The smallest cost of all ways that visit no account twice.
fn tried(links: &[(u32, u32, Option<f64>)], at: u32, goal: u32, seen: &mut Vec<u32>) -> Option<PathCost> {
    if at == goal {
        return Some(PathCost::default());
    }
    seen.push(at);
    let mut best: Option<PathCost> = None;
    for &(a, b, cosine) in links {
        let next = if a == at { b } else { a };
        if (a != at && b != at) || seen.contains(&next) {
            continue;
        }
        let rest = tried(links, next, goal, seen).map(|rest| rest + PathCost::from_link(&link(cosine)));
        best = best.into_iter().chain(rest).min();
    }
    seen.pop();
    best
}

proptest! {
    #[test]
    fn no_way_is_better_than_the_path(
        found in prop::collection::btree_map((0_u32..8, 0_u32..8), prop::option::of(0_u32..=4), 0..14),
        goal in 1_u32..8,
    ) {
        // Few different cosines, so that ties come about.
        let mut links: Vec<_> = found
            .into_iter()
            .filter(|((a, b), _)| a < b)
            .map(|((a, b), quarter)| (a, b, quarter.map(|quarter| f64::from(quarter) / 4.0)))
            .collect();
        let steps = graph(&links).path(AccountId(0), AccountId(goal), &Task::UNWATCHED).unwrap();
        let cost = steps.as_ref().map(|steps| {
            steps.iter().fold(PathCost::default(), |sum, step| sum + PathCost::from_link(&step.link))
        });
        prop_assert_eq!(cost, tried(&links, 0, goal, &mut Vec::new()));
        let steps = steps.unwrap_or_default();
        prop_assert!(steps.windows(2).all(|pair| pair[0].to == pair[1].from));
        if let (Some(first), Some(last)) = (steps.first(), steps.last()) {
            prop_assert_eq!((first.from, last.to), (AccountId(0), AccountId(goal)));
        }
        links.reverse();
        let reversed = graph(&links).path(AccountId(goal), AccountId(0), &Task::UNWATCHED).unwrap();
        let back = reversed.map(|steps| steps.iter().fold(PathCost::default(), |sum, step| sum + PathCost::from_link(&step.link)));
        prop_assert_eq!(back, cost, "the same from the other end");
    }
}
