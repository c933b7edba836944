//! Records of what was spent and saved, and what can be said of them.
//!
//! The newest records are kept whole; those that leave are rolled up by hour, by day and over all time. An answer folds
//! the newest records and the rollups, so that a record can be corrected while it is among the newest.

pub mod calendar;
pub mod decimal;
mod export;
mod figures;
pub mod json;
mod markdown;
mod persist;
pub mod pricing;
mod record;
mod report;
mod rollup;
mod series;
mod sketch;
mod top;
mod totals;
mod usage;

use serde::Serialize;

use crate::error::Result;
use series::Series;
use totals::nanos;

pub use export::Format;
pub use figures::{CacheFigures, CostFigures, Figures, LatencyFigures, Row, TokenFigures, UsageFigures};
pub use pricing::{Prices, Rates};
pub use record::{FormUse, Operation, Record};
pub use report::{Effectiveness, Point, Recommendation, Report};
pub use rollup::{Breakdown, OTHER, Rollup};
pub use series::RECENT;
pub use sketch::Sketch;
pub use top::{Consumer, Heaviest};
pub use totals::Totals;
pub use usage::Usage;

/// Everything measured by one instance.
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    series: Series,
    /// What calls cost; the user's own prices are set here. They are configuration, so they are not in the snapshot.
    pub prices: Prices,
}

/// What became of a record.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Recorded {
    /// Dollars of the call, or `None` when it has no usage or no price.
    pub cost: Option<f64>,
    /// The model of a call with usage and without a price; empty when the call did not name one.
    pub unpriced: Option<String>,
    /// It took the place of an earlier record with the same id.
    pub replaced: bool,
}

/// The totals since the first record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// When this was asked, in milliseconds since the epoch.
    pub at: f64,
    /// The moment of the first record, or `None` without any.
    pub since: Option<f64>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The heaviest consumers by each dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Top {
    /// By user.
    pub users: Vec<Consumer>,
    /// By task.
    pub tasks: Vec<Consumer>,
    /// By model.
    pub models: Vec<Consumer>,
    /// By tag; a record with several tags counts for each.
    pub tags: Vec<Consumer>,
}

impl Metrics {
    /// Takes one record in, priced where a price is known. A record from the future is dated `now`.
    pub fn record(&mut self, mut record: Record, now: f64) -> Result<Recorded> {
        record.check()?;
        record.bound();
        // Whole milliseconds and microseconds come back from JSON as they were; 17 digits would not.
        record.at = record.at.min(now).floor();
        record.latency_ms = record.latency_ms.map(|ms| (ms * 1e3).round() / 1e3);
        self.price(&mut record);
        for dollars in [&mut record.cost, &mut record.saved_cost, &mut record.lost_discount] {
            *dollars = dollars.map(nanos);
        }
        let cost = record.cost;
        let unpriced = (record.usage.is_some() && cost.is_none()).then(|| record.model.clone().unwrap_or_default());
        let replaced = self.series.push(record);
        Ok(Recorded { cost, unpriced, replaced })
    }

    fn price(&mut self, record: &mut Record) {
        let Some(model) = record.model.as_deref() else { return };
        let (provider, at) = (record.provider.as_deref(), record.at);
        let mut rates = |tokens| self.prices.rates(provider, model, at, tokens);
        if let (Some(before), Some(after)) = (record.tokens_before, record.tokens_after) {
            let dollars = |tokens: u64, rates: Option<Rates>| Some(tokens as f64 * rates?.input? / 1e6);
            let pair = dollars(before, rates(before)).zip(dollars(after, rates(after)));
            record.saved_cost = pair.map(|(before, after)| before - after);
        }
        let Some(usage) = record.usage else { return };
        let Some(rates) = rates(usage.input_tokens) else { return };
        record.cost = record.cost.or_else(|| rates.cost(&usage));
        let discount = rates.input.zip(rates.cache_read).map(|(input, read)| input - read);
        record.lost_discount = record.cache_read_before.zip(discount).map(|(would, discount)| {
            // What was cached in the longer prompt and no longer is; negative where more is cached now.
            (would as f64 - usage.cache_read as f64) * discount / 1e6
        });
    }

    /// Sums up everything since the first record.
    pub fn snapshot(&self, now: f64) -> Snapshot {
        let all = self.all();
        Snapshot { at: now, since: all.since, figures: Figures::of(&all) }
    }

    /// Rolls up everything since the first record.
    pub fn all(&self) -> Rollup {
        self.series.all()
    }

    /// Rolls up the records of `from..=to` (ms since the epoch).
    ///
    /// The newest [`RECENT`] records are placed exactly; older ones by the hour, and in windows of more than two weeks by
    /// the day, so that such a window may reach back to the beginning of its first hour or day.
    pub fn window(&self, from: f64, to: f64) -> Rollup {
        self.series.window(from, to)
    }

    /// Sums up the records of `from..=to`, placed as [`Metrics::window`] places them, without the breakdowns.
    pub fn totals(&self, from: f64, to: f64) -> Totals {
        self.series.totals(from, to)
    }

    /// Sketches the latencies of `from..=to`, placed as [`Metrics::window`] places them.
    pub fn latency(&self, from: f64, to: f64) -> Sketch {
        self.series.latency(from, to)
    }

    /// Reports on the last `hours` hours, the current one included: at least 1, at most a leap year.
    pub fn report(&self, now: f64, hours: u32) -> Report {
        report::report(&self.series, now, hours)
    }

    /// Compares tokens before and after by form, tier and kind of content over the last `hours` hours.
    pub fn effectiveness(&self, now: f64, hours: u32) -> Effectiveness {
        report::effectiveness(&self.series, now, hours)
    }

    /// Lists the `n` heaviest users, tasks, models and tags.
    pub fn top(&self, n: usize) -> Top {
        let [users, tasks, models, tags] = self.series.heaviest().map(|heaviest| heaviest.top(n));
        Top { users, tasks, models, tags }
    }

    /// Lists the newest records, oldest first.
    pub fn recent(&self) -> impl Iterator<Item = &Record> {
        self.series.recent()
    }

    /// Writes what is known in a format that other tools read.
    pub fn export(&self, format: Format, now: f64) -> String {
        export::export(self, format, now)
    }

    /// Forgets all records; prices stay.
    pub fn clear(&mut self) {
        self.series = Series::default();
    }

    /// Writes the state as versioned bytes with a checksum.
    pub fn snapshot_bytes(&self) -> Result<Vec<u8>> {
        Ok(persist::write(&self.series))
    }

    /// Takes the place of the current state with what [`Metrics::snapshot_bytes`] wrote.
    ///
    /// Bytes that are damaged or of another version are [`ErrorKind::CorruptRecord`](crate::ErrorKind::CorruptRecord),
    /// and the current state stays.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        self.series = persist::read(bytes)?;
        Ok(())
    }
}
