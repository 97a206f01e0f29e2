//! Controls: accounts that did not retweet the hub, each as active as one that did, within a tenth. Retweeters of a figure
//! of like size come first: whoever retweets a figure that many retweet differs from others in more than one way.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::figures::Figures;
use super::{AuditBasis, Match, Retweeter};
use crate::graph::{GraphError, Task};
use crate::model::{AccountId, AccountKey};

/// A control has at most so many times the retweets of its match, and no fewer than the inverse. Within a quarter, controls
/// were less active on the whole and fell more often below what a rule asks for: without any coordination, 18 of 144 intervals
/// of clusters lay above 0, and 5 of 144 within a tenth (see `tests/no_coordination.rs`).
const FARTHEST: f64 = 1.1;
/// A figure is of like size where it has at most so many times the retweeters of the hub, and no fewer than the inverse.
const LIKE_SIZE: f64 = 2.0;
/// Figures that are looked at, the nearest in size first.
const MOST_FIGURES: usize = 64;

/// Candidates by the number of their retweets, each as its place among all of them.
type Left = BTreeMap<u32, Vec<usize>>;

struct Matching<'a> {
    retweeters: &'a [Retweeter],
    others: &'a [Retweeter],
    /// The places of retweeters without a control: the most active first, since for them there is the least choice.
    unmatched: Vec<usize>,
    taken: Vec<bool>,
    found: Vec<Match>,
}

/// For each retweeter the nearest account that is left, by the number of retweets. Nobody is taken twice; at equal distance
/// the platform's ids decide, so that the order of import makes no difference.
pub(super) fn matched(
    basis: &AuditBasis<'_>,
    (retweeters, others): (&[Retweeter], &[Retweeter]),
    figures: &Figures,
    task: &Task<'_>,
) -> Result<Vec<Match>, GraphError> {
    let mut by_key: Vec<(Option<AccountKey>, usize)> =
        others.iter().enumerate().map(|(place, one)| (basis.key(one.account), place)).collect();
    by_key.sort_unstable();
    let by_key: Vec<usize> = by_key.into_iter().map(|(_, place)| place).collect();
    let mut unmatched: Vec<usize> = (0..retweeters.len()).collect();
    unmatched.sort_by_cached_key(|&place| {
        (std::cmp::Reverse(retweeters[place].retweets), basis.key(retweeters[place].account))
    });
    let mut matching = Matching { retweeters, others, unmatched, taken: vec![false; others.len()], found: Vec::new() };
    let alike = alike(basis, retweeters.len(), figures);
    let mut of_figures: FxHashMap<AccountId, Vec<usize>> = alike.iter().map(|&figure| (figure, Vec::new())).collect();
    for &place in &by_key {
        let (mut authors, mut seen) = (basis.authors_of(others[place].account), None);
        authors.sort_unstable();
        for author in authors.into_iter().filter(|&author| seen.replace(author) != Some(author)) {
            of_figures.get_mut(&author).into_iter().for_each(|places| places.push(place));
        }
    }
    for figure in &alike {
        task.check()?;
        matching.take_from(of_figures.get(figure).map_or(&[], Vec::as_slice), true);
    }
    task.check()?;
    matching.take_from(&by_key, false);
    let mut found = matching.found;
    found.sort_unstable_by_key(|one| one.retweeter);
    Ok(found)
}

/// Figures of like size, the nearest first.
fn alike(basis: &AuditBasis<'_>, size: usize, figures: &Figures) -> Vec<AccountId> {
    #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
    let size = size as f64;
    let near = |count: u32| (f64::from(count) / size).ln().abs();
    let mut alike: Vec<(f64, Option<AccountKey>, AccountId)> = figures
        .iter()
        .filter(|&(_, count)| near(count) <= LIKE_SIZE.ln())
        .map(|(author, count)| (near(count), basis.key(author), author))
        .collect();
    alike.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    alike.into_iter().take(MOST_FIGURES).map(|(.., author)| author).collect()
}

impl Matching<'_> {
    fn take_from(&mut self, candidates: &[usize], of_like_size: bool) {
        let mut left = Left::new();
        for &place in candidates.iter().rev().filter(|&&place| !self.taken[place]) {
            left.entry(self.others[place].retweets).or_default().push(place);
        }
        let Self { retweeters, others, unmatched, taken, found } = self;
        unmatched.retain(|&retweeter| {
            let Some(place) = take(&mut left, retweeters[retweeter].retweets) else { return true };
            taken[place] = true;
            found.push(Match { retweeter, control: others[place].clone(), of_like_size });
            false
        });
    }
}

fn take(left: &mut Left, wanted: u32) -> Option<usize> {
    let larger = left.range(wanted..).next().map(|(&retweets, _)| retweets);
    let smaller = left.range(..wanted).next_back().map(|(&retweets, _)| retweets);
    let distance = |retweets: u32| (f64::from(retweets) / f64::from(wanted)).ln().abs();
    let nearest = larger.into_iter().chain(smaller).min_by(|&a, &b| distance(a).total_cmp(&distance(b)))?;
    if distance(nearest) > FARTHEST.ln() + 1e-9 {
        return None;
    }
    let equal = left.get_mut(&nearest)?;
    let taken = equal.pop();
    if equal.is_empty() {
        left.remove(&nearest);
    }
    taken
}
