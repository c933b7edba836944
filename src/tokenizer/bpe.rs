//! Byte pair encoding of one piece: the lowest rank merges first, the leftmost of equals before the others.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::vocabulary::{NONE, Vocabulary};

/// Above this many bytes a heap finds the next merge; below it, a scan of the few neighbours is faster.
const SCAN_LIMIT: usize = 128;

/// Buffers that outlive one piece, so that merging allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Merger {
    ranks: Vec<u32>,
    merges: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Merger {
    /// The tokens of `piece`, which is not itself a token.
    pub(crate) fn merge(&mut self, piece: &[u8], vocabulary: &Vocabulary) -> &[u32] {
        self.ranks.clear();
        self.ranks.extend(piece.iter().map(|byte| vocabulary.byte_rank(*byte)));
        self.merges.clear();
        let pairs = self.ranks.windows(2).map(|pair| match pair {
            [left, right] => vocabulary.merge(*left, *right),
            _ => NONE,
        });
        self.merges.extend(pairs);
        if piece.len() <= SCAN_LIMIT {
            self.merge_by_scan(vocabulary)
        } else {
            self.merge_by_heap(vocabulary)
        }
        &self.ranks
    }

    /// Quadratic, over at most [`SCAN_LIMIT`] neighbours that stay in the nearest cache.
    fn merge_by_scan(&mut self, vocabulary: &Vocabulary) {
        while let Some((at, merged)) = lowest(&self.merges) {
            self.ranks.remove(at + 1);
            self.merges.remove(at);
            if let Some(rank) = self.ranks.get_mut(at) {
                *rank = merged;
            }
            self.look_again(at, vocabulary);
            if at > 0 {
                self.look_again(at - 1, vocabulary);
            }
        }
    }

    fn look_again(&mut self, at: usize, vocabulary: &Vocabulary) {
        if let (Some([left, right]), Some(merge)) = (self.ranks.get(at..at + 2), self.merges.get_mut(at)) {
            *merge = vocabulary.merge(*left, *right);
        }
    }

    /// O(n log n): a linked list of parts, and a heap of possible merges in which outdated ones are skipped.
    fn merge_by_heap(&mut self, vocabulary: &Vocabulary) {
        let len = self.ranks.len() as u32;
        self.next.clear();
        self.next.extend(1..=len);
        self.previous.clear();
        self.previous.extend((0..len).map(|at| at.wrapping_sub(1)));
        self.merges.push(NONE);
        let possible = self.merges.iter().zip(0..).filter(|(rank, _)| **rank != NONE);
        self.heap = possible.map(|(rank, at)| Reverse((*rank, at))).collect();
        while let Some(Reverse((merged, at))) = self.heap.pop() {
            if get(&self.merges, at) == merged {
                self.join(at, merged, vocabulary);
            }
        }
        self.compact();
    }

    /// Merges the part at `at` with its right neighbour, whose place is left dead.
    fn join(&mut self, at: u32, merged: u32, vocabulary: &Vocabulary) {
        let dead = get(&self.next, at);
        let after = get(&self.next, dead);
        set(&mut self.ranks, at, merged);
        set(&mut self.ranks, dead, NONE);
        set(&mut self.merges, dead, NONE);
        set(&mut self.next, at, after);
        set(&mut self.previous, after, at);
        self.renew(at, vocabulary);
        self.renew(get(&self.previous, at), vocabulary);
    }

    fn renew(&mut self, at: u32, vocabulary: &Vocabulary) {
        let left = get(&self.ranks, at);
        let right = get(&self.ranks, get(&self.next, at));
        let merge = if left == NONE || right == NONE { NONE } else { vocabulary.merge(left, right) };
        set(&mut self.merges, at, merge);
        if merge != NONE {
            self.heap.push(Reverse((merge, at)));
        }
    }

    fn compact(&mut self) {
        self.ranks.retain(|rank| *rank != NONE);
    }
}

fn lowest(merges: &[u32]) -> Option<(usize, u32)> {
    let mut found = (0, NONE);
    for (at, merge) in merges.iter().enumerate() {
        if *merge < found.1 {
            found = (at, *merge);
        }
    }
    (found.1 != NONE).then_some(found)
}

fn get(values: &[u32], at: u32) -> u32 {
    values.get(at as usize).copied().unwrap_or(NONE)
}

fn set(values: &mut [u32], at: u32, value: u32) {
    if let Some(slot) = values.get_mut(at as usize) {
        *slot = value;
    }
}
