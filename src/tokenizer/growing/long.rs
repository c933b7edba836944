//! The tokens of a piece that is long and becomes longer.
//!
//! A sequence of tokens is the encoding of its bytes if and only if each two neighbours are the encoding of theirs
//! (`docs/TOKENIZER.md` has the proof). So the tokens of what a piece was stay, up to some place before its end, when those
//! from there on join with them.

use crate::merge::Merger;
use crate::vocabulary::Vocabulary;

/// From how many bytes on a piece is counted this way.
pub(super) const LEAST: usize = 256;
/// How many tokens at the end are merged again at first. One may be a hundred bytes, which take long, and mostly suffices.
const MARGIN: usize = 1;

#[derive(Debug, Default)]
pub(super) struct Long {
    start: Option<usize>,
    /// Where each token ends, from the start of the piece.
    ends: Vec<u32>,
}

impl Long {
    pub(super) fn starts_at(&self, start: usize) -> bool {
        self.start == Some(start)
    }

    /// How many tokens are known.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Moves with a text that loses its first `len` bytes.
    pub(super) fn forget(&mut self, len: usize) {
        self.start = self.start.and_then(|start| start.checked_sub(len));
        if self.start.is_none() {
            self.ends.clear();
        }
    }

    /// Goes with a text that is cut after its first `len` bytes. What is left are the tokens of what is left.
    pub(super) fn truncate(&mut self, len: usize) {
        let left = len.saturating_sub(self.start.unwrap_or(0));
        self.ends.truncate(self.ends.partition_point(|end| *end as usize <= left));
    }

    /// The number of tokens of the piece of `text` from `start` to `end`.
    pub(super) fn count(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        vocabulary: &mut Vocabulary,
        merger: &mut Merger,
    ) -> usize {
        if !self.starts_at(start) {
            self.start = Some(start);
            self.ends.clear();
        }
        let piece = text.get(start..end).unwrap_or_default();
        if self.end(self.ends.len()) != piece.len() {
            let within = self.ends.partition_point(|end| *end as usize <= piece.len());
            let mut margin = MARGIN;
            while !self.renew(piece, within.saturating_sub(margin), vocabulary, merger) {
                margin *= 2;
            }
        }
        self.ends.len()
    }

    /// Merges anew what comes after the first `keep` tokens, and says whether these may stay.
    fn renew(&mut self, piece: &[u8], keep: usize, vocabulary: &mut Vocabulary, merger: &mut Merger) -> bool {
        let from = self.end(keep);
        let new: Vec<u32> =
            merger.tokens_of_part(piece, from, piece.len(), vocabulary).iter().map(|token| token.end).collect();
        if let (Some(last), Some(first)) = (keep.checked_sub(1), new.first()) {
            let joined = merger.tokens_of_part(piece, self.end(last), *first as usize, vocabulary);
            if joined.len() != 2 || joined.first().is_none_or(|token| token.end as usize != from) {
                return false;
            }
        }
        self.ends.truncate(keep);
        self.ends.extend(new);
        true
    }

    /// Where the first `count` tokens end.
    fn end(&self, count: usize) -> usize {
        count.checked_sub(1).and_then(|last| self.ends.get(last)).map_or(0, |end| *end as usize)
    }
}
