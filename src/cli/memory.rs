//! How many pairs there is room for.

use crate::graph::BYTES_PER_PAIR;

/// Where the system does not say how much memory is free.
const UNKNOWN: usize = 100_000_000;

/// Pairs that fit into half of the memory that is free.
pub(super) fn room_for_pairs() -> usize {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    free(&text).and_then(|free| usize::try_from(free / 2 / BYTES_PER_PAIR).ok()).unwrap_or(UNKNOWN)
}

/// The free bytes of which `/proc/meminfo` tells.
fn free(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_memory_is_what_the_system_says() {
        assert_eq!(free("MemTotal:  24683660 kB\nMemAvailable:   22547540 kB\n"), Some(22_547_540 * 1_024));
        assert_eq!(free("MemTotal:  24683660 kB\n"), None);
        assert!(room_for_pairs() > 0);
    }
}
