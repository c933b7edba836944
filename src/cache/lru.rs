//! The entry that was used longest ago leaves first.

use super::policy::{EvictionPolicy, Facts, Slot};
use super::slot_list::SlotList;

/// Evicts the least recently used entry. Constant time.
#[derive(Debug, Default)]
pub struct Lru {
    recency: SlotList,
}

impl EvictionPolicy for Lru {
    fn inserted(&mut self, slot: Slot, _: &Facts) {
        self.recency.push_newest(slot);
    }

    fn touched(&mut self, slot: Slot) {
        if self.recency.contains(slot) {
            self.recency.push_newest(slot);
        }
    }

    fn removed(&mut self, slot: Slot) {
        self.recency.remove(slot);
    }

    fn victim(&mut self) -> Option<Slot> {
        self.recency.oldest()
    }
}
