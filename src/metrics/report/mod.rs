//! Reports over the last hours: figures, a series, breakdowns, and what the evidence recommends.

mod advice;

use serde::Serialize;

use super::calendar::{DAY, HOUR};
use super::figures::{Figures, Row, rows};
use super::markdown;
use super::rollup::Rollup;
use super::series::{HOURS, Series, bucket};

pub use advice::Recommendation;

/// The longest report: a leap year.
const MOST_HOURS: u32 = 366 * 24;

/// A report over a window of whole hours or days.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The beginning, in milliseconds since the epoch.
    pub from: f64,
    /// When it was asked for.
    pub to: f64,
    /// The hours asked for.
    pub hours: u32,
    /// `hour`, or `day` in windows of more than two weeks.
    pub step: &'static str,
    /// The figures of the whole window.
    #[serde(flatten)]
    pub figures: Figures,
    /// One point for each step, those without records included.
    pub series: Vec<Point>,
    /// By model.
    pub by_model: Vec<Row>,
    /// By tier.
    pub by_tier: Vec<Row>,
    /// By lossless form.
    pub by_form: Vec<Row>,
    /// By kind of content.
    pub by_kind: Vec<Row>,
    /// By operation.
    pub by_operation: Vec<Row>,
    /// By error code.
    pub by_error: Vec<Row>,
    /// What to do, each with its evidence; empty where the data shows nothing.
    pub recommendations: Vec<Recommendation>,
    /// The same for people.
    pub markdown: String,
}

/// One step of a series. Counts are 0 where nothing happened; rates, latencies and dollars are absent there.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
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
    /// Dollars of the calls with a price.
    pub cost: Option<f64>,
    /// Dollars of the tokens saved.
    pub saved_gross: Option<f64>,
    /// Median latency in milliseconds.
    pub p50: Option<f64>,
    /// The latency that 95% stay below.
    pub p95: Option<f64>,
}

/// What helped, by form, tier and kind of content.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effectiveness {
    /// The beginning, in milliseconds since the epoch.
    pub from: f64,
    /// When it was asked for.
    pub to: f64,
    /// By lossless form.
    pub by_form: Vec<Row>,
    /// By tier.
    pub by_tier: Vec<Row>,
    /// By kind of content.
    pub by_kind: Vec<Row>,
}

struct Window {
    hours: u32,
    width: f64,
    first: i64,
    last: i64,
}

impl Window {
    fn new(now: f64, hours: u32) -> Self {
        let hours = hours.clamp(1, MOST_HOURS);
        let (width, steps) =
            if hours as usize > HOURS { (DAY, i64::from(hours.div_ceil(24))) } else { (HOUR, i64::from(hours)) };
        let last = bucket(now, width);
        Self { hours, width, first: last - steps + 1, last }
    }

    fn from(&self) -> f64 {
        self.first as f64 * self.width
    }

    fn steps(&self, series: &Series) -> Vec<(i64, Rollup)> {
        series.steps(self.first, self.last, self.width)
    }
}

fn sum(steps: &[(i64, Rollup)]) -> Rollup {
    let mut all = Rollup::default();
    steps.iter().for_each(|(_, step)| all.merge(step));
    all
}

pub(super) fn report(series: &Series, now: f64, hours: u32) -> Report {
    let window = Window::new(now, hours);
    let steps = window.steps(series);
    let all = sum(&steps);
    let mut report = Report {
        from: window.from(),
        to: now,
        hours: window.hours,
        step: if window.width == DAY { "day" } else { "hour" },
        figures: Figures::of(&all),
        series: steps.iter().map(|(step, part)| point(*step as f64 * window.width, part)).collect(),
        by_model: rows(&all.models),
        by_tier: rows(&all.tiers),
        by_form: rows(&all.forms),
        by_kind: rows(&all.kinds),
        by_operation: rows(&all.operations),
        by_error: rows(&all.errors),
        recommendations: Vec::new(),
        markdown: String::new(),
    };
    report.recommendations = advice::recommend(&report);
    report.markdown = markdown::render(&report);
    report
}

pub(super) fn effectiveness(series: &Series, now: f64, hours: u32) -> Effectiveness {
    let window = Window::new(now, hours);
    let all = sum(&window.steps(series));
    Effectiveness {
        from: window.from(),
        to: now,
        by_form: rows(&all.forms),
        by_tier: rows(&all.tiers),
        by_kind: rows(&all.kinds),
    }
}

fn point(start: f64, rollup: &Rollup) -> Point {
    let totals = &rollup.totals;
    let used = totals.priced + totals.unpriced > 0;
    Point {
        start,
        operations: totals.operations,
        calls: totals.calls,
        errors: totals.errors,
        lookups: totals.lookups,
        hits: totals.hits,
        before: (totals.samples > 0).then_some(totals.before),
        after: (totals.samples > 0).then_some(totals.after),
        savings_rate: totals.savings_rate(),
        hit_rate: totals.hit_rate(),
        error_rate: totals.error_rate(),
        input_tokens: used.then_some(totals.input),
        output_tokens: used.then_some(totals.output),
        cost: totals.cost(),
        saved_gross: totals.saved_cost(),
        p50: rollup.latency.quantile(0.5),
        p95: rollup.latency.quantile(0.95),
    }
}
