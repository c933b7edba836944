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
            known.add(Said::Known(context_terms(corpus, text.get(span).unwrap_or_default())));
        }
    }
    let of_context = known.said.len();
    for &unit in order {
        let role = units.get(unit).map(|unit| unit.role);
        if !matches!(role, Some(Role::Title | Role::Heading | Role::Header))
            && let Some(earlier) = known.add(Said::Unit(unit))
            && let Some(share) = novelty.get_mut(unit)
        {
            *share = if earlier < of_context { KNOWN } else { REPEATED };
        }
    }
    novelty
}

/// Where terms stand.
enum Said {
    /// In a unit of the corpus.
    Unit(usize),
    /// In a sentence that the reader has.
    Known(Vec<u32>),
}

/// What was said so far, found again by its signature.
struct Known<'a> {
    corpus: &'a Corpus,
    /// The latest of what was said with a value, by value.
    latest: HashMap<u64, usize>,
    /// For each value of each the one before it that has the same.
    before: Vec<[Option<usize>; VALUES]>,
    said: Vec<Said>,
}

impl<'a> Known<'a> {
    fn new(corpus: &'a Corpus, units: usize) -> Self {
        Self { corpus, latest: HashMap::with_capacity(units * VALUES), before: Vec::new(), said: Vec::new() }
    }

    /// Adds what is said unless a near duplicate of it is there, whose number is given back then.
    fn add(&mut self, said: Said) -> Option<usize> {
        let signature = self.signature(&said)?;
        let mut before = [None; VALUES];
        for (place, value) in signature.iter().enumerate() {
            let latest = self.latest.get(value).copied();
            if let Some(earlier) = self.alike(&said, latest, place) {
                return Some(earlier);
            }
            if let Some(slot) = before.get_mut(place) {
                *slot = latest;
            }
        }
        for value in signature {
            self.latest.insert(value, self.said.len());
        }
        self.before.push(before);
        self.said.push(said);
        None
    }

    /// Finds a near duplicate among the latest that have its value at `place`.
    fn alike(&self, said: &Said, latest: Option<usize>, place: usize) -> Option<usize> {
        let set = latest.map(|_| self.set(said))?;
        let before = |other: &usize| self.before.get(*other)?.get(place).copied().flatten();
        let mut candidates = std::iter::successors(latest, before).take(COMPARED);
        candidates.find(|other| self.said.get(*other).is_some_and(|known| overlap(&self.set(known), &set) >= NEAR))
    }

    fn terms(&self, said: &Said) -> impl Iterator<Item = u32> {
        let (unit, known) = match said {
            Said::Unit(unit) => (self.corpus.terms(*unit), &[][..]),
            Said::Known(terms) => (&[][..], terms.as_slice()),
        };
        unit.iter().map(|occurrence| occurrence.term).chain(known.iter().copied())
    }

    /// The different terms, in order.
    fn set(&self, said: &Said) -> Vec<u32> {
        let mut set: Vec<u32> = self.terms(said).collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// The least of the terms' hashes, seen from several sides; `None` where there are too few terms.
    fn signature(&self, said: &Said) -> Option<[u64; VALUES]> {
        let mut least = [u64::MAX; VALUES];
        let mut first = Vec::with_capacity(SHORTEST);
        for term in self.terms(said) {
            if first.len() < SHORTEST && !first.contains(&term) {
                first.push(term);
            }
            // splitmix64, turned further for each value: its bits are good enough to be looked at from several sides.
            let hash = u64::from(term).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            for (value, turn) in least.iter_mut().zip(0..) {
                *value = (*value).min(hash.rotate_left(turn * 64 / VALUES as u32));
            }
        }
        (first.len() == SHORTEST).then_some(least)
    }
}

/// The terms of a sentence of the context; those that the corpus lacks are kept apart as one stranger.
fn context_terms(corpus: &Corpus, sentence: &str) -> Vec<u32> {
    let mut terms = Vec::new();
    each(sentence, |term| terms.push(corpus.id(term.stem()).unwrap_or(u32::MAX)));
    terms
}

/// The share of common terms in two sorted sets.
fn overlap(a: &[u32], b: &[u32]) -> f64 {
    let common = a.iter().filter(|term| b.binary_search(term).is_ok()).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}
