//! Counts that vary more than chance alone lets them: the upper tail of a negative binomial distribution.

/// Steps of the continued fraction; it needs some dozens.
const STEPS: usize = 10_000;
/// From this size on the difference from Poisson is smaller than what rounding would take.
const POISSON_FROM: f64 = 1e6;
/// Stands for a denominator of 0.
const TINY: f64 = 1e-300;

/// The natural logarithm of P(X ≥ `count`) for X negative binomial with this mean and `size`, so that its variance is
/// `mean + mean² / size`; Poisson where `size` is infinite. Both are above 0. The tail is an incomplete beta function,
/// I(count, size) at mean / (mean + size), or an incomplete gamma function for Poisson, by their continued fractions.
/// [Press et al. 2007, 6.2 and 6.4]
pub(super) fn ln_tail(count: usize, mean: f64, size: f64) -> f64 {
    if count == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
    let count = count as f64;
    let poisson = size > POISSON_FROM;
    // Where the fraction soon stands still; elsewhere that of the other tail does, and this one is not small.
    let far_out = if poisson { count > mean + 1.0 } else { mean * (size + 1.0) < (count + 1.0) * size };
    let part = match (!poisson, far_out) {
        (true, true) => ln_beta_part(count, size, mean / (mean + size), size / (mean + size)),
        (true, false) => ln_beta_part(size, count, size / (mean + size), mean / (mean + size)),
        (false, true) => ln_gamma_series(count, mean),
        (false, false) => return ln_one_minus(ln_poisson_below(count, mean)),
    };
    if far_out { part.min(0.0) } else { ln_one_minus(part) }
}

fn ln_one_minus(ln: f64) -> f64 {
    // Not below what a number can hold, and never above nothing.
    (-ln.exp_m1()).max(f64::MIN_POSITIVE).ln().min(0.0)
}

/// ln I_x(a, b), where `y` is 1 − x.
fn ln_beta_part(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    a * x.ln() + b * y.ln() - a.ln() - ln_beta + beta_fraction(a, b, x).ln()
}

/// The continued fraction of the incomplete beta function by the method of Lentz.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let whole = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / whole(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for step in 1..STEPS {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let m = step as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / whole(1.0 + term * d);
            c = whole(1.0 + term / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

/// ln P(X ≥ count) for X Poisson: each further term is smaller by mean / k, so that the sum soon stands still.
fn ln_gamma_series(count: f64, mean: f64) -> f64 {
    let (mut sum, mut term, mut k) = (1.0, 1.0, count);
    loop {
        k += 1.0;
        term *= mean / k;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    count * mean.ln() - mean - libm::lgamma(count + 1.0) + f64::ln(sum)
}

/// ln P(X < count) for X Poisson, where count is not far above the mean: from the last term downwards.
fn ln_poisson_below(count: f64, mean: f64) -> f64 {
    let last = count - 1.0;
    let (mut sum, mut term, mut k) = (1.0, 1.0, last);
    while k > 0.0 {
        term *= k / mean;
        sum += term;
        k -= 1.0;
        if term < sum * 1e-17 {
            break;
        }
    }
    last * mean.ln() - mean - libm::lgamma(last + 1.0) + f64::ln(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.nbinom.logsf(count - 1, size, size / (size + mean))` and `scipy.stats.poisson.logsf(count - 1, mean)`.
    #[test]
    fn tails_are_those_of_scipy() {
        for (count, mean, size, expected) in [
            (1, 0.5, 0.25, -1.426431946783),
            (3, 2.0, 0.5, -1.32211951843),
            (9, 0.5, 1.5, -11.34461968508),
            (10, 2.0, 0.1, -2.767604748801),
            (40, 3.0, 0.75, -9.673429082805),
            (5, 30.0, 0.5, -0.3686092375216),
            (200, 100.0, 2.0, -2.366898152828),
            (900, 0.5, 0.25, -370.486220627),
            (2000, 1500.0, 60.0, -4.63856688583),
            (1, 0.001, 0.01, -6.95626535455),
            (1, 2.0, f64::INFINITY, -0.1454134578689),
            (3, 2.0, f64::INFINITY, -1.129101649751),
            (10, 2.0, f64::INFINITY, -9.976099643706),
            (80, 100.0, f64::INFINITY, -0.01760539195331),
            (500, 0.5, f64::INFINITY, -2958.40305024),
            (120, 100.0, f64::INFINITY, -3.567356081275),
            (3000, 3000.0, f64::INFINITY, -0.6883031520448),
        ] {
            let found = ln_tail(count, mean, size);
            assert!(
                (found - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
                "{count} {mean} {size}: {found}, {expected}"
            );
        }
        assert_eq!(ln_tail(0, 3.0, 1.0), 0.0);
    }

    #[test]
    fn what_varies_hardly_more_than_chance_is_poisson() {
        for count in [1, 2, 5, 20, 400] {
            let (poisson, near) = (ln_tail(count, 4.0, f64::INFINITY), ln_tail(count, 4.0, 999_999.0));
            assert!((poisson - near).abs() < 1e-4 * poisson.abs().max(1e-3), "{count}: {poisson} {near}");
        }
    }
}
