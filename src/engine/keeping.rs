//! What the store is told, and what it gives back.

use super::entries;
use super::{ALERTS, Engine, METRICS, PROFILE, STATE};
use crate::error::Result;
use crate::ordered::sort;

impl Engine {
    /// Takes what the store has to be told: keys with what to keep under them, or `None` to forget them.
    ///
    /// With `keepText` off nothing that holds a text is ever told.
    pub fn take_writes(&mut self, now: f64) -> Vec<(String, Option<Vec<u8>>)> {
        self.unwritten.extend(self.cache.take_changed());
        if !self.settings.keep_text() {
            self.unwritten.retain(|key| STATE.contains(&key.as_str()));
        }
        let mut keys: Vec<String> = std::mem::take(&mut self.unwritten).into_iter().collect();
        sort(&mut keys);
        let payload = |key: String| (self.payload(&key, now), key);
        keys.into_iter().map(payload).map(|(payload, key)| (key, payload)).collect()
    }

    fn payload(&self, key: &str, now: f64) -> Option<Vec<u8>> {
        match key {
            METRICS => self.metrics.snapshot_bytes().ok(),
            ALERTS => self.alerts.snapshot_bytes().ok(),
            PROFILE => self.profile.snapshot_bytes().ok(),
            _ => self.cache.entry(key, now).map(|entry| entries::write(&entry)),
        }
    }

    /// Says that these keys were not written after all, so that they are told again.
    pub fn put_back(&mut self, keys: impl IntoIterator<Item = String>) {
        self.unwritten.extend(keys);
    }

    /// Takes in what the store had under `key`.
    ///
    /// # Errors
    /// [`ErrorKind::CorruptRecord`](crate::ErrorKind::CorruptRecord) where it can't be read; nothing changes then.
    pub fn hydrate(&mut self, key: &str, bytes: &[u8], now: f64) -> Result<()> {
        match key {
            METRICS => self.metrics.restore(bytes),
            ALERTS => self.alerts.restore(bytes),
            PROFILE => self.profile.restore(bytes),
            _ => {
                let (held, options) = entries::read(bytes, now)?;
                // What memory has is newer than what the store has.
                if !self.cache.has(key, now) {
                    self.unwritten.extend(self.cache.take_changed());
                    self.cache.set(key, held, options, now);
                    // The store has it already; what had to leave for it is to be told.
                    let left = self.cache.take_changed().into_iter().filter(|changed| changed != key);
                    self.unwritten.extend(left);
                }
                Ok(())
            }
        }
    }
}
