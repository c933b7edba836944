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
}

impl Short {
    /// Makes room for `entries` tokens.
    pub(crate) fn for_entries(entries: usize) -> Self {
        let bits = bits_for(entries).max(1);
        Self { slots: vec![Slot::default(); 1 << bits], shift: 64 - bits }
    }

    /// Adds a token, unless there is one with these bytes.
    pub(crate) fn insert(&mut self, key: Key, hash: u64, order: u32) {
        let (low, high, order_and_len) = (key.low, key.high, order << 4 | key.len);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.order_and_len == 0 {
                *slot = Slot { low, high, order_and_len };
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
}
