//! XXH32, to notice records that were damaged.

const P1: u32 = 0x9E37_79B1;
const P2: u32 = 0x85EB_CA77;
const P3: u32 = 0xC2B2_AE3D;
const P4: u32 = 0x27D4_EB2F;
const P5: u32 = 0x1656_67B1;

/// Computes the XXH32 of `bytes`.
///
/// Chosen over CRC-32 for its size: no table, and one multiplication for four bytes. It guards against accidents,
/// not against someone who wants a record to look right. After the XXH32 specification, version 0.1.1.
pub(super) fn xxh32(bytes: &[u8], seed: u32) -> u32 {
    let (stripes, rest) = bytes.as_chunks::<16>();
    let mut hash = if stripes.is_empty() { seed.wrapping_add(P5) } else { absorb(stripes, seed) };
    hash = hash.wrapping_add(bytes.len() as u32);
    let (words, tail) = rest.as_chunks::<4>();
    for word in words {
        let mixed = u32::from_le_bytes(*word).wrapping_mul(P3);
        hash = hash.wrapping_add(mixed).rotate_left(17).wrapping_mul(P4);
    }
    for byte in tail {
        hash = hash.wrapping_add(u32::from(*byte).wrapping_mul(P5)).rotate_left(11).wrapping_mul(P1);
    }
    hash = (hash ^ (hash >> 15)).wrapping_mul(P2);
    hash = (hash ^ (hash >> 13)).wrapping_mul(P3);
    hash ^ (hash >> 16)
}

fn absorb(stripes: &[[u8; 16]], seed: u32) -> u32 {
    let mut lanes = [seed.wrapping_add(P1).wrapping_add(P2), seed.wrapping_add(P2), seed, seed.wrapping_sub(P1)];
    for stripe in stripes {
        let (words, _) = stripe.as_chunks::<4>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            let added = u32::from_le_bytes(*word).wrapping_mul(P2);
            *lane = lane.wrapping_add(added).rotate_left(13).wrapping_mul(P1);
        }
    }
    lanes.iter().zip([1, 7, 12, 18]).fold(0, |sum: u32, (lane, by)| sum.wrapping_add(lane.rotate_left(by)))
}

#[cfg(test)]
mod tests {
    use super::xxh32;

    /// From the reference implementation (the `xxhsum` sanity buffer aside): strings with known sums.
    #[test]
    fn equals_the_published_sums() {
        assert_eq!(xxh32(b"", 0), 0x02CC_5D05);
        assert_eq!(xxh32(b"a", 0), 0x550D_7456);
        assert_eq!(xxh32(b"abc", 0), 0x32D1_53FF);
        assert_eq!(xxh32(b"Nobody inspects the spammish repetition", 0), 0xE229_3B2F);
    }
}
