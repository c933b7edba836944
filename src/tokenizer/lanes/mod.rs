//! Classes of the sixteen bytes of a chunk at once. The variants have the same signatures; which one is compiled depends
//! on the target.

#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), path = "simd128.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_feature = "simd128")), path = "words.rs")]
mod variant;

pub(crate) use variant::{IN_BLOCKS, classes, letters, spaces};

/// How many bytes have their classes found at once.
pub(crate) const BLOCK: usize = 64;

/// Classes of the bytes of a block: bit `i` is for byte `i`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classes {
    pub(crate) lower: u64,
    pub(crate) upper: u64,
    pub(crate) digit: u64,
    pub(crate) space: u64,
    /// CR and LF.
    pub(crate) newline: u64,
    pub(crate) apostrophe: u64,
    pub(crate) slash: u64,
    /// ASCII but for the white space that is in none of the others.
    pub(crate) decided: u64,
}

/// ASCII letters of a chunk: bit `i` is for byte `i`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) lower: u32,
    pub(crate) upper: u32,
}

/// How many bits from `from` on are set, in a row, of the 16 of `mask`.
#[inline(always)]
pub(crate) fn run(mask: u32, from: u32) -> u32 {
    (!(mask >> from)).trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_place_has_its_class() {
        for byte in 0..=u8::MAX {
            for place in 0..16 {
                for around in [b'a', b'Z', b' ', 0, 0xff] {
                    let mut chunk = [around; 16];
                    chunk[place] = byte;
                    let bits = |is: fn(&u8) -> bool| (0..16).filter(|i| is(&chunk[*i])).map(|i| 1u32 << i).sum();
                    let expected = Letters { lower: bits(u8::is_ascii_lowercase), upper: bits(u8::is_ascii_uppercase) };
                    assert_eq!(letters(chunk), expected, "{byte:#x} at {place} among {around:#x}");
                    assert_eq!(spaces(chunk), bits(|byte| *byte == b' '), "{byte:#x} at {place} among {around:#x}");
                }
            }
        }
    }

    #[test]
    fn every_byte_of_a_block_has_its_class() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                let mut block = [0xff; BLOCK];
                block[place] = byte;
                let bit = |is: bool| u64::from(is) << place;
                let expected = Classes {
                    lower: bit(byte.is_ascii_lowercase()),
                    upper: bit(byte.is_ascii_uppercase()),
                    digit: bit(byte.is_ascii_digit()),
                    space: bit(byte == b' '),
                    newline: bit(byte == b'\n' || byte == b'\r'),
                    apostrophe: bit(byte == b'\''),
                    slash: bit(byte == b'/'),
                    decided: bit(byte < 0x80 && !matches!(byte, 9 | 11 | 12)),
                };
                assert_eq!(classes(&block), expected, "{byte:#x} at {place}");
            }
        }
    }

    #[test]
    fn a_run_ends_at_the_first_bit_that_is_not_set() {
        assert_eq!((run(0b0111, 0), run(0b0111, 1), run(0b0110, 0), run(0xffff, 0)), (3, 2, 0, 16));
    }
}
