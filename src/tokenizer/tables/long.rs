//! Tokens of more than twelve bytes: the slot has a part of the hash, the bytes stand elsewhere.

use super::{NONE, SPREAD, bits_for};

#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: u32,
    order: u32,
    place: Place,
}

const FREE: Slot = Slot { tag: 0, order: NONE, place: Place(0) };

/// Where a token's bytes stand in some text: the start above eight bits of the length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(u32);

impl Place {
    /// The longest text that places are of.
    pub(crate) const MOST: usize = 1 << 24;

    pub(crate) fn new(start: usize, len: usize) -> Self {
        Self((start << 8 | len) as u32)
    }

    pub(crate) fn len(self) -> usize {
        (self.0 & 0xff) as usize
    }

    #[inline(always)]
    pub(crate) fn bytes(self, text: &[u8]) -> &[u8] {
        let start = (self.0 >> 8) as usize;
        text.get(start..start + self.len()).unwrap_or_default()
    }
}

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

    /// Adds a token with the bytes at `place` of `text`, where the others have theirs. The first of equals stays.
    pub(crate) fn insert(&mut self, text: &[u8], place: Place, order: u32) {
        let bytes = place.bytes(text);
        let hash = hash(bytes);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.order == NONE {
                *slot = Slot { tag: hash as u32, order, place };
                return;
            }
            if slot.tag == hash as u32 && slot.place.bytes(text) == bytes {
                return;
            }
            at += 1;
        }
    }

    /// The order of the token with these bytes, or [`NONE`]; `text` has the tokens.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], text: &[u8]) -> u32 {
        let hash = hash(bytes);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get(at & mask) {
            if slot.order == NONE || slot.tag == hash as u32 && slot.place.bytes(text) == bytes {
                return slot.order;
            }
            at += 1;
        }
        NONE
    }
}

impl Long {
    /// All tokens, with their orders.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Place, u32)> {
        self.slots.iter().filter(|slot| slot.order != NONE).map(|slot| (slot.place, slot.order))
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
