//! What can be watched: one line each in [`RULES`].

use crate::metrics::Metrics;

/// A figure that an alert may be set on.
pub(super) struct Rule {
    /// Its name in the configuration.
    pub(super) name: &'static str,
    /// What its threshold is in.
    pub(super) unit: &'static str,
    /// Records below which it says nothing.
    pub(super) least: u64,
    measure: fn(&Metrics, from: f64, now: f64) -> (Option<f64>, u64),
}

/// All rules there are. Amounts are known from the first record on; a rate below 20 records is an anecdote.
pub(super) const RULES: &[Rule] = &[
    Rule { name: "spend", unit: "dollars", least: 0, measure: spend },
    Rule { name: "tokens", unit: "tokens", least: 0, measure: tokens },
    Rule { name: "savings_rate", unit: "of the tokens", least: 20, measure: savings_rate },
    Rule { name: "hit_rate", unit: "of the lookups", least: 20, measure: hit_rate },
    Rule { name: "latency", unit: "ms (p95)", least: 20, measure: latency },
    Rule { name: "error_rate", unit: "of the operations", least: 20, measure: error_rate },
    // Spent dollars of the window over the rule's `budget`; the threshold is a share of it.
    Rule { name: BUDGET, unit: "of the budget", least: 0, measure: spend },
];

/// The rule that needs an amount beside its threshold.
pub(super) const BUDGET: &str = "budget";

impl Rule {
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name)
    }

    /// The figure of the window, or `None` where too little is known.
    pub(super) fn value(&self, metrics: &Metrics, from: f64, now: f64, least: u64) -> Option<f64> {
        let (value, samples) = (self.measure)(metrics, from, now);
        value.filter(|_| samples >= least)
    }
}

fn spend(metrics: &Metrics, from: f64, now: f64) -> (Option<f64>, u64) {
    let totals = metrics.totals(from, now);
    (Some(totals.dollars), totals.priced)
}

fn tokens(metrics: &Metrics, from: f64, now: f64) -> (Option<f64>, u64) {
    let totals = metrics.totals(from, now);
    (Some(totals.input.saturating_add(totals.output) as f64), totals.calls)
}

fn savings_rate(metrics: &Metrics, from: f64, now: f64) -> (Option<f64>, u64) {
    let totals = metrics.totals(from, now);
    (totals.savings_rate(), totals.samples)
}

fn hit_rate(metrics: &Metrics, from: f64, now: f64) -> (Option<f64>, u64) {
    let totals = metrics.totals(from, now);
    (totals.hit_rate(), totals.lookups)
}

fn latency(metrics: &Metrics, from: f64, now: f64) -> (Option<f64>, u64) {
    let sketch = metrics.latency(from, now);
    (sketch.quantile(0.95), sketch.count())
}

fn error_rate(metrics: &Metrics, from: f64, now: f64) -> (Option<f64>, u64) {
    let totals = metrics.totals(from, now);
    (totals.error_rate(), totals.operations)
}
