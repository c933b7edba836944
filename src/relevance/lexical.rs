//! BM25 over passages and over title-prefixed units (Robertson and Zaragoza, 2009).

use super::corpus::{Corpus, Occurrence, Role, Unit};
use super::logarithm::ln;
use super::spelling::alike;
use super::terms::{Shape, each};

/// A query's terms with their weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    /// Terms that occur in the corpus, each once, with what a match is worth.
    pub(crate) terms: Vec<(u32, f64)>,
    /// Terms that stand side by side in the query.
    pairs: Vec<(u32, u32)>,
}

/// What a function word is worth against a word with meaning.
const GRAMMAR: f64 = 0.04;
/// What a single character is worth in scripts without spaces: pairs say more.
const CHARACTER: f64 = 0.35;

/// The share of a word's worth that only the same form earns; the rest goes to any form of it.
const EXACT: f64 = 0.4;
/// What a match under another spelling is worth.
const RESPELLED: f64 = 0.5;

impl Query {
    /// Reads a query's words; those that the corpus lacks are looked for under another spelling.
    pub(crate) fn read(text: &str, corpus: &Corpus) -> Self {
        let mut query = Self::default();
        let mut previous = None;
        each(text, |found| {
            let Some(term) = corpus.id(found.hash) else {
                query.respell(found.text, corpus);
                previous = None;
                return;
            };
            let meaning = !corpus.is_function(term);
            let shape = if found.shape == Shape::Character { CHARACTER } else { 1.0 };
            query.add(term, if meaning { shape * (1.0 - EXACT) } else { GRAMMAR * shape });
            if let Some(word) = corpus.id(found.word).filter(|word| meaning && *word != term) {
                query.add(word, EXACT);
            } else if meaning {
                query.add(term, shape);
            }
            if let (Some(before), true) = (previous, meaning) {
                query.pairs.push((before, term));
            }
            if found.shape != Shape::Character {
                previous = meaning.then_some(term);
            }
        });
        query
    }

    /// Adds the corpus's words that are most likely meant by one that it lacks.
    fn respell(&mut self, word: &str, corpus: &Corpus) {
        let close = corpus.spellings().filter(|(known, stem)| !corpus.is_function(*stem) && alike(word, known));
        for (_, stem) in close.take(3) {
            self.add(stem, RESPELLED);
        }
    }

    /// Adds a term, or raises its weight a little when it is there.
    pub(crate) fn add(&mut self, term: u32, weight: f64) {
        match self.terms.iter_mut().find(|(known, _)| *known == term) {
            Some((_, known)) => *known = known.max(weight),
            None => self.terms.push((term, weight)),
        }
    }
}

/// The weight of a term that `count` of `all` texts have: never negative.
pub(crate) fn rarity(count: u32, all: usize) -> f64 {
    let count = f64::from(count);
    ln(1.0 + (all as f64 - count + 0.5) / (count + 0.5))
}

/// The shape of BM25: how soon repetition stops to count, and how much length does.
#[derive(Debug, Clone, Copy)]
struct Curve {
    k: f64,
    b: f64,
}

const PASSAGE: Curve = Curve { k: 1.2, b: 0.6 };
const UNIT: Curve = Curve { k: 1.0, b: 0.35 };
/// A title's words count for each sentence below it, at this weight.
const TITLE: f64 = 0.6;
/// What two of the query's neighbours side by side add, as a share of their own weights.
const SIDE_BY_SIDE: f64 = 0.35;

/// Weighs each term of the query, and scores texts against it.
struct Matcher<'a> {
    query: &'a Query,
    /// Position in the query's terms, by term; `u32::MAX` for all others.
    place: Vec<u32>,
    weights: Vec<f64>,
    counts: Vec<f64>,
    curve: Curve,
    mean: f64,
}

impl<'a> Matcher<'a> {
    fn new(query: &'a Query, corpus: &Corpus, curve: Curve, mean: f64, weigh: impl Fn(u32) -> f64) -> Self {
        let mut place = vec![u32::MAX; corpus.vocabulary()];
        for (index, (term, _)) in query.terms.iter().enumerate() {
            if let Some(slot) = place.get_mut(*term as usize) {
                *slot = u32::try_from(index).unwrap_or(u32::MAX);
            }
        }
        let weights = query.terms.iter().map(|(term, weight)| weight * weigh(*term)).collect();
        Self { query, place, weights, counts: vec![0.0; query.terms.len()], curve, mean: mean.max(1.0) }
    }

    fn slot(&self, term: u32) -> Option<usize> {
        self.place.get(term as usize).filter(|place| **place != u32::MAX).map(|place| *place as usize)
    }

    fn weight(&self, term: u32) -> f64 {
        self.slot(term).and_then(|slot| self.weights.get(slot)).copied().unwrap_or(0.0)
    }

    fn add(&mut self, term: u32, count: f64) {
        if let Some(slot) = self.slot(term)
            && let Some(known) = self.counts.get_mut(slot)
        {
            *known += count;
        }
    }

    fn add_occurrence(&mut self, occurrence: &Occurrence, count: f64) {
        self.add(occurrence.term, count);
        if occurrence.word != occurrence.term {
            self.add(occurrence.word, count);
        }
    }

    /// Scores what was added for a text of `length` terms, and starts anew.
    fn finish(&mut self, length: usize) -> f64 {
        let Curve { k, b } = self.curve;
        let norm = k * (1.0 - b + b * length as f64 / self.mean);
        let score =
            self.counts.iter().zip(&self.weights).map(|(tf, weight)| weight * tf * (k + 1.0) / (tf + norm)).sum();
        self.counts.fill(0.0);
        score
    }

    /// What the query's neighbours that are neighbours here as well add.
    fn side_by_side(&self, terms: &[Occurrence]) -> f64 {
        let pairs = terms
            .iter()
            .zip(terms.iter().skip(1))
            .filter(|(a, b)| self.slot(a.term).is_some() && self.query.pairs.contains(&(a.term, b.term)));
        pairs.map(|(a, b)| SIDE_BY_SIDE * (self.weight(a.term) + self.weight(b.term))).sum()
    }
}

/// Scores passages.
pub(crate) fn passages(query: &Query, corpus: &Corpus) -> Vec<f64> {
    let all = corpus.passages.len();
    let mean = corpus.len() as f64 / all.max(1) as f64;
    let mut matcher = Matcher::new(query, corpus, PASSAGE, mean, |term| rarity(corpus.in_passages(term), all));
    let mut scores = Vec::with_capacity(all);
    for passage in &corpus.passages {
        let terms = corpus.passage_terms(passage);
        for occurrence in terms {
            matcher.add_occurrence(occurrence, 1.0);
        }
        for occurrence in corpus.titles.get(passage.part).into_iter().flatten() {
            matcher.add_occurrence(occurrence, TITLE);
        }
        scores.push(matcher.finish(terms.len()) + matcher.side_by_side(terms));
    }
    scores
}

/// Scores units, each prefixed by its document's title.
pub(crate) fn units(query: &Query, corpus: &Corpus, units: &[Unit]) -> Vec<f64> {
    let mean = corpus.len() as f64 / units.len().max(1) as f64;
    let mut matcher = Matcher::new(query, corpus, UNIT, mean, |term| {
        // Half from the units, half from the passages: a word that one passage repeats is still rare.
        0.5 * (rarity(corpus.in_units(term), units.len()) + rarity(corpus.in_passages(term), corpus.passages.len()))
    });
    let mut scores = Vec::with_capacity(units.len());
    for (index, unit) in units.iter().enumerate() {
        let terms = corpus.terms(index);
        for occurrence in terms {
            matcher.add_occurrence(occurrence, 1.0);
        }
        if unit.role != Role::Title {
            for occurrence in corpus.titles.get(unit.part).into_iter().flatten() {
                matcher.add_occurrence(occurrence, TITLE);
            }
        }
        scores.push(matcher.finish(terms.len()) + matcher.side_by_side(terms));
    }
    scores
}

/// Brings scores to a largest of 1.
pub(crate) fn normalize(scores: &mut [f64]) {
    let most = scores.iter().copied().fold(0.0, f64::max);
    if most > 0.0 {
        scores.iter_mut().for_each(|score| *score /= most);
    }
}
