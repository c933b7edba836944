//! All evidence added up to one score per unit.

use super::corpus::{Corpus, Material, Role};
use super::digest::digest;
use super::features::order_of;
use super::judge::Evidence;
use super::position::openings;
use super::redundancy::novelty;
use super::why::Reasons;

/// How much each unit matters, and the order in which they should be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// One score per unit, 0 and above.
    pub values: Vec<f64>,
    /// The units, most valuable first; ties go to the earlier one.
    pub order: Vec<usize>,
    /// What the model judged by; `None` without a query.
    pub reasons: Option<Reasons>,
}

/// What a title is worth by itself: it comes along with the sentences that need it.
const ALONE: f64 = 0.3;
/// Shorter units than this cost as much: they need a gap's sign beside them.
const LEAST_PRICE: usize = 4;

/// Scores the units of `material` and orders them.
pub fn rank(material: &Material<'_>) -> Scores {
    let corpus = Corpus::read(material);
    let evidence = Evidence::gather(&corpus, material);
    let mut values = match &evidence {
        Some(evidence) => evidence.judge(material),
        None => return digest(&corpus, material, &openings(&corpus, material.units)),
    };
    let order = order_of(&values);
    for (value, share) in values.iter_mut().zip(novelty(&corpus, material.units, &order, material.context)) {
        *value *= share;
    }
    for (value, _) in values.iter_mut().zip(material.units).filter(|(_, unit)| unit.role == Role::Title) {
        *value *= ALONE;
    }
    let order = match &evidence {
        Some(Evidence::Sentences(_)) => order_of(&worth(&values, material.prices)),
        _ => order_of(&values),
    };
    Scores { values, order, reasons: evidence.map(Reasons) }
}

/// The odds that a unit is wanted, for each token that it costs: under a budget two short chances beat a long one.
fn worth(likelihoods: &[f64], prices: &[usize]) -> Vec<f64> {
    let price = |unit: usize| prices.get(unit).copied().unwrap_or(1).max(LEAST_PRICE) as f64;
    likelihoods.iter().enumerate().map(|(unit, p)| p / (1.0 - p) / price(unit)).collect()
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::{Material, Role, rank};
    use crate::Unit;
    use crate::sentences::sentences;

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
        let scores = rank(&Material { texts, units: &units, query, context: &[], prices: &[] });
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
        let scores = rank(&Material { texts: &texts, units: &units, query, context: &[], prices: &[] });
        let places: Vec<usize> = scores.order.iter().map(|index| units[*index].part).collect();
        let place = |part| places.iter().position(|at| *at == part).unwrap();
        assert!(place(3) < place(1) && place(3) < place(2) && place(3) < place(4));
    }

    #[test]
    fn a_repetition_falls_behind_what_is_new() {
        let texts =
            ["The red pump failed at noon today. The red pump failed at noon today. Valves in the cellar leak oil."];
        let units = units(&texts);
        let scores =
            rank(&Material { texts: &texts, units: &units, query: Some("pump failed"), context: &[], prices: &[] });
        let (first, second) = (scores.values[0], scores.values[1]);
        assert!(first.min(second) < first.max(second) / 5.0);
        assert!(first.min(second) < scores.values[2] || scores.values[2] == 0.0);
    }
}
