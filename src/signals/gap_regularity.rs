//! Whether an account posts at even steps, at random, or in bursts.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::observations::PostTimes;
use super::words::number;
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::AccountId;
use crate::text::{gap, thousands};

/// Fewer gaps between posts say nothing.
const FEWEST_GAPS: usize = 10;

/// How the gaps between an account's posts are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GapRegularity {
    /// (σ − μ) / (σ + μ) of the gaps: −1 where all are equal, 0 where posts come at random, towards 1 where they come in
    /// bursts. [Goh and Barabási 2008]
    pub burstiness: f64,
    /// Shannon entropy, in bits, of the gaps sorted into classes that double: 0 to 1 s, up to 3 s, up to 7 s and so on. It
    /// is 0 where all are of one class.
    pub entropy_bits: f64,
    /// How many gaps there are.
    pub gaps: usize,
    /// Their mean, in seconds.
    pub mean_s: f64,
    /// Their standard deviation, in seconds.
    pub deviation_s: f64,
}

/// The regularity of each account's posts; the value is the burstiness.
fn gap_regularity(posts: &PostTimes, accounts: usize) -> Vec<Outcome<GapRegularity>> {
    (0..accounts).map(|place| regularity(posts.times(place))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds and counts of any data set are far below 2^52")]
fn regularity(times: &[i64]) -> Outcome<GapRegularity> {
    let gaps = times.len().saturating_sub(1);
    if gaps < FEWEST_GAPS {
        let (has, needs) = (gaps as u64, FEWEST_GAPS as u64);
        return Err(Silence::TooFew { what: "gaps between posts with a time", has, needs });
    }
    let seconds = || times.windows(2).map(|pair| (pair[1] - pair[0]) as f64 / 1_000.0);
    let count = gaps as f64;
    let mean = seconds().sum::<f64>() / count;
    let deviation = (seconds().map(|gap| (gap - mean).powi(2)).sum::<f64>() / count).sqrt();
    if mean == 0.0 {
        return Err(Silence::Unknown(
            "all posts have the same time, which is that of the collection rather than theirs",
        ));
    }
    let mut classes = [0_u32; 64];
    for pair in times.windows(2) {
        let gap = u64::try_from(pair[1] - pair[0]).unwrap_or_default() / 1_000;
        classes[(gap + 1).ilog2() as usize] += 1;
    }
    let shares = classes.iter().filter(|&&class| class > 0).map(|&class| f64::from(class) / count);
    let entropy_bits = shares.map(|share| -share * share.log2()).sum::<f64>().max(0.0);
    let burstiness = (deviation - mean) / (deviation + mean);
    Ok((burstiness, GapRegularity { burstiness, entropy_bits, gaps, mean_s: mean, deviation_s: deviation }))
}

impl Evidence for GapRegularity {
    const NAME: &'static str = "gap_regularity";
    const MEANING: &'static str = "burstiness (σ − μ) / (σ + μ) of the gaps between its posts: −1 for even steps, 0 at \
                                   random; from 10 gaps on";
    const CANNOT_TELL: &'static str =
        "Programs can post at random; posts that were not collected leave gaps that were not there.";
    const KNOWN: &'static str = "Ranked a coordinated account above another 19 to 64 % of the time, on eight labelled sets: it points either way.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        Ok(gap_regularity(seen.posts, seen.accounts.len()))
    }

    fn value(value: f64) -> String {
        number(value)
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "gaps of posts are not negative")]
        let words = |seconds: f64| gap((seconds * 1_000.0) as u64);
        let (mean, deviation) = (words(self.mean_s), words(self.deviation_s));
        let gaps = thousands(self.gaps as u64);
        format!("{gaps} gaps, mean {mean}, deviation {deviation}, entropy {:.1} bits", self.entropy_bits)
    }

    fn json(&self, _: &dyn PublicNames) -> Value {
        let Self { gaps, mean_s, deviation_s, entropy_bits, .. } = self;
        json!({ "gaps": gaps, "mean_s": mean_s, "deviation_s": deviation_s, "entropy_bits": entropy_bits })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn even_steps_have_no_burstiness_above_minus_one() {
        let times: Vec<i64> = (0..11).map(|step| step * 60_000).collect();
        let (value, found) = regularity(&times).unwrap();
        assert!(close(value, -1.0) && close(found.entropy_bits, 0.0) && found.gaps == 10);
        assert!(regularity(&times[1..]).is_err() && regularity(&[5; 30]).is_err());
    }

    #[test]
    fn gaps_of_two_lengths_by_hand() {
        // Five gaps of 2 s and five of 6 s: mean 4, deviation 2, so (2 − 4) / (2 + 4); two classes of equal size.
        let mut times = vec![0];
        for gap in [2_000, 6_000].repeat(5) {
            times.push(times[times.len() - 1] + gap);
        }
        let (value, found) = regularity(&times).unwrap();
        assert!(close(value, -1.0 / 3.0) && close(found.mean_s, 4.0) && close(found.deviation_s, 2.0));
        assert!(close(found.entropy_bits, 1.0), "{found:?}");
    }

    proptest! {
        #[test]
        fn the_textbook_gives_the_same(gaps in prop::collection::vec(0_i64..5_000_000, 10..50)) {
            prop_assume!(gaps.iter().any(|&gap| gap > 0));
            let times: Vec<i64> = std::iter::once(7).chain(gaps.iter().scan(7, |at, gap| { *at += gap; Some(*at) })).collect();
            let posts = PostTimes::new(times.iter().map(|&at| (0, crate::model::Timestamp(at))).collect(), 1);
            let n = gaps.len() as f64;
            let mean = gaps.iter().sum::<i64>() as f64 / n;
            let squares = gaps.iter().map(|&gap| (gap as f64) * (gap as f64)).sum::<f64>() / n;
            let deviation = (squares - mean * mean).max(0.0).sqrt();
            let (value, found) = gap_regularity(&posts, 1)[0].unwrap();
            prop_assert!((value - (deviation - mean) / (deviation + mean)).abs() < 1e-6);
            prop_assert!((-1.0..=1.0).contains(&value) && found.entropy_bits <= n.log2() + 1e-9);
        }
    }
}
