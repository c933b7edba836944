//! What is kept: the newest records of this instance whole, and parts, its own older ones and those of others, of which
//! the sums are taken once.
//!
//! Records get numbers as they come. 128 of them are a piece, which is written anew while one of them may be corrected;
//! 16 pieces become a chunk, which never changes. Whoever reads prefers a chunk to its pieces, and what was put together
//! to what it was put together from, so that nothing is counted twice, whichever of them a store still shows.

use std::cell::RefCell;
use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use super::calendar::DAY;
use super::columns::{Ids, mark};
use super::part::{Name, Part};
use super::query::{Filter, Query, Span};
use super::record::Record;
use super::rollup::Rollup;
use super::sketch::Sketch;
use super::sums::{Sums, bucket, count_consumers};
use super::top::Heaviest;
use super::totals::Totals;
use crate::error::Result;
use crate::ordered::{Map, sort, sort_by};

/// The least number of newest records that may still be corrected.
pub const RECENT: usize = 1_024;
/// Records of a piece.
const PIECE: usize = 128;
/// Records of a chunk.
const CHUNK: usize = 2_048;
const PIECES: u64 = (CHUNK / PIECE) as u64;
/// Ids remembered after their record is in a chunk.
const IDS: usize = 4_096;
/// A minute, an hour.
const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
/// Whoever did not write for so long goes on under another name, so that what it wrote before may be taken as final.
const IDLE: f64 = 30.0 * MINUTE;
/// What another wrote is final when it has written nothing for so long: twice as long, for clocks that differ.
const SETTLED: f64 = HOUR;
/// Parts are put together when nobody can be writing them, and removed when everybody can see what took their place.
const QUIET: f64 = 2.0 * HOUR;
const GRACE: f64 = HOUR;
/// How long what was read of the store is taken for what it has.
const FRESH: f64 = 10.0 * MINUTE;
/// So many small parts are put together, of so many records at most.
const FEW: usize = 8;
const MERGE: usize = 8 * CHUNK;

/// How much is kept whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Bytes of all parts: beyond, the oldest keep their sums only. 48 MiB hold more than a million records.
    pub bytes: usize,
    /// Days after which records keep their sums only.
    pub days: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 48 << 20, days: 366.0 }
    }
}

/// All that is kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Series {
    pub(super) limits: Limits,
    /// The name of this instance, and under how many it has written before.
    name: String,
    names: u32,
    writer: String,
    /// When it last took a record in.
    touched: f64,
    recent: VecDeque<Record>,
    /// The number of the oldest of the recent records: a chunk's first.
    first: u64,
    /// The number of the first that the store was not told of.
    written: u64,
    /// The numbers of records by the marks of their ids.
    numbers: HashMap<u64, u64>,
    /// The sums of the recent records, by piece.
    pieces: VecDeque<Piece>,
    parts: Map<String, Part>,
    /// Records of others that may still change.
    loose: Vec<Record>,
    /// Of all other parts.
    sums: Sums,
    /// The keys of the parts behind `sums`.
    settled: HashSet<String>,
    /// Whether parts came or went since the sums were taken, and how often the sums were taken.
    stale: bool,
    taken: u64,
    changed: HashSet<String>,
    tidied: Option<f64>,
    /// When all that the store has was read.
    read: Option<f64>,
    filtered: RefCell<Vec<Filtered>>,
}

/// The sums of one piece.
#[derive(Debug, Clone, Default)]
struct Piece {
    totals: Totals,
    latency: Sketch,
    from: f64,
    to: f64,
}

/// What a filter leaves of the settled parts from an hour on: alerts ask for it with each record.
#[derive(Debug, Clone)]
struct Filtered {
    filter: Filter,
    hour: i64,
    sums: Piece,
}

impl Piece {
    fn add(&mut self, record: &Record) {
        let empty = self.totals.operations == 0;
        self.from = if empty { record.at } else { self.from.min(record.at) };
        self.to = if empty { record.at } else { self.to.max(record.at) };
        self.totals.merge(&Totals::of(record));
        record.latency_ms.iter().for_each(|ms| self.latency.add(*ms));
    }
}

impl Series {
    /// Names who writes: a name that no other instance has.
    pub(super) fn name_writer(&mut self, writer: &str) {
        writer.clone_into(&mut self.name);
        writer.clone_into(&mut self.writer);
    }

    /// Leaves what was written as it is, and goes on under another name with what was not: others may take what they have
    /// seen as final by now.
    fn retire(&mut self) {
        let written = self.written.saturating_sub(self.first) as usize;
        let fresh = self.recent.split_off(written.min(self.recent.len()));
        let records: Vec<Record> = std::mem::take(&mut self.recent).into();
        let number = self.first / PIECE as u64;
        for (place, records) in records.chunks(PIECE).enumerate() {
            let key = Name::piece(&self.writer, number + place as u64);
            let part = Part::new(&records.iter().collect::<Vec<_>>(), self.touched, Ids::Whole, Vec::new());
            self.sums.merge(&part.sums());
            self.settled.insert(key.clone());
            self.parts.insert(key, part);
        }
        let last = number + self.pieces.len() as u64;
        (number..last).for_each(|piece| drop(self.changed.take(&Name::piece(&self.writer, piece))));
        self.pieces.clear();
        self.filtered.borrow_mut().clear();
        self.first += ((records.len() + fresh.len()).div_ceil(CHUNK) * CHUNK) as u64;
        self.written = self.first;
        self.names += 1;
        self.writer = format!("{}-{}", self.name, self.names);
        fresh.into_iter().for_each(|record| self.append(record));
    }

    /// Adds a record as the newest.
    fn append(&mut self, record: Record) {
        let number = self.next();
        if let Some(id) = record.id.as_deref() {
            self.numbers.insert(mark(id), number);
        }
        if self.recent.len().is_multiple_of(PIECE) {
            self.pieces.push_back(Piece::default());
        }
        if let Some(piece) = self.pieces.back_mut() {
            piece.add(&record);
        }
        self.touch(number);
        self.recent.push_back(record);
    }

    /// The number of the next record.
    fn next(&self) -> u64 {
        self.first + self.recent.len() as u64
    }

    /// Takes a record in; true when it replaced one with the same id.
    ///
    /// A late repetition of an id that is in a chunk already is left out: it can't be taken back, and counting it twice
    /// would be the greater lie.
    pub(super) fn push(&mut self, record: Record, now: f64) -> bool {
        if now - self.touched > IDLE && !self.recent.is_empty() {
            self.retire();
        }
        self.touched = now;
        let known = record.id.as_deref().and_then(|id| self.numbers.get(&mark(id)));
        if let Some(number) = known {
            self.correct(*number, record);
            return true;
        }
        self.append(record);
        // Usually done when the store is written to, which nobody waits for; without a store it has to be now.
        if self.recent.len() >= 2 * (CHUNK + RECENT) {
            // A chunk that is written late must not hold what was written before: others may have taken that over by then.
            if self.written > self.first {
                self.retire();
            }
            self.seal(now);
            self.strip_old(now, false);
        }
        false
    }

    fn correct(&mut self, number: u64, record: Record) {
        let Some(place) = number.checked_sub(self.first).map(|place| place as usize) else { return };
        let Some(known) = self.recent.get_mut(place) else { return };
        *known = record;
        let mut sums = Piece::default();
        self.recent.iter().skip(place / PIECE * PIECE).take(PIECE).for_each(|record| sums.add(record));
        if let Some(piece) = self.pieces.get_mut(place / PIECE) {
            *piece = sums;
        }
        self.touch(number);
    }

    fn touch(&mut self, number: u64) {
        self.changed.insert(Name::piece(&self.writer, number / PIECE as u64));
    }

    /// Makes chunks of the oldest recent records, while enough newer ones are left.
    fn seal(&mut self, now: f64) {
        while self.recent.len() >= CHUNK + RECENT {
            let records: Vec<Record> = self.recent.drain(..CHUNK).collect();
            let part = Part::new(&records.iter().collect::<Vec<_>>(), now, Ids::Marks, Vec::new());
            let number = self.first / PIECE as u64;
            self.changed.extend((number..number + PIECES).map(|piece| Name::piece(&self.writer, piece)));
            self.pieces.drain(..PIECES as usize);
            self.first += CHUNK as u64;
            let key = Name::chunk(&self.writer, number);
            self.sums.merge(&part.sums());
            self.settled.insert(key.clone());
            self.changed.insert(key.clone());
            self.parts.insert(key, part);
            self.filtered.borrow_mut().clear();
        }
        if self.numbers.len() > self.recent.len() + 2 * IDS {
            let least = self.first.saturating_sub(IDS as u64);
            self.numbers.retain(|_, number| *number >= least);
        }
    }

    /// Tells which keys the store has to be told of, and makes order at most once an hour.
    pub(super) fn take_changed(&mut self, now: f64) -> Vec<String> {
        if now - self.touched > IDLE && self.written < self.next() {
            self.retire();
            self.touched = now;
        }
        self.seal(now);
        self.written = self.next();
        if self.tidied.is_none_or(|tidied| (now - tidied).abs() >= HOUR) {
            self.tidy(now);
        }
        let mut changed: Vec<String> = std::mem::take(&mut self.changed).into_iter().collect();
        sort(&mut changed);
        changed
    }

    /// Makes order. Others' parts are touched only where it is known what the store has by now: whoever puts together what
    /// another has put together meanwhile would have parts removed that are in neither.
    fn tidy(&mut self, now: f64) {
        let fresh = self.read.is_some_and(|read| (now - read).abs() <= FRESH);
        if fresh {
            self.tidied = Some(now);
            self.take_sums(now);
            self.remove_replaced(now);
            self.merge_small(now);
        }
        self.strip_old(now, fresh);
    }

    /// What belongs under a key, or `None` for nothing.
    pub(super) fn payload(&self, key: &str, now: f64) -> Option<Vec<u8>> {
        if let Some(part) = self.parts.get(key) {
            return Some(part.write());
        }
        let Some(Name::Piece(writer, number)) = Name::parse(key) else { return None };
        let start = (number * PIECE as u64).checked_sub(self.first).filter(|_| writer == self.writer)? as usize;
        let records: Vec<&Record> = self.recent.iter().skip(start).take(PIECE).collect();
        (!records.is_empty()).then(|| Part::new(&records, now, Ids::Whole, Vec::new()).write())
    }

    /// Of the keys that a store has, those that are to be read: parts that are not known or may have changed. What is known
    /// and no longer there is forgotten.
    pub(super) fn wanted(&mut self, mut keys: Vec<String>) -> Vec<String> {
        sort(&mut keys);
        let (writer, changed) = (&self.writer, &self.changed);
        let gone = |key: &String| {
            let own = Name::parse(key).is_some_and(|name| name.writer() == writer);
            !own && !changed.contains(key) && keys.binary_search(key).is_err()
        };
        let lost: Vec<String> = self.parts.iter().map(|(key, _)| key).filter(|key| gone(key)).cloned().collect();
        for key in &lost {
            self.parts.remove(key);
            self.stale = true;
        }
        let unknown = |key: &String| {
            let name = Name::parse(key);
            let loose = matches!(name, Some(Name::Piece(..))) && !self.settled.contains(key);
            name.is_some_and(|name| name.writer() != self.writer) && (loose || !self.parts.contains_key(key))
        };
        keys.into_iter().filter(unknown).collect()
    }

    /// Takes in a part that the store has; true where it is new.
    pub(super) fn take_in(&mut self, key: &str, bytes: &[u8]) -> Result<bool> {
        if Name::parse(key).is_none_or(|name| name.writer() == self.writer) {
            return Ok(false);
        }
        let part = Part::read(bytes)?;
        if self.parts.get(key) == Some(&part) {
            return Ok(false);
        }
        // Others took this instance for gone, and put together what it wrote.
        let own = |source: &String| Name::parse(source).is_some_and(|name| name.writer() == self.writer);
        if part.sources.iter().any(own) {
            self.retire();
        }
        self.parts.insert(key.to_owned(), part);
        self.stale = true;
        Ok(true)
    }

    /// Says that all that the store has was taken in, and takes the sums anew where parts came or went.
    pub(super) fn settle(&mut self, now: f64) {
        self.read = Some(now);
        self.take_sums(now);
    }

    fn take_sums(&mut self, now: f64) {
        if !self.stale {
            return;
        }
        self.stale = false;
        self.taken += 1;
        self.sums = Sums::default();
        self.loose.clear();
        self.settled.clear();
        self.filtered.borrow_mut().clear();
        let (hidden, writers) = (self.hidden(), self.latest());
        for (key, part) in self.parts.iter().filter(|(key, _)| !hidden.contains(*key)) {
            let piece = matches!(Name::parse(key), Some(Name::Piece(..)));
            if piece && now - latest_of(&writers, key) < SETTLED {
                let loose = &mut self.loose;
                let _ = part.each(&Query::default(), true, &mut |record| loose.push(record.clone()));
            } else {
                self.sums.merge(&part.sums());
                self.settled.insert(key.clone());
            }
        }
    }

    /// How often the sums were taken anew.
    pub(super) const fn parts_taken(&self) -> u64 {
        self.taken
    }

    /// When each instance last wrote.
    fn latest(&self) -> Map<String, f64> {
        let mut latest = Map::default();
        for (key, part) in self.parts.iter() {
            if let Some(name) = Name::parse(key) {
                latest.update(name.writer().to_owned(), |known: &mut f64| *known = part.written.max(*known));
            }
        }
        latest
    }

    /// Parts in whose place another stands: pieces of a chunk, and what was put together. Of two that were put together from
    /// the same part, by two tabs at once, the one with the lesser name counts, for every reader.
    fn hidden(&self) -> HashSet<String> {
        let mut hidden = HashSet::new();
        for (key, part) in self.parts.iter() {
            if part.sources.iter().any(|source| hidden.contains(source)) {
                hidden.insert(key.clone());
            } else {
                hidden.extend(part.sources.iter().cloned());
            }
            if let Some(Name::Piece(writer, number)) = Name::parse(key)
                && self.parts.contains_key(&Name::chunk(writer, number - number % PIECES))
            {
                hidden.insert(key.clone());
            }
        }
        hidden
    }

    /// Removes what another part has stood in the place of for long enough that every reader has seen it.
    fn remove_replaced(&mut self, now: f64) {
        let hidden = self.hidden();
        let fresh = |part: &Part| now - part.written < GRACE;
        let newer = self.parts.iter().filter(|(_, part)| fresh(part));
        let awaited: HashSet<String> = newer.flat_map(|(_, part)| part.sources.iter().cloned()).collect();
        let over =
            |key: &String| self.parts.get(key).is_some_and(|part| !fresh(part)) && !awaited.contains(key.as_str());
        let removed: Vec<String> = hidden.iter().filter(|key| over(key)).cloned().collect();
        for key in removed {
            self.parts.remove(&key);
            self.changed.insert(key);
        }
    }

    /// Puts small parts that nobody writes any more together: each closed page leaves some.
    fn merge_small(&mut self, now: f64) {
        let writers = self.latest();
        let small = |(key, part): &(&String, &Part)| {
            let own = Name::parse(key).is_none_or(|name| name.writer() == self.writer);
            let quiet = now - latest_of(&writers, key).max(part.written) >= QUIET;
            !own && quiet && part.is_whole() && part.count < CHUNK && self.settled.contains(*key)
        };
        let (mut sources, mut records) = (Vec::new(), Vec::new());
        for (key, part) in self.parts.iter().filter(small) {
            if records.len() + part.count <= MERGE {
                let _ = part.each(&Query::default(), true, &mut |record| records.push(record.clone()));
                sources.push(key.clone());
            }
        }
        if sources.len() < FEW {
            return;
        }
        sort_by(&mut records, |a: &Record, b: &Record| a.at.total_cmp(&b.at));
        // Two tabs that put the same parts together write the same bytes under the same name, but for the time.
        let key = Name::merged(fingerprint(sources.join(" ").as_bytes()));
        let part = Part::new(&records.iter().collect::<Vec<_>>(), now, Ids::Marks, sources);
        self.changed.insert(key.clone());
        self.parts.insert(key, part);
        self.stale = true;
        self.take_sums(now);
    }

    /// Leaves only the sums of what is too old, and of the oldest while all of it is too large.
    fn strip_old(&mut self, now: f64, others: bool) {
        let mut whole: Vec<(String, f64, usize)> = Vec::new();
        let own = |key: &str| Name::parse(key).is_some_and(|name| name.writer() == self.writer);
        let may = |key: &str, part: &Part| part.is_whole() && self.settled.contains(key) && (others || own(key));
        for (key, part) in self.parts.iter().filter(|(key, part)| may(key, part)) {
            whole.push((key.clone(), part.to, part.bytes()));
        }
        sort_by(&mut whole, |a, b| a.1.total_cmp(&b.1));
        let mut bytes = self.bytes();
        for (key, to, size) in whole {
            if bytes <= self.limits.bytes && now - to <= self.limits.days * DAY {
                continue;
            }
            bytes = bytes.saturating_sub(size);
            if let Some(part) = self.parts.get_mut(&key) {
                part.strip();
                self.changed.insert(key);
                self.filtered.borrow_mut().clear();
            }
        }
    }

    /// Forgets everything, in the store too.
    pub(super) fn clear(&mut self) {
        let number = self.first / PIECE as u64;
        let own = (number..number + self.pieces.len() as u64).map(|piece| Name::piece(&self.writer, piece));
        let keys: HashSet<String> = own.chain(self.parts.iter().map(|(key, _)| key.clone())).collect();
        // Numbers go on, so that no name is used again for other records.
        let first = self.first + (self.recent.len().div_ceil(CHUNK) * CHUNK) as u64;
        let (name, writer) = (std::mem::take(&mut self.name), std::mem::take(&mut self.writer));
        let Self { limits, names, tidied, read, .. } = *self;
        *self =
            Self { limits, name, names, writer, first, written: first, tidied, read, changed: keys, ..Self::default() };
    }

    /// The newest records of this instance, oldest first.
    pub(super) fn recent(&self) -> impl Iterator<Item = &Record> {
        self.recent.iter()
    }

    /// Everything since the first record.
    pub(super) fn all(&self) -> Rollup {
        let mut all = self.sums.all();
        self.unsettled().for_each(|record| all.add(record));
        all
    }

    fn unsettled(&self) -> impl Iterator<Item = &Record> {
        self.loose.iter().chain(&self.recent)
    }

    /// The records between two moments, as far as they can still be told apart.
    pub(super) fn window(&self, from: f64, to: f64) -> Rollup {
        let mut rollup = Rollup::default();
        self.sums.parts(from, to).for_each(|part| rollup.merge(part));
        self.unsettled().filter(|record| (from..=to).contains(&record.at)).for_each(|record| rollup.add(record));
        rollup
    }

    /// The sums of the same records: no names are touched, so this is for what asks often.
    pub(super) fn totals(&self, from: f64, to: f64, filter: &Filter) -> Totals {
        let mut totals = Totals::default();
        self.fold(from, to, filter, &mut |more, _| totals.merge(more));
        totals
    }

    /// The latencies of the same records.
    pub(super) fn latency(&self, from: f64, to: f64, filter: &Filter) -> Sketch {
        let mut latency = Sketch::default();
        self.fold(from, to, filter, &mut |_, more| latency.merge(more));
        latency
    }

    fn fold(&self, from: f64, to: f64, filter: &Filter, add: &mut dyn FnMut(&Totals, &Sketch)) {
        let all = filter.is_empty();
        if all {
            self.sums.parts(from, to).for_each(|part| add(&part.totals, &part.latency));
        } else {
            let sums = self.filtered(from, filter);
            add(&sums.totals, &sums.latency);
        }
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

    /// Of the settled parts, from the hour of a moment on. Kept until a part comes or the hour passes.
    fn filtered(&self, from: f64, filter: &Filter) -> Piece {
        let hour = bucket(from, HOUR);
        let mut known = self.filtered.borrow_mut();
        known.retain(|one| one.filter != *filter || one.hour == hour);
        if let Some(one) = known.iter().find(|one| one.filter == *filter) {
            return one.sums.clone();
        }
        let start = hour as f64 * HOUR;
        let query = Query { filter: filter.clone(), ..Query::default() };
        let mut sums = Piece::default();
        for part in self.whole_parts().into_iter().filter(|part| part.to >= start) {
            let _ = part.each(&query, false, &mut |record| {
                if record.at >= start {
                    sums.add(record);
                }
            });
        }
        known.push(Filtered { filter: filter.clone(), hour, sums: sums.clone() });
        sums
    }

    /// The settled parts with whole records, oldest first.
    fn whole_parts(&self) -> Vec<&Part> {
        let whole = self.parts.iter().filter(|(key, part)| part.is_whole() && self.settled.contains(*key));
        let mut parts: Vec<&Part> = whole.map(|(_, part)| part).collect();
        sort_by(&mut parts, |a, b| a.from.total_cmp(&b.from));
        parts
    }

    /// One rollup for each step of an hour or a day.
    pub(super) fn steps(&self, span: &Span) -> Vec<(i64, Rollup)> {
        let mut steps = self.sums.steps(span);
        for record in self.unsettled() {
            if let Some((_, step)) = span.place(record.at).and_then(|place| steps.get_mut(place)) {
                step.add(record);
            }
        }
        steps
    }

    /// Shows the records that are still whole and that a question is about, those of one part after another. Where ids are
    /// not asked for, those in chunks come without.
    pub(super) fn each(&self, query: &Query, marks: bool, show: &mut dyn FnMut(&Record)) {
        let overlaps = |part: &&Part| query.span.is_none_or(|span| part.to >= span.from() && part.from <= span.to);
        for part in self.whole_parts().into_iter().filter(overlaps) {
            let _ = part.each(query, marks, show);
        }
        self.unsettled().filter(|record| query.accepts(record)).for_each(show);
    }

    /// How far back records are whole.
    pub(super) fn rows_since(&self) -> Option<f64> {
        let parts = self.whole_parts().first().map(|part| part.from);
        self.unsettled().map(|record| record.at).chain(parts).reduce(f64::min)
    }

    /// About how many bytes all of it takes.
    pub(super) fn bytes(&self) -> usize {
        let parts: usize = self.parts.iter().map(|(_, part)| part.bytes()).sum();
        parts + 100 * self.recent.len()
    }

    /// Consumers by user, task, model and tag.
    pub(super) fn heaviest(&self) -> [Heaviest; 4] {
        let mut heaviest = self.sums.heaviest().clone();
        self.unsettled().for_each(|record| count_consumers(&mut heaviest, record));
        heaviest
    }
}

/// When whoever wrote a part last wrote anything; what was put together is nobody's, and has its own time.
fn latest_of(writers: &Map<String, f64>, key: &str) -> f64 {
    let name = Name::parse(key).filter(|name| *name != Name::Merged);
    name.and_then(|name| writers.get(name.writer())).copied().unwrap_or(f64::NEG_INFINITY)
}

/// FNV-1a: short, and the same on every runtime. It tells ids apart; it does not keep secrets.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
