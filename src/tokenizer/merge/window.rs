//! Merging of long pieces through windows that are encoded on their own, as long as that works.
//!
//! A sequence of tokens is the encoding of its bytes if and only if each two neighbours are the encoding of theirs
//! (`docs/TOKENIZER.md` has the proof). So when the encodings of two windows that overlap have one token in common, at
//! one place, the tokens of the first up to it and those of the second from it on are the encoding of both together.

use super::forward::Chain;
use super::{Merger, Token};
use crate::vocabulary::Vocabulary;

/// How many tokens two windows overlap, if the first has that many. The last ones of a window may change with what
/// follows; four are nearly always enough for one that does not.
const OVERLAP: usize = 4;

/// Where windows hold fewer tokens than this, most of the time goes into what they overlap, so that going forward is
/// faster. That takes tables, which pay for bytes as many as [`FAR`].
const FEW: usize = 48;
const FAR: usize = 8192;

impl Merger {
    /// Adds the tokens of the bytes from `start` to `end`.
    pub(super) fn merge_long(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &mut Vocabulary) {
        #[cfg(feature = "own")]
        if !vocabulary.has_parts_first {
            return self.heap.merge(text, start, end, (&mut self.parts, vocabulary), &mut self.tokens);
        }
        let first = self.tokens.len();
        self.merge_windows(text, start, end, vocabulary);
        let chain = Chain { tokens: &mut self.tokens, first, start };
        self.forward.complete(text, end, (&mut self.parts.pairs, vocabulary), chain);
    }

    /// Adds the tokens up to some place: to `end`, or to where two windows have no token in common, or few.
    fn merge_windows(&mut self, text: &[u8], start: usize, end: usize, vocabulary: &Vocabulary) {
        let (mut known, mut next) = (vec![], vec![]);
        let mut reached = self.encode_window(text, start, end, vocabulary, &mut known);
        while reached < end && (known.len() >= FEW || end - reached < FAR) {
            let overlap = known.len().saturating_sub(OVERLAP + 1);
            let Some(from) = known.get(overlap).map(|token| token.end) else { break };
            next.clear();
            let reaches = self.encode_window(text, from as usize, end, vocabulary, &mut next);
            let Some((stays, goes_on)) = common(&known, overlap, from, &next) else { break };
            self.tokens.extend(known.drain(..).take(stays));
            known.extend(next.drain(goes_on..));
            reached = reaches;
        }
        self.tokens.append(&mut known);
    }

    fn encode_window(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        vocabulary: &Vocabulary,
        tokens: &mut Vec<Token>,
    ) -> usize {
        let reached = self.scan.fill(text, start, end, &mut self.parts, vocabulary);
        self.scan.merge(text, &mut self.parts, vocabulary);
        self.scan.tokens(tokens);
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
