//! Everything as one JSON object, with a version for whoever reads it later.

use serde::Serialize;

use crate::metrics::json;
use crate::metrics::report::Point;
use crate::metrics::{Metrics, Record, Snapshot, Top};

/// Consumers listed for each dimension.
const CONSUMERS: usize = 100;
/// As far back as there are hours.
const HOURS: u32 = 14 * 24;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    snapshot: Snapshot,
    hours: Vec<Point>,
    top: Top,
    records: Vec<&'a Record>,
}

pub(super) fn write(metrics: &Metrics, now: f64) -> String {
    let hours = metrics.report(now, HOURS).series;
    let first = hours.iter().position(|hour| hour.operations > 0).unwrap_or(hours.len());
    let document = Document {
        version: 1,
        snapshot: metrics.snapshot(now),
        hours: hours.into_iter().skip(first).collect(),
        top: metrics.top(CONSUMERS),
        records: metrics.recent().collect(),
    };
    // This fails only for maps whose keys are not strings, and there are none.
    json::write(&serde_json::to_value(&document).unwrap_or_default())
}
