//! The figures that answers show: rates beside the sizes of their samples, and absence where nothing was measured.

use super::pricing;
use super::rollup::{Breakdown, Rollup};
use super::sketch::Sketch;
use super::totals::Totals;
use crate::object;
use trimtab_ordered::sort_by_key;

/// What some records amount to. A missing figure means that nothing was measured, never zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// All records.
    pub operations: u64,
    /// Model calls among them.
    pub calls: u64,
    /// Records that ended in an error.
    pub errors: u64,
    /// Their share of all.
    pub error_rate: Option<f64>,
    /// What optimizing did.
    pub tokens: TokenFigures,
    /// What model calls used.
    pub usage: UsageFigures,
    /// How our cache did.
    pub cache: CacheFigures,
    /// How long operations took.
    pub latency: LatencyFigures,
    /// How long optimizing took: milliseconds, where a model takes seconds.
    pub optimize_latency: LatencyFigures,
    /// Dollars.
    pub cost: CostFigures,
    /// Whether operations succeed.
    pub health: Health,
}

/// Whether operations succeed, by the share of errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// `ok` below 1%, `degraded` below 5%, else `failing`; `unknown` below 20 records.
    pub status: &'static str,
    /// The same in words.
    pub reason: String,
}

/// Tokens before and after optimizing, on the same tokenizer.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenFigures {
    /// Tokens as the prompts came.
    pub before: u64,
    /// Tokens as they went out.
    pub after: u64,
    /// The difference; negative where the result was longer.
    pub saved: i64,
    /// The share that was saved.
    pub savings_rate: Option<f64>,
    /// How many prompts this is about.
    pub samples: u64,
    /// How many of them were estimated, not counted.
    pub estimated: u64,
}

/// Tokens of model calls as their providers report them.
#[derive(Debug, Clone, PartialEq)]
pub struct UsageFigures {
    /// Input, cached tokens included.
    pub input_tokens: u64,
    /// Output, reasoning included.
    pub output_tokens: u64,
    /// Input read from the provider's cache.
    pub cache_read: u64,
    /// Input written to the provider's cache.
    pub cache_write: u64,
    /// Output spent on reasoning.
    pub reasoning_tokens: u64,
}

/// How our own cache did.
#[derive(Debug, Clone, PartialEq)]
pub struct CacheFigures {
    /// Times it was asked.
    pub lookups: u64,
    /// Times it answered.
    pub hits: u64,
    /// The share.
    pub hit_rate: Option<f64>,
}

/// Quantiles of latency in milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct LatencyFigures {
    /// Half were faster.
    pub p50: Option<f64>,
    /// 95% were faster.
    pub p95: Option<f64>,
    /// 99% were faster.
    pub p99: Option<f64>,
    /// How many were timed.
    pub samples: u64,
    /// How far a quantile may be off, as a share of it.
    pub relative_error: f64,
}

/// Dollars spent and saved.
#[derive(Debug, Clone, PartialEq)]
pub struct CostFigures {
    /// Dollars of the calls that have a price; a lower bound while `unpriced_calls` is above 0.
    pub spent: Option<f64>,
    /// Calls with a price.
    pub priced_calls: u64,
    /// Calls without a price.
    pub unpriced_calls: u64,
    /// Their models.
    pub unpriced_models: Vec<String>,
    /// Dollars that the saved tokens would have cost at the input price, before any cache discount.
    pub saved_gross: Option<f64>,
    /// How many prompts `saved_gross` is about.
    pub saved_samples: u64,
    /// Dollars of the provider's cache discount that optimizing lost.
    pub lost_discount: Option<f64>,
    /// How many calls or prompts `lost_discount` is about.
    pub lost_samples: u64,
    /// Where it comes from: `reported` by the application or `simulated`.
    pub lost_basis: Option<&'static str>,
    /// `saved_gross` less `lost_discount`; missing where that is not known.
    pub saved_net: Option<f64>,
    /// The share saved of what would have been spent: net where known, else gross.
    pub saved_share: Option<f64>,
    /// Dollars saved for each dollar that calls cost: net where known, else gross.
    pub roi: Option<f64>,
    /// The day of the price table.
    pub prices_from: &'static str,
}

/// One name of a breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The model, tier, form, kind, operation or error code.
    pub name: String,
    /// Records.
    pub operations: u64,
    /// Records that ended in an error.
    pub errors: u64,
    /// What optimizing did.
    pub tokens: TokenFigures,
    /// Input tokens of its calls.
    pub input_tokens: u64,
    /// Output tokens of its calls.
    pub output_tokens: u64,
    /// Dollars of its calls that have a price.
    pub cost: Option<f64>,
    /// Its calls without a price.
    pub unpriced_calls: u64,
}

impl Figures {
    pub(super) fn of(rollup: &Rollup) -> Self {
        let totals = &rollup.totals;
        Self {
            operations: totals.operations,
            calls: totals.calls,
            errors: totals.errors,
            error_rate: totals.error_rate(),
            tokens: TokenFigures::of(totals),
            usage: UsageFigures {
                input_tokens: totals.input,
                output_tokens: totals.output,
                cache_read: totals.cache_read,
                cache_write: totals.cache_write,
                reasoning_tokens: totals.reasoning,
            },
            cache: CacheFigures { lookups: totals.lookups, hits: totals.hits, hit_rate: totals.hit_rate() },
            latency: LatencyFigures::of(&rollup.latency.all()),
            optimize_latency: LatencyFigures::of(&rollup.latency.optimizing),
            cost: CostFigures::of(totals, &rollup.models),
            health: Health::of(totals),
        }
    }
}

impl Health {
    /// Records below which a share of errors says nothing.
    const ENOUGH: u64 = 20;

    fn of(totals: &Totals) -> Self {
        let status = match totals.error_rate() {
            Some(_) | None if totals.operations < Self::ENOUGH => "unknown",
            Some(rate) if rate >= 0.05 => "failing",
            Some(rate) if rate >= 0.01 => "degraded",
            _ => "ok",
        };
        Self { status, reason: format!("{} of {} operations ended in an error", totals.errors, totals.operations) }
    }
}

impl TokenFigures {
    fn of(totals: &Totals) -> Self {
        Self {
            before: totals.before,
            after: totals.after,
            saved: totals.saved(),
            savings_rate: totals.savings_rate(),
            samples: totals.samples,
            estimated: totals.estimated,
        }
    }
}

impl LatencyFigures {
    fn of(sketch: &Sketch) -> Self {
        let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|q| sketch.quantile(q));
        Self { p50, p95, p99, samples: sketch.count(), relative_error: Sketch::RELATIVE_ERROR }
    }
}

impl CostFigures {
    fn of(totals: &Totals, models: &Breakdown) -> Self {
        let unpriced = models.iter().filter(|(_, model)| model.unpriced > 0);
        Self {
            spent: totals.cost(),
            priced_calls: totals.priced,
            unpriced_calls: totals.unpriced,
            unpriced_models: unpriced.map(|(name, _)| name.to_owned()).collect(),
            saved_gross: totals.saved_cost(),
            saved_samples: totals.saved_priced,
            lost_discount: totals.lost_discount().map(|(dollars, ..)| dollars),
            lost_samples: totals.lost_discount().map_or(0, |(_, samples, _)| samples),
            lost_basis: totals.lost_discount().map(|(.., basis)| basis),
            saved_net: totals.saved_net(),
            saved_share: totals.saved_share(),
            roi: totals.roi(),
            prices_from: pricing::date(),
        }
    }
}

/// Lists a breakdown, the names with the most tokens before first.
pub(super) fn rows(breakdown: &Breakdown) -> Vec<Row> {
    let mut rows: Vec<Row> = breakdown.iter().map(|(name, totals)| row(name, totals)).collect();
    sort_by_key(&mut rows, |row| std::cmp::Reverse((row.tokens.before, row.input_tokens, row.operations)));
    rows
}

fn row(name: &str, totals: &Totals) -> Row {
    Row {
        name: name.to_owned(),
        operations: totals.operations,
        errors: totals.errors,
        tokens: TokenFigures::of(totals),
        input_tokens: totals.input,
        output_tokens: totals.output,
        cost: totals.cost(),
        unpriced_calls: totals.unpriced,
    }
}

object!(Figures {
    operations,
    calls,
    errors,
    error_rate,
    tokens,
    usage,
    cache,
    latency,
    optimize_latency,
    cost,
    health
});
object!(Health { status, reason });
object!(TokenFigures { before, after, saved, savings_rate, samples, estimated });
object!(UsageFigures { input_tokens, output_tokens, cache_read, cache_write, reasoning_tokens });
object!(CacheFigures { lookups, hits, hit_rate });
object!(LatencyFigures { p50, p95, p99, samples, relative_error });
object!(CostFigures {
    spent,
    priced_calls,
    unpriced_calls,
    unpriced_models,
    saved_gross,
    saved_samples,
    lost_discount,
    lost_samples,
    lost_basis,
    saved_net,
    saved_share,
    roi,
    prices_from
});
object!(Row { name, operations, errors, input_tokens, output_tokens, cost, unpriced_calls }..tokens);
