//! Controls: accounts that did not retweet the hub, each as active as one that did, within a quarter.

use std::collections::BTreeMap;

use super::Retweeter;
use crate::model::AccountId;

/// A control has at most so many times the retweets of its match, and no fewer than the inverse.
const FARTHEST: f64 = 1.25;

/// For each retweeter the nearest account that is left, by the number of retweets; the most active are served first,
/// since for them there is the least choice. Nobody is taken twice.
/// `number` tells the place of an account in the order of ids.
pub(super) fn matched(
    retweeters: &[Retweeter],
    others: Vec<Retweeter>,
    number: impl Fn(AccountId) -> u32,
) -> Vec<Retweeter> {
    let mut left: BTreeMap<u32, Vec<Retweeter>> = BTreeMap::new();
    for one in others.into_iter().rev() {
        left.entry(one.retweets).or_default().push(one);
    }
    let mut wanted: Vec<u32> = retweeters.iter().map(|one| one.retweets).collect();
    wanted.sort_unstable_by(|a, b| b.cmp(a));
    let mut controls: Vec<Retweeter> = wanted.into_iter().filter_map(|retweets| take(&mut left, retweets)).collect();
    controls.sort_unstable_by_key(|one| number(one.account));
    controls
}

fn take(left: &mut BTreeMap<u32, Vec<Retweeter>>, wanted: u32) -> Option<Retweeter> {
    let above = left.range(wanted..).next().map(|(&retweets, _)| retweets);
    let below = left.range(..wanted).next_back().map(|(&retweets, _)| retweets);
    let distance = |retweets: u32| (f64::from(retweets) / f64::from(wanted)).ln().abs();
    let nearest = above.into_iter().chain(below).min_by(|&a, &b| distance(a).total_cmp(&distance(b)))?;
    if distance(nearest) > FARTHEST.ln() {
        return None;
    }
    let equal = left.get_mut(&nearest)?;
    let taken = equal.pop();
    if equal.is_empty() {
        left.remove(&nearest);
    }
    taken
}
