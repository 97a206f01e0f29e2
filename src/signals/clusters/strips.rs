//! What members look like side by side: shapes of handles, dates of creation, hours of the day.

use rustc_hash::FxHashMap;

use crate::graph::Incidence;
use crate::model::{Account, AccountId, Timestamp, dense};
use crate::signals::handle_template::{is_assigned, shape};

/// Parts of the strip of creation dates.
pub const CREATION_BINS: usize = 24;
/// Shapes that are named.
const SHAPES: usize = 3;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A shape that handles of a cluster have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandleShape {
    /// The handle with `a` for each letter and `9` for each digit; other characters stay. Hostile until sanitised.
    pub shape: String,
    /// How many members have it.
    pub members: u32,
    /// Letters with digits at the end: the platform assigns such handles, so that they say nothing.
    pub assigned: bool,
}

/// When members were created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreationStrip {
    /// The first and the last creation.
    pub span: (Timestamp, Timestamp),
    /// Members created in each of equal parts of that time.
    pub bins: [u32; CREATION_BINS],
    /// The most members within 24 hours, and the first moment of these.
    pub densest: (u32, Timestamp),
    /// Of how many members the date is known.
    pub known: u32,
}

/// The commonest shapes of these accounts' handles.
pub(super) fn handle_shapes(accounts: &[&Account]) -> Vec<HandleShape> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for handle in accounts.iter().filter_map(|account| account.profile.handle.as_deref()) {
        *counts.entry(shape(handle)).or_default() += 1;
    }
    let mut shapes: Vec<HandleShape> = counts
        .into_iter()
        .map(|(shape, members)| HandleShape { assigned: is_assigned(&shape), shape, members })
        .collect();
    shapes.sort_by(|a, b| b.members.cmp(&a.members).then_with(|| a.shape.cmp(&b.shape)));
    shapes.truncate(SHAPES);
    shapes
}

/// When these accounts were created.
pub(super) fn created(accounts: &[&Account]) -> Option<CreationStrip> {
    let mut times: Vec<i64> = accounts.iter().filter_map(|account| Some(account.profile.created_at?.0)).collect();
    times.sort_unstable();
    let (&first, &last) = times.first().zip(times.last()).filter(|_| times.len() > 1)?;
    let mut bins = [0; CREATION_BINS];
    for &at in &times {
        bins[part(at, (first, last), CREATION_BINS)] += 1;
    }
    let within = |from: i64| {
        let (start, end) = (times.partition_point(|&at| at < from), times.partition_point(|&at| at <= from + DAY_MS));
        dense(end - start)
    };
    let densest =
        times.iter().map(|&from| (within(from), Timestamp(from))).max_by_key(|&(count, at)| (count, -at.0))?;
    let known = dense(times.len());
    Some(CreationStrip { span: (Timestamp(first), Timestamp(last)), bins, densest, known })
}

/// In which of `parts` equal parts of a span a moment lies.
fn part(at: i64, (first, last): (i64, i64), parts: usize) -> usize {
    let length = i128::from(last) - i128::from(first) + 1;
    let place = (i128::from(at) - i128::from(first)) * i128::try_from(parts).unwrap_or(1) / length;
    usize::try_from(place).unwrap_or(0).min(parts - 1)
}

/// Shares of these accounts in each hour of the day, in UTC.
pub(super) fn hours(incidence: &Incidence, members: &[AccountId]) -> [u32; 24] {
    let mut hours = [0; 24];
    for &member in members {
        incidence.for_each_share(member, |_, at| {
            if let Some(at) = at {
                hours[usize::try_from(at.0.div_euclid(HOUR_MS).rem_euclid(24)).unwrap_or(0)] += 1;
            }
        });
    }
    hours
}

/// The day, counted from 1970, on which most of these accounts' shares fall: shares on it, all with a time, and its first moment.
pub(super) fn busiest_day(incidence: &Incidence, members: &[AccountId]) -> Option<(u32, u32, Timestamp)> {
    let (mut days, mut all): (FxHashMap<i64, u32>, u32) = Default::default();
    for &member in members {
        incidence.for_each_share(member, |_, at| {
            if let Some(at) = at {
                *days.entry(at.0.div_euclid(DAY_MS)).or_default() += 1;
                all += 1;
            }
        });
    }
    let (day, count) = days.into_iter().max_by_key(|&(day, count)| (count, -day))?;
    Some((count, all, Timestamp(day * DAY_MS)))
}

/// The longest stretch of hours of the day in which hardly anybody acts (fewer than one share in a hundred), across
/// midnight too: its length and the hour at which it begins.
pub(super) fn quiet(hours: &[u32; 24]) -> (usize, usize) {
    let all: u32 = hours.iter().sum();
    let is_quiet = |hour: usize| u64::from(hours[hour % 24]) * 100 < u64::from(all);
    let stretch = |from: usize| (0..24).take_while(|step| is_quiet(from + step)).count();
    (0..24)
        .map(|from| (stretch(from), from))
        .max_by_key(|&(length, from)| (length, std::cmp::Reverse(from)))
        .unwrap_or_default()
}
