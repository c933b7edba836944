//! Sums from a moment on, for alerts: asked with each record, and the same for every instance that knows the same records,
//! whichever of them are settled for it.

use super::super::calendar::HOUR;
use super::super::query::{Filter, Query};
use super::super::record::Record;
use super::super::sketch::Sketch;
use super::super::totals::Totals;
use super::piece::Piece;
use super::{PIECE, Series};

/// Windows remembered: one for each filter and length that rules have.
const KEPT: usize = 16;

/// What a filter leaves of the settled parts from a moment on.
#[derive(Debug, Clone)]
pub(super) struct Filtered {
    filter: Filter,
    /// From here to `hour` are the records of `edge`, and from there on those of `rest`.
    from: f64,
    hour: f64,
    edge: Piece,
    rest: Piece,
}

impl Series {
    /// The sums of the records between two moments that a filter accepts: no names are touched.
    ///
    /// Where only sums are left of a part, its records count for the hour after `from`, or for the day, from two weeks on.
    pub(crate) fn totals(&self, from: f64, to: f64, filter: &Filter) -> Totals {
        let mut totals = Totals::default();
        self.fold(from, to, filter, &mut |more, _| totals.merge(more));
        totals
    }

    /// The latencies of the same records.
    pub(crate) fn latency(&self, from: f64, to: f64, filter: &Filter) -> Sketch {
        let mut latency = Sketch::default();
        self.fold(from, to, filter, &mut |_, more| latency.merge(more));
        latency
    }

    fn fold(&self, from: f64, to: f64, filter: &Filter, add: &mut dyn FnMut(&Totals, &Sketch)) {
        let all = filter.is_empty();
        let hour = (from / HOUR).ceil() * HOUR;
        if all {
            self.sums.parts(hour, to).for_each(|part| add(&part.totals, &part.latency.all()));
        }
        let known = self.filtered(from, hour, filter);
        add(&known.edge.totals, &known.edge.latency);
        add(&known.rest.totals, &known.rest.latency);
        let accepts = |record: &&Record| (from..=to).contains(&record.at) && filter.accepts(record);
        let mut rest = Piece::default();
        self.loose.iter().filter(accepts).for_each(|record| rest.add(record));
        for (place, piece) in self.pieces.iter().enumerate() {
            if piece.to < from || piece.from > to {
                continue;
            }
            if all && piece.from >= from && piece.to <= to {
                add(&piece.totals, &piece.latency);
                continue;
            }
            let records = self.recent.iter().skip(place * PIECE).take(PIECE);
            records.filter(accepts).for_each(|record| rest.add(record));
        }
        add(&rest.totals, &rest.latency);
    }

    /// Of the settled parts. Kept until a part comes, and but for the edge until the hour passes; of all records the whole
    /// hours are known anyway.
    fn filtered(&self, from: f64, hour: f64, filter: &Filter) -> Filtered {
        let mut known = self.filtered.borrow_mut();
        let place = known.iter().position(|one| one.hour == hour && one.filter == *filter);
        let mut one = place.map(|place| known.remove(place)).unwrap_or_else(|| Filtered {
            filter: filter.clone(),
            from: hour,
            hour,
            edge: Piece::default(),
            rest: if filter.is_empty() { Piece::default() } else { self.settled_from(hour, f64::INFINITY, filter) },
        });
        if one.from != from {
            (one.from, one.edge) = (from, self.settled_from(from, hour, filter));
        }
        known.push(one.clone());
        let over = known.len().saturating_sub(KEPT);
        known.drain(..over);
        one
    }

    /// The settled records from one moment up to, and without, another.
    fn settled_from(&self, from: f64, end: f64, filter: &Filter) -> Piece {
        let query = Query { filter: filter.clone(), ..Query::default() };
        let mut sums = Piece::default();
        for part in self.whole_parts().into_iter().filter(|part| part.to >= from && part.from < end) {
            let _ = part.each(&query, false, &mut |record| {
                if record.at >= from && record.at < end {
                    sums.add(record);
                }
            });
        }
        sums
    }
}
