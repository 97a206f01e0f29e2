//! The test of one pair.

use super::counts::Reach;
use super::pace::for_each_shared;
use super::{Coordination, FEWEST_SHARED, WINDOWS};
use crate::graph::Incidence;
use crate::graph::significance::ln_tail;
use crate::model::CoordinationPart;

/// Below this what the authors' models hold ready is not right any more.
const RIGHT_FROM: f64 = 1e-50;

/// What a pair shares, and how likely that is by chance. Logarithms are natural.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoordinationTest {
    /// Shared targets whose authors are held.
    pub held: u32,
    /// Those that chance expects.
    pub expected: f64,
    /// ln of the chance of sharing so many; `None` where no author is held.
    pub ln_author_held: Option<f64>,
    /// Shared targets of which both times are known.
    pub timed: u32,
    /// How many of those lie within each window.
    pub within: [u32; WINDOWS.len()],
    /// ln of the chance of being so near in time, over all windows; `None` where no times are known.
    pub ln_timing: Option<f64>,
}

impl CoordinationTest {
    /// ln of the chance by a part of the test, or by both as one; `None` where that part has nothing to go by. Where one of
    /// two has nothing the other stands alone. [Fisher 1932]
    #[must_use]
    pub fn ln_chance(&self, part: CoordinationPart) -> Option<f64> {
        match part {
            CoordinationPart::AuthorHeld => self.ln_author_held,
            CoordinationPart::Timing => self.ln_timing,
            CoordinationPart::Both => match (self.ln_author_held, self.ln_timing) {
                (Some(author_held), Some(timing)) => {
                    let product = author_held + timing;
                    Some(product + (1.0 - product).ln())
                }
                (author_held, timing) => author_held.or(timing),
            },
        }
    }
}

/// Counts of what a pair shares.
#[derive(Debug, Default)]
struct Shared {
    all: u32,
    held: u32,
    within: [u32; WINDOWS.len()],
    /// Those with both times.
    timed: Vec<u32>,
}

impl Coordination {
    /// Tests a pair.
    #[must_use]
    pub fn test(&self, incidence: &Incidence, a: u32, b: u32) -> CoordinationTest {
        let shared = self.shared(incidence, a, b);
        let ln_author_held = (shared.held > 0).then(|| match self.held.chance(a, b, shared.held) {
            chance if chance >= RIGHT_FROM => chance.ln(),
            _ => ln_tail(&self.held.trials(a, b), shared.held),
        });
        CoordinationTest {
            held: shared.held,
            expected: self.held.expected(a, b),
            ln_author_held,
            timed: shared.timed.len() as u32,
            within: shared.within,
            ln_timing: self.timing(a, b, &shared).map(f64::ln),
        }
    }

    /// ln of the chance of a pair; `None` where it is larger than `at_most`, also a logarithm, or not known.
    pub(super) fn ln_chance(
        &self,
        incidence: &Incidence,
        (a, b): (u32, u32),
        part: CoordinationPart,
        at_most: f64,
    ) -> Option<f64> {
        let shared = self.shared(incidence, a, b);
        if shared.all < FEWEST_SHARED {
            return None;
        }
        let mut test = CoordinationTest {
            held: shared.held,
            expected: 0.0,
            ln_author_held: None,
            timed: 0,
            within: shared.within,
            ln_timing: None,
        };
        if part != CoordinationPart::AuthorHeld {
            test.ln_timing = self.timing(a, b, &shared).map(f64::ln);
        }
        if part != CoordinationPart::Timing && shared.held > 0 {
            // Half of the mass lies at the expected count or above it.
            if f64::from(shared.held) <= self.held.expected(a, b).floor() {
                test.ln_author_held = Some(-std::f64::consts::LN_2);
                test.ln_chance(part).filter(|&chance| chance <= at_most)?;
            }
            test.ln_author_held = Some(self.held.chance(a, b, shared.held).max(f64::MIN_POSITIVE).ln());
        }
        test.ln_chance(part).filter(|&chance| chance <= at_most)
    }

    fn shared(&self, incidence: &Incidence, a: u32, b: u32) -> Shared {
        let mut shared = Shared::default();
        for_each_shared(incidence, a, b, |target, gap| {
            shared.all += 1;
            shared.held += u32::from(self.held.holds(target));
            if let Some(gap) = gap {
                shared.timed.push(target);
                for (within, window) in shared.within.iter_mut().zip(WINDOWS) {
                    *within += u32::from(gap <= window);
                }
            }
        });
        shared
    }

    /// The chance of being as near in time as the pair is, in the window that speaks most, times the number of windows.
    fn timing(&self, a: u32, b: u32, shared: &Shared) -> Option<f64> {
        let pace = self.pace.shares().filter(|_| !shared.timed.is_empty())?;
        let mut reach = shared.within.map(|within| Reach::new(within as usize));
        let mut together = (shared.within[WINDOWS.len() - 1] > 0).then(|| self.ages.of_pair(a, b));
        for &target in &shared.timed {
            let own = together.as_mut().map_or([0.0; WINDOWS.len()], |together| together.on(target));
            for (place, reach) in reach.iter_mut().enumerate() {
                // Nobody is as quick as a script by habit.
                let by_habit = if place == 0 { 0.0 } else { own[place] };
                reach.add_trial(pace[place].max(by_habit));
            }
        }
        let least = reach.iter().map(Reach::chance).fold(1.0, f64::min);
        Some((least * WINDOWS.len() as f64).min(1.0))
    }
}
