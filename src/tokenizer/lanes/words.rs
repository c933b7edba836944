//! Two words of eight bytes, for targets without vector instructions.

use super::{BLOCK, Classes, Letters};
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

/// Finding the classes of a block this way takes as long as what it saves; it is done where tests should see it.
pub(crate) const IN_BLOCKS: bool = cfg!(not(target_arch = "wasm32"));

/// One bit of a byte for each class, so that a look-up classifies and a multiplication collects eight bytes' bits.
const LOWER: usize = 0;
const UPPER: usize = 1;
const DIGIT: usize = 2;
const SPACE: usize = 3;
const APOSTROPHE: usize = 4;
const SLASH: usize = 5;
const NEWLINE: usize = 6;
const DECIDED: usize = 7;

#[allow(clippy::indexing_slicing)] // an index that is wrong would not compile
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let kind = match byte as u8 {
            b'a'..=b'z' => 1 << LOWER,
            b'A'..=b'Z' => 1 << UPPER,
            b'0'..=b'9' => 1 << DIGIT,
            b' ' => 1 << SPACE,
            b'\'' => 1 << APOSTROPHE,
            b'/' => 1 << SLASH,
            b'\n' | b'\r' => 1 << NEWLINE,
            _ => 0,
        };
        kinds[byte] = if matches!(byte, 9 | 11 | 12) { 0 } else { kind | 1 << DECIDED };
        byte += 1;
    }
    kinds
};

#[inline(always)]
pub(crate) fn classes(block: &[u8; BLOCK]) -> Classes {
    let mut all = [0u64; 8];
    let (words, _) = block.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let kind = |byte: u8| KINDS.get(usize::from(byte)).copied().unwrap_or(0);
        let kinds = u64::from_le_bytes(word.map(kind));
        for (class, mask) in all.iter_mut().enumerate() {
            *mask |= u64::from(bits(kinds << (7 - class) & HIGH)) << (8 * place);
        }
    }
    let [lower, upper, digit, space, apostrophe, slash, newline, decided] = all;
    Classes { lower, upper, digit, space, newline, apostrophe, slash, decided }
}
