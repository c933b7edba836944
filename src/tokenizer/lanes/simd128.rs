//! WebAssembly's vectors of 128 bits.

use core::arch::wasm32::{i8x16_bitmask, i8x16_eq, u8x16_le, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128};

use super::{BLOCK, Classes, Letters};
use crate::chunk::Chunk;

#[inline(always)]
pub(crate) fn letters(chunk: Chunk) -> Letters {
    let bytes = vector(chunk);
    Letters { lower: within(bytes, b'a', b'z'), upper: within(bytes, b'A', b'Z') }
}

/// The bytes that are a space.
#[inline(always)]
pub(crate) fn spaces(chunk: Chunk) -> u32 {
    u32::from(i8x16_bitmask(i8x16_eq(vector(chunk), u8x16_splat(b' '))))
}

#[inline(always)]
fn within(bytes: v128, from: u8, to: u8) -> u32 {
    u32::from(i8x16_bitmask(u8x16_le(u8x16_sub(bytes, u8x16_splat(from)), u8x16_splat(to - from))))
}

#[inline(always)]
fn vector(chunk: Chunk) -> v128 {
    let chunk = u128::from_le_bytes(chunk);
    u64x2(chunk as u64, (chunk >> 64) as u64)
}

/// Whether finding the classes of a block at once pays.
pub(crate) const IN_BLOCKS: bool = true;

#[inline(always)]
pub(crate) fn classes(block: &[u8; BLOCK]) -> Classes {
    let mut all = Classes { lower: 0, upper: 0, digit: 0, space: 0, newline: 0, apostrophe: 0, slash: 0, decided: 0 };
    let (chunks, _) = block.as_chunks::<16>();
    for (place, chunk) in chunks.iter().enumerate() {
        let bytes = vector(*chunk);
        let put = |mask: u32| u64::from(mask) << (16 * place);
        all.lower |= put(within(bytes, b'a', b'z'));
        all.upper |= put(within(bytes, b'A', b'Z'));
        all.digit |= put(within(bytes, b'0', b'9'));
        all.space |= put(within(bytes, b' ', b' '));
        all.apostrophe |= put(within(bytes, b'\'', b'\''));
        all.slash |= put(within(bytes, b'/', b'/'));
        let newline = within(bytes, b'\n', b'\n') | within(bytes, b'\r', b'\r');
        all.newline |= put(newline);
        let ascii = u32::from(i8x16_bitmask(u8x16_lt(bytes, u8x16_splat(0x80))));
        all.decided |= put(ascii & (newline | !within(bytes, 9, 13)));
    }
    all
}
