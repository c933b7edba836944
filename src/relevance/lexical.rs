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
    /// Whether a term is in the query, by term.
    asked: Vec<bool>,
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
        let mut query = Self { asked: vec![false; corpus.vocabulary()], ..Self::default() };
        let mut previous = None;
        each(text, |found| {
            let Some(term) = corpus.id(found.stem()) else {
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
        if let Some(asked) = self.asked.get_mut(term as usize) {
            *asked = true;
        }
    }

    /// Tells whether a term is in the query.
    pub(crate) fn has(&self, term: u32) -> bool {
        self.asked.get(term as usize).copied().unwrap_or(false)
    }

    /// How many of the query's neighbours are neighbours in `terms` as well.
    pub(crate) fn pairs_in(&self, terms: &[Occurrence]) -> usize {
        let pairs = terms.iter().zip(terms.iter().skip(1));
        pairs.filter(|(a, b)| self.has(a.term) && self.pairs.contains(&(a.term, b.term))).count()
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

/// How a text meets a query.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Match {
    /// BM25.
    pub(crate) score: f64,
    /// The share of the query's weight that is there at all.
    pub(crate) covered: f64,
    /// The weight of the heaviest term that is there, against the heaviest of the query.
    pub(crate) heaviest: f64,
    /// The share of the query's neighbours that are neighbours here as well.
    pub(crate) pairs: f64,
    /// Which of the first 64 terms are there.
    pub(crate) terms: u64,
}

/// Weighs each term of the query, and scores texts against it.
struct Matcher<'a> {
    query: &'a Query,
    /// Position in the query's terms, by term; `u32::MAX` for all others.
    place: Vec<u32>,
    weights: Vec<f64>,
    all: f64,
    most: f64,
    all_pairs: f64,
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
        let weights: Vec<f64> = query.terms.iter().map(|(term, weight)| weight * weigh(*term)).collect();
        let (all, most) = (weights.iter().sum(), weights.iter().copied().fold(0.0, f64::max));
        let counts = vec![0.0; weights.len()];
        let mut matcher = Self { query, place, weights, all, most, all_pairs: 0.0, counts, curve, mean: mean.max(1.0) };
        matcher.all_pairs = query.pairs.iter().map(|pair| matcher.pair_weight(*pair)).sum();
        matcher
    }

    fn slot(&self, term: u32) -> Option<usize> {
        self.place.get(term as usize).filter(|place| **place != u32::MAX).map(|place| *place as usize)
    }

    fn weight(&self, term: u32) -> f64 {
        self.slot(term).and_then(|slot| self.weights.get(slot)).copied().unwrap_or(0.0)
    }

    fn pair_weight(&self, (a, b): (u32, u32)) -> f64 {
        self.weight(a) + self.weight(b)
    }

    fn add(&mut self, term: u32, count: f64) {
        if let Some(slot) = self.slot(term)
            && let Some(known) = self.counts.get_mut(slot)
        {
            *known += count;
        }
    }

    fn add_all(&mut self, terms: &[Occurrence], count: f64) {
        for occurrence in terms {
            self.add(occurrence.term, count);
            if occurrence.word != occurrence.term {
                self.add(occurrence.word, count);
            }
        }
    }

    /// Scores what was added for a text of these terms.
    fn score(&self, terms: &[Occurrence]) -> Match {
        let Curve { k, b } = self.curve;
        let norm = k * (1.0 - b + b * terms.len() as f64 / self.mean);
        let (mut found, mut covered) = (Match::default(), 0.0);
        for (index, (tf, weight)) in self.counts.iter().zip(&self.weights).enumerate().filter(|(_, (tf, _))| **tf > 0.0)
        {
            found.score += weight * tf * (k + 1.0) / (tf + norm);
            found.heaviest = found.heaviest.max(*weight);
            found.terms |= 1_u64.checked_shl(u32::try_from(index).unwrap_or(64)).unwrap_or(0);
            covered += weight;
        }
        found.pairs = self.side_by_side(terms);
        found.score += SIDE_BY_SIDE * found.pairs;
        found.pairs = share(found.pairs, self.all_pairs);
        found.covered = share(covered, self.all);
        found.heaviest = share(found.heaviest, self.most);
        found
    }

    /// The weights of the query's neighbours that are neighbours here as well.
    fn side_by_side(&self, terms: &[Occurrence]) -> f64 {
        let pairs = terms
            .iter()
            .zip(terms.iter().skip(1))
            .filter(|(a, b)| self.slot(a.term).is_some() && self.query.pairs.contains(&(a.term, b.term)));
        pairs.map(|(a, b)| self.pair_weight((a.term, b.term))).sum()
    }

    /// The share of the query's weight that a set of terms has.
    fn covered(&self, terms: u64) -> f64 {
        let own = self.weights.iter().take(64).enumerate().filter(|(index, _)| terms >> index & 1 == 1);
        share(own.map(|(_, weight)| weight).sum(), self.all)
    }
}

fn share(part: f64, all: f64) -> f64 {
    if all > 0.0 { part / all } else { 0.0 }
}

/// Scores passages, each with its document's title.
pub(crate) fn passages(query: &Query, corpus: &Corpus) -> Vec<Match> {
    let all = corpus.passages.len();
    let mean = corpus.len() as f64 / all.max(1) as f64;
    let mut matcher = Matcher::new(query, corpus, PASSAGE, mean, |term| rarity(corpus.in_passages(term), all));
    let each = corpus.passages.iter().map(|passage| {
        let terms = corpus.passage_terms(passage);
        matcher.add_all(terms, 1.0);
        matcher.add_all(corpus.title(passage.part), TITLE);
        let found = matcher.score(terms);
        matcher.counts.fill(0.0);
        found
    });
    each.collect()
}

/// How each unit meets a query, by itself and with what is around it.
#[derive(Debug, Default)]
pub(crate) struct UnitMatches {
    pub(crate) own: Vec<Match>,
    pub(crate) titled: Vec<Match>,
    /// The share of the query's weight in a unit with its two neighbours.
    pub(crate) around: Vec<f64>,
    /// The share of the query's weight in a unit's document's title.
    pub(crate) title: Vec<f64>,
}

/// Scores units, by themselves and prefixed by their documents' titles.
pub(crate) fn units(query: &Query, corpus: &Corpus, units: &[Unit]) -> UnitMatches {
    let mean = corpus.len() as f64 / units.len().max(1) as f64;
    let mut matcher = Matcher::new(query, corpus, UNIT, mean, |term| {
        // Half from the units, half from the passages: a word that one passage repeats is still rare.
        0.5 * (rarity(corpus.in_units(term), units.len()) + rarity(corpus.in_passages(term), corpus.passages.len()))
    });
    let mut found = UnitMatches::default();
    for (index, unit) in units.iter().enumerate() {
        let terms = corpus.terms(index);
        matcher.add_all(terms, 1.0);
        let own = matcher.score(terms);
        if unit.role != Role::Title {
            matcher.add_all(corpus.title(unit.part), TITLE);
        }
        found.titled.push(matcher.score(terms));
        matcher.counts.fill(0.0);
        matcher.add_all(corpus.title(unit.part), 1.0);
        found.title.push(matcher.score(&[]).covered);
        matcher.counts.fill(0.0);
        found.own.push(own);
    }
    let terms = |index: Option<usize>| index.and_then(|index| found.own.get(index)).map_or(0, |own| own.terms);
    found.around = (0..units.len())
        .map(|index| matcher.covered(terms(index.checked_sub(1)) | terms(Some(index)) | terms(Some(index + 1))))
        .collect();
    found
}

/// Brings scores to a largest of 1.
pub(crate) fn normalize(scores: &mut [f64]) {
    let most = scores.iter().copied().fold(0.0, f64::max);
    if most > 0.0 {
        scores.iter_mut().for_each(|score| *score /= most);
    }
}
