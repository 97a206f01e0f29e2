//! The explainable cross-check: drawing targets without looking at their popularity.

/// From here on Stirling's series is exact to the last bits.
const SERIES_FROM: u32 = 16;

/// The natural logarithm of `n!`: a product where it is small, Stirling's series beyond.
fn ln_factorial(n: u32) -> f64 {
    if n < SERIES_FROM {
        return (2..=n).map(f64::from).product::<f64>().ln();
    }
    let x = f64::from(n) + 1.0;
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1_260.0 - square / 1_680.0)));
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series
}

fn ln_choose(n: u32, k: u32) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// `P(X ≥ shared)` where two accounts with `degree_a` and `degree_b` of `targets` targets chose them blindly:
/// `Σ_{x ≥ shared} C(d_a,x) C(N−d_a, d_b−x) / C(N, d_b)`. It ignores popularity, so that a viral target looks
/// significant. Never 0: what is smaller than a number can be is the smallest number.
///
/// ```
/// use bot_tui::graph::hypergeometric_tail;
///
/// assert!((hypergeometric_tail(100, 10, 12, 5) - 0.001_922_02).abs() < 1e-8);
/// ```
#[must_use]
pub fn hypergeometric_tail(targets: u32, degree_a: u32, degree_b: u32, shared: u32) -> f64 {
    let least = shared.max((degree_a + degree_b).saturating_sub(targets));
    let most = degree_a.min(degree_b);
    if least > most {
        return 0.0;
    }
    if shared <= (degree_a + degree_b).saturating_sub(targets) {
        return 1.0;
    }
    let first =
        ln_choose(degree_a, least) + ln_choose(targets - degree_a, degree_b - least) - ln_choose(targets, degree_b);
    let (mut sum, mut term) = (1.0, 1.0);
    for x in least..most {
        let up = f64::from(degree_a - x) * f64::from(degree_b - x);
        let down = f64::from(x + 1) * f64::from(targets + x + 1 - degree_a - degree_b);
        term *= up / down;
        sum += term;
        if term < sum * 1e-18 {
            break;
        }
    }
    (first + sum.ln()).exp().clamp(f64::MIN_POSITIVE, 1.0)
}
