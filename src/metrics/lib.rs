//! Records of what was spent and saved, and what can be said of them.
//!
//! The newest records are kept whole; those that leave are rolled up by hour, by day and over all time. An answer folds
//! the newest records and the rollups, so that a record can be corrected while it is among the newest.

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

pub mod calendar;
mod columns;
pub mod decimal;
mod dimension;
mod export;
mod figures;
pub mod json;
mod latency;
mod part;
pub mod prefix;
pub mod pricing;
mod query;
mod record;
mod report;
mod rollup;
mod series;
mod sketch;
mod sums;
mod top;
mod totals;
mod usage;

use std::collections::VecDeque;

use hashbrown::HashMap;
use serde_json::Value;

use series::Series;
use totals::nanos;
use trimtab_error::{Error, ErrorKind, Result};
use trimtab_ordered::{sort, sort_by};

pub use export::Format;
pub use figures::{CacheFigures, CostFigures, Figures, Health, LatencyFigures, Row, TokenFigures, UsageFigures};
pub use latency::Latency;
pub use part::PREFIX;
pub use pricing::{Prices, Rates};
pub use query::{Filter, Query};
pub use record::{FormUse, Operation, Record};
pub use report::{Effectiveness, Group, Groups, Point, Projection, Recommendation, Report};
pub use rollup::{Breakdown, OTHER, Rollup};
pub use series::{Limits, RECENT};
pub use sketch::Sketch;
pub use top::{Consumer, Heaviest, Order};
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    /// Dollars of the call, or `None` when it has no usage or no price.
    pub cost: Option<f64>,
    /// The model of a call with usage and without a price; empty when the call did not name one.
    pub unpriced: Option<String>,
    /// It took the place of an earlier record with the same id.
    pub replaced: bool,
}

/// What became of records from elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Taken in.
    pub added: usize,
    /// Known already.
    pub skipped: usize,
    /// Not a record, or one with figures that can't be.
    pub refused: usize,
}

/// The totals since the first record.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// When this was asked, in milliseconds since the epoch.
    pub at: f64,
    /// The moment of the first record, or `None` without any.
    pub since: Option<f64>,
    /// How far back records are whole.
    pub rows_since: Option<f64>,
    /// The figures.
    pub figures: Figures,
}

/// The heaviest consumers by each dimension.
#[derive(Debug, Clone, PartialEq)]
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

/// What a cached token is cheaper by, in dollars for a million.
fn discount(rates: Rates) -> Option<f64> {
    rates.input.zip(rates.cache_read).map(|(input, read)| input - read)
}

/// Dollars of the discount on what was cached in the longer prompt and no longer is; negative where more is cached now.
fn lost(before: u64, after: u64, each: f64) -> f64 {
    (before as f64 - after as f64) * each / 1e6
}

impl Top {
    fn of(heaviest: &[Heaviest; 4], n: usize, order: Order) -> Self {
        let [users, tasks, models, tags] = heaviest.each_ref().map(|heaviest| heaviest.top(n, order));
        Self { users, tasks, models, tags }
    }
}

/// What can be filtered by: all names there are, or the 128 with the most tokens.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each is named for what it lists")]
pub struct Names {
    pub users: Vec<String>,
    pub tasks: Vec<String>,
    pub models: Vec<String>,
    pub tags: Vec<String>,
    pub tiers: Vec<String>,
    pub kinds: Vec<String>,
    pub operations: Vec<String>,
    pub providers: Vec<String>,
    pub errors: Vec<String>,
}

/// Records of an export that does not say how many: some 25 MB of JSON.
const EXPORTED: usize = 100_000;

/// Names listed of one dimension.
const NAMES: usize = 128;

impl Metrics {
    /// Takes one record in, priced where a price is known. A record from the future is dated `now`.
    pub fn record(&mut self, mut record: Record, now: f64) -> Result<Recorded> {
        record.check()?;
        record.bound();
        self.prepare(&mut record, now);
        let cost = record.cost;
        let unpriced = (record.usage.is_some() && cost.is_none()).then(|| record.model.clone().unwrap_or_default());
        let replaced = self.series.push(record, now);
        Ok(Recorded { cost, unpriced, replaced })
    }

    fn prepare(&mut self, record: &mut Record, now: f64) {
        // Whole milliseconds and microseconds come back from JSON as they were; 17 digits would not.
        record.at = record.at.min(now).floor();
        record.latency_ms = record.latency_ms.map(|ms| (ms * 1e3).round() / 1e3);
        self.price(record);
        for dollars in [&mut record.cost, &mut record.saved_cost, &mut record.lost_discount] {
            *dollars = dollars.map(nanos);
        }
    }

    fn price(&mut self, record: &mut Record) {
        let Some(model) = record.model.as_deref() else { return };
        let (provider, at) = (record.provider.as_deref(), record.at);
        let mut rates = |tokens| self.prices.rates(provider, model, at, tokens);
        if let (Some(before), Some(after)) = (record.tokens_before, record.tokens_after) {
            let dollars = |tokens: u64, rates: Option<Rates>| Some(tokens as f64 * rates?.input? / 1e6);
            let pair = dollars(before, rates(before)).zip(dollars(after, rates(after)));
            record.saved_cost = pair.map(|(before, after)| before - after);
            if let Some((read_before, read_after)) = record.cache_read_before.zip(record.cache_read_after) {
                record.lost_discount = rates(before).and_then(discount).map(|each| lost(read_before, read_after, each));
            }
        }
        let Some(usage) = record.usage else { return };
        let Some(rates) = rates(usage.input_tokens) else { return };
        record.cost = record.cost.or_else(|| rates.cost(&usage));
        if let Some((would, each)) = record.cache_read_before.zip(discount(rates)) {
            record.lost_discount = Some(lost(would, usage.cache_read, each));
        }
    }

    /// Sums up everything since the first record, or the records of it that a question accepts.
    pub fn snapshot(&self, query: &Query, now: f64) -> Snapshot {
        let all = self.rolled(query);
        Snapshot { at: now, since: all.since, rows_since: self.series.rows_since(), figures: Figures::of(&all) }
    }

    /// Rolls up what a question is about, placed as [`Metrics::window`] places it where no record has to be looked at.
    pub fn rolled(&self, query: &Query) -> Rollup {
        if query.is_of_sums() {
            return query.span.map_or_else(|| self.all(), |span| self.window(span.from(), span.to));
        }
        let mut all = Rollup::default();
        self.series.each(query, false, &mut |record| all.add(record));
        all
    }

    /// The whole records that a question accepts, oldest first: the newest of them where it has a limit.
    fn rows(&self, query: &Query) -> Vec<Record> {
        let (most, mut rows) = (query.limit.unwrap_or(EXPORTED), VecDeque::new());
        self.series.each(query, true, &mut |record| {
            rows.push_back(record.clone());
            if rows.len() > most {
                rows.pop_front();
            }
        });
        rows.into()
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

    /// Sums up the records of `from..=to` that a filter accepts, placed as [`Metrics::window`] places them.
    pub fn totals(&self, from: f64, to: f64, filter: &Filter) -> Totals {
        self.series.totals(from, to, filter)
    }

    /// Sketches the latencies of the same records.
    pub fn latency(&self, from: f64, to: f64, filter: &Filter) -> Sketch {
        self.series.latency(from, to, filter)
    }

    /// Takes in records from elsewhere, in an array or under `records`; what is known already is skipped.
    ///
    /// Two records are the same when all of their fields are. One that can't be is refused, and the others are taken.
    pub fn import(&mut self, value: &Value, now: f64) -> Result<Imported> {
        let list = value.as_array().or_else(|| value.get("records")?.as_array());
        let list = list.ok_or_else(|| Error::new(ErrorKind::InvalidInput, "there are no `records` to take in"))?;
        // Not a set: the map of numbers is there already, and each further type is 2 KB of wasm.
        let mut known = HashMap::new();
        self.series.each(&Query::default(), true, &mut |record| {
            known.insert(record.fingerprint(), 0_u64);
        });
        let mut imported = Imported::default();
        for value in list {
            match Record::from_json(value, now) {
                Ok(mut record) => {
                    record.bound();
                    self.prepare(&mut record, now);
                    if known.insert(record.fingerprint(), 0).is_none() {
                        self.series.push(record, now);
                        imported.added += 1;
                    } else {
                        imported.skipped += 1;
                    }
                }
                Err(_) => imported.refused += 1,
            }
        }
        Ok(imported)
    }

    /// Reports on the stretch of time that a question is about.
    pub fn report(&self, query: &Query, now: f64) -> Report {
        report::report(&self.series, query, now)
    }

    /// Compares tokens before and after by form, tier and kind of content.
    pub fn effectiveness(&self, query: &Query, now: f64) -> Effectiveness {
        report::effectiveness(&self.series, query, now)
    }

    /// Gives one series, or one for each name of the dimension that a question is split by.
    pub fn series(&self, query: &Query, now: f64) -> Groups {
        report::groups(&self.series, query, now)
    }

    /// Lists the `limit` heaviest users, tasks, models and tags: 10 where the question does not say.
    pub fn top(&self, query: &Query) -> Result<Top> {
        let order = query.order.as_deref().map_or(Ok(Order::default()), Order::from_name)?;
        Ok(Top::of(&self.series.consumers(query), query.limit.unwrap_or(10), order))
    }

    /// Lists the newest records that a question accepts, newest first: 100 where it does not say.
    pub fn records(&self, query: &Query) -> Vec<Record> {
        let (most, mut newest) = (query.limit.unwrap_or(100), Vec::new());
        let cut = |records: &mut Vec<Record>| {
            sort_by(records, |a: &Record, b: &Record| b.at.total_cmp(&a.at));
            records.truncate(most);
        };
        self.series.each(query, true, &mut |record| {
            newest.push(record.clone());
            // Not at each: a list in no order is as quick to sort when it is twice as long.
            if newest.len() > most.saturating_mul(2).saturating_add(1_000) {
                cut(&mut newest);
            }
        });
        cut(&mut newest);
        newest
    }

    /// Lists the names that records can be told apart by.
    pub fn names(&self) -> Names {
        let listed = |breakdown: &Breakdown| breakdown.iter().map(|(name, _)| name.to_owned()).collect();
        let all = self.all();
        let [users, tasks, models, tags] = self.series.heaviest().map(|heaviest| {
            let mut names: Vec<String> = heaviest.top(NAMES, Order::Tokens).into_iter().map(|one| one.name).collect();
            sort(&mut names);
            names
        });
        let providers = self.series.recent().filter_map(|record| record.provider.clone());
        let mut providers: Vec<String> = providers.collect();
        sort(&mut providers);
        providers.dedup();
        let (tiers, kinds) = (listed(&all.tiers), listed(&all.kinds));
        let (operations, errors) = (listed(&all.operations), listed(&all.errors));
        Names { users, tasks, models, tags, tiers, kinds, operations, providers, errors }
    }

    /// Lists the newest records, oldest first.
    pub fn recent(&self) -> impl Iterator<Item = &Record> {
        self.series.recent()
    }

    /// Writes what is known in a format that other tools read.
    pub fn export(&self, format: Format, query: &Query, now: f64) -> String {
        export::export(self, format, query, now)
    }

    /// Forgets all records, in the store too; prices stay.
    pub fn clear(&mut self) {
        self.series.clear();
    }

    /// About how many bytes the records and sums take in the store.
    pub fn bytes(&self) -> usize {
        self.series.bytes()
    }

    /// Names this instance, which no other may be called, and says how much is kept whole.
    pub fn keep(&mut self, writer: &str, limits: Limits) {
        self.series.name_writer(writer);
        self.series.limits = limits;
    }

    /// Whether a key of the store is one of the metrics'.
    pub fn is_key(key: &str) -> bool {
        key.starts_with(PREFIX)
    }

    /// Tells which keys the store has to be told of; [`Metrics::payload`] says what belongs there.
    pub fn take_changed(&mut self, now: f64) -> Vec<String> {
        self.series.take_changed(now)
    }

    /// What belongs under a key, or `None` for nothing.
    pub fn payload(&self, key: &str, now: f64) -> Option<Vec<u8>> {
        self.series.payload(key, now)
    }

    /// Of the keys that a store has, those that are to be read; what is known and no longer there is forgotten.
    pub fn wanted(&mut self, keys: Vec<String>) -> Vec<String> {
        self.series.wanted(keys)
    }

    /// Takes in what the store has under a key; true where it is new.
    ///
    /// Bytes that are damaged or of another version are [`ErrorKind::CorruptRecord`](trimtab_error::ErrorKind::CorruptRecord),
    /// and nothing changes.
    pub fn take_in(&mut self, key: &str, bytes: &[u8]) -> Result<bool> {
        self.series.take_in(key, bytes)
    }

    /// Counts the changes to the parts that were read: where it is the same, so are they.
    pub fn parts(&self) -> u64 {
        self.series.parts_taken()
    }

    /// Takes the sums anew after [`Metrics::take_in`] and [`Metrics::wanted`].
    pub fn settle(&mut self, now: f64) {
        self.series.settle(now);
    }
}

object!(Recorded { cost, unpriced, replaced });
object!(Imported { added, skipped, refused });
object!(Snapshot { at, since, rows_since }..figures);
object!(Top { users, tasks, models, tags });
object!(Names { users, tasks, models, tags, tiers, kinds, operations, providers, errors });
