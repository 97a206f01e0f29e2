//! Shares of counts, and how far two of them may lie apart by chance.

use serde::Serialize;

/// The 97.5th percentile of the standard normal distribution: intervals hold at 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Proportion {
    /// How many have it.
    pub with: u32,
    /// Of how many for which it can be told.
    pub of: u32,
}

impl Proportion {
    /// Counts one more, which has it or not.
    pub fn count(&mut self, with: bool) {
        self.of += 1;
        self.with += u32::from(with);
    }

    /// The share, 0 to 1; `None` of nobody.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.with) / f64::from(self.of))
    }

    /// Where the true share lies at 95 % confidence; `None` of nobody. [Wilson 1927]
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (share, of) = (self.share()?, f64::from(self.of));
        let square = Z * Z;
        let middle = share + square / (2.0 * of);
        let half = Z * (share * (1.0 - share) / of + square / (4.0 * of * of)).sqrt();
        let scale = 1.0 + square / of;
        Some((((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0)))
    }

    /// By how much this share is above the other one, and where that difference lies at 95 % confidence; `None` where
    /// one of them is of nobody. [Newcombe 1998, method 10]
    #[must_use]
    pub fn above(self, other: Self) -> Option<(f64, (f64, f64))> {
        let (one, two) = (self.share()?, other.share()?);
        let ((low_one, high_one), (low_two, high_two)) = (self.interval()?, other.interval()?);
        let difference = one - two;
        let below = (one - low_one).hypot(high_two - two);
        let beyond = (high_one - one).hypot(two - low_two);
        Some((difference, ((difference - below).max(-1.0), (difference + beyond).min(1.0))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: (f64, f64), wanted: (f64, f64)) {
        assert!((found.0 - wanted.0).abs() < 5e-5 && (found.1 - wanted.1).abs() < 5e-5, "{found:?} for {wanted:?}");
    }

    #[test]
    fn intervals_of_newcombes_examples() {
        // Newcombe (1998): 81 of 263 by Wilson, and 56 of 70 against 48 of 80 by method 10.
        close(Proportion { with: 81, of: 263 }.interval().unwrap(), (0.2553, 0.3662));
        let (difference, interval) = Proportion { with: 56, of: 70 }.above(Proportion { with: 48, of: 80 }).unwrap();
        assert!((difference - 0.2).abs() < 1e-12);
        close(interval, (0.0524, 0.3339));
        close(Proportion { with: 0, of: 10 }.above(Proportion { with: 0, of: 20 }).unwrap().1, (-0.1611, 0.2775));
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        assert_eq!(Proportion::default().share(), None);
        assert_eq!(Proportion { with: 1, of: 2 }.above(Proportion::default()), None);
    }
}
