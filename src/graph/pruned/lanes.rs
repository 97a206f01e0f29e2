//! Sums of one row with all others in small whole numbers, many of which the processor compares at once.

use crate::model::dense;

use wide::{i8x16, i16x16};

/// Sums stop here, which is above every limit.
pub(super) const LARGEST: i16 = 16_383;
/// Rows that are compared at once.
const LINE: usize = 16;
/// Looking at one sum by its row takes as long as looking at so many whole lines, one after the other.
const APART: usize = 3;

/// The sums of one row with each other one, and the limits above which they count.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    sums: Vec<i16>,
    limits: &'a [i16],
    /// Whose sums were added to since these began,
    added: Vec<&'a [u32]>,
    /// how many these are,
    additions: usize,
    /// and whether others were too.
    everywhere: bool,
}

/// Fills up to whole lines with limits that no sum is above.
pub(super) fn whole_lines(mut limits: Vec<i16>) -> Vec<i16> {
    limits.resize(limits.len().next_multiple_of(LINE), LARGEST);
    limits
}

/// A weight as a whole number that is not smaller, at the most `LARGEST`.
pub(super) fn whole(weight: f64) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "what is larger becomes the largest number")]
    let down = weight as i16;
    down.min(LARGEST - 1) + 1
}

impl<'a> Lanes<'a> {
    /// Begins with sums of 0 for limits that fill whole lines.
    pub fn new(limits: &'a [i16]) -> Self {
        Self { sums: vec![0; limits.len()], limits, added: Vec::new(), additions: 0, everywhere: false }
    }

    /// Adds a weight of at most `LARGEST` to the sums of these rows.
    #[inline]
    pub fn add(&mut self, rows: &'a [u32], weight: i16) {
        self.added.push(rows);
        self.additions += rows.len();
        let sums = self.sums.as_mut_slice();
        for &row in rows {
            let sum = &mut sums[row as usize];
            // Two such numbers together are no overflow.
            *sum = sum.wrapping_add(weight).min(LARGEST);
        }
    }

    /// Adds a weight to the sums from row `first` on where `mask` has all bits set, and nothing where it has none.
    pub fn add_where(&mut self, mask: &[i16], first: usize, weight: i16) {
        self.everywhere = true;
        for (sum, mask) in self.sums[first..].iter_mut().zip(&mask[first..]) {
            *sum = sum.wrapping_add(weight & mask).min(LARGEST);
        }
    }

    /// Puts the rows from `first` on whose sums are above their limits into `hits`, with the sums, and begins anew. The rows
    /// ascend.
    pub fn drain(&mut self, first: usize, hits: &mut Vec<(u32, i16)>) {
        hits.clear();
        let lines = (self.sums.len() - first) / LINE;
        if !self.everywhere && self.additions * APART < lines {
            self.drain_added(first, hits);
        } else {
            self.drain_lines(first, hits);
        }
        self.added.clear();
        (self.additions, self.everywhere) = (0, false);
    }

    /// Looks at those sums only that were added to.
    fn drain_added(&mut self, first: usize, hits: &mut Vec<(u32, i16)>) {
        for &row in self.added.iter().copied().flatten() {
            // A sum is 0 when its row comes a second time, and no limit is below 0.
            let sum = std::mem::take(&mut self.sums[row as usize]);
            if sum > self.limits[row as usize] && row as usize >= first {
                hits.push((row, sum));
            }
        }
        hits.sort_unstable();
    }

    /// Looks at all sums, many at once.
    fn drain_lines(&mut self, first: usize, hits: &mut Vec<(u32, i16)>) {
        let begin = first / LINE * LINE;
        let (skipped, sums) = self.sums.split_at_mut(begin);
        skipped.fill(0);
        let (sums, _) = sums.as_chunks_mut::<LINE>();
        let (limits, _) = self.limits[begin..].as_chunks::<LINE>();
        for (line, (sums, limits)) in sums.iter_mut().zip(limits).enumerate() {
            let mut exceeding = which_exceed(*sums, *limits);
            while exceeding != 0 {
                let place = exceeding.trailing_zeros() as usize;
                exceeding &= exceeding - 1;
                hits.push((dense(begin + line * LINE + place), sums[place]));
            }
            sums.fill(0);
        }
        hits.drain(..hits.partition_point(|hit| (hit.0 as usize) < first));
    }
}

/// One bit for each sum of a line that is above its limit. Told as it is here, the processor makes all bits at once; of a
/// fold over the numbers the compiler makes a step for each.
fn which_exceed(sums: [i16; LINE], limits: [i16; LINE]) -> u32 {
    let exceeding = i16x16::new(sums).simd_gt(i16x16::new(limits));
    i8x16::from_i16x16_saturate(exceeding).to_bitmask()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn looking_at_what_was_added_to_finds_what_looking_at_all_finds(
            rows in prop::collection::vec((prop::collection::vec(0_u32..2_000, 0..30), 1_i16..500), 0..12),
            limits in prop::collection::vec(0_i16..900, 2_000),
            first in 0_usize..2_000,
        ) {
            let limits = whole_lines(limits);
            let (mut found, mut expected) = (Vec::new(), Vec::new());
            let mut lanes = Lanes::new(&limits);
            for _ in 0..2 {
                rows.iter().for_each(|(rows, weight)| lanes.add(rows, *weight));
                lanes.drain_lines(first, &mut expected);
                rows.iter().for_each(|(rows, weight)| lanes.add(rows, *weight));
                lanes.drain_added(first, &mut found);
                prop_assert_eq!(&found, &expected);
                prop_assert!(lanes.sums.iter().all(|&sum| sum == 0));
                (found, expected) = (Vec::new(), Vec::new());
            }
        }
    }
}
