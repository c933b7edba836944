//! LRU, of keys alone.

use super::{Keys, Shadow};
use crate::policy::Slot;
use crate::slot_list::SlotList;

/// Lets go what was asked for longest ago.
pub(in super::super) struct Recency {
    held: SlotList,
    weight: u64,
    capacity: u64,
}

impl Recency {
    pub(in super::super) fn with_capacity(capacity: u64) -> Self {
        Self { held: SlotList::default(), weight: 0, capacity }
    }
}

impl Shadow for Recency {
    fn request(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        let held = self.held.contains(key);
        if !held {
            let weight = keys.weight(key);
            while self.weight > self.capacity.saturating_sub(weight) && self.give_up(keys, out) {}
            self.weight += weight;
        }
        self.held.push_newest(key);
        held
    }

    fn give_up(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        let Some(key) = self.held.oldest() else { return false };
        self.held.remove(key);
        self.weight -= keys.weight(key);
        out.push(key);
        true
    }

    fn reweigh(&mut self, key: Slot, keys: &Keys, weight: u64) {
        if self.held.contains(key) {
            self.weight = self.weight - keys.weight(key) + weight;
        }
    }

    fn holds(&self, key: Slot) -> bool {
        self.held.contains(key)
    }

    fn knows(&self, key: Slot) -> bool {
        self.held.contains(key)
    }

    fn coldest_first(&self) -> Vec<Slot> {
        self.held.all_of(0).collect()
    }
}
