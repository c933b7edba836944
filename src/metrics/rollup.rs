//! Many records in the space of a few: sums, a latency sketch, and the sums again by model, tier, form, kind and so on.

use super::latency::Latency;
use super::record::Record;
use super::totals::Totals;
use trimtab_codec::{Codec, Reader, codec};
use trimtab_ordered::Map;

/// Names kept apart in one breakdown; the rest is summed up as [`OTHER`].
const NAMES: usize = 32;
/// Stands for all names beyond the bound.
pub const OTHER: &str = "(other)";

/// Sums by name, for a bounded number of names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Breakdown(Map<String, Totals>);

impl Breakdown {
    pub(super) fn add(&mut self, name: &str, totals: &Totals) {
        if let Some(known) = self.0.get_mut(name) {
            return known.merge(totals);
        }
        let named = self.0.len() - usize::from(self.0.contains_key(OTHER));
        let name = if named < NAMES { name } else { OTHER };
        self.0.update(name.to_owned(), |known| known.merge(totals));
    }

    fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(name, totals)| self.add(name, totals));
    }

    /// Lists names with their sums, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Totals)> {
        self.0.iter().map(|(name, totals)| (name.as_str(), totals))
    }
}

/// What is left of the records of an hour, a day or any window.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rollup {
    /// The sums over all.
    pub totals: Totals,
    /// How long they took.
    pub latency: Latency,
    /// By model.
    pub models: Breakdown,
    /// By tier.
    pub tiers: Breakdown,
    /// By lossless form: tokens before and after are those that the form rewrote.
    pub forms: Breakdown,
    /// By kind of content.
    pub kinds: Breakdown,
    /// By operation.
    pub operations: Breakdown,
    /// By error code.
    pub errors: Breakdown,
    /// The moment of the first record, in milliseconds since the epoch.
    pub since: Option<f64>,
}

impl Rollup {
    /// Adds one record.
    pub fn add(&mut self, record: &Record) {
        let totals = Totals::of(record);
        self.totals.merge(&totals);
        self.latency.add(record);
        let named = [
            (&mut self.models, &record.model),
            (&mut self.tiers, &record.tier),
            (&mut self.kinds, &record.kind),
            (&mut self.errors, &record.error),
        ];
        for (breakdown, name) in named {
            if let Some(name) = name {
                breakdown.add(name, &totals);
            }
        }
        self.operations.add(record.operation.name(), &totals);
        self.add_forms(record);
        self.begin(record.at);
    }

    /// Takes note of the moment of a record.
    pub(super) fn begin(&mut self, at: f64) {
        self.since = earlier(self.since, Some(at));
    }

    fn add_forms(&mut self, record: &Record) {
        for used in &record.forms {
            self.forms.add(&used.form, &Totals::of_form(used.before, used.after, record.exact));
        }
    }

    /// Adds all that `other` holds.
    pub fn merge(&mut self, other: &Self) {
        self.totals.merge(&other.totals);
        self.latency.merge(&other.latency);
        self.models.merge(&other.models);
        self.tiers.merge(&other.tiers);
        self.forms.merge(&other.forms);
        self.kinds.merge(&other.kinds);
        self.operations.merge(&other.operations);
        self.errors.merge(&other.errors);
        self.since = earlier(self.since, other.since);
    }
}

codec!(Rollup { totals, latency, models, tiers, forms, kinds, operations, errors, since });

impl Codec for Breakdown {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Map::read(reader).filter(|names| names.len() <= NAMES + 1).map(Self)
    }
}

fn earlier(one: Option<f64>, two: Option<f64>) -> Option<f64> {
    one.into_iter().chain(two).reduce(f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_the_bound_are_summed_up_and_none_is_lost() {
        let mut rollup = Rollup::default();
        for number in 0..100 {
            let model = Some(format!("model-{number:03}"));
            rollup.add(&Record { model, tokens_before: Some(10), tokens_after: Some(4), ..Record::default() });
        }
        assert_eq!(rollup.models.iter().count(), NAMES + 1);
        assert_eq!(rollup.models.iter().map(|(_, totals)| totals.saved()).sum::<i64>(), 600);
        assert_eq!(rollup.models.iter().find(|(name, _)| *name == OTHER).unwrap().1.samples, 68);
        let mut merged = Rollup::default();
        merged.merge(&rollup);
        assert_eq!(merged, rollup, "what is full stays as it is");
    }

    #[test]
    fn merging_is_adding() {
        let records: Vec<Record> = (0..40_u64)
            .map(|number| Record {
                at: number as f64,
                tier: Some(format!("tier-{}", number % 3)),
                latency_ms: Some(number as f64),
                cached: Some(number % 2 == 0),
                ..Record::default()
            })
            .collect();
        let (mut all, mut left, mut right) = (Rollup::default(), Rollup::default(), Rollup::default());
        records.iter().for_each(|record| all.add(record));
        records.iter().take(15).for_each(|record| left.add(record));
        records.iter().skip(15).for_each(|record| right.add(record));
        right.merge(&left);
        assert_eq!(right, all);
    }
}
