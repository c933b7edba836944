//! The sums of a few records, for what is asked with each record.

use super::super::record::Record;
use super::super::sketch::Sketch;
use super::super::totals::Totals;

/// Sums over some records, and when the first and the last of them was.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub(super) totals: Totals,
    pub(super) latency: Sketch,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Piece {
    /// Adds one record.
    pub(super) fn add(&mut self, record: &Record) {
        let empty = self.totals.operations == 0;
        self.from = if empty { record.at } else { self.from.min(record.at) };
        self.to = if empty { record.at } else { self.to.max(record.at) };
        self.totals.merge(&Totals::of(record));
        record.latency_ms.iter().for_each(|ms| self.latency.add(*ms));
    }
}
