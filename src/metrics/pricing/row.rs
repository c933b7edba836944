//! One row of the price table: `input output cache_read cache_write cache_write_1h`, then `>n` and the five that hold
//! above n input tokens, then `@date` or `@from-to` and the prices that hold since that day or in those hours (UTC).

use super::Rates;
use crate::calendar::{DAY, parse_day};

/// Reads the rates that hold at a moment for a call of so many input tokens; the last that hold win.
pub(super) fn rates(row: &str, at: f64, input_tokens: u64) -> Option<Rates> {
    let mut best = None;
    let mut cells = Vec::new();
    let mut holds = true;
    for word in row.split(' ').chain(["@"]) {
        let mark = word.strip_prefix('@').map(|when| applies(when, at));
        let mark = mark.or_else(|| Some(holds && input_tokens > word.strip_prefix('>')?.parse().ok()?));
        if let Some(next) = mark {
            if holds && !cells.is_empty() {
                best = Some(assemble(&cells));
            }
            cells.clear();
            holds = next;
        } else {
            cells.push(decimal(word));
        }
    }
    best
}

fn assemble(cells: &[Option<f64>]) -> Rates {
    let mut cells = cells.iter().copied().chain(std::iter::repeat(None));
    let mut next = || cells.next().flatten();
    Rates { input: next(), output: next(), cache_read: next(), cache_write: next(), cache_write_1h: next() }
}

fn applies(when: &str, at: f64) -> bool {
    if let Some(day) = parse_day(when) {
        return at >= day as f64 * DAY;
    }
    let Some((from, to)) = when.split_once('-') else { return false };
    let (Some(from), Some(to)) = (minute_of_day(from), minute_of_day(to)) else { return false };
    let now = (at.rem_euclid(DAY) / 60_000.0).floor() as u32;
    if to < from { now >= from || now < to } else { (from..to).contains(&now) }
}

fn minute_of_day(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

/// Reads `.075` or `12`: whole digits over a power of ten, both exact in a double, so that the quotient is the nearest
/// double without the standard parser's tables.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.bytes().chain(fraction.bytes());
    let value = digits
        .map(|byte| char::from(byte).to_digit(10))
        .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit?)))?;
    (text != "-").then(|| value as f64 / 10_f64.powi(fraction.len() as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AUGUST_16: f64 = 20_681.0 * DAY;

    fn input(row: &str, at: f64, tokens: u64) -> Option<f64> {
        rates(row, at, tokens)?.input
    }

    #[test]
    fn decimals_are_the_nearest_double() {
        for (text, value) in [("12", 12.0), (".075", 0.075), ("3.125", 3.125), (".003625", 0.003625), ("0", 0.0)] {
            assert_eq!(decimal(text), Some(value));
        }
        assert_eq!(decimal("-"), None);
        assert_eq!(decimal("1e3"), None);
    }

    #[test]
    fn a_long_call_has_the_price_of_long_calls() {
        let row = "3 15 .3 >200000 6 22.5 .6";
        assert_eq!(input(row, 0.0, 200_000), Some(3.0));
        assert_eq!(rates(row, 0.0, 200_001).unwrap().output, Some(22.5));
    }

    #[test]
    fn a_price_holds_from_its_day() {
        let row = "1 6 >100 2 12 @2026-08-17 .5 3";
        assert_eq!(input(row, AUGUST_16 + DAY - 1.0, 10), Some(1.0));
        assert_eq!(input(row, AUGUST_16 + DAY - 1.0, 101), Some(2.0));
        assert_eq!(input(row, AUGUST_16 + DAY, 101), Some(0.5));
    }

    #[test]
    fn hours_of_the_day_may_pass_midnight() {
        let row = "1 1 @22:00-01:30 2 2";
        let at = |hours: f64| input(row, AUGUST_16 + hours * 3_600_000.0, 1);
        assert_eq!([at(21.9), at(22.0), at(1.4), at(1.5)], [Some(1.0), Some(2.0), Some(2.0), Some(1.0)]);
    }
}
