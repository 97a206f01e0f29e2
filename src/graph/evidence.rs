//! Every figure of one pair, by merging what the two shared. Kept links and asked-for pairs get theirs here, so
//! that one number has one origin.

use super::{Filtered, Incidence};
use crate::model::{AccountId, CoShare};

/// Computes the co-retweet figures of pairs.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Who shared what.
    pub incidence: &'a Incidence,
    /// What the minimum filters leave of it.
    pub filtered: &'a Filtered,
    /// Seconds, inclusive, that count as within the window.
    pub window_seconds: u32,
}

impl Evidence<'_> {
    /// The figures of a pair; `None` where it shares no target.
    #[must_use]
    pub fn of(&self, a: AccountId, b: AccountId) -> Option<CoShare> {
        let window = u64::from(self.window_seconds) * 1_000;
        let (mut shared, mut shared_within, mut kept) = (0, 0, 0_u32);
        let mut sum = 0.0;
        self.incidence.for_each_shared(a, b, |target, gap| {
            shared += 1;
            shared_within += u32::from(gap.is_some_and(|gap| gap <= window));
            let weight = self.filtered.squared_idf(target);
            kept += u32::from(weight > 0.0);
            sum += weight;
        });
        let rows = self.filtered.row(a).zip(self.filtered.row(b));
        let cosine = rows.map(|(row_a, row_b)| self.filtered.cosine(row_a, row_b, sum));
        let binary_cosine = rows.map(|(row_a, row_b)| {
            #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
            let degrees = (self.filtered.targets(row_a).len() * self.filtered.targets(row_b).len()) as f64;
            f64::from(kept) / degrees.sqrt()
        });
        (shared > 0).then_some(CoShare { shared, shared_within, cosine, binary_cosine })
    }
}
