//! A vocabulary as it travels: each token as the pair of tokens that merges into it.
//!
//! Every token of two bytes or more is the merge of two lower ranks, so the pairs are the whole vocabulary. Layout,
//! little-endian, the whole compressed with zlib (whose checksum guards it):
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `TTPK` |
//! | 1 | version, 1 |
//! | 4 | number of ranks |
//! | 256 | the byte of each of the first 256 ranks |
//! | 6 × (ranks − 256) | planes: low, middle and high byte of the left parts, then of the right parts |
//!
//! Planes compress better than interleaved pairs (5% on `o200k_base`): high bytes repeat. A rank without a token has
//! [`NONE`] on both sides.

use trimtab_error::{Error, ErrorKind, Result};

/// The part of a rank that has no token.
pub const NONE: u32 = 0xff_ffff;

const MAGIC: &[u8; 4] = b"TTPK";
const VERSION: u8 = 1;
const HEADER: usize = 4 + 1 + 4 + 256;
const COMPRESSION_LEVEL: u8 = 10;
/// No pack is anywhere near: a corrupt length must not ask for gigabytes.
const LARGEST: usize = 64 << 20;

/// A vocabulary before it is expanded into look-up tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The byte of each of the first 256 ranks.
    pub bytes: [u8; 256],
    /// The parts of each rank from 256 on.
    pub pairs: Vec<(u32, u32)>,
}

impl Pack {
    /// Packs into compressed bytes.
    pub fn write(&self) -> Vec<u8> {
        let ranks = u32::try_from(256 + self.pairs.len()).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(HEADER + self.pairs.len() * 6);
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&ranks.to_le_bytes());
        out.extend_from_slice(&self.bytes);
        for side in [|pair: &(u32, u32)| pair.0, |pair: &(u32, u32)| pair.1] {
            for shift in [0, 8, 16] {
                out.extend(self.pairs.iter().map(|pair| (side(pair) >> shift) as u8));
            }
        }
        miniz_oxide::deflate::compress_to_vec_zlib(&out, COMPRESSION_LEVEL)
    }

    /// Reads compressed bytes.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`], naming the part that is wrong.
    pub fn read(compressed: &[u8]) -> Result<Self> {
        let raw = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(compressed, LARGEST).map_err(|error| {
            invalid(&format!("its compressed data is corrupt or cut short ({})", error.status as i32))
        })?;
        let (header, planes) = raw.split_at_checked(HEADER).ok_or_else(|| invalid("its header is cut short"))?;
        let ranks = read_header(header)?;
        let bytes = header.get(HEADER - 256..).and_then(|b| b.try_into().ok()).ok_or_else(|| invalid("its bytes"))?;
        let pairs = read_pairs(planes, ranks)?;
        Ok(Self { bytes, pairs })
    }
}

impl Pack {
    /// The bytes of all tokens, and where each one's end.
    pub(crate) fn expand(self) -> Result<(Vec<u8>, Vec<u32>)> {
        let mut text = self.bytes.to_vec();
        let mut ends: Vec<u32> = (1..=256).collect();
        for (left, right) in &self.pairs {
            for part in [*left, *right].into_iter().filter(|part| *part != NONE) {
                let start = part.checked_sub(1).map_or(Some(0), |before| ends.get(before as usize).copied());
                let span = start.zip(ends.get(part as usize).copied());
                let (start, end) = span.ok_or_else(|| invalid("a token is made of a later one"))?;
                text.extend_from_within(start as usize..end as usize);
            }
            ends.push(text.len() as u32);
        }
        Ok((text, ends))
    }
}

fn read_header(header: &[u8]) -> Result<usize> {
    if header.get(..4) != Some(MAGIC) {
        return Err(invalid("it does not start as a pack does"));
    }
    let version = header.get(4).copied().unwrap_or(0);
    if version != VERSION {
        return Err(invalid(&format!("its version is {version}, and this release reads {VERSION}")));
    }
    let ranks = header.get(5..9).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
    Ok(ranks as usize)
}

fn read_pairs(planes: &[u8], ranks: usize) -> Result<Vec<(u32, u32)>> {
    let merges = ranks.checked_sub(256).ok_or_else(|| invalid("it has fewer than 256 ranks"))?;
    if merges.checked_mul(6) != Some(planes.len()) {
        return Err(invalid(&format!("it names {merges} merges and holds {} bytes of them", planes.len())));
    }
    let plane = |i: usize| planes.get(i * merges..(i + 1) * merges).unwrap_or_default();
    let side = |first: usize| {
        let (low, middle, high) = (plane(first), plane(first + 1), plane(first + 2));
        low.iter().zip(middle).zip(high).map(|((l, m), h)| u32::from(*l) | u32::from(*m) << 8 | u32::from(*h) << 16)
    };
    Ok(side(0).zip(side(3)).collect())
}

fn invalid(what: &str) -> Error {
    Error::new(ErrorKind::InvalidPack, format!("the vocabulary pack can't be read: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Pack {
        let mut bytes = [0; 256];
        bytes.iter_mut().zip(0..=255).for_each(|(slot, byte)| *slot = byte);
        Pack { bytes, pairs: vec![(97, 98), (256, 99), (NONE, NONE)] }
    }

    #[test]
    fn a_pack_survives_the_journey() {
        assert_eq!(Pack::read(&small().write()).unwrap(), small());
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_noticed() {
        let packed = small().write();
        for len in 0..packed.len() {
            let error = Pack::read(&packed[..len]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidPack, "cut at {len}");
        }
        for at in 0..packed.len() {
            let mut flipped = packed.clone();
            flipped[at] ^= 0x40;
            assert!(Pack::read(&flipped).map_or(true, |pack| pack == small()), "byte {at}");
        }
    }
}
