//! Numbers as text.
//!
//! The standard library's float formatting is 11 KB of code for a few figures in a report: digits are counted out in
//! integers instead.

/// Decimals of [`plain`].
const MOST: u32 = 9;

/// Writes a number with so many decimals, halves away from zero.
pub fn fixed(value: f64, places: u32) -> String {
    if !value.is_finite() {
        return "NaN".to_owned();
    }
    let scale = 10_u128.pow(places);
    // Above 2^128 the digits that are left are not the number's own.
    let scaled = (value.abs() * scale as f64).round() as u128;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / scale, scaled % scale);
    let rest = if places == 0 { String::new() } else { format!(".{rest:0width$}", width = places as usize) };
    format!("{sign}{whole}{rest}")
}

/// Writes a number with at most nine decimals, and no more than it needs.
pub fn plain(value: f64) -> String {
    let text = fixed(value, if value.fract() == 0.0 { 0 } else { MOST });
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_places_are_rounded_and_filled() {
        assert_eq!(fixed(0.0, 2), "0.00");
        assert_eq!(fixed(1.005, 1), "1.0");
        assert_eq!(fixed(-2.25, 1), "-2.3");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(1234.5678, 4), "1234.5678");
        assert_eq!(fixed(0.6952, 0), "1");
        assert_eq!(fixed(f64::NAN, 1), "NaN");
    }

    #[test]
    fn plain_numbers_have_no_needless_digits() {
        for (value, text) in [
            (0.0, "0"),
            (-3.0, "-3"),
            (100.0, "100"),
            (0.1, "0.1"),
            (1.5e-7, "0.00000015"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(plain(value), text);
        }
    }
}
