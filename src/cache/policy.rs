//! Which entry leaves when the cache is full: the trait, and the list of all policies.

use super::{adaptive::Adaptive, lfu::Lfu, lru::Lru, ttl::Ttl};
use trimtab_error::{Error, ErrorKind, Result};

/// Names the place of one entry; places are reused once their entry is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

impl Slot {
    #[inline(always)]
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Tells a policy what it may know of a new entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    /// A hash of the key, equal for equal keys: lets a policy remember keys that have left.
    pub fingerprint: u64,
    /// The share of the capacity that the entry takes, in the capacity's unit; at least 1.
    pub weight: u64,
    /// What it would cost to make the value again, in any one unit; 0 when unknown.
    pub cost: f64,
    /// When the entry expires, in ms since the epoch; infinite when never.
    pub expires_at: f64,
    /// How often the entry was read before: above 0 when it replaces an older value or was restored.
    pub uses: u32,
}

/// Decides which entry leaves when the cache is full.
///
/// A policy sees slots and [`Facts`], never keys or values, so it cannot reorder, resize or read what it ranks.
pub trait EvictionPolicy {
    /// Notes that an entry is about to come in, before room is made for it.
    fn arriving(&mut self, _: &Facts) {}
    /// Notes that a new entry took `slot`.
    fn inserted(&mut self, slot: Slot, facts: &Facts);
    /// Notes that the entry in `slot` was read.
    fn touched(&mut self, slot: Slot);
    /// Notes that the entries in the slots of these numbers were read, in order.
    fn touched_all(&mut self, slots: &[u32]) {
        slots.iter().for_each(|slot| self.touched(Slot(*slot)));
    }
    /// How often the entry in `slot` was used, for a policy that counts; 0 for the others.
    fn uses(&self, _: Slot) -> u32 {
        0
    }
    /// Notes that the entry in `slot` is gone for another cause than eviction.
    fn removed(&mut self, slot: Slot);
    /// Notes that the entry in `slot` left because this policy named it as the victim.
    fn evicted(&mut self, slot: Slot) {
        self.removed(slot);
    }
    /// Names the slot to give up next, or `None` when nothing is held.
    ///
    /// The same slot until something else is reported: asking is not evicting.
    fn victim(&mut self) -> Option<Slot>;
}

/// Makes an empty policy for a cache of this capacity.
pub type MakePolicy = fn(u64) -> Box<dyn EvictionPolicy>;

/// All policies, by the names that callers choose them with; the first is the default.
pub const POLICIES: &[(&str, MakePolicy)] = &[
    ("adaptive", |capacity| Box::new(Adaptive::with_capacity(capacity))),
    ("lru", |_| Box::new(Lru::default())),
    ("lfu", |_| Box::new(Lfu::default())),
    ("ttl", |_| Box::new(Ttl::default())),
];

/// Makes the policy of this name.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] with the names there are.
pub fn policy(name: &str, capacity: u64) -> Result<Box<dyn EvictionPolicy>> {
    let found = POLICIES.iter().find(|(known, _)| *known == name);
    found.map(|(_, make)| make(capacity)).ok_or_else(|| {
        let known: Vec<&str> = POLICIES.iter().map(|(known, _)| *known).collect();
        Error::new(ErrorKind::InvalidInput, format!("\"{name}\" is not a cache policy: there are {}", known.join(", ")))
    })
}
