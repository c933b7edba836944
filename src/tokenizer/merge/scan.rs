//! Merging where the lowest of few neighbours is found by looking at all of them.

use super::{Pair, Parts, Token};
use crate::tables::NONE;
use crate::vocabulary::Vocabulary;

/// The most parts a scan takes: seven bits, beside an order's 25.
pub(crate) const MOST: usize = 128;

const PLACE: usize = MOST - 1;
const NEVER: u32 = u32::MAX;

/// Parts of a piece, in a list whose places never move.
#[derive(Debug)]
pub(crate) struct Scan {
    len: usize,
    /// Where the part at each place starts; after the last one, where it ends.
    starts: [u32; MOST + 1],
    /// The token at each place.
    orders: [u32; MOST],
    /// What merging the part at each place with its right neighbour makes: its order above the place, so that the
    /// smallest number is the leftmost of the lowest.
    merges: [u32; MOST],
    right: [u8; MOST],
    left: [u8; MOST],
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            len: 0,
            starts: [0; MOST + 1],
            orders: [0; MOST],
            merges: [NEVER; MOST],
            right: [0; MOST],
            left: [0; MOST],
        }
    }
}

impl Scan {
    /// Takes the parts that the piece from `start` to `end` starts with, and gives where they end: at `end`, unless
    /// they are too many.
    pub(crate) fn fill(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        parts: &mut Parts,
        vocabulary: &Vocabulary,
    ) -> usize {
        let (mut at, mut len) = (start, 0);
        while at < end && len < MOST {
            put(&mut self.starts, len, at as u32);
            put(&mut self.orders, len, parts.byte(text.get(at).copied().unwrap_or(0), vocabulary));
            at += 1;
            len += 1;
        }
        put(&mut self.starts, len, at as u32);
        self.len = len;
        at
    }

    /// Merges the parts and gives how many are left.
    pub(crate) fn merge(&mut self, text: &[u8], parts: &mut Parts, vocabulary: &Vocabulary) -> usize {
        let len = self.len;
        for place in 0..len {
            put(&mut self.right, place, (place + 1) as u8);
            put(&mut self.left, place, place.wrapping_sub(1) as u8);
        }
        for place in 0..len {
            let merge = if place + 1 < len { self.look(text, parts, vocabulary, place, place + 1) } else { NEVER };
            put(&mut self.merges, place, merge);
        }
        let mut left = len;
        loop {
            let merge = self.merges.get(..len).unwrap_or_default().iter().fold(NEVER, |a, b| a.min(*b));
            if merge == NEVER {
                return left;
            }
            self.join(text, parts, vocabulary, merge);
            left -= 1;
        }
    }

    /// Does what [`Self::look`] found.
    #[inline(always)]
    fn join(&mut self, text: &[u8], parts: &mut Parts, vocabulary: &Vocabulary, merge: u32) {
        let place = merge as usize & PLACE;
        let gone = get(&self.right, place);
        let after = get(&self.right, gone);
        put(&mut self.orders, place, merge >> 7);
        put(&mut self.merges, gone, NEVER);
        put(&mut self.right, place, after as u8);
        let mut merge = NEVER;
        if after < self.len {
            put(&mut self.left, after, place as u8);
            merge = self.look(text, parts, vocabulary, place, after);
        }
        put(&mut self.merges, place, merge);
        if place > 0 {
            let before = get(&self.left, place);
            let merge = self.look(text, parts, vocabulary, before, place);
            put(&mut self.merges, before, merge);
        }
    }

    /// What the part at `place` and its right neighbour, at `next`, would make.
    #[inline(always)]
    fn look(&self, text: &[u8], parts: &mut Parts, vocabulary: &Vocabulary, place: usize, next: usize) -> u32 {
        let start = |place: usize| self.starts.get(place).copied().unwrap_or(0);
        let order = |place: usize| self.orders.get(place & PLACE).copied().unwrap_or(0);
        let pair = Pair {
            left: order(place),
            right: order(next),
            text,
            start: start(place),
            end: start(get(&self.right, next)),
        };
        match parts.pairs.merge(pair, vocabulary) {
            NONE => NEVER,
            order => order << 7 | place as u32,
        }
    }

    /// Adds the tokens that are left.
    pub(crate) fn tokens(&self, tokens: &mut Vec<Token>) {
        let mut place = 0;
        while place < self.len {
            let order = self.orders.get(place & PLACE).copied().unwrap_or(0);
            place = get(&self.right, place);
            let end = self.starts.get(place).copied().unwrap_or(0);
            tokens.push(Token { order, end });
        }
    }
}

/// Reads a place; masking it leaves no check that could fail.
#[inline(always)]
fn get(places: &[u8; MOST], at: usize) -> usize {
    places.get(at & PLACE).map_or(0, |place| usize::from(*place))
}

#[inline(always)]
fn put<T, const N: usize>(values: &mut [T; N], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}
