//! What is left of records: two weeks by the hour, a year by the day, and what is older summed up. Each record is in one
//! of the three, and in the lists of the heaviest consumers.

use super::calendar::{DAY, HOUR};
use super::query::Span;
use super::record::Record;
use super::rollup::Rollup;
use super::top::Heaviest;
use super::totals::Totals;
use trimtab_codec::codec;
use trimtab_ordered::Map;

/// Two weeks of hours.
pub(super) const HOURS: usize = 14 * 24;
/// A leap year of days.
const DAYS: usize = 366;

/// Sums over records, by time.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sums {
    hours: Map<i64, Rollup>,
    days: Map<i64, Rollup>,
    older: Rollup,
    heaviest: [Heaviest; 4],
}

// The heaviest first, so that they can be read alone.
codec!(Sums { heaviest, hours, days, older });

impl Sums {
    /// Adds one record.
    pub(super) fn add(&mut self, record: &Record) {
        self.hours.update(bucket(record.at, HOUR), |hour| hour.add(record));
        count_consumers(&mut self.heaviest, record);
        self.fold();
    }

    /// Adds all that `other` holds.
    pub(super) fn merge(&mut self, other: &Self) {
        for (known, more) in [(&mut self.hours, &other.hours), (&mut self.days, &other.days)] {
            for (key, part) in more.iter() {
                known.update(*key, |known| known.merge(part));
            }
        }
        self.older.merge(&other.older);
        merge_consumers(&mut self.heaviest, &other.heaviest);
        self.fold();
    }

    fn fold(&mut self) {
        while self.hours.len() > HOURS {
            let Some((key, part)) = self.hours.take_first() else { break };
            self.days.update(key.div_euclid(24), |day| day.merge(&part));
        }
        while self.days.len() > DAYS {
            let Some((_, part)) = self.days.take_first() else { break };
            self.older.merge(&part);
        }
    }

    /// Everything.
    pub(super) fn all(&self) -> Rollup {
        let mut all = self.older.clone();
        self.days.iter().chain(self.hours.iter()).for_each(|(_, part)| all.merge(part));
        all
    }

    /// The hours and days that overlap a stretch of time.
    pub(super) fn parts(&self, from: f64, to: f64) -> impl Iterator<Item = &Rollup> {
        let (last_hour, last_day) = (bucket(to, HOUR), bucket(to, DAY));
        let hours = self.hours.from(&bucket(from, HOUR)).take_while(move |(key, _)| **key <= last_hour);
        let days = self.days.from(&bucket(from, DAY)).take_while(move |(key, _)| **key <= last_day);
        hours.chain(days).map(|(_, part)| part)
    }

    /// One rollup for each step of an hour or a day. Where only days are left, a step of an hour has nothing.
    pub(super) fn steps(&self, span: &Span) -> Vec<(i64, Rollup)> {
        let mut steps: Vec<(i64, Rollup)> = (span.first..=span.last).map(|step| (step, Rollup::default())).collect();
        let hours = self.hours.iter().map(|(key, part)| (*key as f64 * HOUR, part));
        let days = self.days.iter().map(|(key, part)| (*key as f64 * DAY, part));
        for (start, part) in hours.chain(days.filter(|_| span.width == DAY)) {
            if let Some((_, step)) = span.place(start).and_then(|place| steps.get_mut(place)) {
                step.merge(part);
            }
        }
        steps
    }

    /// Consumers by user, task, model and tag.
    pub(super) const fn heaviest(&self) -> &[Heaviest; 4] {
        &self.heaviest
    }
}

/// The number of the step of `width` that holds a moment.
pub(super) fn bucket(at: f64, width: f64) -> i64 {
    (at / width).floor() as i64
}

/// Adds consumers of other records.
pub(super) fn merge_consumers(heaviest: &mut [Heaviest; 4], more: &[Heaviest; 4]) {
    for (heaviest, more) in heaviest.iter_mut().zip(more) {
        heaviest.merge(more);
    }
}

/// Counts a record for its user, task, model and tags.
pub(super) fn count_consumers(heaviest: &mut [Heaviest; 4], record: &Record) {
    let [users, tasks, models, tags] = heaviest;
    let (tokens, totals) = (record.weight(), Totals::of(record));
    for (heaviest, name) in [(users, &record.user), (tasks, &record.task), (models, &record.model)] {
        if let Some(name) = name {
            heaviest.add(name, tokens, &totals);
        }
    }
    record.tags.iter().for_each(|tag| tags.add(tag, tokens, &totals));
}
