//! Exact percentiles of values that are too many to hold: histograms over the bits of the values, from the highest
//! down, until the few that are left can be sorted. Positive floating-point numbers order as their bits do.

/// Bits that one histogram looks at.
const STEP: u32 = 16;
/// Values that may be held at once.
const HELD: u64 = 1 << 20;

/// A part of the number line: the values whose highest `known` bits are `prefix`.
#[derive(Debug, Clone, Copy)]
struct Part {
    prefix: u64,
    known: u32,
}

impl Part {
    fn holds(self, bits: u64) -> bool {
        self.known == 0 || bits >> (64 - self.known) == self.prefix
    }

    fn bin(self, bits: u64) -> usize {
        usize::try_from((bits << self.known) >> (64 - STEP)).unwrap_or(0)
    }
}

/// Counts of one pass over all values.
#[derive(Debug)]
pub(super) struct Histogram {
    part: Part,
    counts: Vec<u64>,
    below: u64,
    smallest_above: u64,
    held: Option<Vec<f64>>,
}

impl Histogram {
    /// Takes one positive value.
    pub fn push(&mut self, value: f64) {
        let bits = value.to_bits();
        if !self.part.holds(bits) {
            let first = if self.part.known == 0 { 0 } else { self.part.prefix << (64 - self.part.known) };
            if bits < first {
                self.below += 1;
            } else {
                self.smallest_above = self.smallest_above.min(bits);
            }
        } else if let Some(held) = &mut self.held {
            held.push(value);
        } else {
            self.counts[self.part.bin(bits)] += 1;
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.below += other.below;
        self.smallest_above = self.smallest_above.min(other.smallest_above);
        self.counts.iter_mut().zip(other.counts).for_each(|(mine, theirs)| *mine += theirs);
        if let (Some(mine), Some(theirs)) = (&mut self.held, other.held) {
            mine.extend(theirs);
        }
        self
    }
}

/// The `percentile`-th percentile (0 to 100) of all values, linear interpolation between the two nearest ranks as
/// numpy's default; `None` where there is no value. `pass` runs once over all values: it is given how to make a
/// thread's histogram and returns them all filled. Takes two to five passes.
///
/// # Errors
/// Passes on the errors of `pass`.
pub(super) fn percentile<E>(
    percentile: f64,
    mut pass: impl FnMut(&(dyn Fn() -> Histogram + Sync)) -> Result<Vec<Histogram>, E>,
) -> Result<Option<f64>, E> {
    let mut part = Part { prefix: 0, known: 0 };
    let mut inside = u64::MAX;
    let mut position = None;
    loop {
        let hold = inside <= HELD || part.known == 64;
        let empty = || Histogram {
            part,
            counts: if hold { Vec::new() } else { vec![0; 1 << STEP] },
            below: 0,
            smallest_above: u64::MAX,
            held: hold.then(Vec::new),
        };
        let merged = pass(&empty)?.into_iter().reduce(Histogram::merge);
        let Some(histogram) = merged else { return Ok(None) };
        let total = histogram.counts.iter().sum::<u64>();
        if part.known == 0 && total == 0 {
            return Ok(None);
        }
        let wanted = *position.get_or_insert_with(|| rank(percentile, total));
        if let Some(held) = histogram.held {
            return Ok(Some(interpolate(held, wanted, histogram.below, histogram.smallest_above)));
        }
        (part, inside) = narrow(part, &histogram.counts, wanted.0 - histogram.below);
    }
}

/// The lower of the two nearest ranks, counted from 0, and how far towards the next one.
pub(super) fn rank(percentile: f64, total: u64) -> (u64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let position = percentile.clamp(0.0, 100.0) / 100.0 * (total - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
    let lower = position.floor() as u64;
    (lower.min(total - 1), position.fract())
}

fn narrow(part: Part, counts: &[u64], rank: u64) -> (Part, u64) {
    let mut seen = 0;
    for (bin, &count) in (0_u64..).zip(counts) {
        seen += count;
        if seen > rank {
            return (Part { prefix: part.prefix << STEP | bin, known: part.known + STEP }, count);
        }
    }
    (part, 0)
}

fn interpolate(mut held: Vec<f64>, (rank, towards_next): (u64, f64), below: u64, next_bits: u64) -> f64 {
    held.sort_unstable_by(f64::total_cmp);
    let place = usize::try_from(rank - below).unwrap_or(usize::MAX);
    let Some(&lower) = held.get(place) else { return 0.0 };
    let next = held.get(place + 1).copied().or((next_bits != u64::MAX).then(|| f64::from_bits(next_bits)));
    lower + (next.unwrap_or(lower) - lower) * towards_next
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn percentile_among(values: &[f64], wanted: f64) -> Option<f64> {
        let run = |empty: &(dyn Fn() -> Histogram + Sync)| {
            let (mut first, mut second) = (empty(), empty());
            values.iter().enumerate().for_each(
                |(index, &value)| {
                    if index % 3 == 0 { first.push(value) } else { second.push(value) }
                },
            );
            Ok::<_, ()>(vec![first, second])
        };
        percentile(wanted, run).unwrap()
    }

    #[test]
    fn known_percentiles() {
        assert_eq!(percentile_among(&[], 50.0), None);
        assert_eq!(percentile_among(&[0.25], 99.5), Some(0.25));
        assert_eq!(percentile_among(&[0.1, 0.2, 0.3, 0.4], 50.0), Some(0.25));
        assert_eq!(percentile_among(&[0.1, 0.2, 0.3, 0.4], 100.0), Some(0.4));
        assert_eq!(percentile_among(&[0.5, 0.125, 0.5, 0.5], 25.0), Some(0.40625));
    }

    #[test]
    fn more_equal_values_than_can_be_held() {
        let mut values = vec![0.5; 3 << 20];
        values.push(0.75);
        assert_eq!(percentile_among(&values, 99.0), Some(0.5));
        assert_eq!(percentile_among(&values, 100.0), Some(0.75));
    }

    proptest! {
        #[test]
        fn agrees_with_sorting(values in prop::collection::vec(1e-6_f64..1.0, 1..200), wanted in 0.0_f64..100.0) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let position = wanted / 100.0 * (sorted.len() - 1) as f64;
            let lower = sorted[position.floor() as usize];
            let upper = sorted[position.ceil() as usize];
            let expected = lower + (upper - lower) * position.fract();
            prop_assert!((percentile_among(&values, wanted).unwrap() - expected).abs() < 1e-15);
        }
    }
}
