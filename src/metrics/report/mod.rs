//! Reports over the last hours: figures, a series, breakdowns, and what the evidence recommends.

mod advice;
mod points;
mod projection;

use super::Top;
use super::columns::Answer;
use super::figures::{Figures, Row, rows};
use super::query::{Query, Span};
use super::rollup::Rollup;
use super::series::Series;
use super::top::{Heaviest, Order};
use crate::object;

pub use advice::Recommendation;
pub(super) use points::groups;
pub use points::{Group, Groups, Point};
pub use projection::Projection;

/// A report over a window of whole hours or days.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The beginning, in milliseconds since the epoch.
    pub from: f64,
    /// The end.
    pub to: f64,
    /// The hours asked for.
    pub hours: u32,
    /// `hour`, or `day` in windows of more than two weeks.
    pub step: &'static str,
    /// The figures of the whole window.
    pub figures: Figures,
    /// How far back records are whole.
    pub rows_since: Option<f64>,
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
    /// Dollars at the pace of the window, or `None` where nothing has a price.
    pub projection: Option<Projection>,
    /// The heaviest consumers, where the question asks for some.
    pub top: Option<Top>,
    /// What to do, each with its evidence; empty where the data shows nothing.
    pub recommendations: Vec<Recommendation>,
}

/// What helped, by form, tier and kind of content.
#[derive(Debug, Clone, PartialEq)]
pub struct Effectiveness {
    /// The beginning, in milliseconds since the epoch.
    pub from: f64,
    /// The end.
    pub to: f64,
    /// How far back records are whole.
    pub rows_since: Option<f64>,
    /// By lossless form.
    pub by_form: Vec<Row>,
    /// By tier.
    pub by_tier: Vec<Row>,
    /// By kind of content.
    pub by_kind: Vec<Row>,
}

pub(super) fn report(series: &Series, query: &Query, now: f64) -> Report {
    let span = query.span(now);
    let mut heaviest = query.top.map(|_| Default::default());
    let steps = steps(series, query, &span, &mut heaviest);
    let all = sum(&steps);
    let mut report = Report {
        from: span.from(),
        to: span.to,
        hours: span.hours,
        step: span.step(),
        figures: Figures::of(&all),
        rows_since: series.rows_since(),
        series: steps
            .iter()
            .map(|(step, part)| Point::of(*step as f64 * span.width, &part.totals, &part.latency))
            .collect(),
        by_model: rows(&all.models),
        by_tier: rows(&all.tiers),
        by_form: rows(&all.forms),
        by_kind: rows(&all.kinds),
        by_operation: rows(&all.operations),
        by_error: rows(&all.errors),
        projection: Projection::of(&all, span.from(), span.to),
        top: query.top.zip(heaviest).map(|(n, heaviest)| Top::of(&heaviest, n, Order::default())),
        recommendations: Vec::new(),
    };
    report.recommendations = advice::recommend(&report);
    report
}

pub(super) fn effectiveness(series: &Series, query: &Query, now: f64) -> Effectiveness {
    let span = query.span(now);
    let all = sum(&steps(series, query, &span, &mut None));
    Effectiveness {
        from: span.from(),
        to: span.to,
        rows_since: series.rows_since(),
        by_form: rows(&all.forms),
        by_tier: rows(&all.tiers),
        by_kind: rows(&all.kinds),
    }
}

/// One rollup for each step, and the consumers where they are asked for: from the sums where they can answer, else from one
/// pass over the records.
fn steps(series: &Series, query: &Query, span: &Span, heaviest: &mut Option<[Heaviest; 4]>) -> Vec<(i64, Rollup)> {
    if query.is_of_sums() {
        if let Some(heaviest) = heaviest {
            *heaviest = series.consumers(query);
        }
        return series.steps(span);
    }
    let mut steps: Vec<(i64, Rollup)> = (span.first..=span.last).map(|step| (step, Rollup::default())).collect();
    series.sum(query, Answer { span: *span, steps: &mut steps, heaviest });
    steps
}

fn sum(steps: &[(i64, Rollup)]) -> Rollup {
    let mut all = Rollup::default();
    steps.iter().for_each(|(_, step)| all.merge(step));
    all
}

object!(
    Report {
        from,
        to,
        hours,
        step,
        rows_since,
        series,
        by_model,
        by_tier,
        by_form,
        by_kind,
        by_operation,
        by_error,
        projection,
        top,
        recommendations
    }..figures
);
object!(Effectiveness { from, to, rows_since, by_form, by_tier, by_kind });
