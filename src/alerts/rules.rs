//! What can be watched: one line each in [`RULES`].

use super::config::Watch;
use crate::metrics::{Metrics, Totals};

/// A figure that an alert may be set on.
pub(super) struct Rule {
    /// Its name in the configuration.
    pub(super) name: &'static str,
    /// What its threshold is in.
    pub(super) unit: &'static str,
    /// Records below which it says nothing.
    pub(super) least: u64,
    /// Whether it grows over its window, so that it has a pace.
    pub(super) adds_up: bool,
    measure: fn(&Sums) -> (Option<f64>, u64),
}

/// All rules there are. Amounts are known from the first record on; a rate below 20 records is an anecdote.
pub(super) const RULES: &[Rule] = &[
    Rule { name: "spend", unit: "dollars", least: 0, adds_up: true, measure: spend },
    Rule { name: "tokens", unit: "tokens", least: 0, adds_up: true, measure: tokens },
    Rule { name: "savings_rate", unit: "of the tokens", least: 20, adds_up: false, measure: savings_rate },
    Rule { name: "hit_rate", unit: "of the lookups", least: 20, adds_up: false, measure: hit_rate },
    Rule { name: "latency", unit: "ms (p95)", least: 20, adds_up: false, measure: latency },
    Rule { name: "error_rate", unit: "of the operations", least: 20, adds_up: false, measure: error_rate },
    // Spent dollars of the window over the rule's `budget`; the threshold is a share of it.
    Rule { name: BUDGET, unit: "of the budget", least: 0, adds_up: true, measure: spend },
    Rule { name: "storage", unit: "bytes", least: 0, adds_up: false, measure: storage },
];

/// The rule that needs an amount beside its threshold.
pub(super) const BUDGET: &str = "budget";

impl Rule {
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name)
    }

    /// The figure of the window, or `None` where fewer than `least` records speak of it.
    pub(super) fn value(&self, window: &Sums, least: u64) -> Option<f64> {
        let (value, samples) = (self.measure)(window);
        value.filter(|_| samples >= least)
    }
}

/// The sums of one window, taken once for all rules that look at the same records.
pub(super) struct Sums<'a> {
    metrics: &'a Metrics,
    watch: &'a Watch,
    from: f64,
    now: f64,
    totals: Totals,
}

impl<'a> Sums<'a> {
    pub(super) fn new(metrics: &'a Metrics, watch: &'a Watch, now: f64) -> Self {
        let from = watch.window.from(now);
        Self { metrics, watch, from, now, totals: metrics.totals(from, now, &watch.filter) }
    }

    /// Whether it is about the records that `watch` looks at.
    pub(super) fn serves(&self, watch: &Watch) -> bool {
        self.from == watch.window.from(self.now) && self.watch.about == watch.about
    }
}

fn spend(window: &Sums) -> (Option<f64>, u64) {
    (Some(window.totals.cost().unwrap_or_default()), window.totals.priced)
}

fn tokens(window: &Sums) -> (Option<f64>, u64) {
    let totals = &window.totals;
    (Some(totals.input.saturating_add(totals.output) as f64), totals.calls)
}

fn savings_rate(window: &Sums) -> (Option<f64>, u64) {
    (window.totals.savings_rate(), window.totals.samples)
}

fn hit_rate(window: &Sums) -> (Option<f64>, u64) {
    (window.totals.hit_rate(), window.totals.lookups)
}

fn latency(window: &Sums) -> (Option<f64>, u64) {
    let sketch = window.metrics.latency(window.from, window.now, &window.watch.filter);
    (sketch.quantile(0.95), sketch.count())
}

fn error_rate(window: &Sums) -> (Option<f64>, u64) {
    (window.totals.error_rate(), window.totals.operations)
}

fn storage(window: &Sums) -> (Option<f64>, u64) {
    (Some(window.metrics.bytes() as f64), 0)
}
