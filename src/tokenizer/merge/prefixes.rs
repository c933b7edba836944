//! Which tokens a text starts with, from the longest on.

use crate::chunk::chunk_at;
use crate::tables::{Key, NONE, Place, SHORT, SPREAD};
use crate::vocabulary::Vocabulary;

/// Tokens that start with the same bytes are few, and the lengths that they have are fewer than those they could have.
#[derive(Debug, Default)]
pub(crate) struct Prefixes {
    /// By a hash of the first four bytes: bit *n* for tokens of *n* bytes, bit 0 for those of more than [`SHORT`].
    lengths: Vec<u16>,
    /// By a hash of the first [`SHORT`] bytes: where the longest of such tokens stands in `long`.
    heads: Vec<u32>,
    long: Vec<Long>,
}

/// A token of more than [`SHORT`] bytes, and where the next shorter one that starts alike stands in the list.
#[derive(Debug)]
struct Long {
    order: u32,
    place: Place,
    shorter: u32,
}

const LEAST: usize = 4;
const LENGTHS_BITS: u32 = 16;
const HEADS_BITS: u32 = 14;

impl Prefixes {
    /// The longest token, of at most `most` bytes, that the bytes from `start` to `end` start with, and where it ends.
    #[inline(always)]
    pub(crate) fn longest(
        &mut self,
        text: &[u8],
        (start, end): (usize, usize),
        most: usize,
        vocabulary: &mut Vocabulary,
    ) -> Option<(u32, usize)> {
        if self.lengths.is_empty() {
            self.collect(vocabulary);
        }
        let most = most.min(end - start);
        let mut lengths = 0b1110;
        if most >= LEAST {
            lengths |= self.lengths.get(place(text, start)).copied().unwrap_or(0);
            if lengths & 1 == 1 && most > SHORT {
                let found = self.longest_long(text, start, most, vocabulary);
                if found.is_some() {
                    return found;
                }
            }
        }
        let mut lengths = u32::from(lengths) & !1 & ((2 << most.min(SHORT)) - 1);
        while lengths != 0 {
            let len = 31 - lengths.leading_zeros();
            let order = vocabulary.span(text, start, start + len as usize);
            if order != NONE {
                return Some((order, start + len as usize));
            }
            lengths ^= 1 << len;
        }
        None
    }

    #[inline(never)]
    fn longest_long(&self, text: &[u8], start: usize, most: usize, vocabulary: &Vocabulary) -> Option<(u32, usize)> {
        let rest = text.get(start..start + most)?;
        let mut at = *self.heads.get(head(text, start))?;
        while let Some(Long { order, place, shorter }) = self.long.get(at as usize) {
            let bytes = vocabulary.at(*place);
            if rest.starts_with(bytes) {
                return Some((*order, start + bytes.len()));
            }
            at = *shorter;
        }
        None
    }

    #[cold]
    fn collect(&mut self, vocabulary: &mut Vocabulary) {
        vocabulary.prepare_all();
        self.lengths = vec![0; 1 << LENGTHS_BITS];
        self.heads = vec![NONE; 1 << HEADS_BITS];
        for (key, _) in vocabulary.shorts().filter(|(key, _)| key.len as usize >= LEAST) {
            self.note(&key.bytes(), 1 << key.len);
        }
        let mut longs: Vec<_> = vocabulary.longs().collect();
        // Shorter ones first, so that the head of each chain is the longest.
        longs.sort_unstable_by_key(|(place, _)| place.len());
        for (place, order) in longs {
            let bytes = vocabulary.at(place);
            self.note(bytes, 1);
            if let Some(head) = self.heads.get_mut(head(bytes, 0)) {
                self.long.push(Long { order, place, shorter: *head });
                *head = self.long.len() as u32 - 1;
            }
        }
    }

    fn note(&mut self, bytes: &[u8], length: u16) {
        if let Some(lengths) = self.lengths.get_mut(place(bytes, 0)) {
            *lengths |= length;
        }
    }
}

#[inline(always)]
fn place(text: &[u8], at: usize) -> usize {
    let [a, b, c, d, ..] = chunk_at(text, at);
    let first = u64::from(u32::from_le_bytes([a, b, c, d]));
    (first.wrapping_mul(SPREAD) >> (64 - LENGTHS_BITS)) as usize
}

fn head(text: &[u8], at: usize) -> usize {
    (Key::at(text, at, SHORT).hash() >> (64 - HEADS_BITS)) as usize
}
