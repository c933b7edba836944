//! Tokens of more than twelve bytes: the slot has a part of the hash, the bytes stand elsewhere.

use super::{NONE, SPREAD, bits_for};

#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: u32,
    order: u32,
}

const FREE: Slot = Slot { tag: 0, order: NONE };

#[derive(Debug)]
pub(crate) struct Long {
    slots: Vec<Slot>,
    shift: u32,
}

impl Long {
    /// Makes room for `entries` tokens.
    pub(crate) fn for_entries(entries: usize) -> Self {
        let bits = bits_for(entries).max(1);
        Self { slots: vec![FREE; 1 << bits], shift: 64 - bits }
    }

    /// Adds a token with these bytes; `bytes_of` gives those of the tokens that are there. The first of equals stays.
    pub(crate) fn insert<'a>(&mut self, bytes: &[u8], order: u32, bytes_of: impl Fn(u32) -> &'a [u8]) {
        let hash = hash(bytes);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.order == NONE {
                *slot = Slot { tag: hash as u32, order };
                return;
            }
            if slot.tag == hash as u32 && bytes_of(slot.order) == bytes {
                return;
            }
            at += 1;
        }
    }

    /// The order of the token with these bytes, or [`NONE`].
    #[inline]
    pub(crate) fn find<'a>(&self, bytes: &[u8], bytes_of: impl Fn(u32) -> &'a [u8]) -> u32 {
        let hash = hash(bytes);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get(at & mask) {
            if slot.order == NONE || slot.tag == hash as u32 && bytes_of(slot.order) == bytes {
                return slot.order;
            }
            at += 1;
        }
        NONE
    }
}

/// A hash of all of `bytes`, which are eight or more: the last word overlaps the one before.
#[inline(always)]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: &[u8; 8]| (hash.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(SPREAD);
    let (words, _) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64, mix);
    let last = bytes.last_chunk::<8>().map_or(hash, |last| mix(hash, last));
    (last ^ last >> 32).wrapping_mul(SPREAD)
}
