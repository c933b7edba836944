//! Series: one point for each step, and one series for each name where that is asked for.

use super::super::latency::Latency;
use super::super::query::{Query, Span};
use super::super::rollup::OTHER;
use super::super::series::Series;
use super::super::totals::Totals;
use crate::object;
use trimtab_ordered::{Map, sort_by_key};

/// Names with a series of their own; the rest is summed up as [`OTHER`].
const GROUPS: usize = 12;

/// One step of a series. Counts are 0 where nothing happened; rates, latencies and dollars are absent there.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The beginning of the step, in milliseconds since the epoch.
    pub start: f64,
    /// Records.
    pub operations: u64,
    /// Model calls.
    pub calls: u64,
    /// Records that ended in an error.
    pub errors: u64,
    /// Times our cache was asked.
    pub lookups: u64,
    /// Times it answered.
    pub hits: u64,
    /// Tokens before optimizing, where anything was optimized.
    pub before: Option<u64>,
    /// Tokens after.
    pub after: Option<u64>,
    /// The share saved.
    pub savings_rate: Option<f64>,
    /// The share of our cache's answers.
    pub hit_rate: Option<f64>,
    /// The share of errors.
    pub error_rate: Option<f64>,
    /// Input tokens of the calls, where there were any.
    pub input_tokens: Option<u64>,
    /// Output tokens of the calls.
    pub output_tokens: Option<u64>,
    /// Input tokens that the provider's cache answered.
    pub cache_read: Option<u64>,
    /// Dollars of the calls with a price.
    pub cost: Option<f64>,
    /// Dollars of the tokens saved.
    pub saved_gross: Option<f64>,
    /// Median latency in milliseconds.
    pub p50: Option<f64>,
    /// The latency that 95% stay below.
    pub p95: Option<f64>,
    /// Median latency of optimizing alone.
    pub optimize_p50: Option<f64>,
    /// The latency that 95% of optimizing stays below.
    pub optimize_p95: Option<f64>,
}

/// Series over one stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    /// The beginning, in milliseconds since the epoch.
    pub from: f64,
    /// The end.
    pub to: f64,
    /// `minute`, `hour` or `day`.
    pub step: &'static str,
    /// How far back records are whole.
    pub rows_since: Option<f64>,
    /// One series for each name, those with the most tokens first.
    pub groups: Vec<Group>,
}

/// The series of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The name; empty where nothing was to be told apart.
    pub name: String,
    /// One point for each step.
    pub points: Vec<Point>,
}

type Steps = Vec<(Totals, Latency)>;

impl Point {
    pub(super) fn of(start: f64, totals: &Totals, latency: &Latency) -> Self {
        let all = latency.all();
        let used = totals.priced + totals.unpriced > 0;
        let optimized = totals.samples > 0;
        Self {
            start,
            operations: totals.operations,
            calls: totals.calls,
            errors: totals.errors,
            lookups: totals.lookups,
            hits: totals.hits,
            before: optimized.then_some(totals.before),
            after: optimized.then_some(totals.after),
            savings_rate: totals.savings_rate(),
            hit_rate: totals.hit_rate(),
            error_rate: totals.error_rate(),
            input_tokens: used.then_some(totals.input),
            output_tokens: used.then_some(totals.output),
            cache_read: used.then_some(totals.cache_read),
            cost: totals.cost(),
            saved_gross: totals.saved_cost(),
            p50: all.quantile(0.5),
            p95: all.quantile(0.95),
            optimize_p50: latency.optimizing.quantile(0.5),
            optimize_p95: latency.optimizing.quantile(0.95),
        }
    }
}

/// Splits the records of a question by the names of its dimension.
pub(in super::super) fn groups(series: &Series, query: &Query, now: f64) -> Groups {
    let span = query.span(now);
    let mut groups = if query.is_of_sums() {
        let steps = series.steps(&span).into_iter().map(|(_, part)| (part.totals, part.latency));
        vec![(String::new(), steps.collect())]
    } else {
        named(series, query, &span)
    };
    sort_by_key(&mut groups, |(_, steps)| std::cmp::Reverse(weight(steps)));
    let rest = groups.split_off(groups.len().min(GROUPS));
    if !rest.is_empty() {
        groups.push((OTHER.to_owned(), merged(rest, &span)));
    }
    Groups {
        from: span.from(),
        to: span.to,
        step: span.step(),
        rows_since: series.rows_since(),
        groups: groups.into_iter().map(|(name, steps)| Group { name, points: points(&steps, &span) }).collect(),
    }
}

fn named(series: &Series, query: &Query, span: &Span) -> Vec<(String, Steps)> {
    let mut groups: Map<String, Steps> = Map::default();
    series.each(query, false, &mut |record| {
        let Some(place) = span.place(record.at) else { return };
        let names: Vec<&str> = query.by.map_or_else(|| vec![""], |by| by.names(record).collect());
        for name in names {
            if !groups.contains_key(name) {
                groups.insert(name.to_owned(), empty(span));
            }
            let Some((totals, latency)) = groups.get_mut(name).and_then(|steps| steps.get_mut(place)) else { continue };
            totals.merge(&Totals::of(record));
            latency.add(record);
        }
    });
    groups.into_entries()
}

fn empty(span: &Span) -> Steps {
    (span.first..=span.last).map(|_| Default::default()).collect()
}

fn merged(groups: Vec<(String, Steps)>, span: &Span) -> Steps {
    let mut all = empty(span);
    for (_, steps) in groups {
        for ((totals, latency), (more, later)) in all.iter_mut().zip(&steps) {
            totals.merge(more);
            latency.merge(later);
        }
    }
    all
}

fn weight(steps: &Steps) -> u64 {
    steps.iter().map(|(totals, _)| totals.before + totals.input + totals.output).sum()
}

fn points(steps: &Steps, span: &Span) -> Vec<Point> {
    let starts = (span.first..=span.last).map(|step| step as f64 * span.width);
    starts.zip(steps).map(|(start, (totals, latency))| Point::of(start, totals, latency)).collect()
}

object!(Point {
    start,
    operations,
    calls,
    errors,
    lookups,
    hits,
    before,
    after,
    savings_rate,
    hit_rate,
    error_rate,
    input_tokens,
    output_tokens,
    cache_read,
    cost,
    saved_gross,
    p50,
    p95,
    optimize_p50,
    optimize_p95
});
object!(Groups { from, to, step, rows_since, groups });
object!(Group { name, points });
