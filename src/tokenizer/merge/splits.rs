//! The two tokens that each token is merged from, as far as it was asked, and which tokens are neighbours in an encoding.

use super::pairs::{Pair, Pairs};
use crate::tables::NONE;
use crate::vocabulary::Vocabulary;

/// A token in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) order: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    /// When merging makes it; bytes are there before.
    fn made(self) -> u32 {
        if self.end - self.start == 1 { 0 } else { self.order + 1 }
    }
}

/// By the order of the whole: the order of the left part, that of the right one, and the length of the left one; 0 where
/// nobody has asked.
#[derive(Debug, Default)]
pub(super) struct Splits {
    splits: Vec<u64>,
}

const ORDER: u32 = 24;
const ORDERS: u64 = (1 << ORDER) - 1;

impl Splits {
    /// Whether the bytes of both, `right` after `left`, are encoded as these two tokens.
    pub(super) fn fit(&mut self, text: &[u8], left: Span, right: Span, known: (&mut Pairs, &Vocabulary)) -> bool {
        self.fit_before(text, (left, right), NONE, known)
    }

    /// As [`Self::fit`], with only those tokens that are before `limit`.
    ///
    /// Undoes the merges along the border, the last one first. None but the last of them can have come too late: a merge
    /// across the border happens when its token is before what its two parts are merged into otherwise.
    fn fit_before(
        &mut self,
        text: &[u8],
        (mut left, mut right): (Span, Span),
        mut limit: u32,
        (pairs, vocabulary): (&mut Pairs, &Vocabulary),
    ) -> bool {
        loop {
            let (start, end) = (left.start as u32, right.end as u32);
            let across = Pair { left: left.order, right: right.order, text, start, end };
            if pairs.merge(across, vocabulary) < limit {
                return false;
            }
            // Of equals the left one is made first.
            if left.made() > right.made() {
                limit = left.order;
                (_, left) = self.parts(text, left, (pairs, vocabulary));
            } else if right.end - right.start > 1 {
                limit = right.order + 1;
                (right, _) = self.parts(text, right, (pairs, vocabulary));
            } else {
                return true;
            }
        }
    }

    /// What a token of two bytes or more is merged from.
    fn parts(&mut self, text: &[u8], whole: Span, (pairs, vocabulary): (&mut Pairs, &Vocabulary)) -> (Span, Span) {
        let mut split = self.splits.get(whole.order as usize).copied().unwrap_or(0);
        if split == 0 {
            split = self.find_out(text, whole, (pairs, vocabulary));
        }
        let order = |at: u32| (split >> at & ORDERS) as u32;
        let middle = whole.start + (split >> (2 * ORDER)) as usize;
        (
            Span { order: order(0), start: whole.start, end: middle },
            Span { order: order(ORDER), start: middle, end: whole.end },
        )
    }

    #[inline(never)]
    fn find_out(&mut self, text: &[u8], whole: Span, (pairs, vocabulary): (&mut Pairs, &Vocabulary)) -> u64 {
        if self.splits.is_empty() {
            self.splits = vec![0; vocabulary.len() as usize];
        }
        for middle in whole.start + 1..whole.end {
            let span = |start, end| Span { order: vocabulary.span(text, start, end), start, end };
            let (left, right) = (span(whole.start, middle), span(middle, whole.end));
            if left.order.max(right.order) < whole.order
                && self.fit_before(text, (left, right), whole.order, (pairs, vocabulary))
            {
                let split = u64::from(left.order) | u64::from(right.order) << ORDER;
                let split = split | ((middle - whole.start) as u64) << (2 * ORDER);
                if let Some(slot) = self.splits.get_mut(whole.order as usize) {
                    *slot = split;
                }
                return split;
            }
        }
        0
    }
}
