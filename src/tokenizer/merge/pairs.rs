//! What pairs of tokens merge into, as far as it was asked: the same few pairs come again and again, most of them
//! without an answer, and finding out takes a look at their bytes and at a table of megabytes.

use super::NONE;
use crate::tables::SPREAD;
use crate::vocabulary::Vocabulary;

/// Half a megabyte, which stays in a processor's second cache.
const BITS: u32 = 16;

/// Bits of a token: what [`Vocabulary`] has at most.
const TOKEN: u32 = 24;
const NO_TOKEN: u64 = (1 << TOKEN) - 1;
const FREE: u64 = u64::MAX;

/// A pair has one place, which the latest takes. A place holds the 32 bits of the pair that are not its address, above
/// the 24 of the answer.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    places: Vec<u64>,
}

/// Two neighbours, and the bytes of both.
pub(crate) struct Pair<'a> {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) text: &'a [u8],
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Pairs {
    /// The token that `pair` merges into, or [`NONE`].
    #[inline(always)]
    pub(crate) fn merge(&mut self, pair: Pair<'_>, vocabulary: &Vocabulary) -> u32 {
        // Multiplying by an odd number loses nothing of the 48 bits, and the high 16 of them depend on all.
        let both = u64::from(pair.left) << TOKEN | u64::from(pair.right);
        let mixed = both.wrapping_mul(SPREAD) << 16 >> 16;
        let (place, tag) = ((mixed >> 32) as usize, mixed << TOKEN & !(NO_TOKEN | 0xff << 56));
        match self.places.get(place) {
            Some(known) if known & !NO_TOKEN == tag => answer(known & NO_TOKEN),
            _ => self.find_out(place, tag, pair, vocabulary),
        }
    }

    #[inline(never)]
    fn find_out(&mut self, place: usize, tag: u64, pair: Pair<'_>, vocabulary: &Vocabulary) -> u32 {
        if self.places.is_empty() {
            self.places = vec![FREE; 1 << BITS];
        }
        let order = vocabulary.span(pair.text, pair.start as usize, pair.end as usize);
        if let Some(slot) = self.places.get_mut(place) {
            *slot = tag | u64::from(order) & NO_TOKEN;
        }
        order
    }
}

#[inline(always)]
fn answer(known: u64) -> u32 {
    if known == NO_TOKEN { NONE } else { known as u32 }
}
