//! Moments in time.

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01T00:00:00Z; saturates at the ends of the range.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds between two moments, never negative.
    #[must_use]
    pub fn gap_ms(self, other: Self) -> u64 {
        self.0.abs_diff(other.0)
    }
}
