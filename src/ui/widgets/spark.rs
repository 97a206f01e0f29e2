//! Counts side by side as bars of eighths.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar for each count, the largest being the highest. Only nothing is blank.
pub(in crate::ui) fn sparkline(counts: &[u32]) -> String {
    let most = u64::from(counts.iter().copied().max().unwrap_or(0).max(1));
    let bar = |&count: &u32| match usize::try_from((u64::from(count) * 8).div_ceil(most)) {
        Ok(0) | Err(_) => ' ',
        Ok(height) => BARS[height.min(8) - 1],
    };
    counts.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn the_largest_is_full_and_only_nothing_is_blank() {
        assert_eq!(sparkline(&[0, 1, 8, 4, 1_000]), " ▁▁▁█");
        assert_eq!(sparkline(&[1, 2, 4]), "▂▄█");
        assert_eq!(sparkline(&[0, 0]), "  ");
        assert_eq!(sparkline(&[u32::MAX]), "█");
        assert_eq!(sparkline(&[]), "");
    }
}
