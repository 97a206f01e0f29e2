//! Whether two accounts share more of each author's posts than both share of that author anyway, and nearer in time than the
//! data's pace and their own habits explain. Two tests, each of use alone, and both as one.
//!
//! Words of this room: *held*, an author whose posts are compared among themselves only; *pace*, how often two sharers of one
//! target come within a window; *age*, how old a target was when an account shared it.

mod ages;
mod author_held;
mod counts;
mod pace;
mod pair;

#[cfg(test)]
mod tests;

use ages::Ages;
use author_held::AuthorHeld;
use pace::Pace;
pub use pair::CoordinationTest;

use super::kept_pairs::Select;
use super::projections::{Unfiltered, Windowed};
use super::{GraphError, Incidence, Task};
use crate::model::{CoordinationPart, dense};

/// The windows that times are compared within, in milliseconds: a script's, a person's beside a script, a person's with a
/// chat at hand. Fixed beforehand, so that none is chosen by what it finds.
pub(super) const WINDOWS: [i64; 3] = [10_000, 60_000, 600_000];
/// The longest of them.
const LONGEST_SECONDS: u32 = 600;
/// Pairs that share fewer targets are no candidates: of one or two nobody can say anything.
const FEWEST_SHARED: u32 = 3;
/// A pair whose chance is at most this teaches the pace nothing, as it may be what is looked for.
const SUSPECT: f64 = 3.2e-4;

/// The null model of one layer: what it takes to test any of its pairs.
#[derive(Debug)]
pub struct Coordination {
    held: AuthorHeld,
    ages: Ages,
    pace: Pace,
}

impl Coordination {
    /// Learns the null model of a layer: first from all pairs, then without those that stand out.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn learn(incidence: &Incidence, task: &Task<'_>) -> Result<Self, GraphError> {
        let held = AuthorHeld::new(incidence);
        task.check()?;
        let mut learned = Self { held, ages: Ages::new(incidence), pace: Pace::of_all(incidence) };
        let all = Select { top: None, limit: usize::MAX, task };
        // Whoever never comes near in time teaches little of the pace.
        let suspects = learned.near_pairs(incidence, CoordinationPart::Both, SUSPECT, &all)?;
        learned.pace.forget(incidence, &suspects);
        Ok(learned)
    }

    /// The pairs whose chance by this part is at most `at_most`, by the numbers of their accounts, the smaller first.
    pub(super) fn pairs(
        &self,
        incidence: &Incidence,
        part: CoordinationPart,
        at_most: f64,
        select: &Select<'_>,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        // By times alone nobody stands out who is never near.
        if at_most < 1.0 && (part == CoordinationPart::Timing || self.held.is_empty()) {
            return if part == CoordinationPart::AuthorHeld {
                Ok(Vec::new())
            } else {
                self.near_pairs(incidence, part, at_most, select)
            };
        }
        select.pairs(&Unfiltered(incidence), |a, b, shared, _| {
            let candidate = shared >= f64::from(FEWEST_SHARED);
            let ln_chance = candidate.then(|| self.ln_chance(incidence, (dense(a), dense(b)), part, at_most.ln()));
            ln_chance.flatten().map(|chance| -chance)
        })
    }

    /// Those of the pairs that share at least one target within the longest window.
    fn near_pairs(
        &self,
        incidence: &Incidence,
        part: CoordinationPart,
        at_most: f64,
        select: &Select<'_>,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        let ln_at_most = at_most.ln();
        // So near by times alone a pair is at the most, where all that is near is so within the shortest window.
        let ln_pace = self.pace.shares().map_or(0.0, |[shortest, ..]| shortest.ln());
        let alone = self.held.is_empty() || part == CoordinationPart::Timing;
        let longest = Windowed::new(incidence, LONGEST_SECONDS);
        select.pairs(&longest, |a, b, near, _| {
            let candidate = !alone || near * ln_pace <= ln_at_most;
            let ln_chance = candidate.then(|| self.ln_chance(incidence, (dense(a), dense(b)), part, ln_at_most));
            ln_chance.flatten().map(|chance| -chance)
        })
    }
}
