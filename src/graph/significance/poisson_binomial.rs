//! The upper tail of a sum of independent yes–no trials with unequal probabilities, exact far into the tail.

/// What is left out of a distribution of total mass 1.
const NEGLIGIBLE: f64 = 1e-60;
/// Beyond this tilt every trial is all but certain.
const STEEPEST: f64 = 300.0;
/// Rounds of Newton's method; it needs about ten.
const ROUNDS: usize = 200;

/// Trials of one probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trials {
    /// How many.
    pub count: u32,
    /// The probability of each, 0 to 1.
    pub probability: f64,
}

/// The natural logarithm of `P(X ≥ at_least)` for the number `X` of successes among all trials; `-∞` only where so
/// many are impossible. The distribution is tilted until its mean lies at `at_least`, so that what is summed is never
/// small, and tilted back in the logarithm. [Hong 2013 for the distribution; Daniels 1954 for the tilt]
#[must_use]
pub fn ln_tail(trials: &[Trials], at_least: u32) -> f64 {
    let possible: u64 = trials.iter().filter(|t| t.probability > 0.0).map(|t| u64::from(t.count)).sum();
    if at_least == 0 {
        return 0.0;
    }
    if u64::from(at_least) > possible {
        return f64::NEG_INFINITY;
    }
    let tilt = tilt_for(trials, f64::from(at_least));
    let ln_moment: f64 = trials.iter().map(|t| f64::from(t.count) * (t.probability * tilt.exp_m1()).ln_1p()).sum();
    let tilted = trials.iter().map(|t| Trials { count: t.count, probability: tilted(t.probability, tilt) });
    let distribution = distribution(tilted);
    let weight = |value: u64| (-tilt * (value as f64 - f64::from(at_least))).exp();
    let tail: f64 = distribution.values_from(u64::from(at_least)).map(|(value, mass)| mass * weight(value)).sum();
    (ln_moment - tilt * f64::from(at_least) + tail.ln()).min(0.0)
}

/// A tail of the whole distribution is exact from here on; below, what was left out would show.
const EXACT_FROM: f64 = 1e-49;

/// `P(X ≥ n)` for every number of `at_least`, in its order: all that are not far out from one distribution, the others
/// each by a tilt of their own. Never 0 where so many are possible: what is smaller than a number can be is the smallest
/// number.
#[must_use]
pub fn tails(trials: &[Trials], at_least: &[u32]) -> Vec<f64> {
    let whole = distribution(trials.iter().copied());
    let tail = |&least: &u32| {
        let tail: f64 = whole.values_from(u64::from(least)).map(|(_, mass)| mass).sum();
        if tail >= EXACT_FROM {
            return tail.min(1.0);
        }
        match ln_tail(trials, least) {
            f64::NEG_INFINITY => 0.0,
            far_out => far_out.exp().max(f64::MIN_POSITIVE),
        }
    };
    at_least.iter().map(tail).collect()
}

/// How likely each number of successes is, from the first that is not negligible on.
pub fn masses(trials: impl Iterator<Item = Trials>) -> (u64, Vec<f64>) {
    let Window { first, mass } = distribution(trials);
    (first, mass)
}

fn distribution(trials: impl Iterator<Item = Trials>) -> Window {
    trials.fold(Window::certain(), |sum, group| sum.plus(&Window::binomial(group)))
}

/// The probability after tilting: `p e^θ / (1 − p + p e^θ)`.
fn tilted(probability: f64, tilt: f64) -> f64 {
    let raised = probability * tilt.exp();
    raised / (1.0 - probability + raised)
}

/// The tilt, at least 0, at which the mean is `wanted`.
fn tilt_for(trials: &[Trials], wanted: f64) -> f64 {
    let moments = |tilt: f64| {
        trials.iter().fold((0.0, 0.0), |(mean, variance), t| {
            let p = tilted(t.probability, tilt);
            let count = f64::from(t.count);
            (mean + count * p, variance + count * p * (1.0 - p))
        })
    };
    if moments(0.0).0 >= wanted {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, STEEPEST);
    let mut tilt: f64 = 1.0;
    for _ in 0..ROUNDS {
        let (mean, variance) = moments(tilt);
        if (mean - wanted).abs() < 1e-6 * wanted {
            break;
        }
        if mean < wanted {
            low = tilt;
        } else {
            high = tilt;
        }
        let step = tilt + (wanted - mean) / variance.max(f64::MIN_POSITIVE);
        tilt = if step > low && step < high { step } else { f64::midpoint(low, high) };
    }
    tilt
}

/// A distribution over whole numbers, without its negligible ends.
#[derive(Debug, Clone)]
struct Window {
    first: u64,
    mass: Vec<f64>,
}

impl Window {
    /// 0 for certain.
    fn certain() -> Self {
        Self { first: 0, mass: vec![1.0] }
    }

    /// The binomial distribution, from its mode outwards by the ratio of neighbours.
    fn binomial(trials: Trials) -> Self {
        let Trials { count, probability: p } = trials;
        if p <= 0.0 || count == 0 {
            return Self::certain();
        }
        if p >= 1.0 {
            return Self { first: u64::from(count), mass: vec![1.0] };
        }
        let n = f64::from(count);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
        let mode = (((n + 1.0) * p) as u32).min(count);
        let odds = p / (1.0 - p);
        let up = |k: u32| (n - f64::from(k)) / (f64::from(k) + 1.0) * odds;
        let mut below = Vec::new();
        let mut mass = 1.0;
        for k in (0..mode).rev() {
            mass /= up(k);
            if mass < NEGLIGIBLE {
                break;
            }
            below.push(mass);
        }
        let first = u64::from(mode) - below.len() as u64;
        below.reverse();
        below.push(1.0);
        mass = 1.0;
        for k in mode..count {
            mass *= up(k);
            if mass < NEGLIGIBLE {
                break;
            }
            below.push(mass);
        }
        let total: f64 = below.iter().sum();
        below.iter_mut().for_each(|mass| *mass /= total);
        Self { first, mass: below }
    }

    /// The distribution of the sum of two independent numbers.
    fn plus(&self, other: &Self) -> Self {
        if other.mass.len() == 1 {
            return Self { first: self.first + other.first, mass: self.mass.clone() };
        }
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (a, &mass_a) in self.mass.iter().enumerate() {
            for (sum, &mass_b) in mass[a..].iter_mut().zip(&other.mass) {
                *sum += mass_a * mass_b;
            }
        }
        let kept = |mass: &f64| *mass >= NEGLIGIBLE;
        let start = mass.iter().position(kept).unwrap_or(0);
        let end = mass.iter().rposition(kept).map_or(mass.len(), |last| last + 1);
        Self { first: self.first + other.first + start as u64, mass: mass[start..end].to_vec() }
    }

    /// The values from `least` on, with their mass.
    fn values_from(&self, least: u64) -> impl Iterator<Item = (u64, f64)> + '_ {
        (self.first..).zip(self.mass.iter().copied()).filter(move |&(value, _)| value >= least)
    }
}
