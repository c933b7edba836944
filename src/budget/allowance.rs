//! What may be spent in a day or a month, and how much of it is left.

use crate::metrics::json::Json;
use crate::metrics::object;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::metrics::calendar::{DAY, day_start, month};
use crate::metrics::{Filter, Metrics};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Tokens, input and output.
    Tokens,
    /// Dollars.
    Dollars,
}

/// How often it starts anew, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// At midnight.
    Day,
    /// On the first.
    Month,
}

/// An amount of tokens or dollars for each period.
#[derive(Clone)]
pub struct Allowance {
    limit: f64,
    unit: Unit,
    period: Period,
    filter: Filter,
}

/// What the figures of a standing come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Model calls that the application reported.
    Calls,
    /// Prompts that went out; no call was reported, so output is not in it.
    Prompts,
}

/// How an allowance stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The first moment of the period, in milliseconds since the epoch.
    pub from: f64,
    /// The first moment of the next.
    pub until: f64,
    /// What may be spent.
    pub limit: f64,
    /// What is spent; in dollars a lower bound while `unpriced_calls` is above 0.
    pub spent: f64,
    /// What is left; never below 0.
    pub remaining: f64,
    /// The share that is spent; above 1 when the allowance is exceeded.
    pub used: f64,
    /// What the period will have spent at its pace so far; missing in the first 24th of the period, which shows no pace.
    pub projected: Option<f64>,
    /// What `spent` comes from.
    pub basis: Basis,
    /// Calls without a price, which `spent` in dollars leaves out.
    pub unpriced_calls: u64,
}

impl Allowance {
    /// Allows `limit` of a unit in each period; a limit that is not above 0 is [`ErrorKind::InvalidInput`].
    pub fn new(limit: f64, unit: Unit, period: Period) -> Result<Self> {
        if !limit.is_finite() || limit <= 0.0 {
            return Err(invalid("an allowance needs a `limit` above 0"));
        }
        Ok(Self { limit, unit, period, filter: Filter::default() })
    }

    /// Reads `{ limit, unit?: 'dollars' | 'tokens', period?: 'month' | 'day', where? }`.
    pub fn from_json(value: &Value) -> Result<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let unit = match text("unit") {
            None | Some("dollars") => Unit::Dollars,
            Some("tokens") => Unit::Tokens,
            Some(_) => return Err(invalid("`unit` must be dollars or tokens")),
        };
        let period = match text("period") {
            None | Some("month") => Period::Month,
            Some("day") => Period::Day,
            Some(_) => return Err(invalid("`period` must be day or month")),
        };
        let limit = value.get("limit").and_then(Value::as_f64).unwrap_or_default();
        let filter = Filter::from_json(value.get("where").unwrap_or(&Value::Null))?;
        Ok(Self { filter, ..Self::new(limit, unit, period)? })
    }

    /// Says how much of the period that holds `now` is spent.
    pub fn standing(&self, metrics: &Metrics, now: f64) -> Standing {
        let (from, until) = match self.period {
            Period::Day => (day_start(now), day_start(now) + DAY),
            Period::Month => month(now),
        };
        let totals = metrics.totals(from, now, &self.filter);
        let called = totals.input.saturating_add(totals.output);
        let basis = if totals.calls > 0 || self.unit == Unit::Dollars { Basis::Calls } else { Basis::Prompts };
        let spent = match (self.unit, basis) {
            (Unit::Dollars, _) => totals.cost().unwrap_or_default(),
            (Unit::Tokens, Basis::Calls) => called as f64,
            (Unit::Tokens, Basis::Prompts) => totals.after as f64,
        };
        let elapsed = (now - from) / (until - from);
        Standing {
            from,
            until,
            limit: self.limit,
            spent,
            remaining: (self.limit - spent).max(0.0),
            used: spent / self.limit,
            projected: (elapsed >= 1.0 / 24.0).then(|| spent / elapsed),
            basis,
            unpriced_calls: totals.unpriced,
        }
    }
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

impl Json for Basis {
    fn write(&self, out: &mut String) {
        let name = if *self == Self::Calls { "calls" } else { "prompts" };
        name.write(out);
    }
}

object!(Standing { from, until, limit, spent, remaining, used, projected, basis, unpriced_calls });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::calendar::{HOUR, days};
    use crate::metrics::{Operation, Record, Usage};

    fn spend(metrics: &mut Metrics, at: f64, model: &str, input_tokens: u64) {
        let usage = Some(Usage { input_tokens, ..Usage::default() });
        let record = Record { model: Some(model.into()), usage, ..Record::new(Operation::Call, at) };
        metrics.record(record, at).unwrap();
    }

    fn noon(day: u32) -> f64 {
        days(2026, 9, day) as f64 * DAY + 12.0 * HOUR
    }

    #[test]
    fn a_day_forgets_the_day_before_and_a_month_does_not() {
        let mut metrics = Metrics::default();
        spend(&mut metrics, noon(22), "gpt-4o", 1_000_000);
        spend(&mut metrics, noon(23), "gpt-4o", 2_000_000);
        let day = Allowance::new(10.0, Unit::Dollars, Period::Day).unwrap().standing(&metrics, noon(23));
        assert_eq!((day.spent, day.remaining, day.used), (5.0, 5.0, 0.5));
        assert_eq!(day.projected, Some(10.0), "half of the day is over");
        let month = Allowance::new(6.0, Unit::Dollars, Period::Month).unwrap().standing(&metrics, noon(23));
        assert_eq!((month.spent, month.remaining, month.used), (7.5, 0.0, 1.25));
        let next = Allowance::new(6.0, Unit::Dollars, Period::Month).unwrap().standing(&metrics, month.until);
        assert_eq!((next.spent, next.projected), (0.0, None));
    }

    #[test]
    fn calls_without_a_price_are_named_beside_the_dollars() {
        let mut metrics = Metrics::default();
        spend(&mut metrics, noon(1), "mine", 1_000);
        let standing = Allowance::new(1.0, Unit::Dollars, Period::Day).unwrap().standing(&metrics, noon(1));
        assert_eq!((standing.spent, standing.unpriced_calls), (0.0, 1));
    }

    #[test]
    fn tokens_come_from_calls_and_from_prompts_where_no_call_is_reported() {
        let mut metrics = Metrics::default();
        let tokens = Allowance::new(1_000.0, Unit::Tokens, Period::Day).unwrap();
        let (tokens_before, tokens_after) = (Some(400), Some(100));
        let prompt = Record { tokens_before, tokens_after, ..Record::new(Operation::Optimize, noon(1)) };
        metrics.record(prompt, noon(1)).unwrap();
        assert_eq!(
            (tokens.standing(&metrics, noon(1)).spent, tokens.standing(&metrics, noon(1)).basis),
            (100.0, Basis::Prompts)
        );
        spend(&mut metrics, noon(1), "mine", 150);
        assert_eq!(
            (tokens.standing(&metrics, noon(1)).spent, tokens.standing(&metrics, noon(1)).basis),
            (150.0, Basis::Calls)
        );
    }

    #[test]
    fn an_allowance_of_nothing_is_refused() {
        for limit in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let refused = Allowance::new(limit, Unit::Tokens, Period::Day).err().unwrap();
            assert_eq!(refused.kind(), ErrorKind::InvalidInput);
        }
    }
}
