//! A bounded map with replaceable eviction policies.

mod adaptive;
mod entry;
mod ghosts;
mod lfu;
mod lru;
mod policy;
mod slab;
mod slot_heap;
mod slot_list;
mod stats;
mod ttl;

pub use adaptive::Adaptive;
pub use entry::{CacheConfig, Entry, SetOptions, SetOutcome};
pub use lfu::Lfu;
pub use lru::Lru;
pub use policy::{EvictionPolicy, Facts, MakePolicy, POLICIES, Slot, policy};
pub use stats::CacheStats;
pub use ttl::Ttl;

use crate::error::Result;
use crate::ordered::{sort, sort_by_key};
use hashbrown::HashSet;
use slab::{Slab, Stored};
use slot_heap::SlotHeap;

/// Holds values under string keys up to a capacity in weight.
///
/// Time is an argument: `now` is in ms since the epoch, and may jump. An expired entry is never returned; it leaves
/// when it is met, when space is needed (before any live entry) or by [`Cache::purge_expired`].
///
/// ```
/// use trimtab::cache::{Cache, CacheConfig, SetOptions};
///
/// let mut cache = Cache::new(&CacheConfig::with_capacity(1_000))?;
/// let options = SetOptions { weight: 5, ttl: Some(60_000.0), ..SetOptions::default() };
/// assert!(cache.set("greeting", "hello", options, 0.0).is_kept());
/// assert_eq!(cache.get("greeting", 59_999.0), Some(&"hello"));
/// assert_eq!(cache.get("greeting", 60_000.0), None);
/// # Ok::<(), trimtab::Error>(())
/// ```
pub struct Cache<V> {
    slab: Slab<V>,
    policy: Box<dyn EvictionPolicy>,
    /// Only entries that expire at all, by when, then by when they were set.
    deadlines: SlotHeap<(f64, u64)>,
    capacity: u64,
    weight: u64,
    ttl: Option<f64>,
    clock: u64,
    changed: Option<HashSet<String>>,
    stats: CacheStats,
}

impl<V> Cache<V> {
    /// Makes an empty cache.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when there is no policy of that name.
    pub fn new(config: &CacheConfig) -> Result<Self> {
        Ok(Self {
            slab: Slab::default(),
            policy: policy(&config.policy, config.capacity)?,
            deadlines: SlotHeap::default(),
            capacity: config.capacity,
            weight: 0,
            ttl: config.ttl,
            clock: 0,
            changed: config.track_changes.then(HashSet::new),
            stats: CacheStats::default(),
        })
    }

    /// Reads a value, and counts the read as a use.
    pub fn get(&mut self, key: &str, now: f64) -> Option<&V> {
        let Some(slot) = self.find_live(key, now) else {
            self.stats.misses += 1;
            return None;
        };
        self.stats.hits += 1;
        self.clock += 1;
        self.policy.touched(slot);
        let stored = self.slab.get_mut(slot)?;
        stored.facts.uses = stored.facts.uses.saturating_add(1);
        stored.used_at = self.clock;
        Some(&stored.value)
    }

    /// Reads a value without counting anything.
    pub fn peek(&self, key: &str, now: f64) -> Option<&V> {
        self.entry(key, now).map(|entry| entry.value)
    }

    /// Shows the entry under `key` without counting anything.
    pub fn entry(&self, key: &str, now: f64) -> Option<Entry<'_, V>> {
        self.live(self.find(key)?, now).map(Entry::from)
    }

    /// Whether a live entry is held under `key`; counts nothing.
    pub fn has(&self, key: &str, now: f64) -> bool {
        self.entry(key, now).is_some()
    }

    /// Sets a value, in place of an older one; others leave until it fits.
    pub fn set(&mut self, key: &str, value: V, options: SetOptions, now: f64) -> SetOutcome {
        let weight = options.weight.max(1);
        let ttl = options.ttl.or(self.ttl).unwrap_or(f64::INFINITY);
        let older = self.find_live(key, now).and_then(|slot| self.take(slot, Leaving::Otherwise));
        let outcome = match &older {
            // Not `ttl <= 0.0`: a time that is not a number is over too.
            _ if !matches!(ttl.partial_cmp(&0.0), Some(std::cmp::Ordering::Greater)) => SetOutcome::Expired,
            _ if weight > self.capacity => SetOutcome::TooHeavy,
            Some(_) => SetOutcome::Replaced,
            None => SetOutcome::Inserted,
        };
        self.count(outcome, older.is_some());
        if outcome.is_kept() {
            // Setting is a use of what was there: a value that is renewed often keeps its standing.
            let uses = older.map_or(options.uses, |older| older.facts.uses.saturating_add(1).max(options.uses));
            self.make_room(weight, now);
            let fingerprint = self.slab.fingerprint(key);
            let cost = options.cost.unwrap_or(0.0);
            self.insert(key, value, Facts { fingerprint, weight, cost, expires_at: now + ttl, uses });
        }
        outcome
    }

    /// Removes the entry under `key`, and tells whether a live one was there.
    pub fn delete(&mut self, key: &str, now: f64) -> bool {
        let found = self.find_live(key, now).and_then(|slot| self.take(slot, Leaving::Otherwise)).is_some();
        self.stats.removed += u64::from(found);
        found
    }

    /// Removes everything; the counts of [`Cache::stats`] go on.
    pub fn clear(&mut self) {
        let slots: Vec<Slot> = self.slab.iter().map(|(slot, _)| slot).collect();
        for slot in slots {
            self.take(slot, Leaving::Otherwise);
            self.stats.removed += 1;
        }
    }

    /// Removes up to `limit` entries whose time is over, and tells how many there were.
    pub fn purge_expired(&mut self, now: f64, limit: usize) -> usize {
        (0..limit).take_while(|_| self.expire_one(now)).count()
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
        self.weight
    }

    /// The most weight that may be held.
    pub const fn capacity(&self) -> u64 {
        self.capacity
    }

    /// What happened so far.
    pub const fn stats(&self) -> CacheStats {
        self.stats
    }

    /// Shows all live entries, the one used longest ago first.
    ///
    /// Setting them in this order, with their `uses`, in an empty cache brings back what can be brought back.
    pub fn entries(&self, now: f64) -> impl Iterator<Item = Entry<'_, V>> {
        let mut live: Vec<&Stored<V>> = self.slab.iter().filter_map(|(slot, _)| self.live(slot, now)).collect();
        sort_by_key(&mut live, |stored| stored.used_at);
        live.into_iter().map(Entry::from)
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

    /// Checks that all parts agree; linear, for tests.
    ///
    /// # Errors
    /// A sentence about the first disagreement.
    pub fn validate(&self) -> std::result::Result<(), String> {
        let weight: u64 = self.slab.iter().map(|(_, stored)| stored.facts.weight).sum();
        let expiring = self.slab.iter().filter(|(_, stored)| stored.facts.expires_at.is_finite()).count();
        let lost = self.slab.iter().find(|(slot, stored)| self.find(&stored.key) != Some(*slot));
        match lost {
            Some((_, stored)) => Err(format!("\"{}\" is held and not found", stored.key)),
            None if self.slab.iter().count() != self.len() => Err("more or fewer places than keys".to_owned()),
            None if weight != self.weight => Err(format!("weight is {weight}, not {}", self.weight)),
            None if weight > self.capacity => Err(format!("weight {weight} is above {}", self.capacity)),
            None if expiring != self.deadlines.len() => Err(format!("{expiring} deadlines are not known")),
            None => Ok(()),
        }
    }

    fn find(&self, key: &str) -> Option<Slot> {
        self.slab.find(self.slab.fingerprint(key), key)
    }

    fn live(&self, slot: Slot, now: f64) -> Option<&Stored<V>> {
        self.slab.get(slot).filter(|stored| {
            let over = stored.facts.expires_at <= now;
            !over
        })
    }

    /// Finds the live entry under `key`; an expired one leaves.
    fn find_live(&mut self, key: &str, now: f64) -> Option<Slot> {
        let slot = self.find(key)?;
        if self.live(slot, now).is_some() {
            return Some(slot);
        }
        self.take(slot, Leaving::Otherwise);
        self.stats.expirations += 1;
        None
    }

    fn count(&mut self, outcome: SetOutcome, had_older: bool) {
        match outcome {
            SetOutcome::Inserted => self.stats.insertions += 1,
            SetOutcome::Replaced => self.stats.replaced += 1,
            SetOutcome::TooHeavy | SetOutcome::Expired => {
                self.stats.rejected += 1;
                self.stats.removed += u64::from(had_older);
            }
        }
    }

    fn make_room(&mut self, weight: u64, now: f64) {
        while self.weight > self.capacity.saturating_sub(weight) {
            if self.expire_one(now) {
                continue;
            }
            let Some(victim) = self.policy.victim() else { return };
            self.take(victim, Leaving::Evicted);
            self.stats.evictions += 1;
        }
    }

    fn expire_one(&mut self, now: f64) -> bool {
        let Some((_, slot)) = self.deadlines.first().filter(|((at, _), _)| *at <= now) else { return false };
        self.take(slot, Leaving::Otherwise);
        self.stats.expirations += 1;
        true
    }

    /// Puts in an entry that is new and fits.
    fn insert(&mut self, key: &str, value: V, facts: Facts) {
        self.clock += 1;
        let stored = Stored { key: key.into(), value, facts, used_at: self.clock };
        let Some(slot) = self.slab.add(stored) else { return };
        self.weight += facts.weight;
        self.policy.inserted(slot, &facts);
        if facts.expires_at.is_finite() {
            self.deadlines.set(slot, (facts.expires_at, self.clock));
        }
        self.note_change(key);
    }

    fn take(&mut self, slot: Slot, leaving: Leaving) -> Option<Stored<V>> {
        match leaving {
            Leaving::Evicted => self.policy.evicted(slot),
            Leaving::Otherwise => self.policy.removed(slot),
        }
        self.deadlines.remove(slot);
        let stored = self.slab.take(slot)?;
        self.weight = self.weight.saturating_sub(stored.facts.weight);
        self.note_change(&stored.key);
        Some(stored)
    }

    fn note_change(&mut self, key: &str) {
        if let Some(changed) = &mut self.changed
            && !changed.contains(key)
        {
            changed.insert(key.to_owned());
        }
    }
}

/// Why an entry leaves, as far as a policy cares.
#[derive(Clone, Copy)]
enum Leaving {
    Evicted,
    Otherwise,
}
