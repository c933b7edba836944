//! A bounded map with replaceable eviction policies.

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

mod adaptive;
mod costs;
mod entry;
mod ledger;
mod lfu;
mod lru;
mod policy;
mod shadow;
mod slab;
mod slot_heap;
mod slot_list;
mod stats;
mod ttl;

pub use adaptive::Adaptive;
pub use entry::{CacheConfig, Entry, SetOptions, SetOutcome};
pub use ledger::Ledger;
pub use lfu::Lfu;
pub use lru::Lru;
pub use policy::{EvictionPolicy, Facts, MakePolicy, POLICIES, Slot, policy};
pub use stats::CacheStats;
pub use ttl::Ttl;

use hashbrown::HashSet;
use slab::Slab;
use trimtab_error::Result;
use trimtab_ordered::{sort, sort_by_key};

/// Holds values under string keys up to a capacity in weight.
///
/// Time is an argument: `now` is in ms since the epoch, and may jump. An expired entry is never returned; it leaves
/// when it is met, when space is needed (before any live entry) or by [`Cache::purge_expired`].
///
/// ```
/// use trimtab_cache::{Cache, CacheConfig, SetOptions};
///
/// let mut cache = Cache::new(&CacheConfig::with_capacity(1_000))?;
/// let options = SetOptions { weight: 5, ttl: Some(60_000.0), ..SetOptions::default() };
/// assert!(cache.set("greeting", "hello", options, 0.0).is_kept());
/// assert_eq!(cache.get("greeting", 59_999.0), Some(&"hello"));
/// assert_eq!(cache.get("greeting", 60_000.0), None);
/// # Ok::<(), trimtab_error::Error>(())
/// ```
pub struct Cache<V> {
    slab: Slab<V>,
    ledger: Ledger,
    changed: Option<HashSet<String>>,
}

impl<V> Cache<V> {
    /// Makes an empty cache.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](trimtab_error::ErrorKind::InvalidInput) when there is no policy of that name.
    pub fn new(config: &CacheConfig) -> Result<Self> {
        let changed = config.track_changes.then(HashSet::new);
        Ok(Self { slab: Slab::default(), ledger: Ledger::new(config)?, changed })
    }

    /// Reads a value, and counts the read as a use.
    pub fn get(&mut self, key: &str, now: f64) -> Option<&V> {
        let Some(slot) = self.find_live(key, now) else {
            self.ledger.missed(1);
            return None;
        };
        self.ledger.hit(slot);
        self.slab.used(slot).map(|stored| &stored.value)
    }

    /// Reads a value without counting anything.
    pub fn peek(&self, key: &str, now: f64) -> Option<&V> {
        self.entry(key, now).map(|entry| entry.value)
    }

    /// Shows the entry under `key` without counting anything.
    pub fn entry(&self, key: &str, now: f64) -> Option<Entry<'_, V>> {
        let slot = self.find(key).filter(|slot| self.ledger.is_live(*slot, now))?;
        self.shown(slot)
    }

    /// Whether a live entry is held under `key`; counts nothing.
    pub fn has(&self, key: &str, now: f64) -> bool {
        self.find(key).is_some_and(|slot| self.ledger.is_live(slot, now))
    }

    /// Sets a value, in place of an older one; others leave until it fits.
    pub fn set(&mut self, key: &str, value: V, options: SetOptions, now: f64) -> SetOutcome {
        let outcome = self.put(key, value, options, now);
        if outcome.is_kept() {
            self.note_change(key);
        }
        outcome
    }

    /// Sets a value that is where changes are written to, so that its key is none of those that changed.
    pub fn restore(&mut self, key: &str, value: V, options: SetOptions, now: f64) -> SetOutcome {
        let outcome = self.put(key, value, options, now);
        if let Some(changed) = self.changed.as_mut().filter(|_| outcome.is_kept()) {
            changed.remove(key);
        }
        outcome
    }

    fn put(&mut self, key: &str, value: V, mut options: SetOptions, now: f64) -> SetOutcome {
        let fingerprint = self.slab.fingerprint(key);
        let older = self.slab.find(fingerprint, key);
        if let Some(slot) = older {
            if let Some(entry) = self.entry(key, now) {
                options.uses = options.uses.max(entry.uses.saturating_add(1));
            }
            self.lose(slot);
        }
        let (outcome, slot) = self.ledger.set(older, fingerprint, options, now);
        self.lose_left();
        if let Some(slot) = slot {
            self.slab.put(slot, key, value, fingerprint, options.uses);
        }
        outcome
    }

    /// Removes the entry under `key`, and tells whether a live one was there.
    pub fn delete(&mut self, key: &str, now: f64) -> bool {
        let Some(slot) = self.find(key) else { return false };
        self.lose(slot);
        self.ledger.remove(slot, now)
    }

    /// Removes everything; the counts of [`Cache::stats`] go on.
    pub fn clear(&mut self) {
        if let Some(changed) = &mut self.changed {
            changed.extend(self.slab.iter().map(|(_, stored)| stored.key.to_string()));
        }
        self.slab.clear();
        self.ledger.clear();
    }

    /// Removes up to `limit` entries whose time is over, and tells how many there were.
    pub fn purge_expired(&mut self, now: f64, limit: usize) -> usize {
        let purged = self.ledger.purge_expired(now, limit);
        self.lose_left();
        purged
    }

    /// Has entries leave as if `weight` more were needed: expired ones first, then those that the policy names.
    pub fn shed(&mut self, weight: u64, now: f64) {
        self.ledger.shed(weight, now);
        self.lose_left();
    }

    /// How many entries are held; some of them may have expired and not left yet.
    pub fn len(&self) -> usize {
        self.slab.len()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The weight of all that is held.
    pub const fn weight(&self) -> u64 {
        self.ledger.weight()
    }

    /// The most weight that may be held.
    pub const fn capacity(&self) -> u64 {
        self.ledger.capacity()
    }

    /// What happened so far.
    pub const fn stats(&self) -> CacheStats {
        self.ledger.stats()
    }

    /// Shows all live entries, the one used longest ago first.
    ///
    /// Setting them in this order, with their `uses`, in an empty cache brings back what can be brought back.
    pub fn entries(&self, now: f64) -> impl Iterator<Item = Entry<'_, V>> {
        let mut live: Vec<_> = self.slab.iter().filter(|(slot, _)| self.ledger.is_live(*slot, now)).collect();
        sort_by_key(&mut live, |(_, stored)| stored.used_at);
        live.into_iter().filter_map(|(slot, _)| self.shown(slot))
    }

    /// Takes the keys that came, changed or left since the last call, sorted.
    ///
    /// For writing behind: store what [`Cache::entry`] shows of each, and delete those it doesn't. Reads and their
    /// counts are no changes. Empty unless [`CacheConfig::track_changes`] is on.
    pub fn take_changed(&mut self) -> Vec<String> {
        let mut keys: Vec<String> = self.changed.as_mut().map(std::mem::take).unwrap_or_default().into_iter().collect();
        sort(&mut keys);
        keys
    }

    /// Whether [`Cache::take_changed`] would give this key.
    pub fn is_changed(&self, key: &str) -> bool {
        self.changed.as_ref().is_some_and(|changed| changed.contains(key))
    }

    /// Checks that all parts agree; linear, for tests.
    ///
    /// # Errors
    /// A sentence about the first disagreement.
    pub fn validate(&self) -> std::result::Result<(), String> {
        let lost = self.slab.iter().find(|(slot, stored)| self.find(&stored.key) != Some(*slot));
        match lost {
            Some((_, stored)) => Err(format!("\"{}\" is held and not found", stored.key)),
            None if self.slab.iter().count() != self.len() => Err("more or fewer places than keys".to_owned()),
            None if self.ledger.len() != self.len() => Err("the ledger has more or fewer entries".to_owned()),
            None => self.ledger.validate(),
        }
    }

    fn find(&self, key: &str) -> Option<Slot> {
        self.slab.find(self.slab.fingerprint(key), key)
    }

    fn shown(&self, slot: Slot) -> Option<Entry<'_, V>> {
        let (stored, facts) = (self.slab.get(slot)?, self.ledger.facts(slot)?);
        Some(Entry::new(stored, &facts))
    }

    /// Finds the live entry under `key`; an expired one leaves.
    fn find_live(&mut self, key: &str, now: f64) -> Option<Slot> {
        let slot = self.find(key)?;
        if self.ledger.is_live(slot, now) {
            return Some(slot);
        }
        self.lose(slot);
        self.ledger.remove(slot, now);
        None
    }

    fn lose_left(&mut self) {
        for slot in self.ledger.take_left() {
            self.lose(slot);
        }
    }

    fn lose(&mut self, slot: Slot) {
        if let Some(stored) = self.slab.take(slot) {
            self.note_change(&stored.key);
        }
    }

    fn note_change(&mut self, key: &str) {
        if let Some(changed) = &mut self.changed
            && !changed.contains(key)
        {
            changed.insert(key.to_owned());
        }
    }
}
