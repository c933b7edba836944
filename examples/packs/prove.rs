//! Merges the bytes of every pair of overlapping tokens in both orders: the check that does not lean on the proof.

use std::ops::Range;

use crate::make::Vocabulary;

const NONE: u32 = u32::MAX;
/// Three tokens in a row, drawn at random, so many times.
const ROWS: u64 = 1_000_000;

/// Compares the two orders and says over how many texts. Panics at the first that is merged in two ways.
pub(crate) fn merges_alike(vocabulary: &Vocabulary, count: &[u8], overlap: usize) -> String {
    let joins = Joins::of(vocabulary);
    let positions = vocabulary.positions(count);
    let mut sorted: Vec<&[u8]> = vocabulary.tokens.iter().map(|token| &token[..]).filter(|t| !t.is_empty()).collect();
    sorted.sort_unstable();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let pairs: u64 = std::thread::scope(|scope| {
        let share = |thread| sorted.iter().skip(thread).step_by(threads);
        let (joins, positions, sorted) = (&joins, &positions, &sorted);
        let run = |thread| {
            scope.spawn(move || {
                let mut check = Check { joins, positions, by_id: Vec::new(), by_count: Vec::new(), pairs: Vec::new() };
                share(thread).map(|token| check.overlapping(token, sorted, overlap)).sum::<u64>()
            })
        };
        let running: Vec<_> = (0..threads).map(run).collect();
        running.into_iter().map(|thread| thread.join().expect("both orders merge alike")).sum()
    });
    let mut check = Check { joins: &joins, positions: &positions, by_id: vec![], by_count: vec![], pairs: vec![] };
    check.rows(&sorted);
    format!("merged alike: {pairs} pairs that overlap in at least {overlap} bytes, {ROWS} rows of three tokens")
}

struct Check<'a> {
    joins: &'a Joins,
    positions: &'a [u32],
    by_id: Vec<u32>,
    by_count: Vec<u32>,
    /// What each two neighbours join to.
    pairs: Vec<u32>,
}

impl Check<'_> {
    /// All tokens that start as `token` ends.
    fn overlapping(&mut self, token: &[u8], sorted: &[&[u8]], overlap: usize) -> u64 {
        let mut checked = 0;
        let mut text = token.to_vec();
        for start in 1..=token.len().saturating_sub(overlap) {
            let shared = &token[start..];
            for second in &sorted[longer_than(shared, sorted)] {
                text.truncate(token.len());
                text.extend_from_slice(&second[shared.len()..]);
                self.text(&text);
                checked += 1;
            }
        }
        checked
    }

    fn rows(&mut self, sorted: &[&[u8]]) {
        let mut seed = 1u64;
        let mut draw = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sorted[(seed >> 33) as usize % sorted.len()]
        };
        for _ in 0..ROWS {
            self.text(&[draw(), draw(), draw()].concat());
        }
    }

    fn text(&mut self, text: &[u8]) {
        self.joins.merge(text, &mut self.by_id, &mut self.pairs, |id| id);
        self.joins.merge(text, &mut self.by_count, &mut self.pairs, |id| self.positions[id as usize]);
        assert_eq!(self.by_id, self.by_count, "{text:?}");
    }
}

/// The tokens that start with `prefix` and go on.
fn longer_than(prefix: &[u8], sorted: &[&[u8]]) -> Range<usize> {
    let start = sorted.partition_point(|token| *token <= prefix);
    let len = sorted[start..].partition_point(|token| token.starts_with(prefix));
    start..start + len
}

/// Which two tokens are, together, the bytes of a third: all of them, not only those that merging makes.
struct Joins {
    bytes: [u32; 256],
    slots: Vec<(u64, u32)>,
}

impl Joins {
    fn of(vocabulary: &Vocabulary) -> Self {
        let bytes = std::array::from_fn(|byte| vocabulary.ids[&[byte as u8][..]]);
        let id = |token: &[u8]| vocabulary.ids.get(token).copied();
        let mut pairs = Vec::new();
        for (token, joined) in &vocabulary.ids {
            let halves = (1..token.len()).map(|middle| token.split_at(middle));
            pairs.extend(halves.filter_map(|(left, right)| Some((key(id(left)?, id(right)?), *joined))));
        }
        let mut slots = vec![(u64::MAX, NONE); (pairs.len() * 2).next_power_of_two()];
        for (key, joined) in pairs {
            let free = probe(&slots, key);
            slots[free] = (key, joined);
        }
        Self { bytes, slots }
    }

    fn join(&self, left: u32, right: u32) -> u32 {
        self.slots[probe(&self.slots, key(left, right))].1
    }

    /// The reference's algorithm over ids: the leftmost of the lowest neighbours merges first.
    fn merge(&self, text: &[u8], parts: &mut Vec<u32>, pairs: &mut Vec<u32>, order: impl Fn(u32) -> u32) {
        parts.clear();
        parts.extend(text.iter().map(|byte| self.bytes[usize::from(*byte)]));
        pairs.clear();
        pairs.extend(parts.windows(2).map(|pair| self.join(pair[0], pair[1])));
        loop {
            let possible = pairs.iter().enumerate().filter(|(_, joined)| **joined != NONE);
            let Some((at, joined)) = possible.min_by_key(|(_, joined)| order(**joined)) else { return };
            parts[at] = *joined;
            parts.remove(at + 1);
            pairs.remove(at);
            if at > 0 {
                pairs[at - 1] = self.join(parts[at - 1], parts[at]);
            }
            if at < pairs.len() {
                pairs[at] = self.join(parts[at], parts[at + 1]);
            }
        }
    }
}

fn key(left: u32, right: u32) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

/// The slot of `key`, or the free one where it would be.
fn probe(slots: &[(u64, u32)], key: u64) -> usize {
    let mask = slots.len() - 1;
    let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
    while slots[at].0 != key && slots[at].1 != NONE {
        at = (at + 1) & mask;
    }
    at
}
