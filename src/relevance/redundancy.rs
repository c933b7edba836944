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
    buckets: HashMap<(usize, u64), Vec<usize>>,
    sets: Vec<Vec<u32>>,
}

impl Known {
    /// Adds a set unless a near duplicate of it is there, whose number is given back then.
    fn add(&mut self, set: Vec<u32>) -> Option<usize> {
        if set.len() < SHORTEST {
            return None;
        }
        let signature = signature(&set);
        let rows = || signature.iter().copied().enumerate();
        let candidates = rows().filter_map(|row| self.buckets.get(&row)).flat_map(|found| found.iter().take(COMPARED));
        let near = |other: usize| self.sets.get(other).is_some_and(|known| overlap(known, &set) >= NEAR);
        if let Some(earlier) = candidates.copied().find(|other| near(*other)) {
            return Some(earlier);
        }
        for row in rows() {
            self.buckets.entry(row).or_default().push(self.sets.len());
        }
        self.sets.push(set);
        None
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
