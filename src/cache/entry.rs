//! What callers say of an entry, and what they are told.

use super::policy::{Facts, POLICIES};
use super::slab::Stored;

/// Says how a cache behaves.
#[derive(Debug, Clone, PartialEq)]
pub struct CacheConfig {
    /// The name of a policy in [`POLICIES`].
    pub policy: String,
    /// How much weight is held at most, in the unit that the caller gives weights in.
    pub capacity: u64,
    /// How long entries live that are set without a time of their own, in ms; `None` for ever.
    pub ttl: Option<f64>,
    /// Whether to remember which keys changed, for [`Cache::take_changed`](super::Cache::take_changed).
    pub track_changes: bool,
}

impl CacheConfig {
    /// Describes a cache with the default policy and no expiry.
    pub fn with_capacity(capacity: u64) -> Self {
        let policy = POLICIES.first().map_or("lru", |(name, _)| name).to_owned();
        Self { policy, capacity, ttl: None, track_changes: false }
    }
}

/// Says what is special about one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SetOptions {
    /// The share of the capacity it takes; 0 counts as 1, so that the number of entries is bounded too.
    pub weight: u64,
    /// What it would cost to make it again, in any one unit; `None` when unknown.
    pub cost: Option<f64>,
    /// How long it lives, in ms; infinite for ever; `None` for the cache's default.
    pub ttl: Option<f64>,
    /// How often it was read in an earlier life: for entries that come back from a store.
    pub uses: u32,
}

impl Default for SetOptions {
    fn default() -> Self {
        Self { weight: 1, cost: None, ttl: None, uses: 0 }
    }
}

/// Tells what became of a value that was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOutcome {
    /// It is kept under a new key.
    Inserted,
    /// It is kept in place of an older value.
    Replaced,
    /// It is heavier than the whole capacity and not kept; an older value under the key is gone.
    TooHeavy,
    /// Its time was over on arrival and it is not kept; an older value under the key is gone.
    Expired,
}

impl SetOutcome {
    /// Whether the value is in the cache now.
    pub const fn is_kept(self) -> bool {
        matches!(self, Self::Inserted | Self::Replaced)
    }
}

/// Shows one entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a, V> {
    /// Its key.
    pub key: &'a str,
    /// Its value.
    pub value: &'a V,
    /// The share of the capacity it takes.
    pub weight: u64,
    /// What it would cost to make it again; 0 when unknown.
    pub cost: f64,
    /// When it expires, in ms since the epoch; infinite when never.
    pub expires_at: f64,
    /// How often it was read.
    pub uses: u32,
}

impl<'a, V> Entry<'a, V> {
    pub(super) fn new(stored: &'a Stored<V>, facts: &Facts) -> Self {
        let Facts { weight, cost, expires_at, .. } = *facts;
        Self { key: &stored.key, value: &stored.value, weight, cost, expires_at, uses: stored.uses }
    }
}
