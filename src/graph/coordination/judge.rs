//! Tells of many pairs whether their chance is small enough, most of them by a bound of it: each step costs more than the one
//! before, and no step begins where the pair is surely out.

use rustc_hash::FxHashMap;

use super::common::Common;
use super::counts::Reach;
use super::pair::both;
use super::{Coordination, WINDOWS};
use crate::graph::Incidence;
use crate::graph::opened::{Opened, Shared};
use crate::model::CoordinationPart;

/// More than rounding can take from a bound.
const SLACK: f64 = 1e-9;

/// What is asked of each pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    part: CoordinationPart,
    /// ln of the largest chance.
    at_most: f64,
}

impl Question {
    pub fn new(part: CoordinationPart, at_most: f64) -> Self {
        Self { part, at_most }
    }
}

/// What a thread judges with.
pub(super) struct Judge<'a> {
    learned: &'a Coordination,
    incidence: &'a Incidence,
    question: Question,
    opened: Opened<'a>,
    shared: Vec<Shared>,
    common: Common,
    /// ln of the chance of so many of so many timed targets within each window, by the pace alone.
    by_pace: FxHashMap<(usize, u32, u32), f64>,
}

impl<'a> Judge<'a> {
    pub fn new(learned: &'a Coordination, incidence: &'a Incidence, question: Question) -> Self {
        Self {
            learned,
            incidence,
            question,
            opened: Opened::new(incidence),
            shared: Vec::new(),
            common: Common::default(),
            by_pace: FxHashMap::default(),
        }
    }

    /// What the pair that was judged last has in common.
    pub fn common(&self) -> &Common {
        &self.common
    }

    /// ln of the chance of a pair of which so many shared targets lie within the longest window; `None` where it is larger
    /// than what is asked for, than that of a strength of `floor`, or not known. Pairs of the same `a` come one after the
    /// other.
    pub fn ln_chance(&mut self, a: u32, b: u32, near: u32, floor: f64) -> Option<f64> {
        let Self { learned, question: Question { part, at_most }, .. } = *self;
        let at_most = at_most.min(-floor);
        let by_authors = part != CoordinationPart::Timing && !learned.held.is_empty();
        // As unlikely as if all that is near were so within the shortest window, and nothing else shared.
        if !by_authors && self.least_by_pace(near) > at_most {
            return None;
        }
        self.read(a, b);
        let by_authors = by_authors && self.common.held > 0;
        let by_times = part != CoordinationPart::AuthorHeld && !self.common.timed.is_empty();
        let least_timing = if by_times { self.bound_by_pace() } else { 0.0 };
        let exceeds = |ln_author_held: f64, ln_timing: f64| {
            let least = match (by_authors, by_times) {
                (true, true) => both(ln_author_held, ln_timing),
                (true, false) => ln_author_held,
                (false, true) => ln_timing,
                (false, false) => f64::INFINITY,
            };
            least - SLACK * least.abs() > at_most
        };
        let least_author_held = if by_authors { learned.held.bound(a, b, &self.common) } else { 0.0 };
        if exceeds(least_author_held, least_timing) {
            return None;
        }
        let timing = by_times.then(|| learned.ln_timing(a, b, &self.common)).flatten();
        if exceeds(least_author_held, timing.unwrap_or(0.0)) {
            return None;
        }
        let author_held = by_authors.then(|| learned.held.ln_chance(a, b, self.common.held));
        let ln_chance = match (author_held, timing) {
            (Some(author_held), Some(timing)) => both(author_held, timing),
            (one, other) => one.or(other)?,
        };
        (ln_chance <= at_most).then_some(ln_chance)
    }

    fn read(&mut self, a: u32, b: u32) {
        self.opened.open(a);
        self.opened.shared_with(std::iter::once(b), &mut self.shared);
        self.common.read(&self.learned.held, self.incidence.targets_at(a), &self.shared);
    }

    /// ln of what the chance by times is at least, where so many are near.
    fn least_by_pace(&self, near: u32) -> f64 {
        let Some([shortest, ..]) = self.learned.pace.shares().filter(|_| near > 0) else { return 0.0 };
        (f64::from(near) * shortest.ln() + (WINDOWS.len() as f64).ln()).min(0.0)
    }

    /// ln of the chance by times without habits, which only make it larger.
    fn bound_by_pace(&mut self) -> f64 {
        let Some(shares) = self.learned.pace.shares() else { return 0.0 };
        let Self { common, by_pace, .. } = self;
        let trials = crate::model::dense(common.timed.len());
        let tail = |(place, &within): (usize, &u32)| {
            *by_pace.entry((place, trials, within)).or_insert_with(|| {
                let mut reach = Reach::new(within as usize);
                (0..trials).for_each(|_| reach.add_trial(shares[place]));
                reach.chance().max(f64::MIN_POSITIVE).ln()
            })
        };
        let least = common.within.iter().enumerate().map(tail).fold(0.0, f64::min);
        // What is smaller than a number can be is bounded by nothing.
        if least <= f64::MIN_POSITIVE.ln() { f64::NEG_INFINITY } else { (least + (WINDOWS.len() as f64).ln()).min(0.0) }
    }
}
