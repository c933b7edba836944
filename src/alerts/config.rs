//! Alerts as the user writes them: `[{ rule: 'spend', above: 5, window: '24h', cooldown: '1h' }]`.

use serde_json::{Map, Value};

use super::rules::{BUDGET, RULES, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::Filter;
use crate::metrics::calendar::{DAY, HOUR, MINUTE, day_start, month};
use crate::metrics::decimal::plain;
use crate::metrics::json;

const FIELDS: &[&str] =
    &["rule", "above", "below", "window", "where", "projected", "cooldown", "hysteresis", "samples", "budget"];
/// The shares of a budget that are watched where none is named.
const SHARES: [f64; 4] = [0.5, 0.75, 0.9, 1.0];

/// The stretch of time that a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Window {
    /// The last so many milliseconds, from a whole step of [`grain`] on.
    Rolling(f64),
    /// The UTC day so far.
    Day,
    /// The UTC month so far.
    Month,
}

impl Window {
    pub(super) fn from(self, now: f64) -> f64 {
        match self {
            Self::Rolling(ms) => ((now - ms) / grain(ms)).floor() * grain(ms),
            Self::Day => day_start(now),
            Self::Month => month(now).0,
        }
    }

    /// The share of it that is over, or `None` where it has no end or is not far enough to show a pace.
    pub(super) fn elapsed(self, now: f64) -> Option<f64> {
        let (from, until) = match self {
            Self::Rolling(_) => return None,
            Self::Day => (day_start(now), day_start(now) + DAY),
            Self::Month => month(now),
        };
        let share = (now - from) / (until - from);
        (share >= 1.0 / 24.0).then_some(share)
    }
}

/// The steps in which the beginning of a rolling window moves. Between two steps the sums before it are known, and what
/// reaches back for weeks is known by the day only.
fn grain(ms: f64) -> f64 {
    match ms {
        _ if ms < HOUR / 6.0 => 1_000.0,
        _ if ms < 13.0 * DAY => MINUTE,
        _ => DAY,
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
    /// Whether the threshold is for what the whole window will have at this pace.
    pub(super) projected: bool,
    pub(super) filter: Filter,
    /// The filter in the user's words; empty where everything counts.
    pub(super) about: String,
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
        let pace = if self.projected { " projected" } else { "" };
        let (threshold, scale) = (plain(self.threshold), plain(self.scale));
        format!("{}{pace} {side} {threshold} {} {scale} {}", self.rule.name, self.spoken, self.about)
    }

    /// Reads one alert, which may have several thresholds: a watch for each.
    pub(super) fn parse(value: &Value) -> Result<Vec<Self>> {
        let fields = value.as_object().ok_or_else(|| invalid("an alert must be an object with a `rule`"))?;
        if let Some(unknown) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(invalid(format!("an alert has no field `{unknown}`: it may have {}", FIELDS.join(", "))));
        }
        let rule = rule(fields)?;
        let mut watches = Vec::new();
        for (above, threshold) in thresholds(fields, rule)? {
            watches.push(Self::of(fields, rule, above, threshold)?);
        }
        Ok(watches)
    }

    fn of(fields: &Map<String, Value>, rule: &'static Rule, above: bool, threshold: f64) -> Result<Self> {
        let (window, spoken) = window(fields.get("window"), rule)?;
        let hysteresis = number(fields, "hysteresis")?.unwrap_or(0.05);
        if hysteresis >= 1.0 {
            return Err(invalid("`hysteresis` is a share of the threshold and must be below 1"));
        }
        let about = fields.get("where").filter(|about| !about.is_null());
        Ok(Self {
            rule,
            above,
            threshold,
            window,
            spoken,
            projected: projected(fields, rule, window)?,
            filter: Filter::from_json(about.unwrap_or(&Value::Null))?,
            about: about.map(json::text).unwrap_or_default(),
            cooldown: fields.get("cooldown").map_or(Ok(HOUR), |value| duration(value, "cooldown"))?,
            hysteresis,
            least: number(fields, "samples")?.map_or(rule.least, |least| least as u64),
            scale: scale(fields, rule)?,
        })
    }
}

fn projected(fields: &Map<String, Value>, rule: &Rule, window: Window) -> Result<bool> {
    match fields.get("projected") {
        None | Some(Value::Null | Value::Bool(false)) => Ok(false),
        Some(Value::Bool(true)) if rule.adds_up && !matches!(window, Window::Rolling(_)) => Ok(true),
        Some(Value::Bool(true)) => {
            Err(invalid("`projected` is for `spend`, `tokens` and `budget` over the window 'day' or 'month'"))
        }
        Some(_) => Err(invalid("`projected` must be true or false")),
    }
}

fn rule(fields: &Map<String, Value>) -> Result<&'static Rule> {
    let name = fields.get("rule").and_then(Value::as_str).unwrap_or_default();
    Rule::find(name).ok_or_else(|| {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        invalid(format!("there is no alert rule `{name}`: choose one of {}", known.join(", ")))
    })
}

fn thresholds(fields: &Map<String, Value>, rule: &Rule) -> Result<Vec<(bool, f64)>> {
    let listed = fields.get("above").and_then(Value::as_array).filter(|_| rule.name == BUDGET);
    if let Some(list) = listed {
        return list.iter().map(|share| Ok((true, positive(share, "above")?))).collect();
    }
    match (number(fields, "above")?, number(fields, "below")?) {
        (Some(above), None) => Ok(vec![(true, above)]),
        (None, Some(below)) => Ok(vec![(false, below)]),
        (None, None) if rule.name == BUDGET => Ok(SHARES.iter().map(|share| (true, *share)).collect()),
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
    fields.get(name).filter(|value| !value.is_null()).map(|value| positive(value, name)).transpose()
}

fn positive(value: &Value, name: &str) -> Result<f64> {
    let found = value.as_f64().filter(|number| number.is_finite() && *number >= 0.0);
    found.ok_or_else(|| invalid(format!("`{name}` must be a number that is not negative, not {}", json::text(value))))
}

fn window(value: Option<&Value>, rule: &Rule) -> Result<(Window, String)> {
    let value = value.filter(|value| !value.is_null());
    let usual = if rule.name == BUDGET { "month" } else { "24h" };
    let spoken =
        value.map_or_else(|| usual.to_owned(), |value| value.as_str().map_or_else(|| json::text(value), str::to_owned));
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
        invalid(format!("`{name}` must be a time such as 90s, 15m, 24h, 7d or milliseconds, not {}", json::text(value)))
    })
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn watch(value: Value) -> Watch {
        Watch::parse(&value).unwrap().remove(0)
    }

    fn message(value: Value) -> String {
        let error = Watch::parse(&value).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        error.to_string()
    }

    #[test]
    fn every_rule_can_be_set() {
        for rule in RULES {
            let budget = if rule.name == BUDGET { json!(100) } else { Value::Null };
            let watch = watch(json!({"rule": rule.name, "above": 0.5, "budget": budget, "window": "24h"}));
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
        assert_eq!(watch(json!({"rule": "spend", "above": 1, "window": "month"})).window, Window::Month);
    }

    #[test]
    fn a_budget_is_watched_by_the_month_at_four_shares_unless_told_otherwise() {
        let shares = |value: Value| {
            let watches = Watch::parse(&value).unwrap();
            watches.iter().map(|watch| (watch.threshold, watch.window)).collect::<Vec<_>>()
        };
        let usual = SHARES.map(|share| (share, Window::Month));
        assert_eq!(shares(json!({"rule": "budget", "budget": 9})), usual);
        let own = [(0.3, Window::Day), (2.0, Window::Day)];
        assert_eq!(shares(json!({"rule": "budget", "budget": 9, "above": [0.3, 2], "window": "day"})), own);
    }

    #[test]
    fn mistakes_are_named_with_what_would_do() {
        assert!(message(json!({"rule": "spent", "above": 5})).contains("spend, tokens, savings_rate"));
        assert!(message(json!({"rule": "spend", "abov": 5})).contains("`abov`"));
        assert!(message(json!({"rule": "spend"})).contains("`above` or `below`"));
        assert!(message(json!({"rule": "spend", "above": 5, "below": 1})).contains("either"));
        assert!(message(json!({"rule": "spend", "above": -5})).contains("not negative"));
        assert!(message(json!({"rule": "spend", "above": [5]})).contains("not negative"));
        assert!(message(json!({"rule": "spend", "above": 5, "window": "soon"})).contains("15m"));
        assert!(message(json!({"rule": "spend", "above": 5, "window": "0s"})).contains("between"));
        assert!(message(json!({"rule": "spend", "above": 5, "hysteresis": 1})).contains("below 1"));
        assert!(message(json!({"rule": "spend", "above": 5, "projected": true})).contains("'month'"));
        assert!(
            message(json!({"rule": "latency", "above": 5, "window": "day", "projected": true})).contains("`spend`")
        );
        assert!(message(json!({"rule": "spend", "above": 5, "where": {"usr": "a"}})).contains("`usr`"));
        assert!(message(json!({"rule": "budget", "above": 0.5})).contains("needs a `budget`"));
        assert!(message(json!({"rule": "spend", "above": 5, "budget": 10})).contains("no `budget`"));
        assert!(message(json!("spend")).contains("object"));
    }
}
