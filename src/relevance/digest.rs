//! Units in the order in which each adds most to what those before it say: the whole is covered, not its beginning.
//!
//! What a text is about are the words, and the pairs of neighbouring words, that come again. Each is worth the square
//! root of how often it occurs, and half of that once it was said, and half again: a monotone submodular function, for
//! which taking the best gain per size is near the best there is (Lin and Bilmes, 2011). A gain only falls, so an old one
//! is a bound, and few are computed anew (Minoux, 1978).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hashbrown::HashMap;

use super::corpus::{Corpus, Material, Occurrence};
use super::rank::Scores;
use super::redundancy::novelty;
use super::salience::worth;
use super::terms::Shape;

/// What a word of grammar is worth by itself; a pair is worth as much as any word, since how words are joined says how a
/// matter is spoken of.
const GRAMMAR: f64 = 0.5;
/// What is left of a word's worth each time it is said.
const SAID: f64 = 0.5;
/// Tokens that a unit costs beside its own: a gap, and the eye's way to it. It keeps crumbs out.
const OVERHEAD: usize = 4;
/// The share of all tokens up to which gains are kept true; what comes later is left out of every tier but the last.
const ORDERED: (usize, usize) = (4, 5);
/// Gains computed anew, per unit: it bounds the work where all units are alike.
const PATIENCE: usize = 24;

/// Orders units by what they add to those before them.
pub(crate) fn digest(corpus: &Corpus, material: &Material<'_>, openings: &[f64]) -> Scores {
    let place: Vec<usize> = (0..material.units.len()).collect();
    let shares = novelty(corpus, material.units, &place, material.context);
    let mut worth = worth(corpus, material, openings);
    worth.iter_mut().zip(shares).for_each(|(worth, share)| *worth *= share);
    Greedy::new(corpus, material, worth).run()
}

/// What each unit says, and what that is still worth.
struct Greedy {
    /// Words and pairs, by unit one after the other, each once.
    said: Vec<u32>,
    ends: Vec<usize>,
    /// What each word and pair is still worth.
    left: Vec<f64>,
    worth: Vec<f64>,
    sizes: Vec<usize>,
}

impl Greedy {
    fn new(corpus: &Corpus, material: &Material<'_>, worth: Vec<f64>) -> Self {
        let mut greedy = Self { said: Vec::new(), ends: Vec::new(), left: Vec::new(), worth, sizes: Vec::new() };
        let mut names = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        for (index, unit) in material.units.iter().enumerate() {
            let from = greedy.said.len();
            let terms = corpus.terms(index);
            for (at, occurrence) in terms.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|before| terms.get(before));
                for key in [Some(u64::from(occurrence.term)), before.and_then(|before| pair(before, occurrence))] {
                    let Some(key) = key else { continue };
                    let next = u32::try_from(counts.len()).unwrap_or(u32::MAX);
                    let id = *names.entry(key).or_insert(next);
                    if id == next {
                        counts.push(0);
                        greedy.left.push(value(corpus, key));
                    }
                    counts.get_mut(id as usize).into_iter().for_each(|count| *count += 1);
                    greedy.said.push(id);
                }
            }
            let mut own = greedy.said.split_off(from);
            own.sort_unstable();
            own.dedup();
            greedy.said.extend(own);
            greedy.ends.push(greedy.said.len());
            greedy.sizes.push(material.prices.get(index).copied().unwrap_or(unit.span.len() / 4) + OVERHEAD);
        }
        let pairs = names.into_iter().filter(|(key, _)| *key > u64::from(u32::MAX)).map(|(_, id)| id);
        // A pair that stands once is an accident.
        pairs.for_each(|id| counts.get_mut(id as usize).into_iter().for_each(|count| *count -= 1));
        for (left, count) in greedy.left.iter_mut().zip(counts) {
            *left *= f64::from(count).sqrt();
        }
        greedy
    }

    fn run(mut self) -> Scores {
        let units = self.sizes.len();
        let (most, of) = ORDERED;
        let mut room = self.sizes.iter().sum::<usize>() / of * most;
        let mut patience = units * PATIENCE;
        let mut heap: BinaryHeap<(u64, Reverse<usize>)> =
            (0..units).map(|unit| (self.gain(unit), Reverse(unit))).collect();
        let (mut order, mut values) = (Vec::with_capacity(units), vec![0.0; units]);
        while let Some((known, Reverse(unit))) = heap.pop() {
            let gain = if room > 0 && patience > 0 { self.gain(unit) } else { known };
            patience = patience.saturating_sub(1);
            if gain < known && heap.peek().is_some_and(|next| (gain, Reverse(unit)) < *next) {
                heap.push((gain, Reverse(unit)));
                continue;
            }
            room = room.saturating_sub(self.sizes.get(unit).copied().unwrap_or(0));
            self.say(unit);
            order.push(unit);
            values.get_mut(unit).into_iter().for_each(|value| *value = f64::from_bits(gain));
        }
        Scores { values, order, reasons: None }
    }

    fn own(&self, unit: usize) -> std::ops::Range<usize> {
        let start = unit.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..self.ends.get(unit).copied().unwrap_or(start)
    }

    /// What a unit adds for its size; the bits of numbers that are not negative order as the numbers do.
    fn gain(&self, unit: usize) -> u64 {
        let said = self.said.get(self.own(unit)).unwrap_or_default();
        let sum: f64 = said.iter().filter_map(|id| self.left.get(*id as usize)).sum();
        let worth = self.worth.get(unit).copied().unwrap_or(1.0);
        (worth * sum / self.sizes.get(unit).copied().unwrap_or(OVERHEAD) as f64).to_bits()
    }

    fn say(&mut self, unit: usize) {
        let own = self.own(unit);
        for id in self.said.get(own).unwrap_or_default() {
            self.left.get_mut(*id as usize).into_iter().for_each(|left| *left *= SAID);
        }
    }
}

/// The key of two words side by side, above those of single words; scripts without spaces have pairs as terms.
fn pair(before: &Occurrence, occurrence: &Occurrence) -> Option<u64> {
    let is_word = |occurrence: &Occurrence| !matches!(occurrence.shape, Shape::Character | Shape::Pair);
    (is_word(before) && is_word(occurrence)).then(|| (u64::from(before.term) + 1) << 32 | u64::from(occurrence.term))
}

/// What a word or a pair is worth that occurs once.
fn value(corpus: &Corpus, key: u64) -> f64 {
    let is_word = key <= u64::from(u32::MAX);
    if is_word && corpus.is_function(key as u32) { GRAMMAR } else { 1.0 }
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use crate::sentences::sentences;
    use crate::{Material, Role, Unit, rank};

    fn order(text: &str, role: impl Fn(&str) -> Role) -> Vec<&str> {
        let spans = sentences(text, 0..text.len());
        let unit = |span: std::ops::Range<usize>| {
            let role = role(&text[span.clone()]);
            Unit { part: 0, span, role, paragraph: 0, needs: None }
        };
        let units: Vec<Unit> = spans.into_iter().map(unit).collect();
        let scores = rank(&Material { texts: &[text], units: &units, query: None, context: &[], prices: &[] });
        scores.order.iter().map(|index| text[units[*index].span.clone()].trim()).collect()
    }

    #[test]
    fn every_subject_is_covered_before_one_is_told_at_length() {
        let text = "The old harbour pump broke again today. The harbour pump broke at noon again. \
            The old pump broke in the harbour. Rice prices rose sharply in March. Rice prices rose again in April.";
        let order = order(text, |_| Role::Sentence);
        assert_ne!(order[0].contains("Rice"), order[1].contains("Rice"), "{order:?}");
    }

    #[test]
    fn what_is_said_twice_comes_last() {
        let text = "Valve nine leaks oil on the floor. Valve nine leaks oil on the floor. Rice grows in wet fields.";
        assert_eq!(order(text, |_| Role::Sentence)[2], "Valve nine leaks oil on the floor.");
    }

    #[test]
    fn signatures_come_before_bodies() {
        let text = "fn open valve\nIt opens the valve and the valve opens slowly.\nfn close\n";
        let order = order(text, |unit| if unit.starts_with("fn") { Role::Signature } else { Role::Body });
        assert!(order[2].starts_with("It opens"), "{order:?}");
    }
}
