//! Sums of one row with all others in small whole numbers, many of which the processor compares at once.

/// Sums stop here, which is above every limit.
pub(super) const LARGEST: i16 = 16_383;
/// Rows that are compared at once: the width of a line of the processor's memory.
const LINE: usize = 32;

/// The sums of one row with each other one, and the limits above which they count.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    sums: Vec<i16>,
    limits: &'a [i16],
}

/// A weight as a whole number that is not smaller, at the most `LARGEST`.
pub(super) fn whole(weight: f64) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "what is larger becomes the largest number")]
    let down = weight as i16;
    down.min(LARGEST - 1) + 1
}

impl<'a> Lanes<'a> {
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
        let begin = (first / LINE * LINE).min(self.sums.len());
        self.sums[..begin].fill(0);
        let (sums, limits) = (self.sums[begin..].chunks_mut(LINE), self.limits[begin..].chunks(LINE));
        for (line, (sums, limits)) in sums.zip(limits).enumerate() {
            let mut above = above(sums, limits);
            while above != 0 {
                let place = above.trailing_zeros() as usize;
                above &= above - 1;
                hits.push((super::dense(begin + line * LINE + place), sums[place]));
            }
            sums.fill(0);
        }
        hits.drain(..hits.partition_point(|hit| (hit.0 as usize) < first));
    }
}

/// One bit for each sum of a line that is above its limit; without a branch for each, so that the processor compares many
/// at once.
fn above(sums: &[i16], limits: &[i16]) -> u32 {
    let bits = |sums: &[i16], limits: &[i16]| {
        let above = sums.iter().zip(limits).map(|(sum, limit)| u32::from(sum > limit));
        above.enumerate().fold(0, |bits, (place, above)| bits | above << place)
    };
    match (<&[i16; LINE]>::try_from(sums), <&[i16; LINE]>::try_from(limits)) {
        (Ok(sums), Ok(limits)) if any_above(sums, limits) => bits(sums, limits),
        (Ok(_), Ok(_)) => 0,
        _ => bits(sums, limits),
    }
}

/// Whether any sum of a whole line is above its limit.
fn any_above(sums: &[i16; LINE], limits: &[i16; LINE]) -> bool {
    sums.iter().zip(limits).fold(false, |any, (sum, limit)| any | (sum > limit))
}
