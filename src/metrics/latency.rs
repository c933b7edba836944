//! How long operations took, with optimizing apart: it takes milliseconds where a model takes seconds, and one quantile of
//! both would tell of neither.

use super::record::{Operation, Record};
use super::sketch::Sketch;
use trimtab_codec::codec;

/// Latencies of some records.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Latency {
    /// Of optimizing.
    pub optimizing: Sketch,
    /// Of all else.
    pub others: Sketch,
}

impl Latency {
    /// Adds one record, if it was timed.
    pub fn add(&mut self, record: &Record) {
        let sketch = if record.operation == Operation::Optimize { &mut self.optimizing } else { &mut self.others };
        record.latency_ms.iter().for_each(|ms| sketch.add(*ms));
    }

    /// Adds all that `other` holds.
    pub fn merge(&mut self, other: &Self) {
        self.optimizing.merge(&other.optimizing);
        self.others.merge(&other.others);
    }

    /// Those of all operations.
    pub fn all(&self) -> Sketch {
        let mut all = self.others.clone();
        all.merge(&self.optimizing);
        all
    }
}

codec!(Latency { optimizing, others });
