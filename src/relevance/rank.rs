//! All evidence added up to one score per unit.

use super::answer::{Expected, expected, fit};
use super::bridge::{named_by, pointed_at};
use super::corpus::{Corpus, Material, Role, Unit};
use super::feedback::widened;
use super::lexical::{self, Query, normalize};
use super::neighbours::{around_turns, beside};
use super::position::{leads, openings};
use super::redundancy::repeats;
use super::salience::salience;
use crate::ordered::sort;

/// How much each unit matters, and the order in which they should be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// One score per unit, 0 and above.
    pub values: Vec<f64>,
    /// The units, most valuable first; ties go to the earlier one.
    pub order: Vec<usize>,
}

/// The share of each kind of evidence. Set by hand to round figures, not fitted to any set of questions.
struct Shares {
    passage: f64,
    unit: f64,
    both: f64,
    beside: f64,
    opening: f64,
    lead: f64,
    named: f64,
    bridge: f64,
    answer: f64,
}

const SHARES: Shares = Shares {
    passage: 0.45,
    unit: 0.45,
    both: 0.2,
    beside: 0.15,
    opening: 0.03,
    lead: 0.03,
    named: 0.35,
    bridge: 0.9,
    answer: 0.08,
};

/// What a title is worth by itself: it comes along with the sentences that need it.
const ALONE: f64 = 0.3;
/// What a repetition keeps of its score.
const REPEATED: f64 = 0.1;

/// Scores the units of `material` and orders them.
pub fn rank(material: &Material<'_>) -> Scores {
    let corpus = Corpus::read(material);
    let openings = openings(&corpus, material.units);
    let query = material.query.map(|text| Query::read(text, &corpus)).filter(|query| !query.terms.is_empty());
    let mut values = match (query, material.query) {
        (Some(query), Some(text)) => relevance(&query, text, &corpus, material.units, &openings),
        _ => salience(&corpus, material.units, material.texts, &openings),
    };
    let order = order_of(&values);
    for (value, repeated) in values.iter_mut().zip(repeats(&corpus, material.units, &order, material.context)) {
        if repeated {
            *value *= REPEATED;
        }
    }
    for (value, _) in values.iter_mut().zip(material.units).filter(|(_, unit)| unit.role == Role::Title) {
        *value *= ALONE;
    }
    let order = order_of(&values);
    Scores { values, order }
}

/// Scores units against a query.
fn relevance(query: &Query, text: &str, corpus: &Corpus, units: &[Unit], openings: &[f64]) -> Vec<f64> {
    let first = combined(query, corpus, units);
    let wider = widened(query, &first, corpus);
    let mut scores = combined(&wider, corpus, units);
    if let Some(smooth) = around_turns(&scores, units) {
        return smooth;
    }
    let spread = beside(&scores, corpus);
    let pointed = pointed_at(query, &scores, corpus, units);
    let expected = expected(text);
    let named_by_query = named_by(query, corpus);
    let asked = |term: u32| query.terms.iter().any(|(known, _)| *known == term);
    let asked_word = |term: u32| asked(term) && !corpus.is_function(term);
    for (index, score) in scores.iter_mut().enumerate() {
        let value = |list: &[f64]| list.get(index).copied().unwrap_or(0.0);
        let opening = value(openings);
        let part = units.get(index).map_or(0, |unit| unit.part);
        let named = named_by_query.get(part).copied().unwrap_or(0.0);
        *score += SHARES.named * named * (0.3 + 0.7 * opening);
        let bridge = pointed.get(part).copied().unwrap_or(0.0) * (0.4 + 0.6 * opening);
        *score += SHARES.beside * value(&spread) + SHARES.opening * opening + SHARES.bridge * bridge;
        *score += SHARES.lead * leads(corpus.terms(index), asked_word);
        if expected != Expected::Open {
            *score *= 1.0 + SHARES.answer * fit(expected, corpus.terms(index), corpus, asked);
        }
    }
    scores
}

/// Passage and unit scores together, each with a largest of 1.
fn combined(query: &Query, corpus: &Corpus, units: &[Unit]) -> Vec<f64> {
    let mut passages = lexical::passages(query, corpus);
    let mut single = lexical::units(query, corpus, units);
    normalize(&mut passages);
    normalize(&mut single);
    let each = single.iter().zip(&corpus.passage_of);
    each.map(|(unit, passage)| {
        let passage = passages.get(*passage).copied().unwrap_or(0.0);
        // Bent, so that the best passages stand out from those that share a word or two.
        let passage = passage * 0.5 * (1.0 + passage);
        SHARES.unit * unit + SHARES.passage * passage + SHARES.both * unit * passage
    })
    .collect()
}

/// Sorts units by score, ties by place; scores are rounded first, so that noise in the last bits orders nothing.
fn order_of(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> =
        values.iter().enumerate().map(|(index, value)| (-((value * 1e9) as i64), index)).collect();
    sort(&mut order);
    order.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::{Material, Role, Unit, rank};
    use crate::relevance::sentences::sentences;

    fn units(texts: &[&str]) -> Vec<Unit> {
        let mut units = Vec::new();
        for (part, text) in texts.iter().enumerate() {
            for span in sentences(text, 0..text.len()) {
                units.push(Unit { part, span, role: Role::Sentence, paragraph: part, needs: None });
            }
        }
        units
    }

    fn first(texts: &[&str], query: Option<&str>) -> String {
        let units = units(texts);
        let scores = rank(&Material { texts, units: &units, query, context: &[] });
        let best = &units[scores.order[0]];
        texts[best.part][best.span.clone()].trim().to_owned()
    }

    #[test]
    fn the_sentence_that_answers_comes_first() {
        let texts = ["The sea is wide. The harbour was built in 1871 by Ann Reed.", "Harbours smell of fish."];
        assert_eq!(first(&texts, Some("when was the harbour built?")), "The harbour was built in 1871 by Ann Reed.");
    }

    #[test]
    fn a_document_that_a_relevant_sentence_names_is_found_over_the_bridge() {
        let texts = [
            "The film Blue Gate was directed by Ann Reed.",
            "Rice grows in water.",
            "Iron rusts in rain.",
            "Ann Reed (born 1921) was a Scottish painter.",
            "Oak Hill is a village.",
        ];
        let mut units = units(&texts);
        for (part, end) in [(3, 8), (4, 8)] {
            let at = units.iter().position(|unit| unit.part == part).unwrap();
            units[at].span.start = end;
            units.insert(at, Unit { part, span: 0..end, role: Role::Title, paragraph: part, needs: None });
        }
        let query = Some("where was the director of the film Blue Gate born");
        let scores = rank(&Material { texts: &texts, units: &units, query, context: &[] });
        let places: Vec<usize> = scores.order.iter().map(|index| units[*index].part).collect();
        let place = |part| places.iter().position(|at| *at == part).unwrap();
        assert!(place(3) < place(1) && place(3) < place(2) && place(3) < place(4));
    }

    #[test]
    fn a_repetition_falls_behind_what_is_new() {
        let texts =
            ["The red pump failed at noon today. The red pump failed at noon today. Valves in the cellar leak oil."];
        let units = units(&texts);
        let scores = rank(&Material { texts: &texts, units: &units, query: Some("pump failed"), context: &[] });
        let (first, second) = (scores.values[0], scores.values[1]);
        assert!(first.min(second) < first.max(second) / 5.0);
        assert!(first.min(second) < scores.values[2] || scores.values[2] == 0.0);
    }
}
