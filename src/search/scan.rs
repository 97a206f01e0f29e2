//! The search over every account: all of it at once, interruptible, with first rows before it is through.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::index::{SearchIndex, SearchPack};
use super::{Fit, FuzzyWords, Matcher, Query};
use crate::model::AccountId;

/// Hits that a list ever shows; beyond it a longer query serves better than a longer list.
pub const SEARCH_LIMIT: usize = 5_000;
/// After so long the best of what was found is told before the rest is looked at.
const FIRST: Duration = Duration::from_millis(4);
/// Packs that are looked at between two looks at the clock, and how many at the most where nothing is found.
const WAVE: usize = 8;
const LARGEST_WAVE: usize = 64;
/// Where fewer than one key in so many is looked at, each is looked at by itself: texts that lie far apart take longer.
const FEW: usize = 16;

/// An account that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Who it is.
    pub account: AccountId,
    /// How well it matches; larger is better.
    pub score: i64,
}

/// What a search found that is through.
#[derive(Debug, Default)]
pub struct Found {
    /// The best hits, best first, at equal fit by id.
    pub hits: Vec<Hit>,
    /// What a longer query looks at.
    pub candidates: Candidates,
}

/// Keys that a query could match, all others being out of the question for whatever narrows it.
#[derive(Debug, Default)]
pub struct Candidates {
    query: Query,
    /// The numbers of the keys in each pack.
    of_packs: Vec<Vec<u16>>,
}

/// How a search is watched.
pub struct Watch<'w> {
    /// Says whether to stop.
    pub cancelled: &'w (dyn Fn() -> bool + Sync),
    /// Is told the best hits of a part, once, where the whole takes long enough to be waited for.
    pub first: &'w (dyn Fn(&[Hit]) + Sync),
}

/// The `limit` best matches; `None` when cancelled. `before` is what a search found in the same index.
#[must_use]
pub fn search(
    index: &SearchIndex,
    typed: &str,
    limit: usize,
    before: Option<&Candidates>,
    watch: &Watch<'_>,
) -> Option<Found> {
    let query = Query::parse(typed);
    let before = before.filter(|before| query.narrows(&before.query) && before.of_packs.len() == index.packs.len());
    // Within the pool, since waiting for it from outside wave by wave takes longer than some waves.
    let mut found = rayon::scope(|_| look_through(index, &query, limit, before, watch))?;
    found.hits = best(found.hits, limit);
    found.candidates.query = query;
    Some(found)
}

fn look_through(
    index: &SearchIndex,
    query: &Query,
    limit: usize,
    before: Option<&Candidates>,
    watch: &Watch<'_>,
) -> Option<Found> {
    let matcher = FuzzyWords::new(query);
    let (start, mut first_shown, mut wave) = (Instant::now(), false, WAVE);
    let mut found = Found::default();
    let mut rest = 0..index.packs.len();
    while !rest.is_empty() {
        let packs = rest.start..rest.end.min(rest.start + wave);
        rest.start = packs.end;
        let scanned = packs.into_par_iter().map(|number| {
            let among = before.and_then(|before| before.of_packs.get(number));
            (!(watch.cancelled)()).then(|| scan(&index.packs[number], among.map(Vec::as_slice), &matcher))
        });
        for (hits, candidates) in scanned.collect::<Option<Vec<_>>>()? {
            found.hits.extend(hits);
            found.candidates.of_packs.push(candidates);
        }
        if found.hits.is_empty() {
            wave = (2 * wave).min(LARGEST_WAVE);
        } else if !first_shown && !rest.is_empty() && start.elapsed() >= FIRST {
            first_shown = true;
            wave = rest.len();
            (watch.first)(&best(found.hits.clone(), limit));
        }
    }
    Some(found)
}

/// The best matches among so few accounts that they are looked at at once, by the thread that asks.
///
/// ```
/// # use bot_tui::import::{ImportRequest, NoProgress, import};
/// use bot_tui::search::{SearchIndex, search_few};
/// use bot_tui::store::Store;
///
/// let mut store = Store::in_memory()?;
/// # let request = ImportRequest { paths: vec!["sample-data".into()], ..ImportRequest::default() };
/// # import(&mut store, &request, &NoProgress)?;
/// let index = SearchIndex::build(&store.accounts()?);
/// assert_eq!(search_few(&index, "dawn", 5).len(), 5);
/// assert!(search_few(&index, "no such account", 5).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn search_few(index: &SearchIndex, typed: &str, limit: usize) -> Vec<Hit> {
    let query = Query::parse(typed);
    let matcher = FuzzyWords::new(&query);
    let hits = index.keys().filter_map(|key| match matcher.fit(&key) {
        Fit::Score(score) => Some(Hit { account: key.account, score }),
        Fit::NotYet | Fit::Never => None,
    });
    best(hits.collect(), limit)
}

/// What matches of a pack, and what could match a longer query.
fn scan(pack: &SearchPack, among: Option<&[u16]>, matcher: &impl Matcher) -> (Vec<Hit>, Vec<u16>) {
    let (mut hits, mut candidates) = (Vec::new(), Vec::new());
    let many = among.is_none_or(|among| among.len() > pack.len() / FEW);
    let last_stands = if many { matcher.last_in(pack) } else { Vec::new() };
    let mut look = |number: u16| {
        let place = usize::from(number);
        // Where it is not known whether the last word stands, it may.
        let stands = last_stands.get(place).copied().unwrap_or(true);
        if !pack.masks(place).is_some_and(|masks| matcher.can_fit(masks, stands)) {
            return;
        }
        let Some(key) = pack.key(place) else { return };
        let fit = matcher.fit(&key);
        if let Fit::Score(score) = fit {
            hits.push(Hit { account: key.account, score });
        }
        if fit != Fit::Never {
            candidates.push(number);
        }
    };
    match among {
        Some(among) => among.iter().copied().for_each(&mut look),
        None => (0..u16::try_from(pack.len()).unwrap_or(u16::MAX)).for_each(&mut look),
    }
    candidates.shrink_to_fit();
    (hits, candidates)
}

fn best(mut hits: Vec<Hit>, limit: usize) -> Vec<Hit> {
    let order = |hit: &Hit| (Reverse(hit.score), hit.account);
    if hits.len() > limit && limit > 0 {
        hits.select_nth_unstable_by_key(limit - 1, order);
    }
    hits.truncate(limit);
    hits.shrink_to_fit();
    hits.sort_unstable_by_key(order);
    hits
}
