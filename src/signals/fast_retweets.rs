//! How many of an account's retweets come within seconds of the original. A program can be that fast, and so can somebody
//! who has switched notifications on.

use super::observations::TimedRetweets;
use super::{FAST_MS, FEWEST_TIMED, Outcome, Silence};
use crate::model::Timestamp;

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
#[must_use]
pub fn fast_retweets(retweets: &[TimedRetweets]) -> Vec<Outcome<TimedRetweets>> {
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
