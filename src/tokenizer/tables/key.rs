//! Up to twelve bytes as two numbers.

use super::{SPREAD, SPREAD_MORE};
use crate::chunk::{Chunk, chunk_at};

/// The most bytes that a [`Key`] holds: nine tokens in ten of the large vocabularies are no longer.
pub(crate) const SHORT: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) low: u64,
    pub(crate) high: u32,
    pub(crate) len: u32,
}

impl Key {
    /// The `len` bytes of `text` from `at` on; `len` is at most [`SHORT`].
    #[inline(always)]
    pub(crate) fn at(text: &[u8], at: usize, len: usize) -> Self {
        Self::of(chunk_at(text, at), len)
    }

    /// The first `len` bytes of `chunk`.
    #[inline(always)]
    pub(crate) fn of(chunk: Chunk, len: usize) -> Self {
        let all = u128::from_le_bytes(chunk);
        let (mask, mask_high) = MASKS.get(len).copied().unwrap_or_default();
        Self { low: all as u64 & mask, high: (all >> 64) as u32 & mask_high, len: len as u32 }
    }

    pub(crate) fn is_ascii(self) -> bool {
        self.low & 0x8080_8080_8080_8080 == 0 && self.high & 0x8080_8080 == 0
    }

    /// Its bytes, and then zeros.
    pub(crate) fn bytes(self) -> [u8; 16] {
        (u128::from(self.low) | u128::from(self.high) << 64).to_le_bytes()
    }

    /// A number whose high bits depend on all of it.
    #[inline(always)]
    pub(crate) fn hash(self) -> u64 {
        let rest = u64::from(self.high) | u64::from(self.len) << 32;
        self.low.wrapping_mul(SPREAD) ^ rest.wrapping_mul(SPREAD_MORE)
    }
}

/// The bits of a key's numbers that so many bytes fill.
#[allow(clippy::indexing_slicing)] // an index that is wrong would not compile
const MASKS: [(u64, u32); SHORT + 1] = {
    let mut masks = [(0, 0); SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        masks[len] =
            if len <= 8 { (u64::MAX >> (64 - 8 * len), 0) } else { (u64::MAX, u32::MAX >> (32 - 8 * (len - 8))) };
        len += 1;
    }
    masks
};
