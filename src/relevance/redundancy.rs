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

/// Marks the units that near enough repeat a unit earlier in `order`, or a sentence of `context`.
pub(crate) fn repeats(corpus: &Corpus, units: &[Unit], order: &[usize], context: &[String]) -> Vec<bool> {
    let mut repeated = vec![false; units.len()];
    let mut known = Known::default();
    for text in context {
        for span in sentences(text, 0..text.len()) {
            known.add(context_set(corpus, text.get(span).unwrap_or_default()));
        }
    }
    for &unit in order {
        let role = units.get(unit).map(|unit| unit.role);
        if !matches!(role, Some(Role::Title | Role::Heading | Role::Header))
            && !known.add(term_set(corpus, unit))
            && let Some(mark) = repeated.get_mut(unit)
        {
            *mark = true;
        }
    }
    repeated
}

/// The sets of terms seen so far, found again by their signatures.
#[derive(Default)]
struct Known {
    buckets: HashMap<(usize, u64), Vec<usize>>,
    sets: Vec<Vec<u32>>,
}

impl Known {
    /// Adds a set unless a near duplicate of it is there; tells whether it was new.
    fn add(&mut self, set: Vec<u32>) -> bool {
        if set.len() < SHORTEST {
            return true;
        }
        let signature = signature(&set);
        let near = |other: &usize| self.sets.get(*other).is_some_and(|known| overlap(known, &set) >= NEAR);
        let rows = || signature.iter().copied().enumerate();
        if rows().any(|row| self.buckets.get(&row).is_some_and(|bucket| bucket.iter().take(COMPARED).any(near))) {
            return false;
        }
        for row in rows() {
            self.buckets.entry(row).or_default().push(self.sets.len());
        }
        self.sets.push(set);
        true
    }
}

/// The terms of a sentence of the context; those that the corpus lacks are kept apart as one stranger.
fn context_set(corpus: &Corpus, sentence: &str) -> Vec<u32> {
    let mut set = Vec::new();
    each(sentence, |term| set.push(corpus.id(term.hash).unwrap_or(u32::MAX)));
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
        let mut hash = u64::from(*term);
        for value in &mut least {
            // splitmix64: one more round for each value.
            hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
            hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *value = (*value).min(hash ^ (hash >> 31));
        }
    }
    least
}

/// The share of common terms in two sorted sets.
fn overlap(a: &[u32], b: &[u32]) -> f64 {
    let common = a.iter().filter(|term| b.binary_search(term).is_ok()).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}
