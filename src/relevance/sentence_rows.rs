//! Rows of evidence for the units of documents.

use super::answer::Answers;
use super::bridge::{named_by, pointed_at};
use super::corpus::{Corpus, Material, Role};
use super::features::{Sentence, Table, ranks, squashed};
use super::feedback::widened;
use super::grams;
use super::lexical::{self, Match, Query, UnitMatches, normalize};
use super::position::leads;

/// A first guess from words alone, which feedback and bridges start from.
const PASSAGE: f64 = 0.45;
const UNIT: f64 = 0.45;
const BOTH: f64 = 0.2;

/// Fills a row for each unit.
pub(crate) fn rows(query: &Query, text: &str, corpus: &Corpus, material: &Material<'_>, openings: &[f64]) -> Table {
    let mut rows = Rows { corpus, material, table: Table::new(material.units.len(), Sentence::COUNT) };
    let (units, passages) = rows.words(query);
    let first = combined(&units, &passages, corpus);
    rows.grams(text);
    rows.passages(&passages);
    rows.titles(query, &units);
    rows.neighbours(&first, &units);
    rows.bridges(query, &first);
    rows.answers(query, text);
    rows.places(query, openings);
    rows.table
}

struct Rows<'a> {
    corpus: &'a Corpus,
    material: &'a Material<'a>,
    table: Table,
}

fn column<T>(items: &[T], value: impl Fn(&T) -> f64) -> Vec<f64> {
    items.iter().map(value).collect()
}

impl Rows<'_> {
    fn set(&mut self, feature: Sentence, values: &[f64]) {
        self.table.set(feature as usize, values);
    }

    fn set_scaled(&mut self, feature: Sentence, values: &[f64]) {
        self.table.set_scaled(feature as usize, values);
    }

    /// Spreads what is known of passages over their units.
    fn spread(&self, values: &[f64]) -> Vec<f64> {
        column(&self.corpus.passage_of, |passage| values.get(*passage).copied().unwrap_or(0.0))
    }

    /// Spreads what is known of parts over their units.
    fn of_parts(&self, values: &[f64]) -> Vec<f64> {
        column(self.material.units, |unit| values.get(unit.part).copied().unwrap_or(0.0))
    }

    fn words(&mut self, query: &Query) -> (UnitMatches, Vec<Match>) {
        let units = lexical::units(query, self.corpus, self.material.units);
        let score = |found: &Match| found.score;
        self.set_scaled(Sentence::Own, &column(&units.own, score));
        self.set_scaled(Sentence::Titled, &column(&units.titled, score));
        self.set(Sentence::OwnCovered, &column(&units.own, |found| found.covered));
        self.set(Sentence::TitledCovered, &column(&units.titled, |found| found.covered));
        self.set(Sentence::Heaviest, &column(&units.own, |found| found.heaviest));
        self.set(Sentence::Pairs, &column(&units.own, |found| found.pairs));
        (units, lexical::passages(query, self.corpus))
    }

    fn grams(&mut self, text: &str) {
        let shares = grams::shares(text, self.material, self.corpus);
        self.set_scaled(Sentence::Grams, &shares.units);
        let passages = self.spread(&shares.passages);
        self.set_scaled(Sentence::PassageGrams, &passages);
    }

    fn passages(&mut self, passages: &[Match]) {
        let scores = column(passages, |found| found.score);
        let top: f64 = super::feedback::best(&scores, 5).iter().map(|(_, score)| score).sum();
        let shares = column(&scores, |score| score / top.max(f64::MIN_POSITIVE));
        for (feature, values) in [
            (Sentence::PassageRank, ranks(&scores, 2.0)),
            (Sentence::PassageCovered, column(passages, |found| found.covered)),
            (Sentence::PassagePairs, column(passages, |found| found.pairs)),
            (Sentence::PassageShare, shares),
        ] {
            let values = self.spread(&values);
            self.set(feature, &values);
        }
        let scores = self.spread(&scores);
        self.set_scaled(Sentence::Passage, &scores);
    }

    fn titles(&mut self, query: &Query, units: &UnitMatches) {
        self.set(Sentence::Title, &units.title);
        let named = self.of_parts(&named_by(query, self.corpus));
        self.set(Sentence::Named, &named);
    }

    fn neighbours(&mut self, first: &[f64], units: &UnitMatches) {
        let passage_of = &self.corpus.passage_of;
        let beside = |at: Option<usize>, passage: &usize| {
            at.filter(|at| passage_of.get(*at) == Some(passage)).and_then(|at| first.get(at)).copied().unwrap_or(0.0)
        };
        let indexed = || passage_of.iter().enumerate();
        let before: Vec<f64> = indexed().map(|(at, passage)| beside(at.checked_sub(1), passage)).collect();
        let after: Vec<f64> = indexed().map(|(at, passage)| beside(Some(at + 1), passage)).collect();
        let (best, place) = in_passages(first, self.corpus);
        self.set(Sentence::Around, &units.around);
        for (feature, values) in [(Sentence::Before, before), (Sentence::After, after), (Sentence::BestBeside, best)] {
            self.set(feature, &values);
        }
        self.set(Sentence::RankInPassage, &place);
        self.set(Sentence::Rank, &ranks(first, 8.0));
        self.set_scaled(Sentence::First, first);
    }

    fn bridges(&mut self, query: &Query, first: &[f64]) {
        let wider = widened(query, first, self.corpus);
        let units = lexical::units(&wider, self.corpus, self.material.units);
        self.set_scaled(Sentence::Wider, &column(&units.titled, |found| found.score));
        let passages = self.spread(&column(&lexical::passages(&wider, self.corpus), |found| found.score));
        self.set_scaled(Sentence::WiderPassage, &passages);
        let second = column(&units.titled, |found| found.score);
        let mut second = second;
        normalize(&mut second);
        let mixed: Vec<f64> = first.iter().zip(&second).map(|(first, second)| first + UNIT * second).collect();
        let pointed = self.of_parts(&pointed_at(query, &mixed, self.corpus, self.material.units));
        self.set(Sentence::Pointed, &pointed);
    }

    fn answers(&mut self, query: &Query, text: &str) {
        let answers = Answers::new(text, query, self.corpus);
        let terms = |unit: usize| self.corpus.terms(unit);
        let all = 0..self.material.units.len();
        let numbers: Vec<f64> = all.clone().map(|unit| squashed(answers.numbers(terms(unit)), 1.5)).collect();
        let names: Vec<f64> = all.clone().map(|unit| squashed(answers.names(terms(unit)), 3.0)).collect();
        let fits: Vec<f64> = all.clone().map(|unit| answers.fit(terms(unit))).collect();
        let news: Vec<f64> = all.map(|unit| answers.news(terms(unit))).collect();
        let expected = vec![answers.expected as u8 as f64 / 4.0; news.len()];
        self.set(Sentence::Number, &numbers);
        self.set(Sentence::Names, &names);
        self.set(Sentence::Expected, &expected);
        self.set(Sentence::Fit, &fits);
        self.set_scaled(Sentence::News, &news);
    }

    fn places(&mut self, query: &Query, openings: &[f64]) {
        let corpus = self.corpus;
        let asked = |term: u32| query.has(term) && !corpus.is_function(term);
        let units = 0..self.material.units.len();
        let (mut place, mut leading, mut length, mut grammar, mut first) = (vec![], vec![], vec![], vec![], vec![]);
        for unit in units {
            let terms = corpus.terms(unit);
            let inside = corpus.passage_of.get(unit).and_then(|passage| corpus.passages.get(*passage));
            place.push(
                inside.map_or(0.0, |passage| (unit - passage.units.start) as f64 / passage.units.len().max(1) as f64),
            );
            leading.push(leads(terms, asked));
            length.push(squashed(terms.len() as f64, 24.0));
            let function = terms.iter().filter(|occurrence| corpus.is_function(occurrence.term)).count();
            grammar.push(function as f64 / terms.len().max(1) as f64);
            first
                .push(f64::from(u8::from(terms.first().is_some_and(|occurrence| corpus.is_function(occurrence.term)))));
        }
        let roles = column(self.material.units, |unit| role(unit.role));
        for (feature, values) in [
            (Sentence::Place, place),
            (Sentence::Leads, leading),
            (Sentence::Length, length),
            (Sentence::Grammar, grammar),
            (Sentence::GrammarFirst, first),
            (Sentence::Role, roles),
        ] {
            self.set(feature, &values);
        }
        self.set(Sentence::Opening, openings);
    }
}

const fn role(role: Role) -> f64 {
    match role {
        Role::Title | Role::Heading | Role::Header | Role::Signature | Role::Key => 1.0,
        Role::Line | Role::Chunk | Role::Inner | Role::Comment | Role::Body | Role::Filler => 0.5,
        Role::Sentence | Role::Speech => 0.0,
    }
}

/// Passage and unit scores together, each with a largest of 1.
fn combined(units: &UnitMatches, passages: &[Match], corpus: &Corpus) -> Vec<f64> {
    let mut passages = column(passages, |found| found.score);
    let mut single = column(&units.titled, |found| found.score);
    normalize(&mut passages);
    normalize(&mut single);
    let each = single.iter().zip(&corpus.passage_of);
    each.map(|(unit, passage)| {
        let passage = passages.get(*passage).copied().unwrap_or(0.0);
        // Bent, so that the best passages stand out from those that share a word or two.
        let passage = passage * 0.5 * (1.0 + passage);
        UNIT * unit + PASSAGE * passage + BOTH * unit * passage
    })
    .collect()
}

/// For each unit the best score of the others in its passage, and its place among all of them.
fn in_passages(first: &[f64], corpus: &Corpus) -> (Vec<f64>, Vec<f64>) {
    let (mut best, mut place) = (Vec::with_capacity(first.len()), Vec::with_capacity(first.len()));
    for passage in &corpus.passages {
        let scores = first.get(passage.units.clone()).unwrap_or_default();
        let tops = super::feedback::best(scores, 2);
        for at in 0..scores.len() {
            best.push(tops.iter().find(|(top, _)| *top != at).map_or(0.0, |(_, score)| *score));
        }
        place.extend(ranks(scores, 2.0));
    }
    (best, place)
}
