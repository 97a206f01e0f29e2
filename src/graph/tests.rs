//! Definitions on small inputs: the worked example, and ten lines of brute force against the engine.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{
    AccountId, AvatarId, AvatarMatch, AvatarPrint, KeepRule, LinkParameters, LinkedPair, NullModelKind, ObjectId,
    PdqHash, ShareRow, Timestamp,
};

/// Builds from (account, target, time in ms), of repeats the first.
pub(super) fn incidence(shares: &[(u32, u32, Option<i64>)]) -> Incidence {
    incidence_without(Muting::default(), shares)
}

fn incidence_without(muting: Muting, shares: &[(u32, u32, Option<i64>)]) -> Incidence {
    let mut rows = BTreeMap::new();
    for &(account, object, at) in shares {
        rows.entry((object, account)).or_insert(at);
    }
    let mut builder = IncidenceBuilder::without(muting);
    for ((object, account), at) in rows {
        builder.push(ShareRow {
            object: ObjectId(object),
            account: AccountId(account),
            at: at.map(Timestamp),
            own: false,
        });
    }
    builder.finish()
}

pub(super) fn parameters(keep: KeepRule) -> LinkParameters {
    LinkParameters { min_retweets: 1, min_accounts: 2, keep, ..LinkParameters::default() }
}

pub(super) fn build(incidence: &Incidence, parameters: &LinkParameters) -> Vec<LinkedPair> {
    AccountGraph::build(incidence, &[], &[], parameters, &Task::UNWATCHED).unwrap().pairs()
}

#[test]
fn the_worked_example() {
    let rows: [(u32, &[u32]); 4] = [(1, &[1, 2, 3]), (2, &[1, 2, 4]), (3, &[3, 5]), (4, &[1, 2, 3, 4])];
    let shares: Vec<_> = rows
        .iter()
        .flat_map(|&(account, targets)| targets.iter().map(move |&target| (account, target, Some(0))))
        .collect();
    let pairs = build(&incidence(&shares), &parameters(KeepRule::All));
    let expected = [
        (1, 2, 0.614_958, 0.666_667, 2),
        (1, 3, 0.577_350, 0.577_350, 1),
        (1, 4, 0.814_173, 0.866_025, 3),
        (2, 4, 0.882_633, 0.866_025, 3),
        (3, 4, 0.470_063, 0.500_000, 1),
    ];
    assert_eq!(pairs.len(), expected.len(), "B and C share nothing");
    for (pair, (a, b, cosine, binary, shared)) in pairs.iter().zip(expected) {
        let co = pair.link.co_share.unwrap();
        assert_eq!((pair.a.0, pair.b.0, co.shared), (a, b, shared));
        assert!((co.cosine.unwrap() - cosine).abs() < 5e-7, "{a}{b}: {:?}", co.cosine);
        assert!((co.binary_cosine.unwrap() - binary).abs() < 5e-7, "{a}{b}: {:?}", co.binary_cosine);
    }
}

/// Two accounts share the five targets that nobody else has, and all seven share three viral ones.
#[test]
fn each_null_model_tests_all_pairs_and_only_one_knows_popularity() {
    let mut shares: Vec<(u32, u32, Option<i64>)> = Vec::new();
    shares.extend((1..=7).flat_map(|account| (0..3).map(move |target| (account, target, None))));
    shares.extend([1, 2].into_iter().flat_map(|account| (10..15).map(move |target| (account, target, None))));
    shares
        .extend([3, 4, 5, 6].into_iter().flat_map(|account| [(account, 20, None), (account, 21 + account / 5, None)]));
    let incidence = incidence(&shares);
    let p_of = |null_model, a, b| {
        let parameters = LinkParameters { null_model, ..parameters(KeepRule::Significant(1.0)) };
        let graph = AccountGraph::build(&incidence, &[], &[], &parameters, &Task::UNWATCHED).unwrap();
        assert_eq!(graph.tested_pairs(), Some(21));
        graph.link(AccountId(a), AccountId(b)).unwrap().co_share.unwrap().test.unwrap().p
    };
    // 3 + 5 + 3 targets, of which the two have 8 each, all of them shared: 1 / C(11, 8).
    let blind = p_of(NullModelKind::Hypergeometric, 1, 2);
    assert!((blind - 1.0 / 165.0).abs() < 1e-12, "{blind}");
    // Account 7 has nothing but the viral targets; popularity explains all that it shares.
    let (viral, known) = (p_of(NullModelKind::Hypergeometric, 1, 7), p_of(NullModelKind::Sdsm, 1, 7));
    assert!(known > 0.9 && viral < 0.5, "{viral} {known}");
}

#[test]
fn own_posts_are_left_out_and_counted() {
    let mut builder = IncidenceBuilder::default();
    for (account, own) in [(1, true), (2, false), (3, false)] {
        builder.push(ShareRow { object: ObjectId(7), account: AccountId(account), at: None, own });
    }
    let incidence = builder.finish();
    assert_eq!(incidence.own_shares(), 1);
    let pairs = build(&incidence, &parameters(KeepRule::Shared(1)));
    assert_eq!(pairs.iter().map(|pair| (pair.a.0, pair.b.0)).collect::<Vec<_>>(), [(2, 3)]);
    assert_eq!(pairs[0].link.co_share.unwrap().shared_within, 0, "unknown times are within no window");
}

#[test]
fn a_picture_links_with_its_evidence_beside_what_is_shared() {
    let incidence = incidence(&[(1, 1, Some(0)), (2, 1, Some(5_000)), (3, 2, Some(0))]);
    let print = |id, byte| {
        let mut bits = [0xa5; 32];
        bits[0] = byte;
        AvatarPrint::new(AvatarId(id), PdqHash(bits), 90)
    };
    let pictures = [(AccountId(1), AvatarId(1)), (AccountId(2), AvatarId(1)), (AccountId(3), AvatarId(2))];
    let strict = parameters(KeepRule::Shared(5));
    let prints = [print(1, 0xa5), print(2, 0xa4)];
    let graph = AccountGraph::build(&incidence, &pictures, &prints, &strict, &Task::UNWATCHED).unwrap();
    let pairs = graph.pairs();
    let avatars: Vec<_> = pairs.iter().map(|pair| (pair.a.0, pair.b.0, pair.link.avatar.unwrap())).collect();
    assert_eq!(avatars, [(1, 2, AvatarMatch::Same), (1, 3, AvatarMatch::Near(1)), (2, 3, AvatarMatch::Near(1))]);
    assert!(pairs.iter().all(|pair| !pair.link.co_share_kept));
    assert_eq!(pairs[0].link.co_share.unwrap().shared, 1);
    assert_eq!(pairs[1].link.co_share, None);
    assert_eq!((graph.neighbours(AccountId(3)).len(), graph.degree(AccountId(3))), (2, 2));
    assert_eq!(graph.link(AccountId(2), AccountId(1)).unwrap().avatar, Some(AvatarMatch::Same));

    let poor = [AvatarPrint { quality: 49, ..prints[0].clone() }, prints[1].clone()];
    let graph = AccountGraph::build(&incidence, &pictures, &poor, &strict, &Task::UNWATCHED).unwrap();
    assert_eq!(graph.link_count(), 1, "a hash of poor quality is not compared, equal bytes still are");
    let degrees: Vec<usize> = (1..=4).map(|account| graph.degree(AccountId(account))).collect();
    assert_eq!(degrees, [1, 1, 0, 0]);
    assert_eq!(graph.degrees(AccountId(3)), [0, 1, 1, 0]);
}

#[test]
fn a_default_picture_links_nobody() {
    let pictures: Vec<_> = (1..=60).map(|account| (AccountId(account), AvatarId(1))).collect();
    let print = AvatarPrint::new(AvatarId(1), PdqHash([7; 32]), 90);
    let build = |parameters| {
        AccountGraph::build(&incidence(&[]), &pictures, std::slice::from_ref(&print), &parameters, &Task::UNWATCHED)
            .unwrap()
    };
    let graph = build(parameters(KeepRule::All));
    assert!(graph.is_default_avatar(AvatarId(1)) && graph.link_count() == 0);
    let graph = build(LinkParameters { default_avatar_accounts: 61, ..parameters(KeepRule::All) });
    assert_eq!(graph.link_count(), 60 * 59 / 2);
}

#[test]
fn cancelled_work_stops() {
    let incidence = incidence(&[(1, 1, None), (2, 1, None)]);
    let cancelled = AccountGraph::build(
        &incidence,
        &[],
        &[],
        &parameters(KeepRule::All),
        &Task { cancelled: &|| true, ..Task::UNWATCHED },
    );
    assert!(matches!(cancelled, Err(GraphError::Cancelled)));
}

type Rows = BTreeMap<u32, BTreeMap<u32, Option<i64>>>;

/// Shared, shared within the window and, after the filters, the cosine of every pair, straight from the definitions.
fn brute_force(
    shares: &[(u32, u32, Option<i64>)],
    p: &LinkParameters,
) -> BTreeMap<(u32, u32), (u32, u32, Option<f64>)> {
    let mut rows = Rows::new();
    for &(account, target, at) in shares {
        rows.entry(account).or_default().entry(target).or_insert(at);
    }
    let active: Rows = rows.clone().into_iter().filter(|(_, t)| t.len() >= p.min_retweets as usize).collect();
    let frequency = |target: &u32| active.values().filter(|targets| targets.contains_key(target)).count();
    let kept: BTreeMap<u32, Vec<u32>> = active
        .iter()
        .map(|(&a, t)| (a, t.keys().copied().filter(|t| frequency(t) >= p.min_accounts as usize).collect::<Vec<_>>()))
        .filter(|(_, targets)| !targets.is_empty())
        .collect();
    let n = kept.len() as f64;
    let idf = |t: &u32| ((1.0 + n) / (1.0 + frequency(t) as f64)).ln() + 1.0;
    let norm = |targets: &[u32]| targets.iter().map(|t| idf(t).powi(2)).sum::<f64>().sqrt();
    let mut pairs = BTreeMap::new();
    for (&a, of_a) in &rows {
        for (&b, of_b) in rows.range(a + 1..) {
            let common: Vec<u32> = of_a.keys().copied().filter(|t| of_b.contains_key(t)).collect();
            let gap = |t: &u32| Some(of_a[t]?.abs_diff(of_b[t]?));
            let near = common.iter().filter(|t| gap(t).is_some_and(|gap| gap <= u64::from(p.window_seconds) * 1000));
            let cosine = kept.get(&a).zip(kept.get(&b)).map(|(x, y)| {
                x.iter().filter(|t| y.contains(t)).map(|t| idf(t).powi(2)).sum::<f64>() / (norm(x) * norm(y))
            });
            if !common.is_empty() {
                pairs.insert((a, b), (common.len() as u32, near.count() as u32, cosine));
            }
        }
    }
    pairs
}

/// numpy's default percentile.
fn percentile(mut values: Vec<f64>, wanted: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let position = wanted / 100.0 * (values.len() - 1) as f64;
    let (lower, upper) = (values[position.floor() as usize], values[position.ceil() as usize]);
    lower + (upper - lower) * position.fract()
}

fn some_parameters() -> impl Strategy<Value = LinkParameters> {
    let keep = prop_oneof![
        Just(KeepRule::All),
        (0.0..100.0).prop_map(KeepRule::Percentile),
        (0.05..1.0).prop_map(KeepRule::Cosine),
        (1_u32..4).prop_map(KeepRule::Shared),
        (1_u32..4).prop_map(KeepRule::SharedWithin),
    ];
    (1_u32..4, 1_u32..4, 0_u32..20, keep).prop_map(|(min_retweets, min_accounts, window_seconds, keep)| {
        LinkParameters { min_retweets, min_accounts, window_seconds, keep, ..LinkParameters::default() }
    })
}

proptest! {
    #[test]
    fn muted_targets_are_as_if_they_had_never_been(
        shares in prop::collection::vec((1_u32..8, 1_u32..8, prop::option::of(0_i64..5_000)), 0..60),
        muted in prop::collection::hash_set(1_u32..8, 0..3),
        most in prop::option::of(1_u32..6),
    ) {
        let objects = muted.iter().map(|&object| ObjectId(object)).collect();
        let found = incidence_without(Muting { objects, max_accounts: most }, &shares);
        let sharers = |target: u32| {
            let sharing = shares.iter().filter(|share| share.1 == target).map(|share| share.0);
            sharing.collect::<std::collections::BTreeSet<_>>().len()
        };
        let popular = |target| most.is_some_and(|most| sharers(target) > most as usize);
        let left: Vec<_> =
            shares.iter().copied().filter(|&(_, target, _)| !muted.contains(&target) && !popular(target)).collect();
        let expected = incidence(&left);
        let gone = (1..8).filter(|&target| sharers(target) > 0 && (muted.contains(&target) || popular(target))).count();
        prop_assert_eq!(found.muted_targets(), gone);
        prop_assert_eq!(found.target_count(), expected.target_count());
        let everything = parameters(KeepRule::Shared(1));
        prop_assert_eq!(build(&found, &everything), build(&expected, &everything));
    }
}

proptest! {
    #[test]
    fn many_pairs_at_once_are_read_as_one_by_one(
        shares in prop::collection::vec((1_u32..9, 1_u32..20, prop::option::of(0_i64..9_000)), 0..80),
        p in some_parameters(),
    ) {
        let incidence = incidence(&shares);
        let (filtered, window_seconds) = (Filtered::new(&incidence, &p), p.window_seconds);
        let evidence = Evidence { incidence: &incidence, filtered: &filtered, significance: None, coordination: None, window_seconds };
        let accounts: Vec<AccountId> = (0..10).map(AccountId).collect();
        let (mut many, mut one) = (evidence.reader(), evidence.reader());
        for &a in &accounts {
            let mut read = Vec::new();
            many.read_all(a, &accounts, |figures| read.push(figures));
            prop_assert_eq!(read, accounts.iter().map(|&b| one.read(a, b)).collect::<Vec<_>>());
        }
    }
}

proptest! {
    #[test]
    fn the_engine_agrees_with_brute_force(
        shares in prop::collection::vec((1_u32..12, 1_u32..9, prop::option::of((0_i64..9).prop_map(|s| s * 2_500))), 0..80),
        p in some_parameters(),
    ) {
        let all = brute_force(&shares, &p);
        let cosines: Vec<f64> = all.values().filter_map(|pair| pair.2).filter(|&cosine| cosine > 0.0).collect();
        let least = match p.keep {
            KeepRule::Percentile(wanted) if !cosines.is_empty() => percentile(cosines, wanted),
            KeepRule::Cosine(least) => least,
            _ => 0.0,
        };
        let keeps = |pair: &(u32, u32, Option<f64>)| match p.keep {
            KeepRule::Shared(least) => pair.0 >= least,
            KeepRule::SharedWithin(least) => pair.1 >= least,
            _ => pair.2.is_some_and(|cosine| cosine > 0.0 && cosine >= least - 1e-9),
        };
        let expected: BTreeMap<_, _> = all.into_iter().filter(|(_, pair)| keeps(pair)).collect();
        let found = build(&incidence(&shares), &p);
        let ends = |pair: &LinkedPair| (pair.a.0, pair.b.0);
        prop_assert_eq!(found.iter().map(ends).collect::<Vec<_>>(), expected.keys().copied().collect::<Vec<_>>());
        for pair in &found {
            let co = pair.link.co_share.unwrap();
            let (shared, within, cosine) = expected[&ends(pair)];
            prop_assert_eq!((co.shared, co.shared_within), (shared, within));
            prop_assert_eq!(co.cosine.is_some(), cosine.is_some());
            prop_assert!((co.cosine.unwrap_or(0.0) - cosine.unwrap_or(0.0)).abs() < 1e-12);
        }
    }
}
