use proptest::prelude::*;

use super::author_held::AuthorHeld;
use super::candidates::Candidate;
use super::common::Common;
use super::counts::{Counts, Reach};
use super::pace::Pace;
use super::*;
use crate::graph::opened::Opened;
use crate::graph::significance::{Fitness, Trials};
use crate::graph::tests::incidence;
use crate::model::{AccountId, ObjectId, Origins, Timestamp};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;

/// (account, target, author of the target, its time, and the age of the target when it was shared).
fn with_origins(shares: &[(u32, u32, u32, i64, i64)]) -> Incidence {
    let timed: Vec<_> =
        shares.iter().map(|&(account, target, _, made, age)| (account, target, Some(made + age))).collect();
    let mut incidence = incidence(&timed);
    let mut origins = Origins::default();
    for &(_, target, author, made, _) in shares {
        origins.note(ObjectId(target), Some(AccountId(author)), Some(Timestamp(made)));
    }
    incidence.know_origins(origins);
    incidence
}

/// The chance that at least so many of these happen, by looking at every outcome.
fn brute_force(probabilities: &[f64], at_least: u32) -> f64 {
    let outcomes = 0_u32..1 << probabilities.len();
    let chance = |outcome: u32| -> f64 {
        let each = probabilities.iter().enumerate();
        each.map(|(place, p)| if outcome >> place & 1 == 1 { *p } else { 1.0 - p }).product()
    };
    outcomes.filter(|outcome| outcome.count_ones() >= at_least).map(chance).sum()
}

fn is_near(found: f64, wanted: f64) {
    assert!((found / wanted - 1.0).abs() < 1e-6 || (found - wanted).abs() < 1e-300, "{found:e} for {wanted:e}");
}

proptest! {
    #[test]
    fn tails_are_those_of_every_outcome(
        singles in prop::collection::vec(1e-6..0.999_f64, 1..6),
        groups in prop::collection::vec((1_u32..4, 1e-6..0.999_f64), 1..3),
        at_least in 0_u32..13,
    ) {
        let mut reach = Reach::new(at_least as usize);
        singles.iter().for_each(|&probability| reach.add_trial(probability));
        for &(count, probability) in &groups {
            reach.add(&Counts::of_trials([Trials { count, probability }].into_iter()));
        }
        let each: Vec<f64> =
            singles.iter().copied().chain(groups.iter().flat_map(|&(count, p)| vec![p; count as usize])).collect();
        is_near(reach.chance(), brute_force(&each, at_least));
    }

    #[test]
    fn the_pace_is_that_of_every_pair(
        shares in prop::collection::vec((1_u32..8, 1_u32..5, 0_i64..900), 1..40),
        left_out in 1_u32..7,
    ) {
        let shares: Vec<_> = shares.iter().map(|&(account, target, at)| (account, target, Some(at * SECOND))).collect();
        let data = incidence(&shares);
        let count = |skip: Option<(u32, u32)>| {
            let (mut pairs, mut within) = (0_u64, [0_u64; 3]);
            for a in 1..8 {
                for b in a + 1..8 {
                    let numbers = (data.number(AccountId(a)), data.number(AccountId(b)));
                    for target in data.shared_targets(AccountId(a), AccountId(b)) {
                        if skip == Some(numbers) { continue }
                        let Some((x, y)) = target.at_a.zip(target.at_b) else { continue };
                        pairs += 1;
                        for (within, window) in within.iter_mut().zip(WINDOWS) {
                            *within += u64::from((x.0 - y.0).abs() <= window);
                        }
                    }
                }
            }
            (pairs, within)
        };
        let pace = Pace::of_all(Candidates::new(&data).times());
        prop_assert_eq!(pace.counts(), count(None));
        let skipped = (data.number(AccountId(left_out)), data.number(AccountId(left_out + 1)));
        let (mut opened, mut shared, mut common) = (Opened::new(&data), Vec::new(), Common::default());
        opened.open(skipped.0);
        opened.shared_with(std::iter::once(skipped.1), &mut shared);
        let held = AuthorHeld::new(&data, &Task::UNWATCHED).unwrap();
        common.read(&held, &data, skipped.0, &shared);
        let mut some = Pace::of_none();
        some.add(&common);
        if count(Some(skipped)).0 > 0 {
            prop_assert_eq!(pace.without(some).counts(), count(Some(skipped)));
        } else {
            prop_assert_eq!(pace.without(some), pace, "a pace of nobody is none");
        }
    }
}

#[test]
fn tails_are_right_far_out() {
    let mut reach = Reach::new(10);
    (0..12).for_each(|_| reach.add_trial(1e-30));
    // Of twelve, any ten; more than ten weigh nothing beside it.
    is_near(reach.chance(), 66.0 * 1e-300);
    let mut reach = Reach::new(4);
    reach.add(&Counts::of_trials([Trials { count: 5_000, probability: 1e-9 }].into_iter()));
    let pairs: f64 = 5_000.0 * 4_999.0 * 4_998.0 * 4_997.0 / 24.0;
    is_near(reach.chance(), pairs * 1e-36 * (-5e-6_f64).exp() * (1.0 + 5e-6 / 5.0));
}

#[test]
fn an_author_is_held_by_how_much_each_shares_and_how_popular_each_post_is() {
    // Author 50 has four posts, author 60 two, author 70 one, of which nobody can choose.
    let shared = [(1, [1, 2, 5]), (2, [1, 2, 7]), (3, [1, 3, 6]), (4, [4, 5, 7])];
    let author = |target| {
        if target < 5 {
            50
        } else if target < 7 {
            60
        } else {
            70
        }
    };
    let shares: Vec<_> = shared
        .iter()
        .flat_map(|&(account, targets)| targets.map(|target| (account, target, author(target), 0, 0)))
        .collect();
    let data = with_origins(&shares);
    let held = AuthorHeld::new(&data, &Task::UNWATCHED).unwrap();
    let number = |account| data.number(AccountId(account));
    let fitness = Fitness::solve(&[2, 2, 2, 1], &[3, 2, 1, 1], &Task::UNWATCHED).unwrap();
    let of = |degree| fitness.probabilities(degree);
    let mut each = Vec::new();
    for ((count, a), (_, b)) in of(2).into_iter().zip(of(2)) {
        each.extend(vec![a * b; count as usize]);
    }
    is_near(held.ln_chance(number(1), number(2), 2).exp(), brute_force(&each, 2));
    assert_eq!((0..7).filter_map(|target| held.author(target)).count(), 6, "nobody chooses among one post");
}

/// Numbers that follow no pattern, the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % bound
    }
}

/// Sixty people share some of eighty posts of forty authors, hours apart, and six share ten of them seconds after each other.
fn crowd_and_campaign() -> Vec<(u32, u32, u32, i64, i64)> {
    let (mut shares, mut draw) = (Vec::new(), Draw(7));
    let mut share = |account, target: u32, age| {
        shares.push((account, target, 1_000 + target / 2, i64::from(target) * 50 * HOUR, age));
    };
    for person in 100..160 {
        for _ in 0..10 {
            share(person, draw.below(80), i64::from(draw.below(36_000)) * SECOND);
        }
    }
    for member in 0..6 {
        for step in 0..10 {
            share(200 + member, step * 8, HOUR + i64::from(member) * 2 * SECOND);
        }
    }
    shares
}

fn learned(data: &Incidence) -> Coordination {
    Coordination::learn(data, &Candidates::new(data), &Task::UNWATCHED).unwrap()
}

fn test_of(data: &Incidence, learned: &Coordination, a: u32, b: u32) -> CoordinationTest {
    let (mut opened, mut shared) = (Opened::new(data), Vec::new());
    opened.open(a);
    opened.shared_with(std::iter::once(b), &mut shared);
    learned.test(data, (a, b), &shared)
}

fn found(data: &Incidence, part: CoordinationPart, at_most: f64) -> Vec<(u32, u32)> {
    let select = Select { top: None, limit: usize::MAX, task: &Task::UNWATCHED };
    let (_, pairs) = Coordination::find(data, part, at_most, &select).unwrap();
    pairs.into_iter().map(|(a, b)| (data.account(a).0, data.account(b).0)).collect()
}

#[test]
fn accounts_that_share_at_once_are_found_and_others_are_not() {
    let data = with_origins(&crowd_and_campaign());
    for part in [CoordinationPart::Both, CoordinationPart::Timing] {
        let pairs = found(&data, part, 1e-4);
        assert_eq!(pairs.len(), 15, "{part:?}: {pairs:?}");
        assert!(pairs.iter().all(|&(a, b)| a >= 200 && b >= 200), "{part:?}: {pairs:?}");
    }
    // What both parts say is what each pair is told.
    let test = test_of(&data, &learned(&data), data.number(AccountId(200)), data.number(AccountId(201)));
    assert!(test.ln_timing.unwrap() < -20.0 && test.ln_author_held.is_some(), "{test:?}");
}

/// Every pair, and every part, at several bounds: a bound that rules a pair out must not rule out what is small enough.
#[test]
fn a_pair_is_judged_by_bounds_as_by_the_whole_test() {
    let mut data = crowd_and_campaign();
    // Some of it at once, so that habits count, and some of one author.
    data.extend(
        (0..30).flat_map(|fan| (0..12).map(move |post| (300 + fan, 200 + post, 2_000, 0, i64::from(fan) * SECOND))),
    );
    let data = with_origins(&data);
    let learned = learned(&data);
    let accounts = dense(data.account_bound());
    let parts = [CoordinationPart::Both, CoordinationPart::Timing, CoordinationPart::AuthorHeld];
    let (mut judged, mut kept) = (0, 0);
    for part in parts {
        for at_most in [1.0, 0.05, 1e-3, 1e-8] {
            let mut judge = Judge::new(&learned, &data, Question::new(part, f64::ln(at_most)));
            for (a, b) in (0..accounts).flat_map(|a| (a + 1..accounts).map(move |b| (a, b))) {
                let shared = data.shared_targets(data.account(a), data.account(b));
                let gaps = shared.iter().filter_map(|target| Some(target.at_a?.0.abs_diff(target.at_b?.0)));
                let within =
                    WINDOWS.map(|window| dense(gaps.clone().filter(|&gap| gap <= window.unsigned_abs()).count()));
                let near = [within[WINDOWS.len() - 1]; WINDOWS.len()];
                let (shared, timed) = (dense(shared.len()), dense(gaps.count()));
                let whole = test_of(&data, &learned, a, b).ln_chance(part);
                let whole = whole.filter(|&chance| shared >= FEWEST_SHARED && chance <= f64::ln(at_most));
                let all_timed = timed == shared;
                let counted = Candidate { shared, timed, all_timed, within };
                let wide = Candidate { timed: near[0], within: near, ..counted };
                let fewest = near[0].max(FEWEST_SHARED);
                let of_near = Candidate { shared: fewest, timed: if all_timed { fewest } else { near[0] }, ..counted };
                for candidate in [counted, wide, of_near] {
                    assert_eq!(judge.ln_chance(a, b, candidate, 0.0), whole, "{a} and {b}, {part:?}, {at_most}");
                }
                judged += 1;
                kept += usize::from(whole.is_some());
            }
        }
    }
    assert!(kept > 1_000 && kept * 2 < judged, "{kept} of {judged}");
}

/// Without authors only near pairs are come upon; some shares have no time here.
#[test]
fn pairs_that_only_times_can_tell_are_those_of_the_whole_test() {
    let shares = crowd_and_campaign();
    for untimed in [false, true] {
        let time = |account: u32, at| (!untimed || !account.is_multiple_of(7)).then_some(at);
        let timed: Vec<_> = shares
            .iter()
            .map(|&(account, target, _, made, age)| (account, target, time(account, made + age)))
            .collect();
        let mut data = incidence(&timed);
        data.know_origins(Origins::default());
        let (learned, accounts) = (learned(&data), dense(data.account_bound()));
        for (part, at_most) in
            [(CoordinationPart::Both, 1e-3), (CoordinationPart::Timing, 0.2), (CoordinationPart::Both, 1.0)]
        {
            let is_kept = |&(a, b): &(u32, u32)| {
                let shared = data.shared_targets(data.account(a), data.account(b)).len();
                let chance = test_of(&data, &learned, a, b).ln_chance(part);
                shared >= FEWEST_SHARED as usize && chance.is_some_and(|chance| chance <= f64::ln(at_most))
            };
            let pairs = (0..accounts).flat_map(|a| (a + 1..accounts).map(move |b| (a, b))).filter(is_kept);
            let mut wanted: Vec<_> = pairs.map(|(a, b)| (data.account(a).0, data.account(b).0)).collect();
            let mut found = found(&data, part, at_most);
            wanted.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, wanted, "{part:?}, {at_most}, {untimed}");
            assert!(found.len() >= 10);
        }
    }
}

/// So many that products of their chances are smaller than any number.
#[test]
fn those_who_share_hundreds_at_once_are_found_by_every_part() {
    let mut shares = crowd_and_campaign();
    shares.retain(|&(account, ..)| account < 200);
    let mut share = |account, target: u32, age| {
        shares.push((account, target, 5_000 + target % 20, i64::from(target) * HOUR, age));
    };
    for target in 1_000..1_600 {
        (300..303).for_each(|member| share(member, target, HOUR + i64::from(member) * 200));
    }
    // Each shares a few posts of the same authors alone, so that there is a choice.
    for target in 2_000..8_000 {
        share(400 + target % 40, target, i64::from(target) * SECOND);
        share(400 + (target / 7) % 40, target, i64::from(target * 3) * SECOND);
    }
    let data = with_origins(&shares);
    for part in [CoordinationPart::Both, CoordinationPart::Timing, CoordinationPart::AuthorHeld] {
        let pairs = found(&data, part, 1e-6);
        assert!([(300, 301), (300, 302), (301, 302)].iter().all(|pair| pairs.contains(pair)), "{part:?}: {pairs:?}");
    }
    let test = test_of(&data, &learned(&data), data.number(AccountId(300)), data.number(AccountId(301)));
    let chance = test.ln_chance(CoordinationPart::Both).unwrap();
    assert!(chance.is_finite() && chance < -800.0, "{test:?}");
}

/// Twelve people share nearly all posts of one author within a minute, since they are told of each.
#[test]
fn people_who_are_told_of_each_post_explain_themselves() {
    let mut shares = crowd_and_campaign();
    shares.retain(|&(account, ..)| account < 200);
    let mut draw = Draw(11);
    for fan in 0..12_u32 {
        for post in 0..30_u32 {
            let target = 200 + post;
            let age = i64::from(draw.below(50) + 5) * SECOND;
            shares.push((300 + fan, target, 2_000, i64::from(post) * 5 * HOUR, age));
        }
    }
    let data = with_origins(&shares);
    assert_eq!(found(&data, CoordinationPart::Both, 3e-4), []);
}

#[test]
fn without_times_or_authors_the_other_part_stands_alone() {
    let shares = crowd_and_campaign();
    let timed: Vec<_> =
        shares.iter().map(|&(account, target, _, made, age)| (account, target, Some(made + age))).collect();
    let test =
        |data: &Incidence| test_of(data, &learned(data), data.number(AccountId(200)), data.number(AccountId(201)));
    let mut no_authors = incidence(&timed);
    no_authors.know_origins(Origins::default());
    let found = test(&no_authors);
    assert_eq!(found.ln_author_held, None);
    assert_eq!(found.ln_chance(CoordinationPart::Both), found.ln_timing);
    let untimed: Vec<_> = timed.iter().map(|&(account, target, _)| (account, target, None)).collect();
    let mut no_times = incidence(&untimed);
    let mut origins = Origins::default();
    shares.iter().for_each(|&(_, target, author, ..)| origins.note(ObjectId(target), Some(AccountId(author)), None));
    no_times.know_origins(origins);
    let found = test(&no_times);
    assert_eq!(found.ln_timing, None);
    assert_eq!(found.ln_chance(CoordinationPart::Both), found.ln_author_held);
    assert_eq!(found.ln_chance(CoordinationPart::Timing), None);
}
