//! What matters when nobody asked: what a text repeats, its openings, its figures and its errors.

use super::corpus::{Corpus, Role, Unit};
use super::logarithm::ln;
use super::terms::Shape;

/// Words that mark what readers of logs, reports and instructions must not miss.
const SIGNALS: &[&str] = &[
    "error",
    "fail",
    "fatal",
    "exception",
    "panic",
    "warning",
    "critical",
    "traceback",
    "denied",
    "timeout",
    "must",
    "never",
    "always",
    "required",
    "important",
    "decided",
    "conclusion",
    "deadline",
    "agreed",
    "result",
    "however",
];

/// Scores each unit by how much of the whole's subject it carries.
pub(crate) fn salience(corpus: &Corpus, units: &[Unit], texts: &[&str], openings: &[f64]) -> Vec<f64> {
    let mut central: Vec<f64> = (0..units.len()).map(|unit| centrality(corpus, unit, units.len())).collect();
    super::lexical::normalize(&mut central);
    let each = units.iter().zip(central).zip(openings).enumerate();
    each.map(|(index, ((unit, central), opening))| {
        let figures = corpus.terms(index).iter().filter(|at| at.shape == Shape::Number).take(3).count() as f64 / 3.0;
        let text = texts.get(unit.part).and_then(|text| text.get(unit.span.clone())).unwrap_or_default();
        let signal = f64::from(u8::from(signals(text)));
        let heading = f64::from(u8::from(matches!(unit.role, Role::Heading | Role::Title)));
        0.5 * central + 0.25 * opening + 0.08 * figures + 0.25 * signal + 0.2 * heading
    })
    .collect()
}

/// The mean weight of a unit's words, where words that recur over the text, without being everywhere, weigh most.
fn centrality(corpus: &Corpus, unit: usize, all: usize) -> f64 {
    let terms = corpus.terms(unit);
    let mut sum = 0.0;
    for occurrence in terms.iter().filter(|at| at.shape != Shape::Character && !corpus.is_function(at.term)) {
        let count = f64::from(corpus.in_units(occurrence.term));
        sum += ln(1.0 + count) * ln(1.0 + all as f64 / (count + 1.0));
    }
    // Between a sum, which favours length, and a mean, which favours fragments.
    sum / (terms.len() as f64 + 4.0).sqrt()
}

fn signals(text: &str) -> bool {
    let mut word = String::new();
    let mut found = false;
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        } else if !word.is_empty() {
            found |= SIGNALS.iter().any(|signal| word.strip_prefix(signal).is_some_and(|rest| rest.len() < 4));
            word.clear();
        }
    }
    found
}
