//! What can be watched: one line each in [`RULES`].

use crate::metrics::{Metrics, Totals};

/// A figure that an alert may be set on.
pub(super) struct Rule {
    /// Its name in the configuration.
    pub(super) name: &'static str,
    /// What its threshold is in.
    pub(super) unit: &'static str,
    /// Records below which it says nothing.
    pub(super) least: u64,
    measure: fn(&Sums) -> (Option<f64>, u64),
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

    /// The figure of the window, or `None` where fewer than `least` records speak of it.
    pub(super) fn value(&self, window: &Sums, least: u64) -> Option<f64> {
        let (value, samples) = (self.measure)(window);
        value.filter(|_| samples >= least)
    }
}

/// The sums of one window, taken once for all rules that look at it.
pub(super) struct Sums<'a> {
    metrics: &'a Metrics,
    from: f64,
    now: f64,
    totals: Totals,
}

impl<'a> Sums<'a> {
    pub(super) fn new(metrics: &'a Metrics, from: f64, now: f64) -> Self {
        Self { metrics, from, now, totals: metrics.totals(from, now) }
    }

    pub(super) fn from(&self) -> f64 {
        self.from
    }
}

fn spend(window: &Sums) -> (Option<f64>, u64) {
    (Some(window.totals.dollars), window.totals.priced)
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
    let sketch = window.metrics.latency(window.from, window.now);
    (sketch.quantile(0.95), sketch.count())
}

fn error_rate(window: &Sums) -> (Option<f64>, u64) {
    (window.totals.error_rate(), window.totals.operations)
}
