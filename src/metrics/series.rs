//! What is kept, and for how long: the newest records whole, two weeks by hour, a year by day, and all of it summed up.

use std::collections::VecDeque;

use super::calendar::{DAY, HOUR};
use super::query::{Filter, Query, Span};
use super::record::Record;
use super::rollup::Rollup;
use super::sketch::Sketch;
use super::top::Heaviest;
use super::totals::Totals;
use crate::codec::codec;
use crate::ordered::Map;

/// The newest records, kept whole.
pub const RECENT: usize = 1_024;
/// Two weeks of hours.
pub(super) const HOURS: usize = 14 * 24;
/// A leap year of days.
const DAYS: usize = 366;
/// Ids remembered after their record was rolled up.
const IDS: usize = 4_096;

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Series {
    recent: VecDeque<Record>,
    rolled_ids: VecDeque<u64>,
    hours: Map<i64, Rollup>,
    days: Map<i64, Rollup>,
    older: Rollup,
    heaviest: [Heaviest; 4],
}

impl Series {
    /// Takes a record in; true when it replaced one with the same id.
    ///
    /// A late repetition of an id that is rolled up already is left out: it can't be taken back, and counting it twice
    /// would be the greater lie.
    pub(super) fn push(&mut self, record: Record) -> bool {
        if let Some(id) = record.id.as_deref() {
            if let Some(known) = self.recent.iter_mut().rev().find(|known| known.id.as_deref() == Some(id)) {
                *known = record;
                return true;
            }
            if self.rolled_ids.contains(&fingerprint(id.as_bytes())) {
                return true;
            }
        }
        self.recent.push_back(record);
        while self.recent.len() > RECENT {
            self.roll_up_oldest();
        }
        false
    }

    fn roll_up_oldest(&mut self) {
        let Some(record) = self.recent.pop_front() else { return };
        if let Some(id) = record.id.as_deref() {
            self.rolled_ids.push_back(fingerprint(id.as_bytes()));
            while self.rolled_ids.len() > IDS {
                self.rolled_ids.pop_front();
            }
        }
        add_to_bucket(&mut self.hours, bucket(record.at, HOUR), &record, HOURS);
        add_to_bucket(&mut self.days, bucket(record.at, DAY), &record, DAYS);
        self.older.add(&record);
        count_consumers(&mut self.heaviest, &record);
    }

    /// The newest records, oldest first.
    pub(super) fn recent(&self) -> impl Iterator<Item = &Record> {
        self.recent.iter()
    }

    /// Everything since the first record.
    pub(super) fn all(&self) -> Rollup {
        let mut all = self.older.clone();
        self.recent.iter().for_each(|record| all.add(record));
        all
    }

    /// The records between two moments, as far as they can still be told apart.
    pub(super) fn window(&self, from: f64, to: f64) -> Rollup {
        let mut rollup = Rollup::default();
        self.rolled(from, to).for_each(|part| rollup.merge(part));
        self.recent_in(from, to).for_each(|record| rollup.add(record));
        rollup
    }

    /// The sums of the same records: no names are touched, so this is for what asks often.
    pub(super) fn totals(&self, from: f64, to: f64) -> Totals {
        let mut totals = Totals::default();
        self.rolled(from, to).for_each(|part| totals.merge(&part.totals));
        self.recent_in(from, to).for_each(|record| totals.merge(&Totals::of(record)));
        totals
    }

    /// The latencies of the same records.
    pub(super) fn latency(&self, from: f64, to: f64) -> Sketch {
        let mut latency = Sketch::default();
        self.rolled(from, to).for_each(|part| latency.merge(&part.latency));
        self.recent_in(from, to).filter_map(|record| record.latency_ms).for_each(|ms| latency.add(ms));
        latency
    }

    /// The sums of those that a filter accepts, of what is still whole.
    pub(super) fn totals_of(&self, from: f64, to: f64, filter: &Filter) -> Totals {
        let mut totals = Totals::default();
        let accepted = self.recent_in(from, to).filter(|record| filter.accepts(record));
        accepted.for_each(|record| totals.merge(&Totals::of(record)));
        totals
    }

    /// The latencies of those that a filter accepts, of what is still whole.
    pub(super) fn latency_of(&self, from: f64, to: f64, filter: &Filter) -> Sketch {
        let mut latency = Sketch::default();
        let accepted = self.recent_in(from, to).filter(|record| filter.accepts(record));
        accepted.filter_map(|record| record.latency_ms).for_each(|ms| latency.add(ms));
        latency
    }

    /// About how many bytes all of it takes.
    pub(super) fn bytes(&self) -> usize {
        200 * self.recent.len() + 1_000 * (self.hours.len() + self.days.len())
    }

    fn rolled(&self, from: f64, to: f64) -> impl Iterator<Item = &Rollup> {
        let by_day = to - from > HOURS as f64 * HOUR;
        let (buckets, width) = if by_day { (&self.days, DAY) } else { (&self.hours, HOUR) };
        let first = bucket(from, width);
        let last = bucket(to, width).max(first);
        buckets.from(&first).take_while(move |(key, _)| **key <= last).map(|(_, part)| part)
    }

    fn recent_in(&self, from: f64, to: f64) -> impl Iterator<Item = &Record> {
        self.recent.iter().filter(move |record| (from..=to).contains(&record.at))
    }

    /// One rollup for each step of an hour or a day.
    pub(super) fn steps(&self, span: &Span) -> Vec<(i64, Rollup)> {
        let buckets = if span.width == DAY { &self.days } else { &self.hours };
        let rolled = |step: &i64| buckets.get(step).cloned().unwrap_or_default();
        let mut steps: Vec<(i64, Rollup)> = (span.first..=span.last).map(|step| (step, rolled(&step))).collect();
        for record in &self.recent {
            if let Some((_, step)) = span.place(record.at).and_then(|place| steps.get_mut(place)) {
                step.add(record);
            }
        }
        steps
    }

    /// Shows the records that are still whole and that a question is about, oldest first.
    pub(super) fn each(&self, query: &Query, show: &mut dyn FnMut(&Record)) {
        self.recent.iter().filter(|record| query.accepts(record)).for_each(show);
    }

    /// How far back records are whole.
    pub(super) fn rows_since(&self) -> Option<f64> {
        self.recent.iter().map(|record| record.at).reduce(f64::min)
    }

    /// Consumers by user, task, model and tag.
    pub(super) fn heaviest(&self) -> [Heaviest; 4] {
        let mut heaviest = self.heaviest.clone();
        self.recent.iter().for_each(|record| count_consumers(&mut heaviest, record));
        heaviest
    }
}

codec!(Series { recent, rolled_ids, hours, days, older, heaviest });

/// The number of the step of `width` that holds a moment.
pub(super) fn bucket(at: f64, width: f64) -> i64 {
    (at / width).floor() as i64
}

fn add_to_bucket(buckets: &mut Map<i64, Rollup>, key: i64, record: &Record, most: usize) {
    buckets.update(key, |part| part.add(record));
    while buckets.len() > most {
        buckets.remove_first();
    }
}

pub(super) fn count_consumers(heaviest: &mut [Heaviest; 4], record: &Record) {
    let [users, tasks, models, tags] = heaviest;
    let (tokens, totals) = (record.weight(), Totals::of(record));
    let named = [(users, &record.user), (tasks, &record.task), (models, &record.model)];
    for (heaviest, name) in named {
        if let Some(name) = name {
            heaviest.add(name, tokens, &totals);
        }
    }
    record.tags.iter().for_each(|tag| tags.add(tag, tokens, &totals));
}

/// FNV-1a: short, and the same on every runtime. It tells ids apart and finds damage; it does not keep secrets.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(id: Option<&str>, at: f64, before: u64) -> Record {
        Record {
            id: id.map(str::to_owned),
            at,
            tokens_before: Some(before),
            tokens_after: Some(0),
            ..Record::default()
        }
    }

    #[test]
    fn rolling_up_loses_no_sum() {
        let mut series = Series::default();
        for number in 0..5_000_u64 {
            series.push(saved(None, number as f64 * 60_000.0, number));
        }
        assert_eq!(series.recent().count(), RECENT);
        let (all, window) = (series.all(), series.window(0.0, 5_000.0 * 60_000.0));
        assert_eq!(all.totals.before, 4_999 * 5_000 / 2);
        assert_eq!(window.totals, all.totals);
        assert_eq!(series.totals(0.0, 5_000.0 * 60_000.0), all.totals);
        assert_eq!(series.latency(0.0, 5_000.0 * 60_000.0), window.latency);
        let by_hour: u64 =
            series.steps(&Span::new(5_000.0 * 60_000.0, 100, None)).iter().map(|(_, step)| step.totals.before).sum();
        assert_eq!(by_hour, all.totals.before);
    }

    #[test]
    fn the_last_record_of_an_id_holds() {
        let mut series = Series::default();
        assert!(!series.push(saved(Some("a"), 1.0, 10)));
        assert!(series.push(saved(Some("a"), 2.0, 25)));
        assert_eq!((series.all().totals.operations, series.all().totals.before), (1, 25));
    }

    #[test]
    fn an_id_is_never_counted_twice_even_when_it_is_rolled_up() {
        let mut series = Series::default();
        series.push(saved(Some("a"), 1.0, 10));
        for _ in 0..RECENT {
            series.push(saved(None, 1.0, 0));
        }
        assert!(series.push(saved(Some("a"), 2.0, 25)));
        assert_eq!(series.all().totals.before, 10);
    }

    #[test]
    fn memory_is_bounded_in_time_too() {
        let mut series = Series::default();
        for day in 0..3_000_u64 {
            series.push(saved(Some(&day.to_string()), day as f64 * DAY, 1));
        }
        assert_eq!((series.hours.len(), series.days.len()), (HOURS, DAYS));
        assert!(series.rolled_ids.len() <= IDS);
        assert_eq!(series.all().totals.before, 3_000, "the total outlives the hours");
    }

    #[test]
    fn a_window_leaves_out_what_is_before_and_after() {
        let mut series = Series::default();
        for hour in 0..10_u64 {
            series.push(saved(None, hour as f64 * HOUR, 1 << hour));
        }
        assert_eq!(series.window(2.0 * HOUR, 4.0 * HOUR).totals.before, 0b11100);
        assert_eq!(series.window(4.0 * HOUR, 2.0 * HOUR).totals.before, 0, "a clock that went back shows nothing");
    }
}
