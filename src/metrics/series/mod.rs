//! What is kept: the newest records of this instance whole, and parts, its own older ones and those of others, of which
//! the sums are taken once.
//!
//! Records get numbers as they come. 128 of them are a piece, which is written anew while one of them may be corrected;
//! 16 pieces become a chunk, which never changes. Whoever reads prefers a chunk to its pieces, and what was put together
//! to what it was put together from, so that nothing is counted twice, whichever of them a store still shows.

mod answers;
mod edges;
mod piece;
mod store;
mod tidy;

use std::cell::RefCell;
use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use super::calendar::HOUR;
use super::columns::{Ids, mark};
use super::part::{Name, Part};
use super::record::Record;
use super::rollup::Rollup;
use super::sums::Sums;
use trimtab_ordered::Map;

use edges::Filtered;
use piece::Piece;

/// The least number of newest records that may still be corrected.
pub const RECENT: usize = 1_024;
/// Records of a piece.
const PIECE: usize = 128;
/// Records of a chunk.
const CHUNK: usize = 2_048;
const PIECES: u64 = (CHUNK / PIECE) as u64;
/// Ids remembered after their record is in a chunk.
const IDS: usize = 4_096;
/// Whoever did not write for so long goes on under another name, so that what it wrote before may be taken as final.
const IDLE: f64 = HOUR / 2.0;

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
    /// All of `sums`, once that was asked for.
    settled_all: RefCell<Option<Rollup>>,
}

impl Series {
    /// Names who writes: a name that no other instance has.
    pub(super) fn name_writer(&mut self, writer: &str) {
        writer.clone_into(&mut self.name);
        writer.clone_into(&mut self.writer);
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
    pub(super) fn next(&self) -> u64 {
        self.first + self.recent.len() as u64
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

    /// Leaves what was written as it is, and goes on under another name with what was not: others may take what they have
    /// seen as final by now.
    pub(super) fn retire(&mut self) {
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
        self.forget_answers();
        let last = number + self.pieces.len() as u64;
        (number..last).for_each(|piece| drop(self.changed.take(&Name::piece(&self.writer, piece))));
        self.pieces.clear();
        self.first += ((records.len() + fresh.len()).div_ceil(CHUNK) * CHUNK) as u64;
        self.written = self.first;
        self.names += 1;
        self.writer = format!("{}-{}", self.name, self.names);
        fresh.into_iter().for_each(|record| self.append(record));
    }

    /// Makes chunks of the oldest recent records, while enough newer ones are left.
    pub(super) fn seal(&mut self, now: f64) {
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
            self.forget_answers();
        }
        if self.numbers.len() > self.recent.len() + 2 * IDS {
            let least = self.first.saturating_sub(IDS as u64);
            self.numbers.retain(|_, number| *number >= least);
        }
    }

    /// Forgets what was worked out from the settled parts.
    pub(super) fn forget_answers(&self) {
        self.filtered.borrow_mut().clear();
        self.settled_all.replace(None);
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
}

/// FNV-1a: short, and the same on every runtime. It tells ids apart; it does not keep secrets.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
