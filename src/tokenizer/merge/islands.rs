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
    before_part: Bits,
    after_part: Bits,
}

const LINES: usize = 2048;

/// A character, or a part of one at an end of a token, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Side(u64);

/// What tells a part from a character.
const PART: u64 = 1 << 32;

impl Islands {
    /// Where the island that starts at `start` ends.
    #[inline(always)]
    pub(crate) fn end(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &Vocabulary) -> usize {
        let mut last = start;
        let mut at = start + len_at(text, start, end);
        while at < end {
            if is_wide(text, last) || is_wide(text, at) {
                if self.lines.is_empty() {
                    self.collect(vocabulary);
                }
                if !self.may_cross(text, last, at, end) {
                    break;
                }
            }
            last = at;
            at += len_at(text, at, end);
        }
        at
    }

    /// Whether some token may have an end of the character from `left` to `right` before a start of the one at `right`.
    #[inline(always)]
    fn may_cross(&self, text: &[u8], left: usize, right: usize, end: usize) -> bool {
        let right_len = len_at(text, right, end);
        let (one, other) = (Side::character(text, left, right - left), Side::character(text, right, right_len));
        self.may_have(one, other)
            || self.before_part.has(one) && (1..right_len).any(|len| self.may_have(one, Side::part(text, right, len)))
            || self.after_part.has(other) && self.may_have_tail(text, left, right, other)
            || right_len > 1
                && (1..right - left).any(|len| {
                    let tail = Side::part(text, right - len, len);
                    self.before_part.has(tail)
                        && (1..right_len).any(|len| self.may_have(tail, Side::part(text, right, len)))
                })
    }

    #[inline(never)]
    fn may_have_tail(&self, text: &[u8], left: usize, right: usize, other: Side) -> bool {
        (1..right - left).any(|len| self.may_have(Side::part(text, right - len, len), other))
    }

    #[inline(always)]
    fn may_have(&self, left: Side, right: Side) -> bool {
        let (line, word, bit) = place(left, right);
        self.lines.get(line).and_then(|line| line.get(word)).is_none_or(|word| word & bit != 0)
    }

    #[cold]
    fn collect(&mut self, vocabulary: &Vocabulary) {
        self.lines = vec![[0; 8]; LINES];
        for order in 0..vocabulary.len() {
            let token = vocabulary.bytes(order);
            if !token.is_ascii() {
                self.collect_borders(token);
            }
        }
    }

    /// Notes both sides of every border of characters in `token`.
    fn collect_borders(&mut self, token: &[u8]) {
        let mut left = Some(Side::part(token, 0, 0));
        let mut at = 0;
        while at < token.len() {
            let head =
                token.get(at..).unwrap_or_default().iter().skip(1).take_while(|byte| is_continuation(**byte)).count();
            let end = at + 1 + head;
            let is_tail = at == 0 && token.first().is_some_and(|byte| is_continuation(*byte));
            let side = if is_tail || end == token.len() && len_at(token, at, usize::MAX) > end - at {
                Side::part(token, at, end - at)
            } else {
                Side::character(token, at, end - at)
            };
            if let Some(left) = left.filter(|_| at > 0) {
                self.note(left, side);
            }
            left = Some(side);
            at = end;
        }
    }

    fn note(&mut self, left: Side, right: Side) {
        let (line, word, bit) = place(left, right);
        if let Some(word) = self.lines.get_mut(line).and_then(|line| line.get_mut(word)) {
            *word |= bit;
        }
        if right.0 & PART != 0 {
            self.before_part.set(left);
        }
        if left.0 & PART != 0 {
            self.after_part.set(right);
        }
    }
}

impl Side {
    /// A character by its bytes, which are its number.
    #[inline(always)]
    fn character(text: &[u8], at: usize, len: usize) -> Self {
        let bytes = text.get(at..at + len).unwrap_or_default();
        Self(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn part(text: &[u8], at: usize, len: usize) -> Self {
        Self(Self::character(text, at, len).0 | PART)
    }
}

/// A set that may have more than was put into it.
#[derive(Debug)]
struct Bits {
    words: [u64; 256],
}

impl Default for Bits {
    fn default() -> Self {
        Self { words: [0; 256] }
    }
}

impl Bits {
    #[inline(always)]
    fn has(&self, side: Side) -> bool {
        let at = spread(side);
        self.words.get(at >> 6 & 255).is_some_and(|word| word >> (at & 63) & 1 == 1)
    }

    fn set(&mut self, side: Side) {
        let at = spread(side);
        if let Some(word) = self.words.get_mut(at >> 6 & 255) {
            *word |= 1 << (at & 63);
        }
    }
}

#[inline(always)]
fn place(left: Side, right: Side) -> (usize, usize, u64) {
    let (left, right) = (spread(left), spread(right));
    (left & (LINES - 1), right >> 6 & 7, 1 << (right & 63))
}

#[inline(always)]
fn spread(side: Side) -> usize {
    (side.0.wrapping_mul(SPREAD) >> 40) as usize
}

/// The length of the character at `at`, as far as it is before `end`.
#[inline(always)]
fn len_at(text: &[u8], at: usize, end: usize) -> usize {
    let len = match text.get(at).copied().unwrap_or(0) {
        ..0xc0 => 1,
        0xf0.. => 4,
        0xe0.. => 3,
        _ => 2,
    };
    len.min(end - at)
}

#[inline(always)]
fn is_wide(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| *byte >= 0x80)
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
