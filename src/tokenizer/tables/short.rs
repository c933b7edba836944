//! Tokens of up to twelve bytes, with their bytes inside the slot: one access to memory decides.

use super::{Key, NONE, bits_for};

/// Sixteen bytes, so that none lies across two lines of a processor's cache.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    low: u64,
    high: u32,
    /// The order above four bits of the length; 0 where the slot is free, since no token is empty.
    order_and_len: u32,
}

#[derive(Debug)]
pub(crate) struct Short {
    slots: Vec<Slot>,
    shift: u32,
    /// How many entries there may be before it has to grow.
    room: usize,
    /// What it grows to, as a power of two.
    most: u32,
}

/// 512 KB, enough for the tokens that a small text asks for; touching all the memory of a full table takes longer than
/// filling this one.
const FEW: u32 = 15;

impl Short {
    /// Makes room for `entries` tokens, at once or not before they come.
    pub(crate) fn for_entries(entries: usize, at_once: bool) -> Self {
        let most = bits_for(entries).max(1);
        let mut table = Self { slots: vec![], shift: 0, room: 0, most };
        table.resize(if at_once { most } else { most.min(FEW) });
        table
    }

    fn resize(&mut self, bits: u32) {
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); 1 << bits]);
        self.shift = 64 - bits;
        self.room = if bits == self.most { usize::MAX } else { 3 << (bits - 2) };
        for Slot { low, high, order_and_len } in slots {
            if order_and_len != 0 {
                let key = Key { low, high, len: order_and_len & 15 };
                self.insert(key, key.hash(), order_and_len >> 4);
            }
        }
    }

    /// Adds a token, unless there is one with these bytes.
    pub(crate) fn insert(&mut self, key: Key, hash: u64, order: u32) {
        if self.room == 0 {
            self.resize(self.most);
        }
        let (low, high, order_and_len) = (key.low, key.high, order << 4 | key.len);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.order_and_len == 0 {
                *slot = Slot { low, high, order_and_len };
                self.room -= 1;
                return;
            }
            if slot.low == low && slot.high == high && slot.order_and_len & 15 == key.len {
                return;
            }
            at += 1;
        }
    }

    /// Whether the token with these bytes is there and in the place that its hash gives it.
    #[inline(always)]
    pub(crate) fn has_at_home(&self, key: Key, hash: u64) -> bool {
        let slot = self.slots.get((hash >> self.shift) as usize).copied().unwrap_or_default();
        slot.low == key.low && slot.high == key.high && slot.order_and_len & 15 == key.len
    }

    /// The order of the token with these bytes, or [`NONE`].
    #[inline(always)]
    pub(crate) fn find(&self, key: Key, hash: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get(at & mask) {
            if slot.low == key.low && slot.high == key.high && slot.order_and_len & 15 == key.len {
                return slot.order_and_len >> 4;
            }
            if slot.order_and_len == 0 {
                break;
            }
            at += 1;
        }
        NONE
    }

    /// All tokens, with their orders.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Key, u32)> {
        let used = self.slots.iter().filter(|slot| slot.order_and_len != 0);
        used.map(|slot| (Key { low: slot.low, high: slot.high, len: slot.order_and_len & 15 }, slot.order_and_len >> 4))
    }
}
