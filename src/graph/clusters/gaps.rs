//! The median gap among those who shared one target, without looking at every pair of them.

/// The median of the gaps between all pairs of `times`, in the unit of the times; of an even number of gaps the mean of the
/// middle two, rounded down. `None` where there are fewer than two times. Sorts, then narrows the gap down by counting the pairs that are no further apart:
/// O(n log n) and 64 counts of O(n), though there are n² pairs.
pub(super) fn median_gap(times: &mut [i64]) -> Option<u64> {
    times.sort_unstable();
    let count = times.len() as u64;
    let pairs = count * count.saturating_sub(1) / 2;
    if pairs == 0 {
        return None;
    }
    let upper = ranked(times, pairs / 2);
    Some(if pairs % 2 == 1 { upper } else { u64::midpoint(ranked(times, pairs / 2 - 1), upper) })
}

/// The gap with so many before it, where the gaps between all pairs of ascending times are sorted.
fn ranked(times: &[i64], before: u64) -> u64 {
    let (mut low, mut high) = (0, times[times.len() - 1].abs_diff(times[0]));
    while low < high {
        let middle = low + (high - low) / 2;
        if pairs_within(times, middle) > before { high = middle } else { low = middle + 1 }
    }
    low
}

/// How many pairs of ascending times are no further apart than `gap`.
fn pairs_within(times: &[i64], gap: u64) -> u64 {
    let (mut first, mut pairs) = (0, 0);
    for (place, &time) in times.iter().enumerate() {
        while times[first].abs_diff(time) > gap {
            first += 1;
        }
        pairs += (place - first) as u64;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_median_of_all_gaps() {
        assert_eq!(median_gap(&mut []), None);
        assert_eq!(median_gap(&mut [7]), None);
        assert_eq!(median_gap(&mut [9_000, 0]), Some(9_000));
        // Gaps 2, 7 and 9.
        assert_eq!(median_gap(&mut [9, 0, 2]), Some(7));
        // Gaps 1, 2, 3, 3, 5 and 6.
        assert_eq!(median_gap(&mut [0, 1, 3, 6]), Some(3));
        // Gaps 1, 1, 2, 8, 9 and 10.
        assert_eq!(median_gap(&mut [0, 8, 9, 10]), Some(5));
        assert_eq!(median_gap(&mut [i64::MAX, i64::MIN + 1, 0]), Some(i64::MAX as u64));
    }

    proptest! {
        #[test]
        fn it_is_what_looking_at_every_pair_gives(mut times in prop::collection::vec(-50_i64..50, 2..30)) {
            let pairs = (0..times.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
            let mut gaps: Vec<u64> = pairs.map(|(a, b)| times[a].abs_diff(times[b])).collect();
            gaps.sort_unstable();
            let middle = gaps.len() / 2;
            let expected = if gaps.len() % 2 == 1 { gaps[middle] } else { (gaps[middle - 1] + gaps[middle]) / 2 };
            prop_assert_eq!(median_gap(&mut times), Some(expected));
        }
    }
}
