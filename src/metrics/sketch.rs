//! Quantiles of latencies in bounded memory: a histogram with buckets of equal relative width.
//!
//! The idea is DDSketch's (Masson, Rim and Lee, VLDB 2019) with buckets that split each power of two in 32 equal
//! parts instead of logarithmic ones: the index is read from the bits of the number, so that no logarithm is taken and
//! every runtime puts a value into the same bucket. The price is up to 1.4 times as many buckets.

use trimtab_codec::codec;
use trimtab_ordered::Map;

/// The bits of a double to the right of the bucket's index: 11 of exponent and 5 of fraction are left.
const SHIFT: u32 = 47;
/// Below a microsecond everything is one bucket, and so it is above 11 days.
const RANGE: (f64, f64) = (0.001, 1e9);

/// A mergeable histogram of milliseconds.
///
/// A quantile is off by at most [`Sketch::RELATIVE_ERROR`] between 1 µs and 11 days. At most 1,280 buckets exist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    buckets: Map<u16, u32>,
}

impl Sketch {
    /// How far a quantile may be from the true one, as a share of it.
    pub const RELATIVE_ERROR: f64 = 1.0 / 64.0;

    /// Adds one latency in milliseconds; what is not a number is left out.
    pub fn add(&mut self, ms: f64) {
        if !ms.is_nan() {
            self.add_count(index(ms), 1);
        }
    }

    /// Adds all that `other` holds: the same as if its values had been added one by one.
    pub fn merge(&mut self, other: &Self) {
        if self.buckets.is_empty() {
            return self.clone_from(other);
        }
        for (index, count) in other.buckets.iter() {
            self.add_count(*index, *count);
        }
    }

    fn add_count(&mut self, index: u16, count: u32) {
        self.buckets.update(index, |known| *known = known.saturating_add(count));
    }

    /// How many values it holds.
    pub fn count(&self) -> u64 {
        self.buckets.iter().map(|(_, count)| u64::from(*count)).sum()
    }

    /// The value that a share `q` (0 to 1) of all values does not exceed, or `None` when there are none.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let rank = ((q * self.count() as f64).ceil() as u64).max(1);
        let mut seen = 0;
        let reached = self.buckets.iter().find(|(_, count)| {
            seen += u64::from(**count);
            seen >= rank
        });
        reached.map(|(index, _)| middle(*index))
    }
}

codec!(Sketch { buckets });

fn index(ms: f64) -> u16 {
    let (low, high) = RANGE;
    if ms < low { 0 } else { (ms.min(high).to_bits() >> SHIFT) as u16 }
}

fn middle(index: u16) -> f64 {
    if index == 0 {
        return 0.0;
    }
    let low = f64::from_bits(u64::from(index) << SHIFT);
    let high = f64::from_bits((u64::from(index) + 1) << SHIFT);
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sketch(values: &[f64]) -> Sketch {
        let mut sketch = Sketch::default();
        values.iter().for_each(|value| sketch.add(*value));
        sketch
    }

    /// The oracle: the value of the same rank in the sorted list.
    fn exact(values: &[f64], q: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted[((q * sorted.len() as f64).ceil() as usize).max(1) - 1]
    }

    proptest! {
        #[test]
        fn quantiles_stay_within_the_stated_error(values in prop::collection::vec(0.001..1e8_f64, 1..300), q in 0.0..=1.0_f64) {
            let (found, truth) = (sketch(&values).quantile(q).unwrap(), exact(&values, q));
            prop_assert!((found - truth).abs() <= truth * Sketch::RELATIVE_ERROR, "{found} for {truth}");
        }

        #[test]
        fn merging_is_adding(one in prop::collection::vec(0.0..1e6_f64, 0..50), two in prop::collection::vec(0.0..1e6_f64, 0..50)) {
            let mut merged = sketch(&one);
            merged.merge(&sketch(&two));
            prop_assert_eq!(merged, sketch(&[one, two].concat()));
        }
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(Sketch::default().quantile(0.5), None);
        assert_eq!(sketch(&[f64::NAN]).quantile(0.5), None);
    }

    #[test]
    fn extremes_are_held_in_bounded_memory() {
        let mut sketch = sketch(&[0.0, -5.0, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE]);
        let mut value = 1e-5;
        while value < 1e12 {
            sketch.add(value);
            value *= 1.01;
        }
        assert!(sketch.buckets.len() <= 1_280, "{}", sketch.buckets.len());
        assert_eq!(sketch.quantile(0.0), Some(0.0));
    }
}
