//! Numbers as text.
//!
//! The standard library's float formatting is 11 KB of code for a few figures in a report, and the JSON writer brings
//! its own for the shortest form: that one is used, and fixed places are counted out in integers.

/// Writes a number with so many decimal places, halves away from zero.
///
/// What is too large for that, and what is not a number, is written as [`shortest`] does.
pub fn fixed(value: f64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let scaled = (value.abs() * scale as f64).round();
    // Not `>=`: that lets through what is not a number. Above 2^53 not every integer is there.
    if !(scaled < 9e15) {
        return shortest(value);
    }
    let scaled = scaled as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / scale, scaled % scale);
    let rest = if places == 0 { String::new() } else { format!(".{rest:0width$}", width = places as usize) };
    format!("{sign}{whole}{rest}")
}

/// Writes a number in the fewest digits that read back as it.
pub fn shortest(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return (value as i64).to_string();
    }
    serde_json::Number::from_f64(value).map_or_else(|| "NaN".to_owned(), |number| number.to_string())
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
        assert_eq!(fixed(1e300, 1), "1e+300");
    }

    #[test]
    fn the_shortest_form_reads_back() {
        for value in [0.0, 1.0, -3.0, 0.1, 1.5e-7, 123_456.789, 1e21] {
            assert_eq!(shortest(value).parse::<f64>().unwrap(), value);
        }
        assert_eq!(shortest(5.0), "5");
    }
}
