//! How many of an account's retweets come within seconds of the original. A program can be that fast, and so can somebody
//! who has switched notifications on.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::observations::TimedRetweets;
use super::{FAST_MS, FEWEST_TIMED, Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{AccountId, Timestamp};
use crate::text::{gap, percent, thousands};

impl TimedRetweets {
    /// Takes in a retweet made at `at` of a post made at `made_at`. A retweet before its original counts as not fast.
    pub fn note(&mut self, at: Timestamp, made_at: Timestamp) {
        self.timed += 1;
        if at >= made_at {
            let gap = at.gap_ms(made_at);
            self.fast += u32::from(gap <= FAST_MS);
            self.fastest_ms = self.fastest_ms.into_iter().chain([gap]).min();
        }
    }
}

/// The share of fast retweets among those with both times, of each account.
fn fast_retweets(retweets: &[TimedRetweets]) -> Vec<Outcome<TimedRetweets>> {
    let share = |counts: &TimedRetweets| {
        if counts.timed < FEWEST_TIMED {
            let (has, needs) = (u64::from(counts.timed), u64::from(FEWEST_TIMED));
            return Err(Silence::TooFew {
                what: "retweets whose time and whose original's time are known",
                has,
                needs,
            });
        }
        Ok((f64::from(counts.fast) / f64::from(counts.timed), *counts))
    };
    retweets.iter().map(share).collect()
}

impl Evidence for TimedRetweets {
    const NAME: &'static str = "fast_retweets";
    const MEANING: &'static str =
        "share of its retweets within 10 s of the original, of those with both times; from 5 on";
    const CANNOT_TELL: &'static str =
        "Notifications make people fast; times may be rounded to the minute by the export.";
    const KNOWN: &'static str =
        "Not measured where it counts: nearly nobody in the labelled sets at hand is that fast.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        Ok(fast_retweets(seen.retweets))
    }

    fn value(value: f64) -> String {
        percent(value)
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        let fastest = self.fastest_ms.map_or_else(String::new, |fastest| format!(", the fastest in {}", gap(fastest)));
        let (fast, timed) = (thousands(self.fast.into()), thousands(self.timed.into()));
        format!("{fast} of {timed} within 10 s of the original{fastest}")
    }

    fn json(&self, _: &dyn PublicNames) -> Value {
        json!({ "timed": self.timed, "within_10_s": self.fast, "fastest_ms": self.fastest_ms })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn noted(gaps: &[i64]) -> TimedRetweets {
        let mut counts = TimedRetweets::default();
        gaps.iter().for_each(|&gap| counts.note(Timestamp(50_000 + gap), Timestamp(50_000)));
        counts
    }

    #[test]
    fn ten_seconds_are_fast_and_a_millisecond_more_is_not() {
        let counts = noted(&[0, 10_000, 10_001, -3, 60_000]);
        assert_eq!(counts, TimedRetweets { timed: 5, fast: 2, fastest_ms: Some(0) });
        assert_eq!(fast_retweets(&[counts])[0], Ok((0.4, counts)));
    }

    #[test]
    fn four_retweets_say_nothing() {
        let silence = fast_retweets(&[noted(&[1, 1, 1, 1])])[0].unwrap_err();
        assert!(silence.to_string().ends_with("are known: 4, it takes 5"), "{silence}");
        assert_eq!(noted(&[-5]).fastest_ms, None);
    }

    proptest! {
        #[test]
        fn counting_gives_the_same(gaps in prop::collection::vec(-20_000_i64..40_000, 5..60)) {
            let fast = gaps.iter().filter(|gap| (0..=10_000).contains(*gap)).count() as f64;
            let (share, _) = fast_retweets(&[noted(&gaps)])[0].unwrap();
            prop_assert!((share - fast / gaps.len() as f64).abs() < 1e-12);
        }
    }
}
