//! Merging of many parts in any order, O(n log n): a list of parts, and a heap of possible merges in which outdated ones are
//! skipped. For vocabularies where a token may be made before one of its parts could be; forward merging is linear.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Pair, Parts, Token};
use crate::tables::NONE;
use crate::vocabulary::Vocabulary;

#[derive(Debug, Default)]
pub(crate) struct Heap {
    parts: Vec<Part>,
    possible: BinaryHeap<Reverse<(u32, u32)>>,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    start: u32,
    order: u32,
    left: u32,
    right: u32,
    /// The order of what merging with the right neighbour makes.
    merge: u32,
}

impl Heap {
    /// Adds the tokens of the bytes from `start` to `end`.
    pub(crate) fn merge(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        (known, vocabulary): (&mut Parts, &Vocabulary),
        tokens: &mut Vec<Token>,
    ) {
        self.fill(text, start, end, known, vocabulary);
        self.possible.clear();
        for place in 0..self.parts.len() as u32 {
            self.renew(text, end, (known, vocabulary), place);
        }
        while let Some(Reverse((merge, place))) = self.possible.pop() {
            if self.part(place).is_some_and(|part| part.merge == merge) {
                self.join(text, end, (known, vocabulary), place);
            }
        }
        let mut place = 0;
        while let Some(part) = self.part(place) {
            place = part.right;
            tokens.push(Token { order: part.order, end: self.start(place, end) });
        }
    }

    fn fill(&mut self, text: &[u8], start: usize, end: usize, known: &mut Parts, vocabulary: &Vocabulary) {
        self.parts.clear();
        let mut at = start;
        while at < end {
            let place = self.parts.len() as u32;
            let order = known.byte(text.get(at).copied().unwrap_or(0), vocabulary);
            let (left, right) = (place.wrapping_sub(1), place + 1);
            self.parts.push(Part { start: at as u32, order, left, right, merge: NONE });
            at += 1;
        }
    }

    /// Merges the part at `place` with its right neighbour, whose place is left dead.
    fn join(&mut self, text: &[u8], end: usize, (known, vocabulary): (&mut Parts, &Vocabulary), place: u32) {
        let Some(part) = self.part(place) else { return };
        let Some(gone) = self.parts.get_mut(part.right as usize) else { return };
        gone.merge = NONE;
        let after = gone.right;
        if let Some(part) = self.parts.get_mut(place as usize) {
            part.right = after;
            part.order = part.merge;
        }
        if let Some(next) = self.parts.get_mut(after as usize) {
            next.left = place;
        }
        self.renew(text, end, (known, vocabulary), place);
        self.renew(text, end, (known, vocabulary), part.left);
    }

    fn renew(&mut self, text: &[u8], end: usize, (known, vocabulary): (&mut Parts, &Vocabulary), place: u32) {
        let Some(part) = self.part(place) else { return };
        let merge = match self.part(part.right) {
            Some(next) => {
                let (left, right, start) = (part.order, next.order, part.start);
                let pair = Pair { left, right, text, start, end: self.start(next.right, end) };
                known.pairs.merge(pair, vocabulary)
            }
            None => NONE,
        };
        if let Some(part) = self.parts.get_mut(place as usize) {
            part.merge = merge;
        }
        if merge != NONE {
            self.possible.push(Reverse((merge, place)));
        }
    }

    fn part(&self, place: u32) -> Option<Part> {
        self.parts.get(place as usize).copied()
    }

    fn start(&self, place: u32, end: usize) -> u32 {
        self.part(place).map_or(end as u32, |part| part.start)
    }
}
