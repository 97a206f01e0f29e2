//! Known values, brute force, and the real sample against numpy and scipy.

use proptest::prelude::*;

use super::poisson_binomial::{Trials, ln_tail, tails};
use super::*;
use crate::graph::Task;

fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} for {expected}");
}

#[test]
fn hypergeometric_check_values() {
    close(hypergeometric_tail(100, 10, 12, 5), 0.001_922_02, 1e-5);
    close(hypergeometric_tail(100, 10, 12, 3), 0.098_101_1, 1e-5);
    assert_eq!(hypergeometric_tail(100, 10, 12, 0), 1.0);
    assert_eq!(hypergeometric_tail(10, 8, 7, 5), 1.0, "five of ten must be shared");
    close(hypergeometric_tail(10, 5, 5, 5), 1.0 / 252.0, 1e-12);
    assert!(hypergeometric_tail(1_000_000, 5_000, 5_000, 5_000) > 0.0);
}

/// The distribution by adding one trial after the other.
fn brute_force(trials: &[Trials], at_least: u32) -> f64 {
    let mut mass = vec![1.0];
    for group in trials {
        for _ in 0..group.count {
            mass.push(0.0);
            for k in (1..mass.len()).rev() {
                mass[k] = mass[k] * (1.0 - group.probability) + mass[k - 1] * group.probability;
            }
            mass[0] *= 1.0 - group.probability;
        }
    }
    mass[(at_least as usize).min(mass.len())..].iter().sum()
}

#[test]
fn tails_are_exact_where_no_number_is_small_enough() {
    let trials = [Trials { count: 60, probability: 1e-6 }];
    close(ln_tail(&trials, 60), 60.0 * 1e-6_f64.ln(), 1e-12);
    assert_eq!(ln_tail(&trials, 61), f64::NEG_INFINITY);
    assert_eq!(ln_tail(&trials, 0), 0.0);
    let certain = [Trials { count: 3, probability: 1.0 }, Trials { count: 5, probability: 0.0 }];
    assert_eq!(ln_tail(&certain, 3), 0.0);
    assert_eq!(ln_tail(&certain, 4), f64::NEG_INFINITY);
    let model = NullModel::new(&[40; 500], &[2; 10_000], &Task::UNWATCHED).unwrap();
    assert!(model.tail(Overlap::new(40, 40, 40)) > 0.0, "never a wrong zero");
}

/// Far below this brute force runs out of digits, and then of numbers, which says nothing of the tails.
const TOLD_BY_BRUTE_FORCE: f64 = 1e-280;

fn agree(trials: &[Trials], at_least: u32, expected: f64) {
    let (ln, tail) = (ln_tail(trials, at_least), tails(trials, &[at_least])[0]);
    if expected >= TOLD_BY_BRUTE_FORCE {
        close(ln.exp(), expected, 1e-9);
        close(tail, expected, 1e-9);
    } else {
        assert!(ln <= TOLD_BY_BRUTE_FORCE.ln() + 1e-6 && tail > 0.0, "{ln} {tail} for {expected}");
    }
}

/// Once drawn by lot: smaller than any number, where the tail is the smallest there is and brute force says 0.
#[test]
fn a_tail_below_all_numbers_is_not_compared_with_brute_force() {
    for (count, probability) in [(39, 1e-8), (39, 1e-12), (30, 1.1e-10)] {
        let trials = [Trials { count, probability }];
        agree(&trials, count, brute_force(&trials, count));
        close(ln_tail(&trials, count), f64::from(count) * probability.ln(), 1e-12);
    }
}

proptest! {
    #[test]
    fn tails_agree_with_brute_force(
        groups in prop::collection::vec((1_u32..40, 1e-6_f64..1.0), 1..6),
        share in 0.0_f64..1.0,
    ) {
        let trials: Vec<Trials> =
            groups.iter().map(|&(count, p)| Trials { count, probability: p * p }).collect();
        let all: u32 = trials.iter().map(|t| t.count).sum();
        let at_least = (share * f64::from(all)) as u32;
        let expected = brute_force(&trials, at_least);
        agree(&trials, at_least, expected);
    }

    #[test]
    fn expected_degrees_are_the_observed_ones(
        shares in prop::collection::btree_set((0_u32..12, 0_u32..20), 1..120),
    ) {
        let degrees = |side: &dyn Fn(&(u32, u32)) -> u32, bound| -> Vec<u32> {
            (0..bound).map(|id| shares.iter().filter(|share| side(share) == id).count() as u32).filter(|&d| d > 0).collect()
        };
        let (accounts, targets) = (degrees(&|share| share.0, 12), degrees(&|share| share.1, 20));
        let fitness = Fitness::solve(&accounts, &targets, &Task::UNWATCHED).unwrap();
        for &degree in &accounts {
            let expected: f64 = fitness.probabilities(degree).iter().map(|&(count, p)| f64::from(count) * p).sum();
            prop_assert!((expected - f64::from(degree)).abs() < 1e-7, "{expected} for {degree}");
        }
    }
}

#[test]
fn accounts_that_share_everything_have_no_finite_fitness() {
    let fitness = Fitness::solve(&[3, 1, 2], &[3, 2, 1], &Task::UNWATCHED).unwrap();
    assert_eq!(fitness.of_account(3), Some(f64::INFINITY));
    assert_eq!(fitness.of_target(3), Some(f64::INFINITY));
    let all: f64 = fitness.probabilities(3).iter().map(|&(count, p)| f64::from(count) * p).sum();
    assert_eq!(all, 3.0);
    assert_eq!(fitness.of_account(7), None);
}

#[test]
fn q_values_of_a_known_example() {
    // p.adjust(c(0.01, 0.02, 0.02, 0.04, 0.5), "BH") of R.
    let groups = vec![('a', 1, 0.01), ('b', 2, 0.02), ('c', 1, 0.04), ('d', 1, 0.5)];
    let values = QValues::adjust(groups.clone(), 5);
    for (key, q) in [('a', 0.1 / 3.0), ('b', 0.1 / 3.0), ('c', 0.05), ('d', 0.5)] {
        close(values.get(&key).unwrap().1, q, 1e-12);
    }
    close(QValues::adjust(groups, 500).get(&'a').unwrap().1, 10.0 / 3.0 / 1.0, 1.0);
}

/// Real degrees and overlaps against numpy (fixed point to 1e-13, exact convolution) and scipy.
#[test]
fn the_real_sample_agrees_with_numpy_and_scipy() {
    let Some(folder) = std::env::var_os("BOT_TUI_REAL_DATA") else {
        println!("skipped: BOT_TUI_REAL_DATA is not set");
        return;
    };
    let folder = std::path::PathBuf::from(folder).join("co_retweet");
    let rows = |name: &str| -> Vec<csv::StringRecord> {
        csv::Reader::from_path(folder.join(name)).unwrap().records().map(Result::unwrap).collect()
    };
    let (mut accounts, mut targets) = (Vec::new(), Vec::new());
    let classes = rows("bicm_fitness.csv");
    for row in &classes {
        let (degree, count): (u32, usize) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let side = if &row[0] == "account" { &mut accounts } else { &mut targets };
        side.extend(std::iter::repeat_n(degree, count));
    }
    let model = NullModel::new(&accounts, &targets, &Task::UNWATCHED).unwrap();
    for row in &classes {
        let degree = row[1].parse().unwrap();
        let fitness = model.fitness();
        let found = if &row[0] == "account" { fitness.of_account(degree) } else { fitness.of_target(degree) };
        close(found.unwrap(), row[3].parse().unwrap(), 1e-8);
    }
    let pairs = rows("edge_significance_sample.csv");
    assert_eq!(pairs.len(), 5_255);
    let mut significant = [0, 0];
    for row in &pairs {
        let [a, b, shared]: [u32; 3] = [2, 3, 4].map(|column| row[column].parse().unwrap());
        let sdsm = model.tail(Overlap::new(a, b, shared));
        let blind = hypergeometric_tail(u32::try_from(targets.len()).unwrap(), a, b, shared);
        close(sdsm, row[5].parse().unwrap(), 1e-6);
        close(blind, row[6].parse().unwrap(), 1e-6);
        significant[0] += u32::from(sdsm <= 0.001);
        significant[1] += u32::from(blind <= 0.001);
    }
    assert_eq!(significant, [540, 3_482]);
}
