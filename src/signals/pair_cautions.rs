//! What speaks against reading much into what two accounts share. Each caution stands for itself; that none is
//! raised proves nothing.

use crate::model::SharedTarget;
use crate::text::count_of;

/// With fewer shared targets than this, chance alone can make a link.
const FEW: usize = 5;
/// A target is popular from this share of all accounts on, in percent,
const POPULAR_PERCENT: u64 = 10;
/// and from this many accounts on: in tiny data sets a share says nothing.
const POPULAR_AT_LEAST: u64 = 10;

/// Reasons for care with the shared targets of one pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PairCautions {
    /// How many targets both shared.
    pub shared: usize,
    /// How many of them a tenth of all accounts or more shared (and at least ten).
    pub popular: usize,
    /// For how many the time of one or both shares is not known, so that no gap can be told.
    pub untimed: usize,
    /// How many are told apart by author and words only, since no export told which posts they are.
    pub synthetic: usize,
    /// How many have ids that look rounded, so that one may stand for several posts.
    pub rounded: usize,
    /// How many of the two accounts have such ids.
    pub rounded_ends: u32,
    /// How many were shared within the window of each other.
    pub within: usize,
    /// The window, in seconds.
    pub window_seconds: u32,
}

impl PairCautions {
    /// Looks at the targets that a pair shared, in a data set of `accounts` accounts, with a window of
    /// `window_seconds`, inclusive.
    #[must_use]
    pub fn new(targets: &[SharedTarget], accounts: u64, window_seconds: u32) -> Self {
        let gaps = || targets.iter().filter_map(SharedTarget::gap_ms);
        let popular = |target: &&SharedTarget| {
            let sharers = u64::from(target.sharers);
            sharers >= POPULAR_AT_LEAST && sharers * 100 >= accounts * POPULAR_PERCENT
        };
        Self {
            shared: targets.len(),
            popular: targets.iter().filter(popular).count(),
            untimed: targets.len() - gaps().count(),
            synthetic: targets.iter().filter(|target| target.synthetic).count(),
            rounded: targets.iter().filter(|target| target.rounded).count(),
            rounded_ends: 0,
            within: gaps().filter(|&gap| gap <= u64::from(window_seconds) * 1_000).count(),
            window_seconds,
        }
    }

    /// The same where the ids of so many of the two accounts look rounded.
    #[must_use]
    pub fn with_rounded_ends(self, rounded_ends: u32) -> Self {
        Self { rounded_ends, ..self }
    }

    /// Each caution as half a sentence, the weightiest first.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let Self { shared, popular, untimed, synthetic, rounded, rounded_ends, within, window_seconds } = *self;
        let portion = |part: usize| match (part, shared) {
            (1, 1) => "the one target".to_owned(),
            _ if part == shared => format!("all {shared}"),
            _ => format!("{part} of {shared}"),
        };
        let mut words = Vec::new();
        if rounded_ends > 0 {
            let whose = if rounded_ends > 1 { "both account ids look" } else { "one account id looks" };
            words.push(format!("{whose} rounded"));
        }
        if rounded > 0 {
            let ids = if rounded == 1 { "an id that looks" } else { "ids that look" };
            words.push(format!("{} with {ids} rounded", portion(rounded)));
        }
        if (1..FEW).contains(&shared) {
            words.push(format!("rests on {} only", count_of(shared as u64, "target")));
        }
        if within == 0 && untimed < shared {
            words.push(format!("none within {window_seconds} s"));
        }
        if popular > 0 {
            words.push(format!("{} popular (≥ {POPULAR_PERCENT} % of accounts)", portion(popular)));
        }
        if untimed > 0 {
            words.push(format!("{} without a time", portion(untimed)));
        }
        if synthetic > 0 {
            let whose = if synthetic == 1 { "its" } else { "their" };
            words.push(format!("{} known by {whose} words only", portion(synthetic)));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectId, Timestamp};

    fn target(sharers: u32, at_b: Option<i64>) -> SharedTarget {
        let at_a = Some(Timestamp(0));
        SharedTarget { object: ObjectId(1), at_a, at_b: at_b.map(Timestamp), sharers, synthetic: false, rounded: false }
    }

    #[test]
    fn few_popular_and_untimed_targets_are_told() {
        let cautions = PairCautions::new(&[target(2, Some(5)), target(100, Some(5)), target(99, None)], 1_000, 60);
        assert_eq!((cautions.shared, cautions.popular, cautions.untimed, cautions.within), (3, 1, 1, 2));
        assert_eq!(
            cautions.words(),
            ["rests on 3 targets only", "1 of 3 popular (≥ 10 % of accounts)", "1 of 3 without a time"]
        );
    }

    #[test]
    fn five_rare_targets_with_times_raise_none() {
        assert!(PairCautions::new(&[target(9, Some(1)); 5], 20, 60).words().is_empty());
        assert_eq!(
            PairCautions::new(&[target(10, Some(1)); 5], 20, 60).words(),
            ["all 5 popular (≥ 10 % of accounts)"]
        );
    }

    #[test]
    fn targets_that_no_export_names_are_told() {
        let synthetic = SharedTarget { synthetic: true, ..target(9, Some(1)) };
        let rare = target(9, Some(1));
        let words = PairCautions::new(&[rare, rare, rare, synthetic, synthetic], 1_000, 60).words();
        assert_eq!(words, ["2 of 5 known by their words only"]);
    }

    #[test]
    fn ids_that_look_rounded_are_told_first() {
        let rounded = SharedTarget { rounded: true, ..target(9, Some(1)) };
        let rare = target(9, Some(1));
        let cautions = PairCautions::new(&[rare, rare, rare, rounded, rounded], 1_000, 60);
        assert_eq!(cautions.words(), ["2 of 5 with ids that look rounded"]);
        let words = |ends| cautions.with_rounded_ends(ends).words().remove(0);
        assert_eq!(words(1), "one account id looks rounded");
        assert_eq!(words(2), "both account ids look rounded");
    }

    #[test]
    fn one_target_is_not_spoken_of_as_several() {
        let target = SharedTarget { rounded: true, synthetic: true, ..target(9, None) };
        let words = |targets: &[SharedTarget]| PairCautions::new(targets, 1_000, 60).words();
        let alone = [
            "the one target with an id that looks rounded",
            "rests on 1 target only",
            "the one target without a time",
            "the one target known by its words only",
        ];
        assert_eq!(words(&[target]), alone);
        let plain = SharedTarget { rounded: false, synthetic: false, ..target };
        assert_eq!(words(&[target, plain])[0], "1 of 2 with an id that looks rounded");
    }

    #[test]
    fn the_same_posts_at_other_times_are_told_apart_from_no_times() {
        let words = |at_b| PairCautions::new(&[target(9, at_b); 5], 1_000, 60).words();
        assert!(words(Some(60_000)).is_empty(), "the window includes its end");
        assert_eq!(words(Some(60_001)), ["none within 60 s"]);
        assert_eq!(words(None), ["all 5 without a time"]);
    }
}
