//! Two words of eight bytes, for targets without vector instructions.

use super::Letters;
use crate::chunk::Chunk;

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

#[inline(always)]
pub(crate) fn letters(chunk: Chunk) -> Letters {
    Letters { lower: within(chunk, b'a', b'z'), upper: within(chunk, b'A', b'Z') }
}

/// The bytes that are a space.
#[inline(always)]
pub(crate) fn spaces(chunk: Chunk) -> u32 {
    within(chunk, b' ', b' ')
}

#[inline(always)]
fn within(chunk: Chunk, from: u8, to: u8) -> u32 {
    let chunk = u128::from_le_bytes(chunk);
    let half = |word: u64| {
        let low = word & !HIGH;
        // Seven bits and what is added never carry into the next byte.
        let at_least = low + ONES * u64::from(0x80 - from);
        let above = low + ONES * u64::from(0x7f - to);
        bits(at_least & !above & !word & HIGH)
    };
    half(chunk as u64) | half((chunk >> 64) as u64) << 8
}

/// The highest bits of the eight bytes, side by side.
#[inline(always)]
fn bits(high: u64) -> u32 {
    ((high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}
