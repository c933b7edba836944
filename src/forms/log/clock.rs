//! Times as ticks of one clock, read and written in the notation of `strftime`.
//!
//! Dates are counted as by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013). A time without a year
//! is taken for one of 2000, which has a 29th of February, and one without a date for that year's first day; whatever is
//! assumed, a time is ours only when writing it again gives the same characters.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A way to write a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Face {
    fields: Vec<Field>,
    /// Ticks that it is ahead of the clock.
    pub(super) ahead: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Sign(u8),
    /// A letter of `strftime`, how it is padded, and of how many digits it is at most.
    Part(u8, Pad, usize),
}

/// What stands in front of a number that is shorter than its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pad {
    Zero,
    /// A space before the day and zeros elsewhere, as in the system logs of Unix.
    Space,
    None,
}

/// A time taken apart.
struct Moment {
    year: i64,
    month: i64,
    day: i64,
    /// Seconds of the day, or since 1970 where the face says only those.
    seconds: i64,
    fraction: i64,
}

impl Face {
    /// Reads a format; the parts that this module does not know make it `None`.
    pub(super) fn parse(format: &str) -> Option<Self> {
        let mut fields = Vec::new();
        let mut bytes = format.bytes();
        while let Some(byte) = bytes.next() {
            if byte != b'%' {
                fields.push(Field::Sign(byte));
                continue;
            }
            let (mut pad, mut width, mut letter) = (Pad::Zero, 0, bytes.next()?);
            if letter == b'-' {
                (pad, letter) = (Pad::None, bytes.next()?);
            }
            if letter.is_ascii_digit() {
                (width, letter) = (usize::from(letter - b'0'), bytes.next()?);
            }
            let width = match letter {
                b'Y' => 4,
                b'y' | b'm' | b'd' | b'H' | b'M' | b'S' => 2,
                b'e' => {
                    (pad, letter) = (Pad::Space, b'd');
                    2
                }
                b'f' if (1..=9).contains(&width) => width,
                b'b' | b'a' => 3,
                b's' => 10,
                _ => return None,
            };
            fields.push(Field::Part(letter, pad, width));
        }
        Some(Self { fields, ahead: 0 })
    }

    /// The format.
    pub(super) fn format(&self) -> String {
        let mut out = String::new();
        for field in &self.fields {
            match *field {
                Field::Sign(sign) => out.push(char::from(sign)),
                Field::Part(b'd', Pad::Space, _) => out.push_str("%e"),
                Field::Part(letter, pad, width) => {
                    out.push('%');
                    out.push_str(if pad == Pad::None { "-" } else { "" });
                    out.push_str(&if letter == b'f' { width.to_string() } else { String::new() });
                    out.push(char::from(letter));
                }
            }
        }
        out
    }

    /// The same format with its numbers padded in each of the ways that logs have: zeros, a space before the day, the day
    /// alone without any, and nothing.
    pub(super) fn paddings(&self) -> [Self; 4] {
        let padded = |day: Pad, rest: Option<Pad>| {
            let again = |field: &Field| match *field {
                Field::Part(b'd', _, width) => Field::Part(b'd', day, width),
                Field::Part(letter @ (b'm' | b'H' | b'M' | b'S' | b'f'), own, width) => {
                    Field::Part(letter, rest.unwrap_or(own), width)
                }
                other => other,
            };
            Self { fields: self.fields.iter().map(again).collect(), ahead: self.ahead }
        };
        [padded(Pad::Zero, None), padded(Pad::Space, None), padded(Pad::None, None), padded(Pad::None, Some(Pad::None))]
    }

    /// How many digits its fraction of a second has.
    pub(super) fn digits(&self) -> u32 {
        let width = |field: &Field| if let Field::Part(b'f', _, width) = field { Some(*width as u32) } else { None };
        self.fields.iter().find_map(width).unwrap_or(0)
    }

    /// Whether it says the time of the day.
    pub(super) fn has_clock(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Part(b'S' | b's', ..)))
    }

    /// Whether it says the year.
    pub(super) fn has_year(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Part(b'Y' | b'y' | b's', ..)))
    }

    /// Whether it says the day.
    pub(super) fn has_date(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Part(b'd' | b's', ..)))
    }

    /// Reads the time that `text` begins with: its ticks, of which a second has ten to the `digits`, and its length.
    pub(super) fn read(&self, text: &[u8], digits: u32) -> Option<(i64, usize)> {
        let mut moment = Moment { year: 2000, month: 1, day: 1, seconds: 0, fraction: 0 };
        let mut rest = text;
        let mut epoch = false;
        for field in &self.fields {
            match *field {
                Field::Sign(sign) => rest = rest.strip_prefix(&[sign])?,
                Field::Part(letter @ (b'b' | b'a'), ..) => {
                    let names: &[&str] = if letter == b'b' { &MONTHS } else { &DAYS };
                    let place = names.iter().position(|name| rest.starts_with(name.as_bytes()))?;
                    moment.month = if letter == b'b' { place as i64 + 1 } else { moment.month };
                    rest = rest.get(3..)?;
                }
                Field::Part(letter, pad, width) => {
                    let (value, left) = number(rest, pad, width)?;
                    rest = left;
                    match letter {
                        b'Y' => moment.year = value,
                        b'y' => moment.year = value + if value < 70 { 2000 } else { 1900 },
                        b'm' if (1..=12).contains(&value) => moment.month = value,
                        b'd' if (1..=31).contains(&value) => moment.day = value,
                        b'H' if value < 24 => moment.seconds += value * 3600,
                        b'M' if value < 60 => moment.seconds += value * 60,
                        b'S' if value < 60 => moment.seconds += value,
                        b'f' => moment.fraction = value,
                        b's' => (moment.seconds, epoch) = (value, true),
                        _ => return None,
                    }
                }
            }
        }
        let days = if epoch { 0 } else { days_of(moment.year, moment.month, moment.day) };
        let fraction = moment.fraction * 10_i64.checked_pow(digits.checked_sub(self.digits())?)?;
        let seconds = (days * 86_400 + moment.seconds).checked_mul(10_i64.checked_pow(digits)?)?;
        Some((seconds.checked_add(fraction)?.checked_sub(self.ahead)?, text.len() - rest.len()))
    }

    /// Writes a time of so many ticks.
    pub(super) fn write(&self, ticks: i64, digits: u32, out: &mut String) -> Option<()> {
        let second = 10_i64.checked_pow(digits)?;
        let ticks = ticks.checked_add(self.ahead)?;
        let (all, part) = (ticks.div_euclid(second), ticks.rem_euclid(second));
        let (days, seconds) = (all.div_euclid(86_400), all.rem_euclid(86_400));
        let (year, month, day) = date_of(days);
        for field in &self.fields {
            let Field::Part(letter, pad, width) = *field else {
                if let Field::Sign(sign) = *field {
                    out.push(char::from(sign));
                }
                continue;
            };
            let value = match letter {
                b'Y' => year,
                b'y' => year.rem_euclid(100),
                b'm' => month,
                b'd' => day,
                b'H' => seconds / 3600,
                b'M' => seconds / 60 % 60,
                b'S' => seconds % 60,
                b'f' => part / 10_i64.checked_pow(digits.checked_sub(width as u32)?)?,
                b's' => all,
                b'b' => {
                    out.push_str(MONTHS.get(usize::try_from(month - 1).ok()?)?);
                    continue;
                }
                _ => {
                    out.push_str(DAYS.get(usize::try_from((days + 4).rem_euclid(7)).ok()?)?);
                    continue;
                }
            };
            push_number(value, pad, width, out);
        }
        Some(())
    }
}

/// The number of at most `width` digits that `text` begins with, and what follows.
fn number(text: &[u8], pad: Pad, width: usize) -> Option<(i64, &[u8])> {
    let spaces =
        if pad == Pad::Space { text.iter().take(width - 1).take_while(|byte| **byte == b' ').count() } else { 0 };
    let field = text.get(spaces..)?;
    let digits = field.iter().take(width - spaces).take_while(|byte| byte.is_ascii_digit()).count();
    let whole = if pad == Pad::None { digits > 0 } else { digits + spaces == width };
    let value = field.iter().take(digits).fold(0_i64, |value, digit| value * 10 + i64::from(digit - b'0'));
    whole.then_some((value, field.get(digits..)?))
}

/// Appends a number with what its field is padded with.
fn push_number(value: i64, pad: Pad, width: usize, out: &mut String) {
    let digits = value.max(1).ilog10() as usize + 1;
    let missing = if pad == Pad::None { 0 } else { width.saturating_sub(digits) };
    out.extend(std::iter::repeat_n(if pad == Pad::Zero { '0' } else { ' ' }, missing));
    push_digits(value, out);
}

fn push_digits(value: i64, out: &mut String) {
    if value < 0 {
        out.push('-');
    }
    if value.unsigned_abs() >= 10 {
        push_digits((value / 10).abs(), out);
    }
    out.push(char::from(b'0' + (value % 10).unsigned_abs() as u8));
}

fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_in_every_notation() {
        for (format, text) in [
            ("%Y-%m-%d %H:%M:%S,%3f", "2015-07-29 17:41:41,536"),
            ("%Y-%m-%d-%H.%M.%S.%6f", "2005-06-03-15.42.50.675872"),
            ("%Y%m%d-%-H:%-M:%-S:%-3f", "20171223-22:32:0:95"),
            ("%a %b %d %H:%M:%S %Y", "Sun Dec 04 04:47:44 2005"),
            ("%d/%b/%Y:%H:%M:%S", "29/Feb/2024:23:59:59"),
            ("%b %e %H:%M:%S", "Jul  1 09:00:55"),
            ("%y%m%d %H%M%S", "081109 203615"),
            ("%s", "1117838570"),
        ] {
            let face = Face::parse(format).unwrap();
            assert_eq!(face.format(), format);
            let (ticks, used) = face.read(text.as_bytes(), 6).unwrap();
            let mut again = String::new();
            face.write(ticks, 6, &mut again).unwrap();
            assert_eq!((again.as_str(), used), (text, text.len()));
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (days, date) in [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (-1, (1969, 12, 31)), (20_000, (2024, 10, 4))]
        {
            assert_eq!(date_of(days), date);
            assert_eq!(days_of(date.0, date.1, date.2), days);
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        let face = Face::parse("%m-%d %H:%M:%S").unwrap();
        for text in ["13-01 00:00:00", "1-1 00:00:00", "01-01 24:00:00", "01-01 00:60:00", "01-01", ""] {
            assert_eq!(face.read(text.as_bytes(), 0), None, "{text}");
        }
        assert_eq!(Face::parse("%q"), None);
    }
}
