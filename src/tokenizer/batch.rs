//! Pieces that are looked up together.
//!
//! A table of megabytes answers after a hundred nanoseconds where a processor's near caches don't have the line. Questions
//! that do not wait for each other's answers are asked at once, so splitting and looking up take turns.

use crate::lanes::BLOCK;
use crate::merge::Merger;
use crate::vocabulary::Vocabulary;

/// Enough to keep a processor's memory busy, few enough to stay near.
const SIZE: usize = 128;
/// A block adds at most half as many pieces as it has bytes, since those of one byte need no look.
const ROOM: usize = BLOCK / 2;

#[derive(Debug)]
pub(crate) struct Batch {
    len: usize,
    pieces: [(u32, u32); SIZE],
}

impl Batch {
    pub(crate) fn new() -> Self {
        Self { len: 0, pieces: [(0, 0); SIZE] }
    }

    /// Takes a piece, or a part of one that merges on its own.
    #[inline(always)]
    pub(crate) fn push(&mut self, start: usize, end: usize) {
        if let Some(piece) = self.pieces.get_mut(self.len) {
            *piece = (start as u32, end as u32);
            self.len += 1;
        }
    }

    /// Whether there may be no room for the pieces of another block.
    #[inline(always)]
    pub(crate) fn is_nearly_full(&self) -> bool {
        self.len + ROOM > SIZE
    }

    /// Forgets the pieces and gives their number of tokens.
    pub(crate) fn count(&mut self, text: &[u8], vocabulary: &mut Vocabulary, merger: &mut Merger) -> usize {
        let mut others = [(0, 0); SIZE];
        let mut unsure = 0;
        for piece in self.pieces.get(..self.len).unwrap_or_default() {
            if let Some(other) = others.get_mut(unsure) {
                *other = *piece;
            }
            unsure += usize::from(!vocabulary.surely_has(text, piece.0 as usize, piece.1 as usize));
        }
        let mut count = self.len - unsure;
        self.len = 0;
        for (start, end) in others.get(..unsure).unwrap_or_default() {
            count += merger.count(text, *start as usize, *end as usize, vocabulary);
        }
        count
    }
}
