//! What will be asked for next, loaded from the store before it is, or made again where the caller allows that.

use hashbrown::HashSet;

use super::entries::Held;
use super::{Engine, PROFILE, entries};
use crate::cache::SetOptions;
use crate::ordered::Map;
use crate::profile;

/// A prediction is acted on where predictions like it came true this often.
const PRECISE: f32 = 0.5;
/// How many entries are loaded ahead of one request at most.
const AT_ONCE: usize = 3;
/// So many requests teach enough to be written.
const WORTH_WRITING: u64 = 16;
/// Names of keys known at once; when there are more, all are forgotten and learned anew.
const NAMES: usize = 8_192;

/// The last keys asked for, and what was there ahead of being asked for.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    last: Option<u64>,
    before_last: Option<u64>,
    /// The profile knows keys by their hashes alone.
    names: Map<u64, String>,
    has_listed: bool,
    asked: u64,
    /// Loaded or made, and not asked for yet.
    waiting: HashSet<String>,
    figures: AheadFigures,
}

/// Counts what was loaded or made ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct AheadFigures {
    /// Entries that were loaded before they were asked for.
    pub loaded: u64,
    /// Entries that were made before they were asked for.
    pub made: u64,
    /// Those of both that were asked for afterwards.
    pub used: u64,
    /// Entries that were expected and not taken in, because others would have had to leave.
    pub crowded: u64,
}

impl Engine {
    /// Notes that the caller asked for the value under `key`.
    pub(super) fn note_asked(&mut self, key: &str) {
        if !self.settings.learn() {
            return;
        }
        let name = entries::value(key);
        let hash = profile::hash(&name);
        let Ahead { last, before_last, .. } = self.ahead;
        self.profile.observe_key(before_last, last, hash);
        self.ahead.asked += 1;
        // What one request teaches is not worth a write of its own.
        if self.ahead.asked.is_multiple_of(WORTH_WRITING) {
            self.unwritten.insert(PROFILE.to_owned());
        }
        self.ahead.figures.used += u64::from(self.ahead.waiting.remove(&name));
        self.ahead.before_last = last;
        self.ahead.last = Some(hash);
        self.name_keys([name]);
    }

    /// Takes note of keys that there are.
    pub fn name_keys(&mut self, keys: impl IntoIterator<Item = String>) {
        for key in keys {
            if self.ahead.names.len() >= NAMES {
                self.ahead.names = Map::default();
            }
            self.ahead.names.insert(profile::hash(&key), key);
        }
    }

    /// Keys that are likely to be asked for next, and that memory does not have.
    pub fn expected(&self, now: f64) -> Vec<String> {
        let names = self.likely().filter_map(|hash| self.ahead.names.get(&hash));
        names.filter(|name| !self.cache.has(name, now)).cloned().collect()
    }

    /// Whether something is expected whose name is not known, so that the store's keys should be listed: once.
    pub fn wants_names(&mut self) -> bool {
        let wants = !self.ahead.has_listed && self.likely().any(|hash| !self.ahead.names.contains_key(&hash));
        self.ahead.has_listed |= wants;
        wants
    }

    fn likely(&self) -> impl Iterator<Item = u64> {
        let predicted = self.profile.predict(self.ahead.before_last, self.ahead.last).into_iter().take(AT_ONCE);
        let is_precise = |p: &f32| self.profile.precision(*p).is_some_and(|precision| precision >= PRECISE);
        predicted.filter(move |(_, p)| is_precise(p)).map(|(hash, _)| hash)
    }

    /// Takes in what the store had under a key that is expected, and tells whether it did: nothing has to leave for it.
    pub fn load_ahead(&mut self, key: &str, bytes: &[u8], now: f64) -> bool {
        let Ok(Some((held, options))) = entries::read(bytes, now) else { return false };
        if self.is_crowded(options.weight) {
            return false;
        }
        self.take_in(key, held, options, now);
        let loaded = self.cache.has(key, now) && self.ahead.waiting.insert(key.to_owned());
        self.ahead.figures.loaded += u64::from(loaded);
        loaded
    }

    /// Keeps one of the caller's values that was made because it is expected, and tells whether it did: nothing has to leave
    /// for it.
    pub fn keep_ahead(&mut self, key: &str, value: Vec<u8>, options: SetOptions, now: f64) -> bool {
        let name = entries::value(key);
        if self.is_crowded(options.weight) || !self.cache.set(&name, Held::Value(value), options, now).is_kept() {
            return false;
        }
        let made = self.ahead.waiting.insert(name);
        self.ahead.figures.made += u64::from(made);
        true
    }

    /// Whether something would have to leave for so much.
    fn is_crowded(&mut self, weight: u64) -> bool {
        let crowded = self.cache.weight() + weight > self.cache.capacity();
        self.ahead.figures.crowded += u64::from(crowded);
        crowded
    }

    /// What was loaded and made ahead so far.
    pub const fn ahead_figures(&self) -> AheadFigures {
        self.ahead.figures
    }
}
