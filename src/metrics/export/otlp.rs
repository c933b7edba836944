//! Totals as OTLP/JSON metrics: cumulative sums, a gauge for each latency quantile, names of the GenAI conventions where
//! they have one.

use serde_json::{Value, json};

use crate::metrics::{Metrics, Rollup};

pub(super) fn write(metrics: &Metrics, now: f64) -> String {
    let all = metrics.all();
    let span = (nanos(all.since.unwrap_or(now)), nanos(now));
    let mut list = vec![tokens(&all, &span), operations(&all, &span)];
    list.extend(sums(&all, &span));
    list.extend(latency(&all, &span));
    let scope = json!({ "scope": { "name": "trimtab", "version": env!("CARGO_PKG_VERSION") }, "metrics": list });
    let resource = json!({ "attributes": [attribute("service.name", "trimtab")] });
    json!({ "resourceMetrics": [{ "resource": resource, "scopeMetrics": [scope] }] }).to_string()
}

type Span = (String, String);

/// OTLP/JSON writes 64-bit numbers as strings.
fn nanos(ms: f64) -> String {
    ((ms.max(0.0) as u64).saturating_mul(1_000_000)).to_string()
}

fn attribute(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

fn whole(span: &Span, value: u64, attributes: Vec<Value>) -> Value {
    json!({ "startTimeUnixNano": span.0, "timeUnixNano": span.1, "asInt": value.to_string(), "attributes": attributes })
}

fn sum(name: &str, unit: &str, points: Vec<Value>, monotonic: bool) -> Value {
    // 2 is AGGREGATION_TEMPORALITY_CUMULATIVE.
    let sum = json!({ "aggregationTemporality": 2, "isMonotonic": monotonic, "dataPoints": points });
    json!({ "name": name, "unit": unit, "sum": sum })
}

fn tokens(all: &Rollup, span: &Span) -> Value {
    let mut points = Vec::new();
    for (model, totals) in all.models.iter().filter(|(_, totals)| totals.priced + totals.unpriced > 0) {
        let kinds = [
            ("gen_ai.usage.input_tokens", totals.input),
            ("gen_ai.usage.output_tokens", totals.output),
            ("gen_ai.usage.cache_read.input_tokens", totals.cache_read),
            ("gen_ai.usage.cache_write.input_tokens", totals.cache_write),
        ];
        for (kind, count) in kinds {
            let attributes = vec![attribute("gen_ai.request.model", model), attribute("trimtab.token.kind", kind)];
            points.push(whole(span, count, attributes));
        }
    }
    sum("trimtab.usage.tokens", "{token}", points, true)
}

fn operations(all: &Rollup, span: &Span) -> Value {
    let point = |(name, totals): (&str, &crate::metrics::Totals)| {
        whole(span, totals.operations, vec![attribute("gen_ai.operation.name", name)])
    };
    sum("trimtab.operations", "{operation}", all.operations.iter().map(point).collect(), true)
}

fn sums(all: &Rollup, span: &Span) -> Vec<Value> {
    let totals = &all.totals;
    let counts = [
        ("trimtab.tokens.before", "{token}", totals.before),
        ("trimtab.tokens.after", "{token}", totals.after),
        ("trimtab.errors", "{operation}", totals.errors),
        ("trimtab.cache.lookups", "{lookup}", totals.lookups),
        ("trimtab.cache.hits", "{hit}", totals.hits),
        ("trimtab.calls.unpriced", "{call}", totals.unpriced),
    ];
    let whole = counts.map(|(name, unit, count)| sum(name, unit, vec![whole(span, count, Vec::new())], true));
    // Dollars that have no price are left out, not written as zero.
    let dollars = [
        ("trimtab.cost", totals.cost(), true),
        ("trimtab.cost.saved_gross", totals.saved_cost(), false),
        ("trimtab.cost.lost_discount", totals.lost_discount(), false),
    ];
    let priced = dollars.into_iter().filter_map(|(name, amount, monotonic)| {
        let point =
            json!({ "startTimeUnixNano": span.0, "timeUnixNano": span.1, "asDouble": amount?, "attributes": [] });
        Some(sum(name, "{USD}", vec![point], monotonic))
    });
    whole.into_iter().chain(priced).collect()
}

fn latency(all: &Rollup, span: &Span) -> Option<Value> {
    let points = ["0.5", "0.95", "0.99"].iter().zip([0.5, 0.95, 0.99]).filter_map(|(name, q)| {
        let value = all.latency.quantile(q)?;
        Some(json!({ "timeUnixNano": span.1, "asDouble": value, "attributes": [attribute("quantile", name)] }))
    });
    let points: Vec<Value> = points.collect();
    let gauge = json!({ "dataPoints": points });
    (!points.is_empty()).then(|| json!({ "name": "trimtab.latency", "unit": "ms", "gauge": gauge }))
}
