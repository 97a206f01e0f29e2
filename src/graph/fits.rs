//! Whether the pairs that a rule keeps fit into memory, told by a sample of rows before the work is done.

use super::pair_count::count_pairs;
use super::projection::{Projection, Visit, project};
use super::{Filtered, GraphError, Task};

/// How many rows the sample takes, about.
const SAMPLE: usize = 256;
/// Bytes that a pair takes at the most, while pairs are brought into order.
pub const BYTES_PER_PAIR: u64 = 16;
/// A sample can err: refused early is what is too much even if it is wrong by this factor, and what is advised fits even
/// then. What slips through is stopped once so many pairs are found.
const CAUTION: f64 = 1.25;

/// How much is held at the most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Pairs of accounts.
    pub limit: usize,
    /// Pairs of each account.
    pub top: Option<u32>,
}

impl Room {
    /// Whether so many rows have fewer pairs than fit, whatever the rule.
    fn holds_all_of(self, rows: usize) -> bool {
        let others = self.top.map_or(rows / 2 + 1, |top| rows.min(top as usize));
        rows.saturating_mul(others) <= self.limit
    }

    fn refuse(self, pairs: f64, advice: String) -> Result<(), GraphError> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let pairs = pairs as u64;
        Err(GraphError::WouldNotFit { pairs, memory: pairs.saturating_mul(BYTES_PER_PAIR), limit: self.limit, advice })
    }

    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn surely_exceeded_by(self, pairs: f64) -> bool {
        pairs > self.limit as f64 * CAUTION
    }

    /// Refuses what `top` lets pass in any case. Where there is a top, nothing else need be looked at.
    fn check_top(self, rows: usize) -> Result<bool, GraphError> {
        let Some(top) = self.top else { return Ok(self.holds_all_of(rows)) };
        if !self.holds_all_of(rows) {
            let advice = format!("keep the top {} of each account", (self.limit / rows.max(1)).max(1));
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            self.refuse(rows as f64 * f64::from(top), advice)?;
        }
        Ok(true)
    }
}

/// A rule that keeps pairs from a strength on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Threshold {
    /// The word of the rule that is advised.
    pub word: &'static str,
    /// What a pair must reach.
    pub least: f64,
    /// Strengths are told as multiples of this.
    pub step: f64,
}

/// Estimates how many pairs reach a threshold.
///
/// # Errors
/// Fails where these would not fit, and when cancelled.
pub(super) fn check_threshold<P: Projection>(
    projection: &P,
    threshold: Threshold,
    room: Room,
    task: &Task<'_>,
    strength: impl Fn(usize, usize, f64) -> f64 + Sync,
) -> Result<(), GraphError> {
    if room.check_top(projection.len())? {
        return Ok(());
    }
    let step = (projection.len() / SAMPLE).max(1);
    #[expect(clippy::cast_possible_truncation, reason = "an estimate needs no more digits")]
    let threads = project(projection, Visit::SampleOf(step), &task.unreported(), Vec::new, |strengths, a, b, sum| {
        let strength = strength(a, b, sum);
        if strength >= threshold.least {
            strengths.push(strength as f32);
        }
        Ok(())
    })?;
    let mut strengths = threads.concat();
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let pairs = (strengths.len() * step) as f64;
    if !room.surely_exceeded_by(pairs) {
        return Ok(());
    }
    let Threshold { word, step: unit, .. } = threshold;
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "a rank")]
    let place = (room.limit as f64 / CAUTION / step as f64) as usize;
    let place = place.min(strengths.len() - 1);
    let (_, &mut fits, _) = strengths.select_nth_unstable_by(place, |a, b| b.total_cmp(a));
    let fits = (f64::from(fits) / unit).floor() * unit + unit;
    let digits = if unit < 1.0 { 3 } else { 0 };
    room.refuse(pairs, format!("{word}:{fits:.digits$} would fit, or only the top of each account"))
}

/// Counts how many pairs have a cosine at all, where a percentile of them could be too many.
///
/// # Errors
/// Fails where these would not fit, and when cancelled.
pub(super) fn check_percentile(
    filtered: &Filtered,
    wanted: f64,
    room: Room,
    task: &Task<'_>,
) -> Result<Option<u64>, GraphError> {
    if room.check_top(filtered.len())? {
        return Ok(None);
    }
    let count = count_pairs(filtered, task)?;
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let (total, limit) = (count as f64, room.limit as f64);
    let pairs = total * (100.0 - wanted) / 100.0;
    if pairs <= limit {
        return Ok(Some(count));
    }
    let fits = ((1.0 - limit / total / CAUTION) * 1_000.0).ceil() / 10.0;
    room.refuse(pairs, format!("percentile:{fits} would fit, or only the top of each account"))?;
    Ok(None)
}
