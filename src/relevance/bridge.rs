//! The second hop: documents whose title a relevant sentence names.

use super::corpus::{Corpus, Occurrence, Role, Unit};
use super::feedback::best;
use super::lexical::{Query, rarity};

/// How many of the best sentences may point to other documents.
const POINTERS: usize = 12;

/// Says for each part how strongly the best sentences of other parts point to it, from 0 to 1.
///
/// A title that the query names itself is no news here: the first hop has it.
pub(crate) fn pointed_at(query: &Query, scores: &[f64], corpus: &Corpus, units: &[Unit]) -> Vec<f64> {
    let mut strength = vec![0.0; corpus.titles.len()];
    let pointers = best(scores, POINTERS);
    let most = pointers.first().map_or(1.0, |(_, score)| *score);
    for (pointer, score) in pointers {
        let Some(unit) = units.get(pointer).filter(|unit| unit.role != Role::Title) else { continue };
        let words: Vec<u32> = corpus.terms(pointer).iter().map(|occurrence| occurrence.term).collect();
        for (part, (title, slot)) in corpus.titles.iter().zip(&mut strength).enumerate() {
            if part != unit.part {
                let share = named(title, &words, query, corpus);
                *slot = f64::max(*slot, share * share * score / most);
            }
        }
    }
    strength
}

/// The share of a title's weight that a sentence's words cover; new words must be among them.
fn named(title: &[Occurrence], words: &[u32], query: &Query, corpus: &Corpus) -> f64 {
    let (mut all, mut covered, mut news) = (0.0, 0.0, false);
    for Occurrence { term, .. } in title {
        let weight = rarity(corpus.in_passages(*term), corpus.passages.len());
        all += weight;
        if words.contains(term) {
            covered += weight;
            news |= !query.terms.iter().any(|(asked, _)| asked == term);
        }
    }
    if news && all > 0.0 { covered / all } else { 0.0 }
}

/// Says for each part how much of its title the query names, from 0 to 1, squared: half a name is little.
pub(crate) fn named_by(query: &Query, corpus: &Corpus) -> Vec<f64> {
    let asked = |term: u32| query.terms.iter().any(|(known, _)| *known == term);
    let share = |title: &Vec<Occurrence>| {
        let (mut all, mut covered) = (0.0, 0.0);
        for Occurrence { term, .. } in title {
            let weight = rarity(corpus.in_passages(*term), corpus.passages.len());
            all += weight;
            covered += if asked(*term) { weight } else { 0.0 };
        }
        if all > 0.0 { covered * covered / (all * all) } else { 0.0 }
    };
    corpus.titles.iter().map(share).collect()
}
