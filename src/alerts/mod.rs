//! Rules over the metrics, each firing once per crossing.

mod config;
mod keeping;
mod rules;

use std::collections::VecDeque;

use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::metrics::Metrics;
use crate::metrics::calendar::DAY;
use crate::metrics::decimal::{fixed, plain};
use crate::metrics::json::{Fields, Json, push_field};
use crate::metrics::object;
use crate::ordered::Map;

use config::Watch;
use rules::{RULES, Sums};

/// Whether an alert begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The threshold was crossed.
    Firing,
    /// The value is back, by the hysteresis.
    Resolved,
}

/// One alert, as it is handed to the listener.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// The rule's name.
    pub rule: String,
    /// Whether it begins or ends.
    pub state: State,
    /// The value that crossed.
    pub value: f64,
    /// Whether it is what the whole window will have at this pace.
    pub projected: bool,
    /// The threshold.
    pub threshold: f64,
    /// The window in the user's words.
    pub window: String,
    /// Which records, as JSON; empty where all count.
    pub r#where: String,
    /// When, in milliseconds since the epoch.
    pub at: f64,
    /// The same in a sentence.
    pub message: String,
}

/// A rule as it was set, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The rule.
    pub rule: Value,
    /// Whether one of its thresholds is crossed.
    pub firing: bool,
    /// Since when.
    pub since: Option<f64>,
    /// The value now, or `None` where too little is measured.
    pub value: Option<f64>,
}

/// What may be watched.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The rule's name.
    pub rule: &'static str,
    /// What its threshold is in.
    pub unit: &'static str,
    /// Records below which it says nothing.
    pub samples: u64,
}

/// The alerts of one instance; none unless configured.
#[derive(Default)]
pub struct Alerts {
    /// Those that are watched, as they were set.
    rules: Vec<Value>,
    /// Whether they came with the configuration: then what others set at run time does not take their place.
    configured: bool,
    /// What was last set at run time, here or elsewhere: what the store has for whoever has none.
    kept: Vec<Value>,
    /// Set here and not yet in the store; names the watches that this put an end to.
    unkept: Option<Vec<String>>,
    /// For each rule, a watch for each of its thresholds.
    watches: Vec<Vec<Watch>>,
    standing: Map<String, Standing>,
    history: VecDeque<Alert>,
}

/// What is known of one watch between two evaluations.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Standing {
    firing: bool,
    fired_at: Option<f64>,
}

/// Alerts that are remembered.
const REMEMBERED: usize = 100;
/// How long the state of a watch is kept that only others have, in milliseconds.
const FOREIGN: f64 = 32.0 * DAY;

impl Alerts {
    /// Reads the configuration: an array of `{ rule, above | below, window?, where?, projected?, cooldown?, hysteresis?,
    /// samples?, budget? }`, or null for none. Anything else is [`ErrorKind::InvalidInput`] and says what would do.
    ///
    /// Windows are `'15m'`, `'24h'`, `'7d'`, milliseconds, `'day'` or `'month'`. The threshold of a rate is a share, of
    /// `latency` milliseconds, and of `budget` a share of the dollars in `budget`.
    pub fn from_json(config: &Value) -> Result<Self> {
        let mut alerts = Self::default();
        alerts.put(config)?;
        alerts.configured = !alerts.rules.is_empty();
        Ok(alerts)
    }

    /// Puts other rules in the place of those there are; a rule that stays keeps its state. They are kept, and a later
    /// instance without rules of its own has them.
    pub fn set(&mut self, config: &Value) -> Result<()> {
        let ended = self.put(config)?;
        self.unkept.get_or_insert_default().extend(ended);
        self.kept.clone_from(&self.rules);
        self.configured = false;
        Ok(())
    }

    /// Gives the names of the watches that are no more.
    fn put(&mut self, config: &Value) -> Result<Vec<String>> {
        let list = match config {
            Value::Null => &[],
            Value::Array(list) => list.as_slice(),
            _ => return Err(Error::new(ErrorKind::InvalidInput, "`alerts` must be an array of rules")),
        };
        let mut ended = self.keys();
        self.watches = list.iter().map(Watch::parse).collect::<Result<_>>()?;
        self.rules = list.to_vec();
        let keys = self.keys();
        ended.retain(|key| !keys.contains(key));
        self.standing.retain(|key, _| !ended.contains(key));
        Ok(ended)
    }

    fn keys(&self) -> Vec<String> {
        self.watches.iter().flatten().map(Watch::key).collect()
    }

    /// Whether anything is watched.
    pub fn are_set(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether there is something to do for [`Alerts::evaluate`], as far as this instance knows.
    pub fn is_due(&self, metrics: &Metrics, now: f64) -> bool {
        self.unkept.is_some() || !self.changes(metrics, now).is_empty()
    }

    /// Looks at every rule once, and returns those that began or ended since the last time.
    ///
    /// A crossing fires once, and ends when the value has come back by the hysteresis. A crossing within the cooldown of
    /// the last one waits: it fires after the cooldown if the value is still across, and not at all if it came back.
    /// Where nothing is measured nothing changes.
    pub fn evaluate(&mut self, metrics: &Metrics, now: f64) -> Vec<Alert> {
        self.unkept = None;
        let mut changed = Vec::new();
        for (key, standing, alert) in self.changes(metrics, now) {
            // A rule that was set twice fires once.
            if self.standing.get(&key) != Some(&standing) {
                self.standing.insert(key, standing);
                changed.push(alert);
            }
        }
        self.history.extend(changed.iter().cloned());
        self.history.drain(..self.history.len().saturating_sub(REMEMBERED));
        let keys = self.keys();
        self.standing.retain(|key, standing| keys.contains(key) || standing.fired_at > Some(now - FOREIGN));
        changed
    }

    /// What [`Alerts::evaluate`] would change.
    fn changes(&self, metrics: &Metrics, now: f64) -> Vec<(String, Standing, Alert)> {
        let mut taken = Vec::new();
        let changed = self.watches.iter().flatten().filter_map(|watch| {
            let value = value_of(watch, metrics, now, &mut taken)?;
            let key = watch.key();
            let known = self.standing.get(&key).copied().unwrap_or_default();
            let (standing, state) = known.step(watch, value, now)?;
            Some((key, standing, alert(watch, state, value, now)))
        });
        changed.collect()
    }

    /// Lists the rules with how they stand.
    pub fn list(&self, metrics: &Metrics, now: f64) -> Vec<Listed> {
        let mut taken = Vec::new();
        let mut listed = Vec::new();
        for (rule, watches) in self.rules.iter().zip(&self.watches) {
            let standing = watches.iter().filter_map(|watch| self.standing.get(&watch.key()));
            let firing: Vec<&Standing> = standing.filter(|standing| standing.firing).collect();
            listed.push(Listed {
                rule: rule.clone(),
                firing: !firing.is_empty(),
                since: firing.iter().filter_map(|standing| standing.fired_at).reduce(f64::min),
                value: watches.first().and_then(|watch| value_of(watch, metrics, now, &mut taken)),
            });
        }
        listed
    }

    /// The latest alerts, newest first.
    pub fn history(&self) -> Vec<&Alert> {
        self.history.iter().rev().collect()
    }

    /// Lists what may be watched.
    pub fn kinds() -> Vec<Kind> {
        RULES.iter().map(|rule| Kind { rule: rule.name, unit: rule.unit, samples: rule.least }).collect()
    }

    /// Writes what fires and since when, as versioned bytes.
    pub fn snapshot_bytes(&self) -> Result<Vec<u8>> {
        Ok(keeping::write(self))
    }

    /// Takes over what [`Alerts::snapshot_bytes`] wrote, here or in another instance: how every watch stands, and, where
    /// none is configured, the rules too. What was set here and is not yet kept stays.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let mut kept = keeping::read(bytes)?;
        if let Some(ended) = &self.unkept {
            kept.standing.retain(|key, _| !ended.contains(key));
        } else {
            if !self.configured {
                self.put(&Value::Array(kept.rules.clone()))?;
            }
            self.kept = kept.rules;
        }
        self.standing = kept.standing;
        self.history = kept.history;
        Ok(())
    }
}

/// What a watch looks at, with the sums that were taken for others where they serve.
fn value_of<'a>(watch: &'a Watch, metrics: &'a Metrics, now: f64, taken: &mut Vec<Sums<'a>>) -> Option<f64> {
    if !taken.iter().any(|sums| sums.serves(watch)) {
        taken.push(Sums::new(metrics, watch, now));
    }
    let sums = taken.iter().find(|sums| sums.serves(watch))?;
    let value = watch.rule.value(sums, watch.least)? / watch.scale;
    if watch.projected { Some(value / watch.window.elapsed(now)?) } else { Some(value) }
}

impl Standing {
    /// How it goes on, where something changes.
    fn step(self, watch: &Watch, value: f64, now: f64) -> Option<(Self, State)> {
        if self.firing {
            return came_back(watch, value).then_some((Self { firing: false, ..self }, State::Resolved));
        }
        // A clock that went back must not stretch the cooldown.
        let since = self.fired_at.map_or(f64::INFINITY, |fired| if fired > now { f64::INFINITY } else { now - fired });
        if !crossed(watch, value) || since < watch.cooldown {
            return None;
        }
        Some((Self { firing: true, fired_at: Some(now) }, State::Firing))
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
    let Watch { rule, threshold, projected, .. } = watch;
    let (window, about) = (watch.spoken.clone(), watch.about.clone());
    let pace = if *projected { " at this pace" } else { "" };
    let whose = if about.is_empty() { String::new() } else { format!(" of {about}") };
    let message = format!(
        "{}{whose} {verb} {} {}: {} in {window}{pace}",
        rule.name,
        plain(*threshold),
        rule.unit,
        fixed(value, 4)
    );
    Alert {
        rule: rule.name.to_owned(),
        state,
        value,
        projected: *projected,
        threshold: *threshold,
        window,
        r#where: about,
        at,
        message,
    }
}

impl Json for State {
    fn write(&self, out: &mut String) {
        let name = if *self == Self::Firing { "firing" } else { "resolved" };
        name.write(out);
    }
}

object!(Alert { rule, state, value, projected, threshold, window, r#where, at, message });
object!(Listed);
impl Fields for Listed {
    fn fields(&self, out: &mut String) {
        for (name, value) in self.rule.as_object().into_iter().flatten() {
            push_field(out, name, value);
        }
        push_field(out, "firing", &self.firing);
        push_field(out, "since", &self.since);
        push_field(out, "value", &self.value);
    }
}

object!(Kind { rule, unit, samples });

#[cfg(test)]
mod tests;
