//! The entry that expires soonest leaves first.

use super::policy::{EvictionPolicy, Facts, Slot};
use super::slot_heap::SlotHeap;

/// Evicts the entry that expires soonest, and of equals the one inserted first. Logarithmic; reading changes nothing.
///
/// Entries that never expire leave last.
#[derive(Debug, Default)]
pub struct Ttl {
    /// The time of expiry, then the order of insertion.
    ranks: SlotHeap<(f64, u64)>,
    clock: u64,
}

impl EvictionPolicy for Ttl {
    fn inserted(&mut self, slot: Slot, facts: &Facts) {
        self.clock += 1;
        self.ranks.set(slot, (facts.expires_at, self.clock));
    }

    fn touched(&mut self, _: Slot) {}

    fn removed(&mut self, slot: Slot) {
        self.ranks.remove(slot);
    }

    fn victim(&mut self) -> Option<Slot> {
        self.ranks.first().map(|(_, slot)| slot)
    }
}
