//! What the store is told, and what it gives back.

use super::entries;
use super::{ALERTS, Engine, PROFILE, STATE};
use crate::cache::SetOptions;
use crate::error::Result;
use crate::metrics::Metrics;
use crate::ordered::sort;

/// How many expired entries are removed in one run at most.
const CLEANED: usize = 256;

impl Engine {
    /// Takes what the store has to be told: keys to forget (`None`), then keys with what to keep under them.
    ///
    /// Forgetting comes first because it makes room.
    /// With `keepText` off nothing that holds a text is ever told.
    pub fn take_writes(&mut self, now: f64) -> Vec<(String, Option<Vec<u8>>)> {
        self.unwritten.extend(self.cache.take_changed());
        self.unwritten.extend(self.metrics.take_changed(now));
        if !self.settings.keep_text() {
            self.unwritten.retain(|key| STATE.contains(&key.as_str()) || Metrics::is_key(key));
        }
        let mut keys: Vec<String> = std::mem::take(&mut self.unwritten).into_iter().collect();
        sort(&mut keys);
        self.writing.extend(keys.iter().cloned());
        let payloads = keys.into_iter().map(|key| {
            let payload = self.payload(&key, now);
            (key, payload)
        });
        let (kept, mut writes): (Vec<_>, Vec<_>) = payloads.partition(|(_, payload)| payload.is_some());
        writes.extend(kept);
        writes
    }

    fn payload(&self, key: &str, now: f64) -> Option<Vec<u8>> {
        match key {
            _ if Metrics::is_key(key) => self.metrics.payload(key, now),
            ALERTS => self.alerts.snapshot_bytes().ok(),
            PROFILE => self.profile.snapshot_bytes().ok(),
            _ => self.cache.entry(key, now).map(|entry| entries::write(&entry)),
        }
    }

    /// Says that what was taken last is written.
    pub fn wrote(&mut self) {
        self.writing.clear();
    }

    /// Whether the store does not have the latest of this key yet: what it has is not to be read.
    pub(super) fn is_pending(&self, key: &str) -> bool {
        self.cache.is_changed(key) || self.unwritten.contains(key) || self.writing.contains(key)
    }

    /// Says that these keys were not written after all, so that they are told again.
    pub fn put_back(&mut self, keys: impl IntoIterator<Item = String>) {
        self.writing.clear();
        self.unwritten.extend(keys);
    }

    /// Removes some of the entries whose time is over, so that the store forgets them too, and tells how many.
    pub fn clean(&mut self, now: f64) -> usize {
        self.cache.purge_expired(now, CLEANED)
    }

    /// Gives up a quarter of what the cache holds, the entries that are worth least: for a store that is full.
    pub fn make_room(&mut self, now: f64) {
        self.cache.shed(self.cache.weight() / 4, now);
    }

    /// Takes in what the store had under `key`.
    ///
    /// # Errors
    /// [`ErrorKind::CorruptRecord`](crate::ErrorKind::CorruptRecord) where it can't be read; nothing changes then.
    pub fn hydrate(&mut self, key: &str, bytes: &[u8], now: f64) -> Result<()> {
        match key {
            _ if Metrics::is_key(key) => self.metrics.take_in(key, bytes).map(drop),
            ALERTS if self.is_pending(ALERTS) => Ok(()),
            ALERTS => self.alerts.restore(bytes),
            PROFILE => self.profile.restore(bytes),
            _ => {
                match entries::read(bytes, now)? {
                    Some((held, options)) => self.take_in(key, held, options, now),
                    None => {
                        self.unwritten.insert(key.to_owned());
                    }
                }
                Ok(())
            }
        }
    }

    /// Forgets entries that another instance wrote to the same store, but not what this one has yet to write.
    pub fn forget(&mut self, keys: &[String], now: f64) {
        self.unwritten.extend(self.cache.take_changed());
        for key in keys.iter().filter(|key| !self.unwritten.contains(*key) && !self.writing.contains(*key)) {
            self.cache.delete(key, now);
        }
        // That these left is nothing to be told.
        self.cache.take_changed();
    }

    /// Takes an entry in, unless memory has it: that one is newer than what the store has.
    pub(super) fn take_in(&mut self, key: &str, held: entries::Held, options: SetOptions, now: f64) {
        if self.cache.has(key, now) || self.is_pending(key) {
            return;
        }
        // The store has it already, unless there is no place for it; what had to leave for it is to be told.
        if !self.cache.restore(key, held, options, now).is_kept() {
            self.unwritten.insert(key.to_owned());
        }
    }

    /// Of the metrics' keys that the store has, those that are to be read.
    pub fn wanted(&mut self, keys: Vec<String>) -> Vec<String> {
        self.metrics.wanted(keys)
    }

    /// Takes sums of what was taken in.
    pub fn settle(&mut self, now: f64) {
        self.metrics.settle(now);
        self.watch(now);
    }
}
