//! Totals in the Prometheus text format, version 0.0.4.

use std::fmt::Write;

use crate::decimal::plain;
use crate::{Breakdown, Metrics, Query, Totals};

pub(super) fn write(metrics: &Metrics, query: &Query, _now: f64) -> String {
    let all = metrics.rolled(query);
    let totals = &all.totals;
    let mut text = Exposition::default();
    text.by_name("trimtab_operations_total", "Operations.", "operation", &all.operations, |one| one.operations);
    text.by_name("trimtab_errors_total", "Operations that ended in an error.", "code", &all.errors, |one| one.errors);
    text.by_name(
        "trimtab_input_tokens_total",
        "Input tokens of model calls, cached ones included.",
        "model",
        &all.models,
        |one| one.input,
    );
    text.by_name("trimtab_output_tokens_total", "Output tokens of model calls.", "model", &all.models, |one| {
        one.output
    });
    text.by_name(
        "trimtab_cache_read_tokens_total",
        "Input tokens read from the provider's cache.",
        "model",
        &all.models,
        |one| one.cache_read,
    );
    text.by_name(
        "trimtab_cache_write_tokens_total",
        "Input tokens written to the provider's cache.",
        "model",
        &all.models,
        |one| one.cache_write,
    );
    text.by_name("trimtab_unpriced_calls_total", "Model calls without a price.", "model", &all.models, |one| {
        one.unpriced
    });
    text.one("trimtab_tokens_before_total", "Tokens of prompts as they came.", "counter", totals.before as f64);
    text.one("trimtab_tokens_after_total", "Tokens of prompts as they went out.", "counter", totals.after as f64);
    text.one("trimtab_cache_lookups_total", "Times the cache was asked.", "counter", totals.lookups as f64);
    text.one("trimtab_cache_hits_total", "Times the cache answered.", "counter", totals.hits as f64);
    // Dollars that have no price are left out, not written as zero.
    let dollars = [
        ("trimtab_cost_dollars_total", "Dollars of the calls that have a price.", "counter", totals.cost()),
        (
            "trimtab_saved_gross_dollars",
            "Dollars of the tokens saved, at the input price.",
            "gauge",
            totals.saved_cost(),
        ),
        (
            "trimtab_lost_discount_dollars",
            "Dollars of provider cache discount lost.",
            "gauge",
            totals.lost_discount().map(|(dollars, ..)| dollars),
        ),
    ];
    for (name, help, kind, amount) in dollars {
        if let Some(amount) = amount {
            text.one(name, help, kind, amount);
        }
    }
    let latency = all.latency.all();
    text.head("trimtab_latency_seconds", "Latency of operations; each quantile within 1.6% of itself.", "summary");
    for (name, q) in [("0.5", 0.5), ("0.95", 0.95), ("0.99", 0.99)] {
        if let Some(value) = latency.quantile(q) {
            text.sample("trimtab_latency_seconds", Some(("quantile", name)), value / 1e3);
        }
    }
    text.sample("trimtab_latency_seconds_count", None, latency.count() as f64);
    text.out
}

#[derive(Default)]
struct Exposition {
    out: String,
}

impl Exposition {
    fn head(&mut self, name: &str, help: &str, kind: &str) {
        let _ = writeln!(self.out, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, label: Option<(&str, &str)>, value: f64) {
        let value = plain(value);
        let _ = match label {
            Some((key, text)) => writeln!(self.out, "{name}{{{key}=\"{}\"}} {value}", escape(text)),
            None => writeln!(self.out, "{name} {value}"),
        };
    }

    fn one(&mut self, name: &str, help: &str, kind: &str, value: f64) {
        self.head(name, help, kind);
        self.sample(name, None, value);
    }

    fn by_name(&mut self, name: &str, help: &str, label: &str, breakdown: &Breakdown, of: fn(&Totals) -> u64) {
        self.head(name, help, "counter");
        for (value, totals) in breakdown.iter() {
            self.sample(name, Some((label, value)), of(totals) as f64);
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operation, Record, Usage};

    #[test]
    fn hostile_names_stay_inside_their_label() {
        let mut metrics = Metrics::default();
        let model = Some("a\"} 1\nevil_total 9\\".to_owned());
        let usage = Some(Usage { input_tokens: 3, ..Usage::default() });
        metrics.record(Record { model, usage, ..Record::new(Operation::Call, 1.0) }, 1.0).unwrap();
        let text = write(&metrics, &Query::default(), 1.0);
        assert!(text.contains("trimtab_input_tokens_total{model=\"a\\\"} 1\\nevil_total 9\\\\\"} 3\n"), "{text}");
        assert!(!text.lines().any(|line| line.starts_with("evil_total")));
    }

    #[test]
    fn an_unpriced_cost_is_absent() {
        let mut metrics = Metrics::default();
        let usage = Some(Usage { input_tokens: 3, ..Usage::default() });
        metrics.record(Record { usage, ..Record::new(Operation::Call, 1.0) }, 1.0).unwrap();
        assert!(!write(&metrics, &Query::default(), 1.0).contains("trimtab_cost_dollars_total"));
    }
}
