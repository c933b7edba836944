//! Totals as OTLP/JSON metrics: cumulative sums, a gauge for each latency quantile, names of the GenAI conventions where
//! they have one.

use serde_json::{Map, Value};

use crate::{Metrics, Query, Rollup, json};

pub(super) fn write(metrics: &Metrics, query: &Query, now: f64) -> String {
    let all = metrics.rolled(query);
    let span = (nanos(all.since.unwrap_or(now)), nanos(now));
    let mut list = vec![tokens(&all, &span), operations(&all, &span)];
    list.extend(sums(&all, &span));
    list.extend(latency(&all, &span));
    let named = object([("name", "trimtab".into()), ("version", env!("CARGO_PKG_VERSION").into())]);
    let scope = object([("scope", named), ("metrics", list.into())]);
    let resource = object([("attributes", vec![attribute("service.name", "trimtab")].into())]);
    let metrics = object([("resource", resource), ("scopeMetrics", vec![scope].into())]);
    json::text(&object([("resourceMetrics", vec![metrics].into())]))
}

/// An object of these fields. Not `json!`, which brings 3 KB of wasm for a panic that can't happen.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

type Span = (String, String);

/// OTLP/JSON writes 64-bit numbers as strings.
fn nanos(ms: f64) -> String {
    ((ms.max(0.0) as u64).saturating_mul(1_000_000)).to_string()
}

fn attribute(key: &str, value: &str) -> Value {
    object([("key", key.into()), ("value", object([("stringValue", value.into())]))])
}

fn whole(span: &Span, value: u64, attributes: Vec<Value>) -> Value {
    point(span, ("asInt", value.to_string().into()), attributes)
}

fn point((start, end): &Span, value: (&str, Value), attributes: Vec<Value>) -> Value {
    object([
        ("startTimeUnixNano", start.as_str().into()),
        ("timeUnixNano", end.as_str().into()),
        value,
        ("attributes", attributes.into()),
    ])
}

fn sum(name: &str, unit: &str, points: Vec<Value>, monotonic: bool) -> Value {
    // 2 is AGGREGATION_TEMPORALITY_CUMULATIVE.
    let sum = object([
        ("aggregationTemporality", 2.into()),
        ("isMonotonic", monotonic.into()),
        ("dataPoints", points.into()),
    ]);
    object([("name", name.into()), ("unit", unit.into()), ("sum", sum)])
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
    let point = |(name, totals): (&str, &crate::Totals)| {
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
        ("trimtab.cost.lost_discount", totals.lost_discount().map(|(dollars, ..)| dollars), false),
    ];
    let priced = dollars.into_iter().filter_map(|(name, amount, monotonic)| {
        let point = point(span, ("asDouble", amount?.into()), Vec::new());
        Some(sum(name, "{USD}", vec![point], monotonic))
    });
    whole.into_iter().chain(priced).collect()
}

fn latency(all: &Rollup, span: &Span) -> Option<Value> {
    let latency = all.latency.all();
    let points = ["0.5", "0.95", "0.99"].iter().zip([0.5, 0.95, 0.99]).filter_map(|(name, q)| {
        let value = latency.quantile(q)?;
        let attributes = vec![attribute("quantile", name)];
        Some(object([
            ("timeUnixNano", span.1.as_str().into()),
            ("asDouble", value.into()),
            ("attributes", attributes.into()),
        ]))
    });
    let points: Vec<Value> = points.collect();
    let some = !points.is_empty();
    let gauge = object([("dataPoints", points.into())]);
    some.then(|| object([("name", "trimtab.latency".into()), ("unit", "ms".into()), ("gauge", gauge)]))
}
