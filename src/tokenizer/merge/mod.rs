//! Byte pair encoding of one piece: of all neighbours that make a token, those of the lowest order merge first, the
//! leftmost of equals before the others.

mod forward;
#[cfg(feature = "own")]
mod heap;
mod islands;
mod pairs;
mod prefixes;
mod recent;
mod scan;
mod splits;
mod window;

use forward::Forward;
use islands::Islands;
use pairs::{Pair, Pairs};
use recent::Recent;
use scan::Scan;

use crate::tables::NONE;
use crate::vocabulary::Vocabulary;

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) order: u32,
    /// Where its bytes end.
    pub(crate) end: u32,
}

/// What is known of a vocabulary beyond its tables, found out as texts ask for it.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    bytes: Vec<u32>,
    islands: Islands,
    pairs: Pairs,
}

impl Parts {
    /// The token of one byte.
    #[inline(always)]
    fn byte(&mut self, byte: u8, vocabulary: &Vocabulary) -> u32 {
        if let Some(order) = self.bytes.get(usize::from(byte)) {
            return *order;
        }
        self.bytes = (0..=u8::MAX).map(|byte| vocabulary.whole(&[byte])).collect();
        vocabulary.whole(&[byte])
    }
}

/// Merges pieces that are not themselves a token, with buffers that outlive one piece.
#[derive(Debug, Default)]
pub(crate) struct Merger {
    scan: Scan,
    forward: Forward,
    #[cfg(feature = "own")]
    heap: heap::Heap,
    parts: Parts,
    recent: Recent,
    /// The tokens of the piece at hand.
    tokens: Vec<Token>,
}

impl Merger {
    /// Where the first part of the piece from `start` to `end` that merges on its own ends.
    #[inline(never)]
    pub(crate) fn island(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) -> usize {
        self.parts.islands.end(text, start, end, vocabulary)
    }

    /// The number of tokens of the bytes of `text` from `start` to `end`, a piece or a part of one that merges on its own.
    #[inline(always)]
    pub(crate) fn count(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) -> usize {
        let count = self.recent.count(text, start, end);
        if count > 0 {
            return count;
        }
        vocabulary.prepare(text, start, end);
        if vocabulary.span(text, start, end) != NONE {
            return 1;
        }
        self.count_merged(text, start, end, vocabulary)
    }

    #[inline(never)]
    fn count_merged(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) -> usize {
        vocabulary.prepare_parts(text, start, end);
        let count = if self.scan.fill(text, start, end, &mut self.parts, vocabulary) == end {
            self.scan.merge(text, &mut self.parts, vocabulary)
        } else {
            self.tokens.clear();
            self.merge_long(text, start, end, vocabulary);
            self.tokens.len()
        };
        self.recent.keep(text, start, end, count);
        count
    }

    /// The tokens of the piece of `text` from `start` to `end`.
    pub(crate) fn tokens(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) -> &[Token] {
        self.tokens.clear();
        let mut from = start;
        while from < end {
            let to = self.island(text, from, end, vocabulary);
            vocabulary.prepare(text, from, to);
            match vocabulary.piece(text, from, to) {
                NONE => self.add_tokens(text, from, to, vocabulary),
                order => self.tokens.push(Token { order, end: to as u32 }),
            }
            from = to;
        }
        &self.tokens
    }

    /// As [`Self::tokens`], of bytes that may start within a character.
    pub(crate) fn tokens_of_part(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        vocabulary: &mut Vocabulary,
    ) -> &[Token] {
        self.tokens.clear();
        self.add_tokens(text, start, end, vocabulary);
        &self.tokens
    }

    fn add_tokens(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) {
        vocabulary.prepare_parts(text, start, end);
        if self.scan.fill(text, start, end, &mut self.parts, vocabulary) == end {
            self.scan.merge(text, &mut self.parts, vocabulary);
            self.scan.tokens(&mut self.tokens);
        } else {
            self.merge_long(text, start, end, vocabulary);
        }
    }
}
