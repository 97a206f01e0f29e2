//! Tells of many pairs whether their chance is small enough, most of them by a bound of it: each step costs more than the one
//! before, and no step begins where the pair is surely out.

use rustc_hash::FxHashMap;

use super::author_held::AuthorHeld;
use super::candidates::Candidate;
use super::common::Common;
use super::counts::Reach;
use super::pace::Shares;
use super::pair::{RIGHT_FROM, both};
use super::{Coordination, FEWEST_SHARED, WINDOWS};
use crate::graph::Incidence;
use crate::graph::opened::{Opened, Shared};
use crate::model::{CoordinationPart, dense};

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

    /// Whether no pair that is never near in time can have so small a chance.
    pub fn asks_times_alone(self, held: &AuthorHeld) -> bool {
        let by_times =
            self.part == CoordinationPart::Timing || (self.part == CoordinationPart::Both && held.is_empty());
        by_times && self.at_most < 0.0
    }
}

/// What the chance of a pair is made of.
#[derive(Debug, Clone, Copy)]
struct Joined {
    by_authors: bool,
    by_times: bool,
}

impl Joined {
    fn ln_chance(self, ln_author_held: f64, ln_timing: f64) -> f64 {
        match (self.by_authors, self.by_times) {
            (true, false) => ln_author_held,
            (false, _) => ln_timing,
            (true, true) => both(ln_author_held, ln_timing),
        }
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
    by_pace: FxHashMap<(u32, [u32; WINDOWS.len()]), f64>,
    /// The same where all of these are small, as they nearly always are; `NAN` where it was not asked for yet.
    of_few: Vec<f64>,
}

/// From here on a count is not small.
const FEW: u32 = 16;

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
            of_few: vec![f64::NAN; (FEW as usize).pow(1 + WINDOWS.len() as u32)],
        }
    }

    /// What the pair that was judged last has in common.
    pub fn common(&self) -> &Common {
        &self.common
    }

    /// ln of the chance of a pair; `None` where it is larger than what is asked for, than that of a strength of `floor`, or
    /// not known, and where too little is shared. Pairs of the same `a` come one after the other.
    pub fn ln_chance(&mut self, a: u32, b: u32, candidate: Candidate, floor: f64) -> Option<f64> {
        let Self { learned, question: Question { part, at_most }, .. } = *self;
        let at_most = at_most.min(-floor);
        let exceeds = |least: f64| least - SLACK * least.abs() > at_most;
        if candidate.shared < FEWEST_SHARED {
            return None;
        }
        let asks_times = part != CoordinationPart::AuthorHeld;
        let least_timing = if asks_times { self.bound_by_pace(candidate.timed, candidate.within) } else { 0.0 };
        let asks_authors = part != CoordinationPart::Timing && !learned.held.is_empty();
        if !asks_authors && exceeds(least_timing) {
            return None;
        }
        self.opened.open(a);
        self.opened.untimed_with(b, &mut self.shared);
        let shared = dense(self.shared.len());
        let timed = if candidate.all_timed { shared } else { candidate.timed };
        if shared < FEWEST_SHARED || (!asks_authors && exceeds(self.bound_by_pace(timed, candidate.within))) {
            return None;
        }
        self.common.read_authors(&learned.held, self.incidence, a, &self.shared);
        let by_authors = asks_authors && self.common.held > 0;
        // Where it is not known yet whether there are times, none makes the smaller chance: nothing is near then.
        let mut joined = Joined { by_authors, by_times: asks_times && candidate.timed > 0 };
        // The cheaper bound first.
        let mut least_author_held = 0.0;
        for bound in [AuthorHeld::bound_of_each, AuthorHeld::bound_of_shared] {
            least_author_held = if by_authors { bound(&learned.held, &self.common) } else { 0.0 };
            if by_authors && exceeds(joined.ln_chance(least_author_held, least_timing)) {
                return None;
            }
        }
        let timed = self.shared.iter().map(|&shared| self.opened.timed(shared));
        self.common.read_times(self.incidence, a, timed);
        let by_times = asks_times && !self.common.timed.is_empty();
        if !by_authors && !by_times {
            return None;
        }
        joined.by_times = by_times;
        let least_timing =
            if by_times { self.bound_by_pace(dense(self.common.timed.len()), self.common.within) } else { 0.0 };
        if exceeds(joined.ln_chance(least_author_held, least_timing)) {
            return None;
        }
        let ln_timing = if by_times { learned.ln_timing(a, b, &self.common)? } else { 0.0 };
        if exceeds(joined.ln_chance(least_author_held, ln_timing)) {
            return None;
        }
        let ln_author_held = if by_authors { learned.held.ln_chance(a, b, self.common.held) } else { 0.0 };
        Some(joined.ln_chance(ln_author_held, ln_timing)).filter(|&ln_chance| ln_chance <= at_most)
    }

    /// ln of the chance of so many of so many timed targets within each window by the pace alone: habits only make it larger.
    fn bound_by_pace(&mut self, timed: u32, within: [u32; WINDOWS.len()]) -> f64 {
        let Self { learned, by_pace, of_few, .. } = self;
        let new = || learned.pace.shares().map_or(0.0, |shares| ln_by_pace(shares, timed, within));
        if within.into_iter().chain([timed]).any(|count| count >= FEW) {
            return *by_pace.entry((timed, within)).or_insert_with(new);
        }
        let known = &mut of_few[within.into_iter().fold(timed, |place, count| place * FEW + count) as usize];
        if known.is_nan() {
            *known = new();
        }
        *known
    }
}

fn ln_by_pace(shares: Shares, timed: u32, within: [u32; WINDOWS.len()]) -> f64 {
    let tail = |(within, share): (u32, f64)| {
        let mut reach = Reach::new(within as usize);
        (0..timed).for_each(|_| reach.add_trial(share));
        if within == 0 { 1.0 } else { reach.chance() }
    };
    let least = within.into_iter().zip(shares).map(tail).fold(1.0, f64::min);
    // What has lost its digits is bounded by nothing.
    if least < RIGHT_FROM { f64::NEG_INFINITY } else { (least.ln() + (WINDOWS.len() as f64).ln()).min(0.0) }
}
