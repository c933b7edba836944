//! Makes order among the parts: sums are taken once, what was replaced goes, small parts become one, and old ones keep
//! their sums only.

use hashbrown::HashSet;

use super::super::calendar::{DAY, HOUR};
use super::super::columns::Ids;
use super::super::part::{Name, Part};
use super::super::query::Query;
use super::super::record::Record;
use super::super::sums::Sums;
use super::{CHUNK, PIECES, Series, fingerprint};
use trimtab_ordered::{Map, sort_by};

/// What another wrote is final when it has written nothing for so long: twice as long, for clocks that differ.
const SETTLED: f64 = HOUR;
/// Parts are put together when nobody can be writing them, and removed when everybody can see what took their place.
const QUIET: f64 = 2.0 * HOUR;
const GRACE: f64 = HOUR;
/// How long what was read of the store is taken for what it has.
const FRESH: f64 = HOUR / 6.0;
/// So many small parts are put together, of so many records at most.
const FEW: usize = 8;
const MERGE: usize = 8 * CHUNK;

impl Series {
    /// Makes order. Others' parts are touched only where it is known what the store has by now: whoever puts together what
    /// another has put together meanwhile would have parts removed that are in neither.
    pub(super) fn tidy(&mut self, now: f64) {
        let fresh = self.read.is_some_and(|read| (now - read).abs() <= FRESH);
        if fresh {
            self.tidied = Some(now);
            self.take_sums(now);
            self.remove_replaced(now);
            self.merge_small(now);
        }
        self.strip_old(now, fresh);
    }

    pub(super) fn take_sums(&mut self, now: f64) {
        if !self.stale {
            return;
        }
        self.stale = false;
        self.taken += 1;
        self.sums = Sums::default();
        self.loose.clear();
        self.settled.clear();
        self.forget_answers();
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
    pub(super) fn strip_old(&mut self, now: f64, others: bool) {
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
                self.forget_answers();
            }
        }
    }
}

/// When whoever wrote a part last wrote anything; what was put together is nobody's, and has its own time.
fn latest_of(writers: &Map<String, f64>, key: &str) -> f64 {
    let name = Name::parse(key).filter(|name| *name != Name::Merged);
    name.and_then(|name| writers.get(name.writer())).copied().unwrap_or(f64::NEG_INFINITY)
}
