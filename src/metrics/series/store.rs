//! What the store is told, and what it gives back.

use super::super::calendar::HOUR;
use super::super::columns::Ids;
use super::super::part::{Name, Part};
use super::super::record::Record;
use super::{IDLE, PIECE, Series};
use trimtab_error::Result;
use trimtab_ordered::sort;

impl Series {
    /// Tells which keys the store has to be told of, and makes order at most once an hour.
    pub(crate) fn take_changed(&mut self, now: f64) -> Vec<String> {
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

    /// What belongs under a key, or `None` for nothing.
    pub(crate) fn payload(&self, key: &str, now: f64) -> Option<Vec<u8>> {
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
    pub(crate) fn wanted(&mut self, mut keys: Vec<String>) -> Vec<String> {
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
    pub(crate) fn take_in(&mut self, key: &str, bytes: &[u8]) -> Result<bool> {
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
    pub(crate) fn settle(&mut self, now: f64) {
        self.read = Some(now);
        self.take_sums(now);
    }

    /// How often the sums were taken anew.
    pub(crate) const fn parts_taken(&self) -> u64 {
        self.taken
    }
}
