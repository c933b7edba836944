//! Rules over the metrics, each firing once per crossing.

mod config;
mod rules;

use serde::Serialize;
use serde_json::Value;

use crate::codec::{codec, from_bytes, to_bytes};
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::Metrics;
use crate::metrics::decimal::{fixed, plain};
use crate::ordered::Map;

use config::Watch;
use rules::Sums;

/// Whether an alert begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The threshold was crossed.
    Firing,
    /// The value is back, by the hysteresis.
    Resolved,
}

/// One alert, as it is handed to the listener.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alert {
    /// The rule's name.
    pub rule: &'static str,
    /// Whether it begins or ends.
    pub state: State,
    /// The value that crossed.
    pub value: f64,
    /// The threshold.
    pub threshold: f64,
    /// The window in the user's words.
    pub window: String,
    /// When, in milliseconds since the epoch.
    pub at: f64,
    /// The same in a sentence.
    pub message: String,
}

/// The alerts of one instance; none unless configured.
#[derive(Default)]
pub struct Alerts {
    watches: Vec<Watch>,
    standing: Map<String, Standing>,
}

/// What is known of one watch between two evaluations.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Standing {
    firing: bool,
    fired_at: Option<f64>,
}

/// The version of the bytes.
const VERSION: u8 = 1;

codec!(Standing { firing, fired_at });

impl Alerts {
    /// Reads the configuration: an array of `{ rule, above | below, window?, cooldown?, hysteresis?, samples?, budget? }`,
    /// or null for none. Anything else is [`ErrorKind::InvalidInput`] and says what would do.
    ///
    /// Windows are `'15m'`, `'24h'`, `'7d'`, milliseconds, `'day'` or `'month'`. The threshold of a rate is a share, of
    /// `latency` milliseconds, and of `budget` a share of the dollars in `budget`.
    pub fn from_json(config: &Value) -> Result<Self> {
        let list = match config {
            Value::Null => return Ok(Self::default()),
            Value::Array(list) => list,
            _ => return Err(Error::new(ErrorKind::InvalidInput, "`alerts` must be an array of rules")),
        };
        let watches = list.iter().map(Watch::parse).collect::<Result<_>>()?;
        Ok(Self { watches, standing: Map::default() })
    }

    /// Looks at every rule once, and returns those that began or ended since the last time.
    ///
    /// A crossing fires once, and ends when the value has come back by the hysteresis. A crossing within the cooldown of
    /// the last one waits: it fires after the cooldown if the value is still across, and not at all if it came back.
    /// Where nothing is measured nothing changes.
    pub fn evaluate(&mut self, metrics: &Metrics, now: f64) -> Vec<Alert> {
        let Self { watches, standing } = self;
        let mut windows: Vec<Sums> = Vec::new();
        let changed = watches.iter().filter_map(|watch| {
            let from = watch.window.from(now);
            if !windows.iter().any(|window| window.from() == from) {
                windows.push(Sums::new(metrics, from, now));
            }
            let window = windows.iter().find(|window| window.from() == from)?;
            let value = watch.rule.value(window, watch.least)? / watch.scale;
            let state = standing.update(watch.key(), |standing| standing.step(watch, value, now))??;
            Some(alert(watch, state, value, now))
        });
        changed.collect()
    }

    /// Writes what fires and since when, as versioned bytes.
    pub fn snapshot_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = vec![VERSION];
        bytes.extend(to_bytes(&self.standing));
        Ok(bytes)
    }

    /// Takes over what [`Alerts::snapshot_bytes`] wrote, for the rules that are configured as they were.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let (version, body) = bytes.split_first().ok_or_else(|| corrupt("are damaged"))?;
        if *version != VERSION {
            return Err(corrupt(format!("are of version {version}, not {VERSION}")));
        }
        let mut standing: Map<String, Standing> = from_bytes(body).ok_or_else(|| corrupt("are damaged"))?;
        let keys: Vec<String> = self.watches.iter().map(Watch::key).collect();
        standing.retain(|key, _| keys.contains(key));
        self.standing = standing;
        Ok(())
    }
}

impl Standing {
    fn step(&mut self, watch: &Watch, value: f64, now: f64) -> Option<State> {
        if self.firing {
            self.firing = !came_back(watch, value);
            return (!self.firing).then_some(State::Resolved);
        }
        // A clock that went back must not stretch the cooldown.
        let since = self.fired_at.map_or(f64::INFINITY, |fired| if fired > now { f64::INFINITY } else { now - fired });
        if !crossed(watch, value) || since < watch.cooldown {
            return None;
        }
        *self = Self { firing: true, fired_at: Some(now) };
        Some(State::Firing)
    }
}

fn crossed(watch: &Watch, value: f64) -> bool {
    if watch.above { value > watch.threshold } else { value < watch.threshold }
}

fn came_back(watch: &Watch, value: f64) -> bool {
    let slack = watch.threshold * watch.hysteresis;
    if watch.above { value <= watch.threshold - slack } else { value >= watch.threshold + slack }
}

fn alert(watch: &Watch, state: State, value: f64, at: f64) -> Alert {
    let verb = match (state, watch.above) {
        (State::Firing, true) => "rose above",
        (State::Firing, false) => "fell below",
        (State::Resolved, true) => "is back below",
        (State::Resolved, false) => "is back above",
    };
    let (rule, window, threshold) = (watch.rule.name, watch.spoken.clone(), watch.threshold);
    let message = format!("{rule} {verb} {} {}: {} in {window}", plain(threshold), watch.rule.unit, fixed(value, 4));
    Alert { rule, state, value, threshold, window, at, message }
}

fn corrupt(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::CorruptRecord, format!("the stored alerts {what}"))
}

#[cfg(test)]
mod tests;
