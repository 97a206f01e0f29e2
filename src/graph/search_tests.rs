//! What leaves pairs out must find the same as visiting all of them, to the last bit: skewed random data, with targets
//! that nearly all accounts share and accounts that share nearly everything.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::kept_pairs::{Select, kept_pairs};
use super::pair_count::count_pairs;
use super::percentile_pairs::at_percentile;
use super::projection::{Others, Visit, project};
use super::projections::Weighted;
use super::pruned::Pruned;
use super::tests::{incidence, parameters};
use super::*;
use crate::model::{KeepRule, LinkParameters};

type Cosines = BTreeMap<(usize, usize), f64>;

/// Accounts of very different activity, targets of very different popularity, repeats, and a few accounts that do all
/// the same.
fn skewed() -> impl Strategy<Value = Filtered> {
    let share = (0.0_f64..1.0, 0.0_f64..1.0);
    (20_u32..150, 10_u32..400, prop::collection::vec(share, 1..2_500), 0_u32..6).prop_map(
        |(accounts, targets, shares, twins)| {
            let skew = |share: f64, below: u32| (f64::from(below).powf(share) - 1.0) as u32 + 1;
            let mut all: Vec<_> = shares.iter().map(|&(a, t)| (skew(a, accounts), skew(t, targets), Some(0))).collect();
            let twin = |twin| (1..=8).map(move |target| (accounts + twin, target * 3, Some(0)));
            all.extend((1..=twins).flat_map(twin));
            let p = LinkParameters { min_retweets: 2, ..parameters(KeepRule::All) };
            Filtered::new(&incidence(&all), &p)
        },
    )
}

fn every_cosine(filtered: &Filtered) -> Cosines {
    let new = Vec::new;
    let threads = project(&Weighted(filtered), Visit::Pairs, &Task::UNWATCHED, new, |found, a, b, sum| {
        found.push(((a, b), filtered.cosine(a, b, sum)));
        Ok(())
    });
    threads.unwrap().into_iter().flatten().collect()
}

fn searched(filtered: &Filtered, built_for: f64, least: f64, others: Others) -> Cosines {
    search(&Pruned::for_all(filtered, built_for), least, others)
}

fn search(pruned: &Pruned<'_>, least: f64, others: Others) -> Cosines {
    let visit = |found: &mut Vec<_>, row, other, cosine| {
        if cosine >= least {
            found.push(((row, other), cosine));
        }
        Ok(())
    };
    let threads = pruned.search(others, &Task::UNWATCHED, Vec::new, least, visit).unwrap();
    threads.into_iter().flatten().collect()
}

fn select<'a>(top: Option<u32>) -> Select<'a> {
    Select { top, limit: usize::MAX, task: &Task::UNWATCHED }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_search_finds_what_visiting_all_pairs_finds(
        filtered in skewed(),
        least in 0.005_f64..0.9,
        built_for in 0.005_f64..0.9,
    ) {
        let all = every_cosine(&filtered);
        let expected: Cosines = all.iter().filter(|pair| *pair.1 >= least).map(|(&k, &v)| (k, v)).collect();
        prop_assert_eq!(&searched(&filtered, least, least, Others::Larger), &expected);
        prop_assert_eq!(&searched(&filtered, built_for, least, Others::Larger), &expected);
        prop_assert_eq!(&search(&Pruned::for_strongest(&filtered, built_for), least, Others::Larger), &expected);
        let both = expected.iter().flat_map(|(&(a, b), &cosine)| [((a, b), cosine), ((b, a), cosine)]).collect();
        prop_assert_eq!(searched(&filtered, least, least, Others::All), both);
        prop_assert_eq!(count_pairs(&filtered, &Task::UNWATCHED).unwrap(), all.len() as u64);
    }

    #[test]
    fn the_strongest_are_those_of_all_pairs(filtered in skewed(), most in 1_u32..20, least in 0.0_f64..0.5) {
        let all = every_cosine(&filtered);
        let mut of_row = vec![Vec::new(); filtered.len()];
        for (&(a, b), &cosine) in all.iter().filter(|pair| *pair.1 >= least) {
            of_row[a].push((cosine, b));
            of_row[b].push((cosine, a));
        }
        let mut expected = Vec::new();
        for (row, mut others) in of_row.into_iter().enumerate() {
            others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let pairs = others.iter().take(most as usize).map(|&(_, other)| (row.min(other) as u32, row.max(other) as u32));
            expected.extend(pairs);
        }
        expected.sort_unstable();
        expected.dedup();
        let found = strongest::strongest(&filtered, most, least, &select(Some(most))).unwrap();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_percentile_is_that_of_all_cosines(filtered in skewed(), wanted in 0.0_f64..100.0) {
        let all = every_cosine(&filtered);
        let Some(found) = at_percentile(&filtered, wanted, None, &select(None)).unwrap() else { return Ok(()) };
        let mut sorted: Vec<f64> = all.values().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let position = wanted / 100.0 * (sorted.len() - 1) as f64;
        let (lower, upper) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
        prop_assert!((found.least - (lower + (upper - lower) * position.fract())).abs() < 1e-15);
        let expected: Vec<(u32, u32)> =
            all.iter().filter(|pair| *pair.1 >= found.least - 1e-12).map(|(&(a, b), _)| (a as u32, b as u32)).collect();
        prop_assert_eq!(found.pairs, expected);
    }
}

#[test]
fn nobody_and_one_account_have_no_pairs() {
    for shares in [&[][..], &[(1, 1, None), (1, 2, None)]] {
        let incidence = incidence(shares);
        for keep in [KeepRule::All, KeepRule::Cosine(0.1), KeepRule::Percentile(99.5), KeepRule::Significant(0.5)] {
            for (top, min_accounts) in [(None, 1), (Some(3), 1), (None, 2)] {
                let p = LinkParameters { top, min_accounts, ..parameters(keep) };
                let filtered = Filtered::new(&incidence, &p);
                let kept = kept_pairs(&incidence, &filtered, &p, usize::MAX, &Task::UNWATCHED).unwrap();
                assert_eq!(kept.pairs, [], "{keep}");
            }
        }
    }
}

#[test]
fn what_would_not_fit_is_refused_before_the_work_with_what_would() {
    let shares: Vec<_> = (0..400).flat_map(|a| (0..12).map(move |t| (a, a % 20 + t * (1 + a % 3), Some(0)))).collect();
    let incidence = incidence(&shares);
    let kept = |keep, top, limit| {
        let p = LinkParameters { top, ..parameters(keep) };
        kept_pairs(&incidence, &Filtered::new(&incidence, &p), &p, limit, &Task::UNWATCHED)
    };
    let refused = |keep, top, limit| match kept(keep, top, limit) {
        Err(error @ GraphError::WouldNotFit { .. }) => error.to_string(),
        other => panic!("{keep}: {other:?}"),
    };
    let all = kept(KeepRule::All, None, usize::MAX).unwrap().pairs.len();
    for keep in [KeepRule::All, KeepRule::Cosine(0.01), KeepRule::Shared(1), KeepRule::Percentile(10.0)] {
        assert!(kept(keep, None, all).is_ok(), "{keep} fits exactly");
        let message = refused(keep, None, all / 10);
        let words = message.split_whitespace().find(|word| word.contains(':')).unwrap();
        let advised: KeepRule = words.parse().unwrap();
        assert!(kept(advised, None, all / 10).is_ok(), "{keep}: {message}");
    }
    assert!(refused(KeepRule::All, Some(300), 10_000).ends_with("keep the top 25 of each account"));
    assert!(kept(KeepRule::All, Some(25), 10_000).is_ok());
}
