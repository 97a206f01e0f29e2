//! Medians.

/// The median; of an even number of values the mean of the middle two, rounded down.
pub(super) fn median(values: &mut [u64]) -> Option<u64> {
    let length = values.len();
    if length == 0 {
        return None;
    }
    let (below, &mut upper, _) = values.select_nth_unstable(length / 2);
    if length % 2 == 1 {
        return Some(upper);
    }
    below.iter().max().map(|&lower| u64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [7]), Some(7));
        assert_eq!(median(&mut [9, 1, 4]), Some(4));
        assert_eq!(median(&mut [9, 1, 4, 6]), Some(5));
    }
}
