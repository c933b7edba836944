//! A natural logarithm that is the same bits on every runtime.

/// Computes ln(x) for finite x > 0 from additions, products and quotients only.
///
/// Platform logarithms differ in the last bit between libraries, and one bit can swap two units in a ranking.
pub(crate) fn ln(x: f64) -> f64 {
    let (mut mantissa, mut exponent) = (x, 0_i32);
    while mantissa >= 1.5 {
        mantissa *= 0.5;
        exponent += 1;
    }
    while mantissa < 0.75 {
        mantissa *= 2.0;
        exponent -= 1;
    }
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let square = t * t;
    let (mut term, mut sum, mut odd) = (t, 0.0, 1.0);
    for _ in 0..12 {
        sum += term / odd;
        term *= square;
        odd += 2.0;
    }
    2.0 * sum + f64::from(exponent) * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn agrees_with_the_platform_to_twelve_digits() {
        for x in [1e-3, 0.5, 0.76, 1.0, 1.49, 1.5, 2.0, 3.7, 1e3, 1e9] {
            assert!((ln(x) - x.ln()).abs() < 1e-12, "{x}");
        }
    }
}
