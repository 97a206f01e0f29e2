//! Shares of counts, and how far two of them may lie apart by chance where the counted come in pairs.

use serde::Serialize;

/// The 97.5th percentile of the standard normal distribution: intervals hold at 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Proportion {
    /// How many have it.
    pub with: u32,
    /// Of how many for which it can be told.
    #[serde(rename = "of")]
    pub total: u32,
}

impl Proportion {
    /// Counts one more, which has it or not.
    pub fn count(&mut self, with: bool) {
        self.total += 1;
        self.with += u32::from(with);
    }

    /// The share, 0 to 1; `None` of nobody.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.total > 0).then(|| f64::from(self.with) / f64::from(self.total))
    }

    /// Where the true share lies at 95 % confidence; `None` of nobody. [Wilson 1927]
    #[must_use]
    ///
    /// ```
    /// use bot_tui::signals::Proportion;
    ///
    /// let (least, most) = Proportion { with: 8, total: 10 }.interval().unwrap();
    /// assert!((0.490..0.491).contains(&least) && (0.943..0.944).contains(&most));
    /// ```
    pub fn interval(self) -> Option<(f64, f64)> {
        let (share, total) = (self.share()?, f64::from(self.total));
        let square = Z * Z;
        let middle = share + square / (2.0 * total);
        let half_width = Z * (share * (1.0 - share) / total + square / (4.0 * total * total)).sqrt();
        let scale = 1.0 + square / total;
        Some((((middle - half_width) / scale).max(0.0), ((middle + half_width) / scale).min(1.0)))
    }
}

/// What two accounts of each pair have, one from either side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PairedProportion {
    /// Pairs in which both have it,
    pub both: u32,
    /// only the first,
    pub first_only: u32,
    /// only the second,
    pub second_only: u32,
    /// and neither.
    pub neither: u32,
}

impl PairedProportion {
    /// Counts one more pair.
    pub fn count(&mut self, first: bool, second: bool) {
        let cell = match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.first_only,
            (false, true) => &mut self.second_only,
            (false, false) => &mut self.neither,
        };
        *cell += 1;
    }

    /// How many pairs there are.
    #[must_use]
    pub fn pairs(self) -> u32 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// How many of the first have it.
    #[must_use]
    pub fn first(self) -> Proportion {
        Proportion { with: self.both + self.first_only, total: self.pairs() }
    }

    /// How many of the second have it.
    #[must_use]
    pub fn second(self) -> Proportion {
        Proportion { with: self.both + self.second_only, total: self.pairs() }
    }

    /// By how much the first share is above the second one, and where that difference lies at 95 % confidence; `None` of
    /// no pairs. [Newcombe 1998, Improved confidence intervals for the difference between binomial proportions based on
    /// paired data, method 10]
    #[must_use]
    pub fn difference(self) -> Option<(f64, (f64, f64))> {
        let (first, second) = (self.first(), self.second());
        let (one, two) = (first.share()?, second.share()?);
        let ((low_one, high_one), (low_two, high_two)) = (first.interval()?, second.interval()?);
        let phi = self.phi();
        let half_width = |a: f64, b: f64| (a * a - 2.0 * phi * a * b + b * b).max(0.0).sqrt();
        let difference = (f64::from(self.first_only) - f64::from(self.second_only)) / f64::from(self.pairs());
        let below = half_width(one - low_one, high_two - two);
        let beyond = half_width(high_one - one, two - low_two);
        Some((difference, ((difference - below).max(-1.0), (difference + beyond).min(1.0))))
    }

    /// How far the two go together, with the paper's correction for continuity where they do so positively.
    fn phi(self) -> f64 {
        let [a, b, c, d] = [self.both, self.first_only, self.second_only, self.neither].map(f64::from);
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        if margins == 0.0 {
            return 0.0;
        }
        let product = a * d - b * c;
        let corrected = if product > 0.0 { (product - (a + b + c + d) / 2.0).max(0.0) } else { product };
        corrected / margins.sqrt()
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
        // Newcombe (1998), Two-sided confidence intervals for the single proportion: 81 of 263 by Wilson.
        close(Proportion { with: 81, total: 263 }.interval().unwrap(), (0.2553, 0.3662));
        // Newcombe (1998), on paired data: the first line of the table of examples; then Bentur (2009) and Cavo (2012), as in
        // Fagerland, Lydersen and Laake (2017) and R's contingencytables, here recomputed in Python from the paper's formula.
        for (cells, difference, interval) in [
            ([36, 12, 2, 0], 0.2, (0.0569, 0.3404)),
            ([1, 1, 7, 12], -6.0 / 21.0, (-0.5069, -0.0256)),
            ([59, 6, 16, 80], -10.0 / 161.0, (-0.1186, -0.0046)),
            ([2, 97, 1, 0], 0.96, (0.8721, 0.9854)),
            ([54, 0, 0, 0], 0.0, (-0.0664, 0.0664)),
            ([6, 4, 4, 6], 0.0, (-0.2693, 0.2693)),
        ] {
            let [both, first_only, second_only, neither] = cells;
            let found = PairedProportion { both, first_only, second_only, neither }.difference().unwrap();
            assert!((found.0 - difference).abs() < 1e-12, "{cells:?}");
            close(found.1, interval);
        }
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        assert_eq!(Proportion::default().share(), None);
        assert_eq!(PairedProportion::default().difference(), None);
    }
}
