//! Everything as one JSON object, with a version for whoever reads it later.

use crate::report::Point;
use crate::{Metrics, Order, Query, Record, Snapshot, Top};
use crate::{json, object};

/// Consumers listed for each dimension.
const CONSUMERS: usize = 100;
/// As far back as there are hours.
const HOURS: u32 = 14 * 24;

struct Document {
    version: u32,
    snapshot: Snapshot,
    hours: Vec<Point>,
    top: Top,
    records: Vec<Record>,
}

pub(super) fn write(metrics: &Metrics, query: &Query, now: f64) -> String {
    let hours = metrics.report(&Query::last(HOURS, now), now).series;
    let first = hours.iter().position(|hour| hour.operations > 0).unwrap_or(hours.len());
    let document = Document {
        version: 1,
        snapshot: metrics.snapshot(&Query::default(), now),
        hours: hours.into_iter().skip(first).collect(),
        top: Top::of(&metrics.series.heaviest(), CONSUMERS, Order::Tokens),
        records: metrics.rows(query),
    };
    json::text(&document)
}

object!(Document { version, snapshot, hours, top, records });
