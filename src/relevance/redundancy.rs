//! What was said already, in the text or in what the reader has, is worth little.

use hashbrown::HashMap;

use super::corpus::{Corpus, Role, Unit};
use super::sentences::sentences;
use super::terms::each;

/// How many values make up a unit's signature (min-wise hashing after Broder, 1997).
const VALUES: usize = 6;
/// Units are near duplicates from this share of common terms on.
const NEAR: f64 = 0.82;
/// Shorter units than this repeat each other by chance.
const SHORTEST: usize = 4;
/// How many units of one bucket are compared: it bounds the work on a text that says one thing a thousand times.
const COMPARED: usize = 4;

/// What a repetition of another unit keeps of its score.
const REPEATED: f64 = 0.1;
/// What a sentence that the reader has keeps of it: it comes after all that is new, whatever the query asks.
const KNOWN: f64 = 0.0;

/// What each unit keeps of its score: less where it near enough repeats a unit earlier in `order`, and nothing where it
/// repeats a sentence of `context`.
pub(crate) fn novelty(corpus: &Corpus, units: &[Unit], order: &[usize], context: &[String]) -> Vec<f64> {
    let mut novelty = vec![1.0; units.len()];
    let mut known = Known::new(corpus, units.len());
    for text in context {
        for span in sentences(text, 0..text.len()) {
            let mut said = Vec::new();
            // Terms that the corpus lacks are kept apart as one stranger.
            let stranger = known.stranger();
            each(text.get(span).unwrap_or_default(), |term| said.push(corpus.id(term.stem()).unwrap_or(stranger)));
            known.add(said.into_iter());
        }
    }
    let of_context = known.sets.len();
    for &unit in order {
        let role = units.get(unit).map(|unit| unit.role);
        if !matches!(role, Some(Role::Title | Role::Heading | Role::Header))
            && let Some(earlier) = known.add(corpus.terms(unit).iter().map(|occurrence| occurrence.term))
            && let Some(share) = novelty.get_mut(unit)
        {
            *share = if earlier < of_context { KNOWN } else { REPEATED };
        }
    }
    novelty
}

/// The sets of terms seen so far, found again by their signatures.
struct Known {
    /// The latest set with a value, by value.
    latest: HashMap<u64, usize>,
    /// For each value of each set the set before it that has the same.
    before: Vec<[Option<usize>; VALUES]>,
    sets: Vec<Vec<u32>>,
    /// The number of the last set that had a term, by term.
    last: Vec<u32>,
    turn: u32,
}

impl Known {
    fn new(corpus: &Corpus, units: usize) -> Self {
        let (latest, last) = (HashMap::with_capacity(units * VALUES), vec![0; corpus.vocabulary() + 1]);
        Self { latest, before: Vec::new(), sets: Vec::new(), last, turn: 0 }
    }

    /// The term that stands for all that the corpus lacks.
    fn stranger(&self) -> u32 {
        self.last.len() as u32 - 1
    }

    /// Adds what is said unless a near duplicate of it is there, whose number is given back then.
    fn add(&mut self, said: impl Iterator<Item = u32>) -> Option<usize> {
        let set = self.set(said);
        if set.len() < SHORTEST {
            return None;
        }
        let signature = signature(&set);
        let mut before = [None; VALUES];
        for (place, value) in signature.iter().enumerate() {
            let latest = self.latest.get(value).copied();
            if let Some(earlier) = self.alike(set.len(), latest, place) {
                return Some(earlier);
            }
            if let Some(slot) = before.get_mut(place) {
                *slot = latest;
            }
        }
        for value in signature {
            self.latest.insert(value, self.sets.len());
        }
        self.before.push(before);
        self.sets.push(set);
        None
    }

    /// The different terms of what is said now.
    fn set(&mut self, said: impl Iterator<Item = u32>) -> Vec<u32> {
        self.turn += 1;
        let Self { last, turn, .. } = self;
        let is_new =
            |term: &u32| last.get_mut(*term as usize).is_some_and(|last| std::mem::replace(last, *turn) != *turn);
        said.filter(is_new).collect()
    }

    /// Finds a near duplicate of the set of this turn among the latest sets that have its value at `place`.
    fn alike(&self, length: usize, latest: Option<usize>, place: usize) -> Option<usize> {
        let before = |other: &usize| self.before.get(*other)?.get(place).copied().flatten();
        let mut candidates = std::iter::successors(latest, before).take(COMPARED);
        candidates.find(|other| self.sets.get(*other).is_some_and(|known| self.overlap(known, length) >= NEAR))
    }

    /// The share of common terms in a known set and the set of this turn.
    fn overlap(&self, known: &[u32], length: usize) -> f64 {
        let common = known.iter().filter(|term| self.last.get(**term as usize) == Some(&self.turn)).count();
        common as f64 / (known.len() + length - common).max(1) as f64
    }
}

fn signature(set: &[u32]) -> [u64; VALUES] {
    let mut least = [u64::MAX; VALUES];
    for term in set {
        // splitmix64, turned further for each value: its bits are good enough to be looked at from several sides.
        let hash = u64::from(*term).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        for (value, turn) in least.iter_mut().zip(0..) {
            *value = (*value).min(hash.rotate_left(turn * 64 / VALUES as u32));
        }
    }
    least
}
