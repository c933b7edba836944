//! Parts of a piece that merge on their own, because no token reaches from one into the next.
//!
//! A merge across the border of two characters makes a token with a part of both. So where the vocabulary has no token
//! with the end of one and, after it, the start of the other, no merge ever crosses, and both sides can be encoded alone.
//! In scripts of thousands of characters that is most borders, and an island is a word.

use crate::tables::SPREAD;
use crate::vocabulary::Vocabulary;

/// Which characters stand side by side in some token, at least one of them not ASCII; collected when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Islands {
    /// A Bloom filter of pairs. The left one decides on the line of a processor's cache, so that a text asks for few.
    lines: Vec<[u64; 8]>,
    /// Left sides that some token has before a part of a character, and right sides that one has after such a part.
    before_part: Bits<256>,
    after_part: Bits<256>,
    /// Last two bytes of characters that end as a side of `before_part` does that is itself a part.
    tails: Bits<64>,
}

const LINES: usize = 4096;

/// A character, or a part of one at an end of a token: its bytes as a number, the first one lowest.
#[derive(Debug, Clone, Copy)]
struct Side {
    hash: usize,
    bytes: u32,
    len: usize,
    is_part: bool,
}

impl Islands {
    /// Where the island that starts at `start` ends.
    #[inline(always)]
    pub(crate) fn end(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) -> usize {
        let mut left = Side::at(text, start, end);
        let mut at = start + left.len;
        while at < end {
            let right = Side::at(text, at, end);
            if left.len > 1 || right.len > 1 {
                if self.lines.is_empty() {
                    self.collect(vocabulary);
                }
                if !self.may_cross(left, right) {
                    break;
                }
            }
            left = right;
            at += right.len;
        }
        at
    }

    /// Whether some token may have an end of the one character before a start of the other.
    #[inline(always)]
    fn may_cross(&self, left: Side, right: Side) -> bool {
        self.may_have(left, right) || self.may_cut(left, right) && self.may_cross_parts(left, right)
    }

    /// Whether some token may have a part of one of two characters beside the other or a part of it. That is rare, and
    /// three looks tell.
    #[inline(always)]
    fn may_cut(&self, left: Side, right: Side) -> bool {
        self.before_part.has(left.hash)
            || self.after_part.has(right.hash)
            || left.len > 1 && self.tails.has(left.tail())
    }

    #[inline(never)]
    fn may_cross_parts(&self, left: Side, right: Side) -> bool {
        let is_before_part = |side: Side| {
            self.before_part.has(side.hash) && (1..right.len).any(|len| self.may_have(side, right.head(len)))
        };
        let is_after_part = self.after_part.has(right.hash);
        is_before_part(left)
            || (1..left.len)
                .map(|len| left.last(len))
                .any(|tail| is_after_part && self.may_have(tail, right) || is_before_part(tail))
    }

    #[inline(always)]
    fn may_have(&self, left: Side, right: Side) -> bool {
        let line = self.lines.get(left.hash & (LINES - 1));
        let has = |(word, bit): (usize, u64)| line.and_then(|line| line.get(word)).is_none_or(|word| word & bit != 0);
        right.bits().into_iter().all(has)
    }

    #[cold]
    fn collect(&mut self, vocabulary: &mut Vocabulary) {
        vocabulary.prepare_all();
        self.lines = vec![[0; 8]; LINES];
        for (key, _) in vocabulary.shorts().filter(|(key, _)| !key.is_ascii()) {
            self.collect_borders(key.bytes().get(..key.len as usize).unwrap_or_default());
        }
        for token in vocabulary.longs().map(|(place, _)| vocabulary.at(place)).filter(|token| !token.is_ascii()) {
            self.collect_borders(token);
        }
    }

    /// Notes both sides of every border of characters in `token`.
    fn collect_borders(&mut self, token: &[u8]) {
        let mut left = None;
        let mut at = 0;
        while at < token.len() {
            let rest = token.get(at + 1..).unwrap_or_default();
            let len = 1 + rest.iter().take_while(|byte| is_continuation(**byte)).count();
            let bytes = token.get(at..at + len).unwrap_or_default();
            let first = bytes.first().copied().unwrap_or(0);
            let side = Side::new(number(bytes), len, is_continuation(first) || len_of(first) > len);
            if let Some(left) = left {
                self.note(left, side);
            }
            left = Some(side);
            at += len;
        }
    }

    fn note(&mut self, left: Side, right: Side) {
        for (word, bit) in right.bits() {
            let line = self.lines.get_mut(left.hash & (LINES - 1));
            if let Some(word) = line.and_then(|line| line.get_mut(word)) {
                *word |= bit;
            }
        }
        if right.is_part {
            self.before_part.set(left.hash);
        }
        if left.is_part {
            self.after_part.set(right.hash);
        }
        if left.is_part && right.is_part {
            // Of one byte alone it does not know what is before it.
            let befores = if left.len == 1 { 64 } else { 1 };
            (0..befores).for_each(|before| self.tails.set(left.tail() | before << 6));
        }
    }
}

impl Side {
    #[inline(always)]
    fn new(bytes: u32, len: usize, is_part: bool) -> Self {
        let number = u64::from(bytes) | u64::from(is_part) << 32;
        Self { hash: (number.wrapping_mul(SPREAD) >> 40) as usize, bytes, len, is_part }
    }

    /// The character at `at`, as far as it is before `end`.
    #[inline(always)]
    fn at(text: &[u8], at: usize, end: usize) -> Self {
        let rest = text.get(at..end).unwrap_or_default();
        let bytes = rest.first_chunk().map_or_else(|| number(rest), |bytes| u32::from_le_bytes(*bytes));
        let len = len_of(bytes as u8).min(rest.len());
        Self::new(bytes & lowest(len), len, false)
    }

    /// Where it stands in a line as the right side: two bits, each by its word.
    #[inline(always)]
    fn bits(self) -> [(usize, u64); 2] {
        [self.hash, self.hash >> 9].map(|hash| (hash >> 6 & 7, 1 << (hash & 63)))
    }

    /// Its first `len` bytes.
    fn head(self, len: usize) -> Self {
        Self::new(self.bytes & lowest(len), len, true)
    }

    /// Its last `len` bytes.
    fn last(self, len: usize) -> Self {
        Self::new(self.bytes >> (8 * (self.len - len)), len, true)
    }

    /// Six bits of each of its last two bytes, those of the very last one lowest.
    #[inline(always)]
    fn tail(self) -> usize {
        let from_end = self.bytes << (32 - 8 * self.len.min(4));
        (from_end >> 24 & 63 | (from_end >> 16 & 63) << 6) as usize
    }
}

/// A set of numbers that may have more than was put into it: only so many of their bits count.
#[derive(Debug)]
struct Bits<const WORDS: usize> {
    words: [u64; WORDS],
}

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Self { words: [0; WORDS] }
    }
}

impl<const WORDS: usize> Bits<WORDS> {
    #[inline(always)]
    fn has(&self, number: usize) -> bool {
        self.words.get(number >> 6 & (WORDS - 1)).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }

    fn set(&mut self, number: usize) {
        if let Some(word) = self.words.get_mut(number >> 6 & (WORDS - 1)) {
            *word |= 1 << (number & 63);
        }
    }
}

/// Up to four bytes as a number.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The bits of so many bytes.
#[inline(always)]
fn lowest(len: usize) -> u32 {
    u32::MAX.checked_shr(32 - 8 * len as u32).unwrap_or(0)
}

/// The length of a character by its first byte.
#[inline(always)]
fn len_of(first: u8) -> usize {
    match first {
        ..0xc0 => 1,
        0xf0.. => 4,
        0xe0.. => 3,
        _ => 2,
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
