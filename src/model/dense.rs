//! From `usize` to `u32`, by which accounts, targets, words and shares are numbered in memory: two ways, and no third.

/// More of something than can be numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the cache holds {count} {what}, which is more than this program can number ({most}); import fewer, or those of another time or place into a cache of their own with --cache",
    most = u32::MAX
)]
pub struct TooMany {
    /// How many there are.
    pub count: u64,
    /// Of what, in the plural.
    pub what: &'static str,
}

/// How many there are of something of which each is about to get a number. Whoever reads as many things as there are asks
/// here first; [`dense`] is for what comes after.
///
/// # Errors
/// Fails where there are more than `u32::MAX` can tell apart from none.
pub fn numbered(count: u64, what: &'static str) -> Result<u32, TooMany> {
    u32::try_from(count).ok().filter(|&count| count < u32::MAX).ok_or(TooMany { count, what })
}

/// The number of something that stands at this place, or how many there are for a reader to see. Saturates at `u32::MAX`,
/// which as a number means none everywhere, and as a count so many or more. What has numbers was counted before, by
/// [`numbered`] or as rows of the cache, so that no place of it saturates.
#[must_use]
pub fn dense(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_numbered_is_said_and_never_taken_for_another() {
        let most = u64::from(u32::MAX);
        assert_eq!(numbered(most - 1, "shares"), Ok(u32::MAX - 1));
        for count in [most, most + 1, u64::MAX] {
            let said = numbered(count, "shares").unwrap_err().to_string();
            assert!(said.contains(&format!("{count} shares")) && said.contains("--cache"), "{said}");
        }
        assert_eq!((dense(7), dense(usize::MAX)), (7, u32::MAX));
    }
}
