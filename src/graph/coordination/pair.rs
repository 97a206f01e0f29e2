//! The test of one pair.

use super::common::Common;
use super::counts::Reach;
use super::pace::Shares;
use super::{Coordination, WINDOWS};
use crate::graph::Incidence;
use crate::graph::opened::Shared;
use crate::graph::significance::{Trials, ln_tail};
use crate::model::CoordinationPart;

/// Below this a sum of products has lost its digits, or is 0.
pub(super) const RIGHT_FROM: f64 = 1e-290;

/// What a pair shares, and how likely that is by chance. Logarithms are natural.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoordinationTest {
    /// ln of the chance of sharing so many targets of the authors that are held; `None` where no author is.
    pub ln_author_held: Option<f64>,
    /// ln of the chance of being so near in time, over all windows; `None` where no times are known.
    pub ln_timing: Option<f64>,
}

impl CoordinationTest {
    /// ln of the chance by a part of the test, or by both as one; `None` where that part has nothing to go by. Where one of
    /// two has nothing the other stands alone.
    #[must_use]
    pub fn ln_chance(&self, part: CoordinationPart) -> Option<f64> {
        match part {
            CoordinationPart::AuthorHeld => self.ln_author_held,
            CoordinationPart::Timing => self.ln_timing,
            CoordinationPart::Both => match (self.ln_author_held, self.ln_timing) {
                (Some(author_held), Some(timing)) => Some(both(author_held, timing)),
                (author_held, timing) => author_held.or(timing),
            },
        }
    }
}

/// ln of the chance of a product of two independent chances that is as small, by the logarithms of both. [Fisher 1932]
pub(super) fn both(ln_one: f64, ln_other: f64) -> f64 {
    let product = ln_one + ln_other;
    if product == f64::NEG_INFINITY { product } else { product + (1.0 - product).ln() }
}

impl Coordination {
    /// Tests a pair by what the other one shares with `a`, which was opened.
    pub(in crate::graph) fn test(
        &self,
        incidence: &Incidence,
        (a, b): (u32, u32),
        shared: &[Shared],
    ) -> CoordinationTest {
        let mut common = Common::default();
        common.read(&self.held, incidence, a, shared);
        CoordinationTest {
            ln_author_held: (common.held > 0).then(|| self.held.ln_chance(a, b, common.held)),
            ln_timing: self.ln_timing(a, b, &common),
        }
    }

    /// ln of the chance of being as near in time as the pair is, in the window that speaks most, times the number of windows.
    pub(super) fn ln_timing(&self, a: u32, b: u32, common: &Common) -> Option<f64> {
        let pace = self.pace.shares().filter(|_| !common.timed.is_empty())?;
        let each = self.trials(a, b, common, pace);
        let tail = |place: usize| ln_chance(each.iter().map(|shares| shares[place]), common.within[place]);
        let least = (0..WINDOWS.len()).map(tail).fold(0.0, f64::min);
        Some((least + (WINDOWS.len() as f64).ln()).min(0.0))
    }

    /// How likely the two come within each window on each of their timed targets.
    fn trials(&self, a: u32, b: u32, common: &Common, pace: Shares) -> Vec<Shares> {
        if common.near() == 0 {
            return vec![pace; common.timed.len()];
        }
        let mut together = self.ages.of_pair(a, b);
        let of_target = |&target| {
            let own = together.on(target);
            // Nobody is as quick as a script by habit.
            std::array::from_fn(|place| if place == 0 { pace[place] } else { pace[place].max(own[place]) })
        };
        common.timed.iter().map(of_target).collect()
    }
}

/// ln of the chance that at least so many of these trials succeed.
fn ln_chance(probabilities: impl Iterator<Item = f64> + Clone, at_least: u32) -> f64 {
    let mut reach = Reach::new(at_least as usize);
    probabilities.clone().for_each(|probability| reach.add_trial(probability));
    match reach.chance() {
        chance if chance >= RIGHT_FROM => chance.ln(),
        _ => ln_tail(&probabilities.map(|probability| Trials { count: 1, probability }).collect::<Vec<_>>(), at_least),
    }
}
