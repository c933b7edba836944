//! The entry that was used least often leaves first.

use super::policy::{EvictionPolicy, Facts, Slot};
use super::slot_heap::SlotHeap;

/// Evicts the least frequently used entry, and of equals the one used longest ago. Logarithmic.
///
/// Counts never fade, so a once popular entry stays: choose it only where popularity is stable.
#[derive(Debug, Default)]
pub struct Lfu {
    /// Uses, then the time of the last one.
    ranks: SlotHeap<(u32, u64)>,
    clock: u64,
}

impl Lfu {
    fn rank(&mut self, slot: Slot, uses: u32) {
        self.clock += 1;
        self.ranks.set(slot, (uses, self.clock));
    }
}

impl EvictionPolicy for Lfu {
    fn inserted(&mut self, slot: Slot, facts: &Facts) {
        self.rank(slot, facts.uses);
    }

    fn touched(&mut self, slot: Slot) {
        if let Some((uses, _)) = self.ranks.rank(slot) {
            self.rank(slot, uses.saturating_add(1));
        }
    }

    fn uses(&self, slot: Slot) -> u32 {
        self.ranks.rank(slot).map_or(0, |(uses, _)| uses)
    }

    fn removed(&mut self, slot: Slot) {
        self.ranks.remove(slot);
    }

    fn victim(&mut self) -> Option<Slot> {
        self.ranks.first().map(|(_, slot)| slot)
    }
}
