//! Whether an account was created together with others of the data, against the pace at which the data's accounts around
//! that time were created. An event, or a platform that opens, brings people too.

use super::{Outcome, Silence};
use crate::model::{Account, AccountId};

/// Accounts created within so many milliseconds belong together: a day.
const TOGETHER_MS: i64 = 86_400_000;
/// Within so many milliseconds before and after, the pace is measured: 90 days.
const AROUND_MS: i64 = 90 * TOGETHER_MS;
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
    /// The chance of so many or more at that pace, if accounts came independently (Poisson); a slower pace than half an
    /// account in these two days counts as half an account.
    pub p: f64,
    /// Some of the others, the nearest in time first.
    pub examples: Vec<AccountId>,
}

/// The bursts of each account; the value is −log10 of the chance, so that rarer is more.
#[must_use]
pub fn creation_bursts(accounts: &[Account]) -> Vec<Outcome<CreationBurst>> {
    let mut known: Vec<(i64, AccountId)> =
        accounts.iter().filter_map(|account| Some((account.profile.created_at?.0, account.id))).collect();
    // Of those created at one time the first in the order of ids.
    known.sort_by_key(|&(at, _)| at);
    let factorials = ln_factorials(known.len());
    let one = |account: &Account| {
        let created = account.profile.created_at.ok_or(Silence::Unknown("no date of creation in the data"))?;
        let has = known.len() as u64;
        if has < FEWEST_ACCOUNTS {
            return Err(Silence::TooFew { what: "accounts with a date of creation", has, needs: FEWEST_ACCOUNTS });
        }
        Ok(burst(&known, created.0, account.id, &factorials))
    };
    accounts.iter().map(one).collect()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds and counts of any data set are far below 2^52")]
fn burst(known: &[(i64, AccountId)], at: i64, id: AccountId, factorials: &[f64]) -> (f64, CreationBurst) {
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
    let surprise = -log10_poisson_tail(others, expected, factorials);
    let same = known.partition_point(|&(other, _)| other < at);
    let own = same + known[same..].iter().position(|other| other.1 == id).unwrap_or(0);
    let mut examples: Vec<(u64, AccountId)> = Vec::new();
    let nearest = own.saturating_sub(NAMED).max(together.start)..(own + NAMED + 1).min(together.end);
    examples.extend(known[nearest].iter().filter(|other| other.1 != id).map(|&(other, id)| (other.abs_diff(at), id)));
    examples.sort_by_key(|&(gap, _)| gap);
    let examples = examples.into_iter().take(NAMED).map(|(_, id)| id).collect();
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    (surprise, CreationBurst { others, expected, p: 10_f64.powf(-surprise), examples })
}

fn ln_factorials(most: usize) -> Vec<f64> {
    let mut sum = 0.0;
    #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
    let next = |number: usize| {
        sum += (number.max(1) as f64).ln();
        sum
    };
    (0..=most).map(next).collect()
}

/// log10 of P(X ≥ `count`) for X Poisson with this mean. Where nothing is expected something is as rare as half an
/// account: one cannot be surprised without limit by a pace that was measured on nothing.
fn log10_poisson_tail(count: usize, mean: f64, factorials: &[f64]) -> f64 {
    let mean = mean.max(0.5);
    #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
    let ln_term = |k: usize| k as f64 * mean.ln() - mean - factorials[k.min(factorials.len() - 1)];
    if count == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
    if (count as f64) <= mean {
        let below: f64 = (0..count).map(|k| ln_term(k).exp()).sum();
        return (1.0 - below).max(f64::MIN_POSITIVE).log10().min(0.0);
    }
    // Each further term is smaller by mean / k, so that the sum soon stands still.
    let (mut sum, mut term) = (1.0, 1.0);
    for k in count + 1.. {
        #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
        let ratio = mean / k as f64;
        term *= ratio;
        sum += term;
        if term < sum * 1e-16 {
            break;
        }
    }
    ((ln_term(count) + f64::ln(sum)) / std::f64::consts::LN_10).min(0.0)
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

    #[test]
    fn the_tail_of_poisson_by_the_table() {
        let factorials = ln_factorials(100);
        let tail = |count, mean| 10_f64.powf(log10_poisson_tail(count, mean, &factorials));
        for (count, mean, p) in
            [(0, 3.0, 1.0), (1, 2.0, 0.864_664_716_8), (3, 2.0, 0.323_323_583_8), (10, 2.0, 4.649_807_501e-5)]
        {
            assert!((tail(count, mean) / p - 1.0).abs() < 1e-8, "{count} {mean}: {}", tail(count, mean));
        }
        assert!((tail(80, 100.0) - 0.982_548_677_5).abs() < 1e-9, "{}", tail(80, 100.0));
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
