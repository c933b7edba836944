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
    let mut known = Known::default();
    for text in context {
        for span in sentences(text, 0..text.len()) {
            known.add(context_set(corpus, text.get(span).unwrap_or_default()));
        }
    }
    let of_context = known.sets.len();
    for &unit in order {
        let role = units.get(unit).map(|unit| unit.role);
        if !matches!(role, Some(Role::Title | Role::Heading | Role::Header))
            && let Some(earlier) = known.add(term_set(corpus, unit))
            && let Some(share) = novelty.get_mut(unit)
        {
            *share = if earlier < of_context { KNOWN } else { REPEATED };
        }
    }
    novelty
}

/// The sets of terms seen so far, found again by their signatures.
#[derive(Default)]
struct Known {
    /// The latest set with a value, by value.
    latest: HashMap<u64, usize>,
    /// For each value of each set the set before it that has the same.
    before: Vec<[Option<usize>; VALUES]>,
    sets: Vec<Vec<u32>>,
}

impl Known {
    /// Adds a set unless a near duplicate of it is there, whose number is given back then.
    fn add(&mut self, set: Vec<u32>) -> Option<usize> {
        if set.len() < SHORTEST {
            return None;
        }
        let signature = signature(&set);
        let mut before = [None; VALUES];
        for (place, value) in signature.iter().enumerate() {
            let latest = self.latest.get(value).copied();
            if let Some(earlier) = self.alike(&set, latest, place) {
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

    /// Finds a near duplicate of `set` among the latest sets that have its value at `place`.
    fn alike(&self, set: &[u32], latest: Option<usize>, place: usize) -> Option<usize> {
        let before = |other: &usize| self.before.get(*other)?.get(place).copied().flatten();
        let mut candidates = std::iter::successors(latest, before).take(COMPARED);
        candidates.find(|other| self.sets.get(*other).is_some_and(|known| overlap(known, set) >= NEAR))
    }
}

/// The terms of a sentence of the context; those that the corpus lacks are kept apart as one stranger.
fn context_set(corpus: &Corpus, sentence: &str) -> Vec<u32> {
    let mut set = Vec::new();
    each(sentence, |term| set.push(corpus.id(term.stem()).unwrap_or(u32::MAX)));
    set.sort_unstable();
    set.dedup();
    set
}

fn term_set(corpus: &Corpus, unit: usize) -> Vec<u32> {
    let mut set: Vec<u32> = corpus.terms(unit).iter().map(|occurrence| occurrence.term).collect();
    set.sort_unstable();
    set.dedup();
    set
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

/// The share of common terms in two sorted sets.
fn overlap(a: &[u32], b: &[u32]) -> f64 {
    let common = a.iter().filter(|term| b.binary_search(term).is_ok()).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}
