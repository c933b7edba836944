//! Days and hours of the proleptic Gregorian calendar, in UTC, without a clock.

/// One minute, in milliseconds.
pub const MINUTE: f64 = 60_000.0;
/// One hour, in milliseconds.
pub const HOUR: f64 = 60.0 * MINUTE;
/// One day, in milliseconds.
pub const DAY: f64 = 24.0 * HOUR;

/// Turns days since 1970-01-01 into year, month (1–12) and day of the month.
///
/// The years are shifted to begin in March, so that the leap day comes last (Hinnant's `civil_from_days`).
pub fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * from_march + 2) / 5 + 1) as u32;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Turns a date into days since 1970-01-01; the inverse of [`civil`].
pub fn days(year: i64, month: u32, day: u32) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let from_march = i64::from(if month > 2 { month - 3 } else { month + 9 });
    let day_of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The first moment of the UTC day that holds `ms`.
pub fn day_start(ms: f64) -> f64 {
    (ms / DAY).floor() * DAY
}

/// The first moment of the UTC month that holds `ms`, and that of the next.
pub fn month(ms: f64) -> (f64, f64) {
    let (year, month, _) = civil((ms / DAY).floor() as i64);
    let next = if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) };
    (days(year, month, 1) as f64 * DAY, next as f64 * DAY)
}

/// Writes milliseconds since the epoch as `2026-11-23T05:00:00.000Z`.
pub fn iso(ms: f64) -> String {
    let (year, month, day) = civil((ms / DAY).floor() as i64);
    let in_day = ms.rem_euclid(DAY) as u64;
    let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
    let (second, milli) = (in_day / 1_000 % 60, in_day % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// Reads `2026-08-17` as days since 1970-01-01, or `None` when it is not a date of that shape.
pub fn parse_day(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let known = days(year, month, day);
    (civil(known) == (year, month, day)).then_some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_800_years_goes_there_and_back() {
        for day in -146_097..146_097 {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), day);
        }
    }

    #[test]
    fn known_moments_are_written_as_people_write_them() {
        assert_eq!(iso(0.0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_709_210_096_789.0), "2024-02-29T12:34:56.789Z");
        assert_eq!(iso(-1.0), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_month_ends_where_the_next_begins() {
        let february = month(1_709_210_096_789.0);
        assert_eq!(
            (iso(february.0), iso(february.1)),
            ("2024-02-01T00:00:00.000Z".into(), "2024-03-01T00:00:00.000Z".into())
        );
        assert_eq!(iso(month(february.0 - 1.0).1), iso(february.0));
        assert_eq!(iso(month(days(2025, 12, 31) as f64 * DAY).1), "2026-01-01T00:00:00.000Z");
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        assert_eq!(parse_day("1970-01-02"), Some(1));
        assert_eq!(parse_day("2026-02-29"), None);
        assert_eq!(parse_day("2026-13-01"), None);
        assert_eq!(parse_day("yesterday"), None);
    }
}
