//! Whether two accounts share more of each author's posts than both share of that author anyway, and nearer in time than the
//! data's pace and their own habits explain. Two tests, each of use alone, and both as one.
//!
//! Words of this room: *held*, an author whose posts are compared among themselves only; *pace*, how often two sharers of one
//! target come within a window; *age*, how old a target was when an account shared it.

mod ages;
mod author_held;
mod candidates;
mod common;
mod counts;
mod judge;
mod pace;
mod pair;

#[cfg(test)]
mod tests;

use ages::Ages;
use author_held::AuthorHeld;
use candidates::Candidates;
use judge::{Judge, Question};
use pace::Pace;
pub use pair::CoordinationTest;

use super::kept_pairs::Select;
use super::projection::{Visit, project};
use super::{GraphError, Incidence, Task};
use crate::model::{CoordinationPart, dense};

/// The windows that times are compared within, in milliseconds: a script's, a person's beside a script, a person's with a
/// chat at hand. Fixed beforehand, so that none is chosen by what it finds.
pub(super) const WINDOWS: [i64; 3] = [10_000, 60_000, 600_000];
/// Pairs that share fewer targets are no candidates: of one or two nobody can say anything.
pub(super) const FEWEST_SHARED: u32 = 3;
/// A pair whose chance is at most this teaches the pace nothing, as it may be what is looked for.
const SUSPECT: f64 = 3.2e-4;
/// The part of the work that learning takes.
const LEARNING: f32 = 0.4;

/// The null model of one layer: what it takes to test any of its pairs.
#[derive(Debug)]
pub struct Coordination {
    held: AuthorHeld,
    ages: Ages,
    pace: Pace,
}

impl Coordination {
    /// Learns the null model of a layer, and finds the pairs whose chance by this part is at most `at_most`, by the numbers of
    /// their accounts, the smaller first.
    ///
    /// # Errors
    /// Fails when cancelled, and where more pairs are found than `select` has room for.
    pub(super) fn find(
        incidence: &Incidence,
        part: CoordinationPart,
        at_most: f64,
        select: &Select<'_>,
    ) -> Result<(Self, Vec<(u32, u32)>), GraphError> {
        let candidates = Candidates::new(incidence);
        let learned = select.task.part(0.0, LEARNING, |task| Self::learn(incidence, &candidates, task))?;
        let pairs = select.task.part(LEARNING, 1.0, |task| {
            learned.pairs(incidence, &candidates, part, at_most, &Select { task, ..*select })
        })?;
        Ok((learned, pairs))
    }

    /// Learns the null model: first from all pairs, then without those that stand out.
    fn learn(incidence: &Incidence, candidates: &Candidates<'_>, task: &Task<'_>) -> Result<Self, GraphError> {
        let held = AuthorHeld::new(incidence, task)?;
        let ages = Ages::new(incidence);
        let mut learned = Self { held, ages, pace: Pace::of_all(candidates.times()) };
        let question = Question::new(CoordinationPart::Both, SUSPECT.ln());
        let new = || (Pace::of_none(), Judge::new(&learned, incidence, question));
        let walk = candidates.walk(question.asks_times_alone(&learned.held));
        let threads = project(&walk, Visit::Pairs, task, new, |(suspects, judge), a, b, sum| {
            let candidate = walk.counts(sum);
            // Whoever never comes near in time teaches little of the pace.
            if candidate.near() > 0 && judge.ln_chance(dense(a), dense(b), candidate, 0.0).is_some() {
                suspects.add(judge.common());
            }
            Ok(())
        })?;
        let suspects = threads.into_iter().map(|(suspects, _)| suspects).fold(Pace::of_none(), Pace::plus);
        learned.pace = learned.pace.without(suspects);
        Ok(learned)
    }

    fn pairs(
        &self,
        incidence: &Incidence,
        candidates: &Candidates<'_>,
        part: CoordinationPart,
        at_most: f64,
        select: &Select<'_>,
    ) -> Result<Vec<(u32, u32)>, GraphError> {
        let question = Question::new(part, at_most.ln());
        let judge = || Judge::new(self, incidence, question);
        let walk = candidates.walk(question.asks_times_alone(&self.held));
        select.pairs_with(&walk, judge, |judge, a, b, sum, floor| {
            judge.ln_chance(dense(a), dense(b), walk.counts(sum), floor).map(|ln_chance| -ln_chance)
        })
    }
}
