//! WebAssembly's vectors of 128 bits.

use core::arch::wasm32::{i8x16_bitmask, i8x16_eq, u8x16_le, u8x16_splat, u8x16_sub, u64x2, v128};

use super::Letters;
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
