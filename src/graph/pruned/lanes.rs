//! Sums of one row with all others in small whole numbers, many of which the processor compares at once.

use crate::model::dense;

use wide::{i8x16, i16x16};

/// Sums stop here, which is above every limit.
pub(super) const LARGEST: i16 = 16_383;
/// Rows that are compared at once.
const LINE: usize = 16;

/// The sums of one row with each other one, and the limits above which they count.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    sums: Vec<i16>,
    limits: &'a [i16],
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
        Self { sums: vec![0; limits.len()], limits }
    }

    /// Adds a weight of at most `LARGEST` to the sums of these rows.
    #[inline]
    pub fn add(&mut self, rows: &[u32], weight: i16) {
        let sums = self.sums.as_mut_slice();
        for &row in rows {
            let sum = &mut sums[row as usize];
            // Two such numbers together are no overflow.
            *sum = sum.wrapping_add(weight).min(LARGEST);
        }
    }

    /// Adds a weight to the sums from row `first` on where `mask` has all bits set, and nothing where it has none.
    pub fn add_where(&mut self, mask: &[i16], first: usize, weight: i16) {
        for (sum, mask) in self.sums[first..].iter_mut().zip(&mask[first..]) {
            *sum = sum.wrapping_add(weight & mask).min(LARGEST);
        }
    }

    /// Puts the rows from `first` on whose sums are above their limits into `hits`, with the sums, and begins anew.
    pub fn drain(&mut self, first: usize, hits: &mut Vec<(u32, i16)>) {
        hits.clear();
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
