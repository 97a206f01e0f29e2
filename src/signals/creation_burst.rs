//! Whether an account was created together with others of the data, against the pace at which the data's accounts around
//! that time were created. An event, or a platform that opens, brings people too.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::negative_binomial::ln_tail;
use super::words::number;
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId, dense};
use crate::text::count_of;

/// Accounts created within so many milliseconds belong together: a day.
const TOGETHER_MS: i64 = 86_400_000;
/// Within so many milliseconds before and after, the pace is measured: 90 days.
const AROUND_DAYS: i64 = 90;
const AROUND_MS: i64 = AROUND_DAYS * TOGETHER_MS;
/// Where fewer are expected, so many are: one cannot be surprised without limit by a pace that was measured on nothing.
const LEAST_EXPECTED: f64 = 0.5;
/// Days of the data that are looked at: dates may be anything.
const MOST_DAYS: usize = 1 << 20;
/// With fewer accounts whose creation is known nothing can be told of a pace.
const FEWEST_ACCOUNTS: u64 = 20;
/// Others that are named.
const NAMED: usize = 5;

/// The accounts created within a day of one.
#[derive(Debug, Clone, PartialEq)]
pub struct CreationBurst {
    /// How many others were created within 24 h before or after, inclusive.
    pub others: u32,
    /// How many would be at the pace of the 90 days before and after, these two days left out.
    pub expected: f64,
    /// The chance of so many or more at that pace, where days vary as they do within these 90 days (negative binomial;
    /// Poisson where they vary no more than chance lets them). Fewer than half an account expected count as half an
    /// account, so that no small number is a surprise.
    pub p: f64,
    /// Some of the others, the nearest in time first.
    pub examples: Vec<AccountId>,
}

/// The bursts of each account; the value is −log10 of the chance, so that rarer is more.
pub(super) fn creation_bursts(accounts: &[Account]) -> Vec<Outcome<CreationBurst>> {
    let mut known: Vec<(i64, AccountId)> =
        accounts.iter().filter_map(|account| Some((account.profile.created_at?.0, account.id))).collect();
    // Of those created at one time the first in the order of ids.
    known.sort_by_key(|&(at, _)| at);
    let varying = Varying::new(&known);
    let one = |account: &Account| {
        let created = account.profile.created_at.ok_or(Silence::Unknown("no date of creation in the data"))?;
        let has = known.len() as u64;
        if has < FEWEST_ACCOUNTS {
            return Err(Silence::TooFew { what: "accounts with a date of creation", has, needs: FEWEST_ACCOUNTS });
        }
        Ok(burst(&known, created.0, account.id, &varying))
    };
    accounts.iter().map(one).collect()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds and counts of any data set are far below 2^52")]
fn burst(known: &[(i64, AccountId)], at: i64, id: AccountId, varying: &Varying) -> (f64, CreationBurst) {
    let within = |before: i64| {
        let start = known.partition_point(|&(other, _)| other < at.saturating_sub(before));
        start..known.partition_point(|&(other, _)| other <= at.saturating_add(before))
    };
    let (together, around) = (within(TOGETHER_MS), within(AROUND_MS));
    let others = together.len() - 1;
    // The pace is that of the time from which the data has accounts at all.
    let (first, last) = (known[0].0, known[known.len() - 1].0);
    let seen = |radius: i64| (at.saturating_add(radius).min(last) - at.saturating_sub(radius).max(first)) as f64;
    let rest_ms = seen(AROUND_MS) - seen(TOGETHER_MS);
    let pace = if rest_ms > 0.0 { (around.len() - together.len()) as f64 / rest_ms } else { 0.0 };
    let expected = pace * seen(TOGETHER_MS);
    // The pace varies from day to day: what is independent is the excess of each day, of which these are so many.
    let size = varying.size_around(at) * seen(TOGETHER_MS).max(1.0) / TOGETHER_MS as f64;
    let surprise = surprise(others, expected.max(LEAST_EXPECTED), size);
    let same = known.partition_point(|&(other, _)| other < at);
    let own = same + known[same..].iter().position(|other| other.1 == id).unwrap_or(0);
    let mut examples: Vec<(u64, AccountId)> = Vec::new();
    let nearest = own.saturating_sub(NAMED).max(together.start)..(own + NAMED + 1).min(together.end);
    examples.extend(known[nearest].iter().filter(|other| other.1 != id).map(|&(other, id)| (other.abs_diff(at), id)));
    examples.sort_by_key(|&(gap, _)| gap);
    let examples = examples.into_iter().take(NAMED).map(|(_, id)| id).collect();
    let others = dense(others);
    (surprise, CreationBurst { others, expected, p: 10_f64.powf(-surprise), examples })
}

/// −log10 of the chance of so many or more; never −0.
fn surprise(count: usize, mean: f64, size: f64) -> f64 {
    let ln = ln_tail(count, mean, size);
    if ln < 0.0 { -ln / std::f64::consts::LN_10 } else { 0.0 }
}

/// How much the number of accounts that are created in a day varies.
struct Varying {
    /// The first day of the data, in days since 1970.
    first: i64,
    /// For each day that has an account, the size of the negative binomial of a day's count around it.
    sizes: Vec<f64>,
}

impl Varying {
    /// Of ascending times.
    fn new(known: &[(i64, AccountId)]) -> Self {
        let day = |at: i64| at.div_euclid(TOGETHER_MS);
        let first = known.first().map_or(0, |one| day(one.0));
        let days = known.last().map_or(0, |last| day(last.0) - first + 1);
        let days = usize::try_from(days).unwrap_or_default().min(MOST_DAYS);
        let mut counts = vec![0.0_f64; days];
        for (at, _) in known {
            let place = usize::try_from(day(*at) - first).ok().and_then(|place| counts.get_mut(place));
            place.into_iter().for_each(|count| *count += 1.0);
        }
        let size = |day| if counts[day] > 0.0 { size_around(&counts, day) } else { f64::INFINITY };
        Self { first, sizes: (0..days).map(size).collect() }
    }

    fn size_around(&self, at: i64) -> f64 {
        let place = usize::try_from(at.div_euclid(TOGETHER_MS) - self.first);
        place.ok().and_then(|place| self.sizes.get(place)).copied().unwrap_or(f64::INFINITY)
    }
}

/// The size of the negative binomial of a day's count, by moments: mean² / (variance − mean) over the days within 90 of
/// this one. It and its two neighbours are left out, and the busiest of the others: two bursts within 90 days would hide
/// each other. Infinite where the variance is no larger than the mean.
#[expect(clippy::cast_precision_loss, reason = "a number of days")]
fn size_around(counts: &[f64], day: usize) -> f64 {
    let around = AROUND_DAYS.unsigned_abs() as usize;
    let before = &counts[day.saturating_sub(around)..day.saturating_sub(1)];
    let behind = &counts[(day + 2).min(counts.len())..(day + around + 1).min(counts.len())];
    let (mut all, mut squares, mut busiest) = (0.0, 0.0, 0.0_f64);
    for &count in before.iter().chain(behind) {
        all += count;
        squares += count * count;
        busiest = busiest.max(count);
    }
    let days = (before.len() + behind.len()).saturating_sub(1) as f64;
    if days < 2.0 {
        return f64::INFINITY;
    }
    let (all, squares) = (all - busiest, squares - busiest * busiest);
    let mean = all / days;
    let variance = (squares - all * mean) / (days - 1.0);
    if variance > mean && mean > 0.0 { mean * mean / (variance - mean) } else { f64::INFINITY }
}

impl Evidence for CreationBurst {
    const NAME: &'static str = "creation_burst";
    const MEANING: &'static str =
        "−log10 of the chance that so many others were created within 24 h, at the pace of the 90 days around";
    const CANNOT_TELL: &'static str =
        "An event, a campaign to join or a platform that opens brings many people on one day.";
    const KNOWN: &'static str = "Ranked a coordinated account above another 71 to 99 % of the time, on five labelled sets; a coin does so 50 %.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        Ok(creation_bursts(seen.accounts))
    }

    fn value(value: f64) -> String {
        number(value)
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        let others = count_of(self.others.into(), "other");
        format!("{others} within 24 h, {:.1} expected, chance {:.1e} by a negative binomial", self.expected, self.p)
    }

    fn json(&self, names: &dyn PublicNames) -> Value {
        let Self { others, expected, p, examples } = self;
        json!({ "others": others, "expected": expected, "p": p, "examples": names.accounts(examples) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Activity, Profile, Timestamp};

    fn created(times: &[Option<i64>]) -> Vec<Account> {
        let account = |(id, at): (u32, &Option<i64>)| Account {
            id: AccountId(id),
            platform: Default::default(),
            platform_id: id.to_string(),
            profile: Profile { created_at: at.map(Timestamp), ..Profile::default() },
            avatar: None,
            activity: Activity::default(),
        };
        (1..).zip(times).map(account).collect()
    }

    /// Normal numbers by the method of Box and Muller.
    fn normal(state: &mut u64) -> f64 {
        let mut unit = || {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((*state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        let (a, b) = (unit(), unit());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// A few accounts a day, but some days many times as many: a coefficient of variation of 2. A Poisson calls a third of
    /// them rare.
    #[test]
    fn days_that_vary_by_themselves_surprise_nobody() {
        let (mut state, spread) = (7, 5.0_f64.ln());
        let days = (0..720_i64).flat_map(|day| {
            let rate = (spread.sqrt() * normal(&mut state) - spread / 2.0).exp() * 10.0;
            let count = (rate + rate.sqrt() * normal(&mut state)).round().max(0.0) as i64;
            (0..count).map(move |number| Some(day * TOGETHER_MS + number * TOGETHER_MS / (count + 1)))
        });
        let times: Vec<Option<i64>> = days.collect();
        let found: Vec<(f64, CreationBurst)> = creation_bursts(&created(&times)).into_iter().flatten().collect();
        let share = |rare: &dyn Fn(&(f64, CreationBurst)) -> bool| {
            found.iter().filter(|one| rare(one)).count() as f64 / found.len() as f64
        };
        let varying = share(&|one| one.0 >= 3.0);
        let poisson = share(&|one| surprise(one.1.others as usize, one.1.expected.max(0.5), f64::INFINITY) >= 3.0);
        assert!(varying < 0.05 && poisson > 0.25, "{varying} {poisson}");
    }

    #[test]
    fn nothing_unusual_is_zero_and_has_no_sign() {
        assert!(surprise(0, 3.0, 2.0).is_sign_positive() && surprise(0, 3.0, f64::INFINITY).is_sign_positive());
        assert!((surprise(1, 0.5, f64::INFINITY) - 0.405_089).abs() < 1e-6, "1 − e^−0.5 by hand");
    }

    /// Days of 0, 3 and 9 over and over: over these 178 days, one of 9 left out, mean² / (variance − mean) by Python's
    /// statistics.
    #[test]
    fn how_much_days_vary_is_told_by_moments() {
        let counts = [0, 3, 9];
        let days = (0..400_i64).flat_map(|day| {
            let count = counts[day as usize % 3];
            (0..count).map(move |number| (day * TOGETHER_MS + number, AccountId(1)))
        });
        let known: Vec<(i64, AccountId)> = days.collect();
        let size = Varying::new(&known).size_around(200 * TOGETHER_MS);
        assert!((size - 1.587_373_168).abs() < 1e-6, "{size}");
        let even: Vec<(i64, AccountId)> = (0..400).map(|day| (day * TOGETHER_MS, AccountId(1))).collect();
        assert_eq!(Varying::new(&even).size_around(200 * TOGETHER_MS), f64::INFINITY);
    }

    #[test]
    fn two_bursts_do_not_hide_each_other() {
        let steady = (0..300).map(|day| Some(day * 2 * TOGETHER_MS));
        let burst = |day: i64, count: i64| (0..count).map(move |number| Some(day * TOGETHER_MS + number * 60_000));
        let times: Vec<Option<i64>> = steady.chain(burst(301, 78)).chain(burst(321, 97)).collect();
        let found = creation_bursts(&created(&times));
        assert!(found[300..].iter().all(|one| one.as_ref().unwrap().0 > 6.0), "{:?}", found[300]);
    }

    #[test]
    fn ten_in_a_day_among_one_in_ten_days_by_hand() {
        let day = TOGETHER_MS;
        let mut times: Vec<Option<i64>> = (0..41).map(|step| Some(step * 10 * day)).collect();
        times.extend((1..=9).map(|hour| Some(200 * day + hour * 3_600_000)));
        times.push(None);
        let found = creation_bursts(&created(&times));
        let (value, burst) = found[20].as_ref().unwrap();
        // 18 accounts on the 178 days around, so 0.2022 in two days; nine came.
        assert_eq!(burst.others, 9);
        assert!((burst.expected - 18.0 / 178.0 * 2.0).abs() < 1e-9, "{}", burst.expected);
        assert_eq!(burst.examples, [42, 43, 44, 45, 46].map(AccountId));
        assert!(*value > 8.0 && found[5].as_ref().unwrap().0 == 0.0, "{value}");
        assert_eq!(found[50].as_ref().unwrap_err().to_string(), "no date of creation in the data");
        assert!(creation_bursts(&created(&times[..19])).iter().all(Result::is_err));
    }

    proptest! {
        #[test]
        fn counting_all_pairs_finds_the_same(days in prop::collection::vec(0_i64..400, 20..60)) {
            let times: Vec<Option<i64>> = days.iter().map(|day| Some(day * TOGETHER_MS / 2)).collect();
            for (at, found) in times.iter().zip(creation_bursts(&created(&times))) {
                let near = |radius| times.iter().filter(|other| (other.unwrap() - at.unwrap()).abs() <= radius).count();
                let (value, burst) = found.unwrap();
                prop_assert_eq!(burst.others as usize, near(TOGETHER_MS) - 1);
                prop_assert!(value >= 0.0 && burst.expected >= 0.0 && burst.p > 0.0);
                prop_assert_eq!(burst.examples.len(), NAMED.min(burst.others as usize));
                let (first, last) = (times.iter().flatten().min().unwrap(), times.iter().flatten().max().unwrap());
                let seen = |radius: i64| ((at.unwrap() + radius).min(*last) - (at.unwrap() - radius).max(*first)) as f64;
                let rest = seen(AROUND_MS) - seen(TOGETHER_MS);
                if rest > 0.0 {
                    let expected = (near(AROUND_MS) - near(TOGETHER_MS)) as f64 / rest * seen(TOGETHER_MS);
                    prop_assert!((burst.expected - expected).abs() < 1e-9);
                }
            }
        }
    }
}
