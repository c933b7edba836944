//! How many tokens the pieces of late had: names and terms come again within a text.

use crate::tables::{Key, SHORT, hash};

/// Half a megabyte of pieces that fit into a key, and an eighth of one of longer pieces.
const SHORT_BITS: u32 = 15;
const LONG_BITS: u32 = 11;
/// The longest piece that is kept: with its length and count it fills one line of a processor's cache.
const LONGEST: usize = 62;

#[derive(Debug, Clone, Copy, Default)]
struct ShortEntry {
    low: u64,
    high: u32,
    /// The count above four bits of the length; 0 where nothing is kept.
    count_and_len: u32,
}

#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct LongEntry {
    len: u8,
    count: u8,
    bytes: [u8; LONGEST],
}

/// A piece has one place, which the latest takes.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    short: Vec<ShortEntry>,
    long: Vec<LongEntry>,
}

impl Recent {
    /// How many tokens the piece of `text` from `start` to `end` had; 0 where that is not kept.
    #[inline(always)]
    pub(crate) fn count(&self, text: &[u8], start: usize, end: usize) -> usize {
        if end - start > SHORT {
            return self.long_count(text.get(start..end).unwrap_or_default());
        }
        let key = Key::at(text, start, end - start);
        let entry = self.short.get(short_place(key)).copied().unwrap_or_default();
        let is_same = entry.low == key.low && entry.high == key.high && entry.count_and_len & 15 == key.len;
        if is_same { (entry.count_and_len >> 4) as usize } else { 0 }
    }

    #[inline(never)]
    fn long_count(&self, piece: &[u8]) -> usize {
        match self.long.get(long_place(piece)) {
            Some(entry) if entry.bytes.get(..usize::from(entry.len)) == Some(piece) => usize::from(entry.count),
            _ => 0,
        }
    }

    /// Keeps how many tokens the piece has.
    pub(crate) fn keep(&mut self, text: &[u8], start: usize, end: usize, count: usize) {
        let piece = text.get(start..end).unwrap_or_default();
        if self.short.is_empty() {
            self.short = vec![ShortEntry::default(); 1 << SHORT_BITS];
            self.long = vec![LongEntry { len: 0, count: 0, bytes: [0; LONGEST] }; 1 << LONG_BITS];
        }
        if piece.len() <= SHORT {
            let key = Key::at(text, start, end - start);
            if let Some(entry) = self.short.get_mut(short_place(key)) {
                *entry = ShortEntry { low: key.low, high: key.high, count_and_len: (count as u32) << 4 | key.len };
            }
        } else if let Some(entry) = self.long.get_mut(long_place(piece))
            && let Some(bytes) = entry.bytes.get_mut(..piece.len())
        {
            bytes.copy_from_slice(piece);
            (entry.len, entry.count) = (piece.len() as u8, count as u8);
        }
    }
}

#[inline(always)]
fn short_place(key: Key) -> usize {
    (key.hash() >> (64 - SHORT_BITS)) as usize
}

fn long_place(piece: &[u8]) -> usize {
    (hash(piece) >> (64 - LONG_BITS)) as usize
}
