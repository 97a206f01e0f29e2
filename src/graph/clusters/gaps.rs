//! The median gap among those who shared one target, without looking at every pair of them.

/// The median of the gaps between all pairs of `times`, in the unit of the times; the upper one of two. `None` where there
/// are fewer than two times. Sorts, then narrows the gap down by counting the pairs that are no further apart:
/// O(n log n) and 64 counts of O(n), though there are n² pairs.
pub(super) fn median_gap(times: &mut [i64]) -> Option<u64> {
    times.sort_unstable();
    let count = times.len() as u64;
    let wanted = (count * count.saturating_sub(1) / 2) / 2;
    let (mut low, mut high) = (0, times.last()?.abs_diff(*times.first()?));
    if count < 2 {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if pairs_within(times, middle) > wanted { high = middle } else { low = middle + 1 }
    }
    Some(low)
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
        assert_eq!(median_gap(&mut [i64::MAX, i64::MIN + 1, 0]), Some(i64::MAX as u64));
    }

    proptest! {
        #[test]
        fn it_is_what_looking_at_every_pair_gives(mut times in prop::collection::vec(-50_i64..50, 2..30)) {
            let pairs = (0..times.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
            let mut gaps: Vec<u64> = pairs.map(|(a, b)| times[a].abs_diff(times[b])).collect();
            gaps.sort_unstable();
            prop_assert_eq!(median_gap(&mut times), Some(gaps[gaps.len() / 2]));
        }
    }
}
