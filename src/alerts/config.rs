//! Alerts as the user writes them: `[{ rule: 'spend', above: 5, window: '24h', cooldown: '1h' }]`.

use serde_json::{Map, Value};

use super::rules::{BUDGET, RULES, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::calendar::{DAY, HOUR, day_start, month};
use crate::metrics::decimal::plain;
use crate::metrics::json;

const FIELDS: &[&str] = &["rule", "above", "below", "window", "cooldown", "hysteresis", "samples", "budget"];

/// The stretch of time that a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Window {
    /// The last so many milliseconds.
    Rolling(f64),
    /// The UTC day so far.
    Day,
    /// The UTC month so far.
    Month,
}

impl Window {
    pub(super) fn from(self, now: f64) -> f64 {
        match self {
            Self::Rolling(ms) => now - ms,
            Self::Day => day_start(now),
            Self::Month => month(now).0,
        }
    }
}

/// One rule with its threshold.
pub(super) struct Watch {
    pub(super) rule: &'static Rule,
    /// Fires above the threshold, else below it.
    pub(super) above: bool,
    pub(super) threshold: f64,
    pub(super) window: Window,
    /// The window in the user's words.
    pub(super) spoken: String,
    pub(super) cooldown: f64,
    pub(super) hysteresis: f64,
    pub(super) least: u64,
    /// What a value is divided by: the budget, or 1.
    pub(super) scale: f64,
}

impl Watch {
    /// Names the watch by what decides when it fires, so that its state is found again after a restart, and not by a
    /// watch that was changed meanwhile.
    pub(super) fn key(&self) -> String {
        let side = if self.above { "above" } else { "below" };
        format!("{} {side} {} {} {}", self.rule.name, plain(self.threshold), self.spoken, plain(self.scale))
    }

    pub(super) fn parse(value: &Value) -> Result<Self> {
        let fields = value.as_object().ok_or_else(|| invalid("an alert must be an object with a `rule`"))?;
        if let Some(unknown) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(invalid(format!("an alert has no field `{unknown}`: it may have {}", FIELDS.join(", "))));
        }
        let rule = rule(fields)?;
        let (above, threshold) = threshold(fields)?;
        let (window, spoken) = window(fields.get("window"))?;
        let hysteresis = number(fields, "hysteresis")?.unwrap_or(0.05);
        if hysteresis >= 1.0 {
            return Err(invalid("`hysteresis` is a share of the threshold and must be below 1"));
        }
        let samples = number(fields, "samples")?.map(|least| least as u64);
        let cooldown = fields.get("cooldown").map_or(Ok(HOUR), |value| duration(value, "cooldown"))?;
        let least = samples.unwrap_or(rule.least);
        Ok(Self { rule, above, threshold, window, spoken, cooldown, hysteresis, least, scale: scale(fields, rule)? })
    }
}

fn rule(fields: &Map<String, Value>) -> Result<&'static Rule> {
    let name = fields.get("rule").and_then(Value::as_str).unwrap_or_default();
    Rule::find(name).ok_or_else(|| {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        invalid(format!("there is no alert rule `{name}`: choose one of {}", known.join(", ")))
    })
}

fn threshold(fields: &Map<String, Value>) -> Result<(bool, f64)> {
    match (number(fields, "above")?, number(fields, "below")?) {
        (Some(above), None) => Ok((true, above)),
        (None, Some(below)) => Ok((false, below)),
        _ => Err(invalid("an alert needs a threshold: either `above` or `below`")),
    }
}

fn scale(fields: &Map<String, Value>, rule: &Rule) -> Result<f64> {
    match (number(fields, "budget")?, rule.name == BUDGET) {
        (Some(amount), true) if amount > 0.0 => Ok(amount),
        (None, false) => Ok(1.0),
        (Some(_), false) => Err(invalid(format!("the rule `{}` has no `budget`", rule.name))),
        _ => Err(invalid("the rule `budget` needs a `budget` in dollars above 0, and a threshold as a share of it")),
    }
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<Option<f64>> {
    let Some(value) = fields.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
    let found = value.as_f64().filter(|number| number.is_finite() && *number >= 0.0);
    found
        .map(Some)
        .ok_or_else(|| invalid(format!("`{name}` must be a number that is not negative, not {}", json::write(value))))
}

fn window(value: Option<&Value>) -> Result<(Window, String)> {
    let spoken = value
        .map_or_else(|| "24h".to_owned(), |value| value.as_str().map_or_else(|| json::write(value), str::to_owned));
    match spoken.as_str() {
        "day" => return Ok((Window::Day, spoken)),
        "month" => return Ok((Window::Month, spoken)),
        _ => {}
    }
    let ms = value.map_or(Ok(DAY), |value| duration(value, "window"))?;
    if !(1_000.0..=366.0 * DAY).contains(&ms) {
        return Err(invalid("`window` must be between a second and a year"));
    }
    Ok((Window::Rolling(ms), spoken))
}

/// Reads `90s`, `15m`, `24h`, `7d`, or milliseconds.
fn duration(value: &Value, name: &str) -> Result<f64> {
    let spoken = value.as_str().and_then(|text| {
        let units = [('s', 1_000.0), ('m', 60_000.0), ('h', HOUR), ('d', DAY)];
        let (amount, ms) = units.iter().find_map(|(unit, ms)| Some((text.strip_suffix(*unit)?, ms)))?;
        Some(f64::from(amount.parse::<u32>().ok()?) * ms)
    });
    let ms = spoken.or_else(|| value.as_f64()).filter(|ms| ms.is_finite() && *ms >= 0.0);
    ms.ok_or_else(|| {
        invalid(format!(
            "`{name}` must be a time such as 90s, 15m, 24h, 7d or milliseconds, not {}",
            json::write(value)
        ))
    })
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(value: Value) -> String {
        let error = Watch::parse(&value).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        error.to_string()
    }

    #[test]
    fn every_rule_can_be_set() {
        for rule in RULES {
            let budget = if rule.name == BUDGET { json!(100) } else { Value::Null };
            let watch = Watch::parse(&json!({"rule": rule.name, "above": 0.5, "budget": budget})).unwrap();
            assert_eq!((watch.rule.name, watch.cooldown, watch.window), (rule.name, HOUR, Window::Rolling(DAY)));
        }
    }

    #[test]
    fn times_are_read_in_words_and_in_milliseconds() {
        for (spoken, ms) in [
            (json!("90s"), 90e3),
            (json!("15m"), 900e3),
            (json!("24h"), DAY),
            (json!("7d"), 7.0 * DAY),
            (json!(5000), 5e3),
        ] {
            assert_eq!(duration(&spoken, "window"), Ok(ms));
        }
        let month = Watch::parse(&json!({"rule": "spend", "above": 1, "window": "month"})).unwrap();
        assert_eq!(month.window, Window::Month);
    }

    #[test]
    fn mistakes_are_named_with_what_would_do() {
        assert!(message(json!({"rule": "spent", "above": 5})).contains("spend, tokens, savings_rate"));
        assert!(message(json!({"rule": "spend", "abov": 5})).contains("`abov`"));
        assert!(message(json!({"rule": "spend"})).contains("`above` or `below`"));
        assert!(message(json!({"rule": "spend", "above": 5, "below": 1})).contains("either"));
        assert!(message(json!({"rule": "spend", "above": -5})).contains("not negative"));
        assert!(message(json!({"rule": "spend", "above": 5, "window": "soon"})).contains("15m"));
        assert!(message(json!({"rule": "spend", "above": 5, "window": "0s"})).contains("between"));
        assert!(message(json!({"rule": "spend", "above": 5, "hysteresis": 1})).contains("below 1"));
        assert!(message(json!({"rule": "budget", "above": 0.5})).contains("needs a `budget`"));
        assert!(message(json!({"rule": "spend", "above": 5, "budget": 10})).contains("no `budget`"));
        assert!(message(json!("spend")).contains("object"));
    }
}
