//! Chooses the levels of a count pack: as few different ones, and as unequally used, as the proof leaves room for.

use super::Vocabulary;

/// A level, and the place within it; compared in that order.
type Position = (u32, u32);

/// Bounds on the positions of the tokens that have a given token as one of their parts.
struct Parts {
    as_left: Vec<Position>,
    as_right: Vec<Position>,
}

impl Parts {
    fn new(len: usize, position: Position) -> Self {
        Self { as_left: vec![position; len], as_right: vec![position; len] }
    }
}

/// More rounds make the pack no more than 0.1% smaller, and each takes time.
const ROUNDS: usize = 64;

/// The level of each id, where tokens of one level merge in the order of `places`.
///
/// Every token comes after its parts, and two tokens that may compete for a neighbour keep the order of their ids
/// (`docs/TOKENIZER.md`). That leaves most tokens a choice of many levels. So the level that is open to most tokens takes as
/// many of them as it can hold, then the next, and in the end the few that are left take their lowest: the more unequal
/// the levels, the fewer bits they take. On `o200k_base` 127 KB, where everyone's lowest level takes 197 KB.
pub(super) fn levels(vocabulary: &Vocabulary, places: &[u32]) -> Vec<u32> {
    let mut chosen = vec![None; places.len()];
    let highest = lowest(vocabulary, places, &chosen).iter().map(|(level, _)| *level).max().unwrap_or(0);
    for _ in 0..ROUNDS {
        let low = lowest(vocabulary, places, &chosen);
        let high = choose(vocabulary, places, &mut chosen.clone(), &low, highest, None);
        let left = vocabulary.merges().filter(|(id, _)| chosen[*id].is_none());
        let widest = widest(left.map(|(id, _)| (low[id].0, high[id].0)), highest);
        choose(vocabulary, places, &mut chosen, &low, highest, Some(widest));
    }
    lowest(vocabulary, places, &chosen).into_iter().map(|(level, _)| level).collect()
}

/// The lowest position that each token can have beside those that are chosen.
fn lowest(vocabulary: &Vocabulary, places: &[u32], chosen: &[Option<u32>]) -> Vec<Position> {
    let mut low = vec![(0, 0); places.len()];
    let mut parts = Parts::new(places.len(), (0, 0));
    for (id, (left, right)) in vocabulary.merges() {
        let floor = low[left].max(low[right]).max(parts.as_right[left]).max(parts.as_left[right]);
        let (place, level) = (places[id], floor.0 + u32::from(floor.1 >= places[id]));
        let position = (chosen[id].unwrap_or(level), place);
        assert!(position > floor, "a chosen level leaves room for those below");
        low[id] = position;
        parts.as_left[left] = parts.as_left[left].max(position);
        parts.as_right[right] = parts.as_right[right].max(position);
    }
    low
}

/// The highest position that each token can have beside those that are chosen; on the way, every token that can have
/// the level `wanted` gets it. From the last token to the first, since the last ones are parts of the fewest others.
fn choose(
    vocabulary: &Vocabulary,
    places: &[u32],
    chosen: &mut [Option<u32>],
    low: &[Position],
    highest: u32,
    wanted: Option<u32>,
) -> Vec<Position> {
    let top = (highest, u32::MAX);
    let mut high = vec![top; places.len()];
    let mut parts = Parts::new(places.len(), top);
    for (id, (left, right)) in vocabulary.merges().rev() {
        // So far `high` of a token is the lowest position of what it is part of.
        let ceiling = high[id].min(parts.as_right[left]).min(parts.as_left[right]);
        let level = ceiling.0 - u32::from(ceiling.1 <= places[id]);
        if chosen[id].is_none() {
            chosen[id] = wanted.filter(|wanted| (low[id].0..=level).contains(wanted));
        }
        let position = (chosen[id].unwrap_or(level), places[id]);
        assert!(position < ceiling, "a chosen level leaves room for those above");
        high[id] = position;
        for part in [left, right] {
            high[part] = high[part].min(position);
        }
        parts.as_left[left] = parts.as_left[left].min(position);
        parts.as_right[right] = parts.as_right[right].min(position);
    }
    high
}

/// The level that lies in most of the ranges.
fn widest(ranges: impl Iterator<Item = (u32, u32)>, highest: u32) -> u32 {
    let mut changes = vec![0i32; highest as usize + 2];
    for (low, high) in ranges {
        changes[low as usize] += 1;
        changes[high as usize + 1] -= 1;
    }
    let mut open = 0;
    let counts = changes.iter().zip(0..).map(|(change, level)| {
        open += change;
        (open, level)
    });
    counts.max().map_or(0, |(_, level)| level)
}
