//! Merging of pieces of any length in linear time, through windows that are encoded on their own.
//!
//! A sequence of tokens is the encoding of its bytes if and only if each two neighbours are the encoding of theirs
//! (`docs/TOKENIZER.md` has the proof). So when the encodings of two windows that overlap have one token in common, at
//! one place, the tokens of the first up to it and those of the second from it on are the encoding of both together.

use super::scan::MOST;
use super::{Merger, Token};
use crate::vocabulary::Vocabulary;

/// How many tokens two windows overlap, if the first has that many. The last ones of a window may change with what
/// follows; four are nearly always enough for one that does not.
const OVERLAP: usize = 4;

/// Bytes of the windows that are tried after the narrow ones of the scan, whose encodings may share no token where
/// tokens are very long. The last is for texts on which even these fail, and is O(n log n).
const WIDER: [usize; 2] = [4096, usize::MAX];

impl Merger {
    /// Adds the tokens to `tokens`.
    pub(super) fn merge_long(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &Vocabulary) {
        let before = self.tokens.len();
        for width in [MOST].into_iter().chain(WIDER) {
            self.tokens.truncate(before);
            if self.merge_by_windows(text, start, end, width, vocabulary).is_some() {
                return;
            }
        }
    }

    /// Gives `None` where two windows have no token in common.
    fn merge_by_windows(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        width: usize,
        vocabulary: &Vocabulary,
    ) -> Option<()> {
        let (mut known, mut next) = (vec![], vec![]);
        let mut reached = self.encode_window(text, start, end, width, vocabulary, &mut known);
        while reached < end {
            let overlap = known.len().checked_sub(2)?.saturating_sub(OVERLAP - 1);
            let from = known.get(overlap)?.end;
            next.clear();
            reached = self.encode_window(text, from as usize, end, width, vocabulary, &mut next);
            let (stays, goes_on) = common(&known, overlap, from, &next)?;
            self.tokens.extend(known.get(..stays)?);
            next.drain(..goes_on);
            std::mem::swap(&mut known, &mut next);
        }
        self.tokens.append(&mut known);
        Some(())
    }

    fn encode_window(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        width: usize,
        vocabulary: &Vocabulary,
        tokens: &mut Vec<Token>,
    ) -> usize {
        if width == MOST {
            let reached = self.scan.fill(text, start, end, &mut self.parts, vocabulary);
            self.scan.merge(text, &mut self.parts, vocabulary);
            self.scan.tokens(tokens);
            return reached;
        }
        let reached = end.min(start.saturating_add(width));
        self.heap.merge(text, start, reached, (&mut self.parts, vocabulary), tokens);
        reached
    }
}

/// The first token that is the same in `known`, after `overlap`, and in `next`, which starts at `from`: how many of
/// `known` are before it, and how many of `next`.
fn common(known: &[Token], overlap: usize, from: u32, next: &[Token]) -> Option<(usize, usize)> {
    let (mut i, mut j) = (overlap + 1, 0);
    let (mut known_start, mut next_start) = (from, from);
    loop {
        let (known_end, next_end) = (known.get(i)?.end, next.get(j)?.end);
        if known_start == next_start && known_end == next_end {
            return Some((i, j));
        }
        // The one that ends first goes on.
        if known_end <= next_end {
            (i, known_start) = (i + 1, known_end);
        }
        if next_end <= known_end {
            (j, next_start) = (j + 1, next_end);
        }
    }
}
