//! What a cache knows of its entries besides their keys and values: weight, expiry, standing.

use super::entry::{CacheConfig, SetOptions, SetOutcome};
use super::policy::{EvictionPolicy, Facts, Slot, policy};
use super::slot_heap::SlotHeap;
use super::stats::CacheStats;
use trimtab_error::Result;

/// Decides which slots hold what for how long, up to a capacity in weight.
///
/// Whoever owns one finds slots by key and keeps the values; [`Cache`](super::Cache) does so here, the facade's `Cache` in
/// JavaScript. After each call that can make entries leave, [`Ledger::take_left`] tells whose places are free again.
pub struct Ledger {
    entries: Vec<Option<Facts>>,
    free: Vec<Slot>,
    policy: Box<dyn EvictionPolicy>,
    /// Only entries that expire at all, by when, then by when they were set.
    ///
    /// A heap and not a timer wheel: exact to the millisecond, nothing ticks, and where all entries live equally long, a
    /// new one is put in its place at once.
    deadlines: SlotHeap<(f64, u64)>,
    config: CacheConfig,
    weight: u64,
    /// How many entries came in.
    arrivals: u64,
    stats: CacheStats,
    left: Vec<Slot>,
}

impl Ledger {
    /// Makes an empty ledger.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](trimtab_error::ErrorKind::InvalidInput) when there is no policy of that name.
    pub fn new(config: &CacheConfig) -> Result<Self> {
        Ok(Self {
            entries: Vec::new(),
            free: Vec::new(),
            policy: policy(&config.policy, config.capacity)?,
            deadlines: SlotHeap::default(),
            config: config.clone(),
            weight: 0,
            arrivals: 0,
            stats: CacheStats::default(),
            left: Vec::new(),
        })
    }

    /// Notes that the entry in `slot` was read.
    pub fn hit(&mut self, slot: Slot) {
        self.hit_all(&[slot.0]);
    }

    /// Notes that the entries in the slots of these numbers were read, in order.
    pub fn hit_all(&mut self, slots: &[u32]) {
        self.stats.hits += slots.len() as u64;
        self.policy.touched_all(slots);
    }

    /// Notes that so many reads found nothing.
    pub fn missed(&mut self, times: u64) {
        self.stats.misses += times;
    }

    /// What is known of the entry in `slot`, expired or not; its `uses` are those at the time when it was set.
    pub fn facts(&self, slot: Slot) -> Option<Facts> {
        self.entries.get(slot.index()).copied().flatten()
    }

    /// Whether the entry in `slot` is there and its time is not over.
    pub fn is_live(&self, slot: Slot, now: f64) -> bool {
        let Some(facts) = self.facts(slot) else { return false };
        let over = facts.expires_at <= now;
        !over
    }

    /// Finds a place for a value, in place of the one in `older`; others leave until it fits.
    ///
    /// The slot is `None` where the value is not kept. `older` is free in any case, and not among those that left.
    pub fn set(
        &mut self,
        older: Option<Slot>,
        fingerprint: u64,
        options: SetOptions,
        now: f64,
    ) -> (SetOutcome, Option<Slot>) {
        let weight = options.weight.max(1);
        let ttl = options.ttl.or(self.config.ttl).unwrap_or(f64::INFINITY);
        let older = older.and_then(|slot| self.take_older(slot, now));
        let outcome = match older {
            // Not `ttl <= 0.0`: a time that is not a number is over too.
            _ if !matches!(ttl.partial_cmp(&0.0), Some(std::cmp::Ordering::Greater)) => SetOutcome::Expired,
            _ if weight > self.config.capacity => SetOutcome::TooHeavy,
            Some(_) => SetOutcome::Replaced,
            None => SetOutcome::Inserted,
        };
        self.count(outcome, older.is_some());
        if !outcome.is_kept() {
            return (outcome, None);
        }
        // Setting is a use of what was there: a value that is renewed often keeps its standing.
        let uses = older.map_or(options.uses, |uses| uses.saturating_add(1).max(options.uses));
        let facts = Facts { fingerprint, weight, cost: options.cost.unwrap_or(0.0), expires_at: now + ttl, uses };
        self.policy.arriving(&facts);
        self.make_room(weight, now);
        (outcome, self.insert(facts))
    }

    /// Takes out what is to be replaced, and gives its uses, as far as the policy knows them, where it was live.
    fn take_older(&mut self, slot: Slot, now: f64) -> Option<u32> {
        let is_live = self.is_live(slot, now);
        let uses = self.policy.uses(slot);
        self.take(slot)?;
        self.stats.expirations += u64::from(!is_live);
        is_live.then_some(uses)
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

    /// Has entries leave until they weigh so much less, expired ones first; never more than half of it all.
    pub fn shed(&mut self, weight: u64, now: f64) {
        let (most, least) = (self.weight.saturating_sub(weight), self.weight / 2);
        while self.weight > most {
            if self.expire_first(now) {
                continue;
            }
            let Some(victim) = self.policy.victim() else { return };
            let weight = self.facts(victim).map_or(0, |facts| facts.weight);
            if self.weight - weight < least {
                return;
            }
            self.evict(victim);
        }
    }

    fn make_room(&mut self, weight: u64, now: f64) {
        while self.weight > self.config.capacity.saturating_sub(weight) {
            if self.expire_first(now) {
                continue;
            }
            let Some(victim) = self.policy.victim() else { return };
            self.evict(victim);
        }
    }

    fn evict(&mut self, victim: Slot) {
        self.policy.evicted(victim);
        self.strike(victim);
        self.left.push(victim);
        self.stats.evictions += 1;
    }

    /// `None` past 2^32 entries, where nothing is added.
    fn insert(&mut self, facts: Facts) -> Option<Slot> {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                let slot = Slot(u32::try_from(self.entries.len()).ok().filter(|number| *number < u32::MAX)?);
                self.entries.push(None);
                slot
            }
        };
        self.arrivals += 1;
        *self.entries.get_mut(slot.index())? = Some(facts);
        self.weight += facts.weight;
        self.policy.inserted(slot, &facts);
        if facts.expires_at.is_finite() {
            self.deadlines.set(slot, (facts.expires_at, self.arrivals));
        }
        Some(slot)
    }

    /// Removes the entry in `slot`, and tells whether it was live.
    pub fn remove(&mut self, slot: Slot, now: f64) -> bool {
        let is_live = self.is_live(slot, now);
        if self.take(slot).is_some() {
            *(if is_live { &mut self.stats.removed } else { &mut self.stats.expirations }) += 1;
        }
        is_live
    }

    /// Removes everything; the counts of [`Ledger::stats`] go on.
    pub fn clear(&mut self) {
        self.stats.removed += self.len() as u64;
        // The policy of this name was made before.
        if let Ok(policy) = policy(&self.config.policy, self.config.capacity) {
            self.policy = policy;
        }
        self.entries.clear();
        self.free.clear();
        self.left.clear();
        self.deadlines = SlotHeap::default();
        self.weight = 0;
    }

    /// Removes up to `limit` entries whose time is over, and tells how many there were.
    pub fn purge_expired(&mut self, now: f64, limit: usize) -> usize {
        (0..limit).take_while(|_| self.expire_first(now)).count()
    }

    fn expire_first(&mut self, now: f64) -> bool {
        let Some((_, slot)) = self.deadlines.first().filter(|((at, _), _)| *at <= now) else { return false };
        self.take(slot);
        self.left.push(slot);
        self.stats.expirations += 1;
        true
    }

    fn take(&mut self, slot: Slot) -> Option<Facts> {
        self.policy.removed(slot);
        self.strike(slot)
    }

    fn strike(&mut self, slot: Slot) -> Option<Facts> {
        let facts = self.facts(slot)?;
        *self.entries.get_mut(slot.index())? = None;
        self.deadlines.remove(slot);
        self.weight -= facts.weight;
        self.free.push(slot);
        Some(facts)
    }

    /// How many slots were freed by eviction or expiry, and not yet taken.
    pub fn left(&self) -> usize {
        self.left.len()
    }

    /// Takes the slots that eviction and expiry freed since the last call; the newest may hold another entry already.
    pub fn take_left(&mut self) -> Vec<Slot> {
        std::mem::take(&mut self.left)
    }

    /// How many entries there are, expired ones too.
    pub fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The weight of all entries.
    pub const fn weight(&self) -> u64 {
        self.weight
    }

    /// The most weight there may be.
    pub const fn capacity(&self) -> u64 {
        self.config.capacity
    }

    /// What happened so far.
    pub const fn stats(&self) -> CacheStats {
        self.stats
    }

    /// Checks that all parts agree; linear, for tests.
    ///
    /// # Errors
    /// A sentence about the first disagreement.
    pub fn validate(&self) -> std::result::Result<(), String> {
        let entries = || self.entries.iter().flatten();
        let weight: u64 = entries().map(|facts| facts.weight).sum();
        let expiring = entries().filter(|facts| facts.expires_at.is_finite()).count();
        match () {
            () if entries().count() != self.len() => Err("more or fewer entries than slots taken".to_owned()),
            () if weight != self.weight => Err(format!("weight is {weight}, not {}", self.weight)),
            () if weight > self.capacity() => Err(format!("weight {weight} is above {}", self.capacity())),
            () if expiring != self.deadlines.len() => Err(format!("{expiring} deadlines are not known")),
            () => Ok(()),
        }
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("config", &self.config).field("stats", &self.stats).finish_non_exhaustive()
    }
}
