//! What matters when nobody asked, beside the words: a unit's place and kind, its figures, decisions and errors.

use super::corpus::{Corpus, Material, Role, Unit};
use super::terms::Shape;

/// Words that mark what readers of logs, reports, meetings and instructions must not miss.
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
    "decision",
    "conclu",
    "deadline",
    "agreed",
    "result",
    "propos",
    "suggest",
    "recommend",
];

/// How many turns at the end of a conversation are nearer to what comes next than the rest.
const LATEST: usize = 4;

/// Weighs each unit, 1 being a sentence like any other.
pub(crate) fn worth(corpus: &Corpus, material: &Material<'_>, openings: &[f64]) -> Vec<f64> {
    let from_end = turns_from_end(material.units);
    let each = material.units.iter().zip(openings).zip(from_end).enumerate();
    each.map(|(index, ((unit, opening), from_end))| {
        let text = material.texts.get(unit.part).and_then(|text| text.get(unit.span.clone())).unwrap_or_default();
        let figures = corpus.terms(index).iter().filter(|at| at.shape == Shape::Number).take(3).count() as f64;
        let signal = f64::from(u8::from(signals(text)));
        let spoken = unit.role == Role::Speech;
        let place = match from_end {
            Some(turns) if turns < LATEST => 1.0 - turns as f64 / LATEST as f64,
            _ if spoken => 0.0,
            _ => 0.4 * opening,
        };
        let asks = f64::from(u8::from(spoken && text.trim_end().ends_with('?')));
        standing(unit.role) * (1.0 + place + 0.08 * figures + 0.3 * signal + 0.1 * asks)
    })
    .collect()
}

/// What a role is worth against a sentence: so much that the outline of a code file comes before its bodies.
const fn standing(role: Role) -> f64 {
    match role {
        Role::Signature => 4096.0,
        Role::Key => 64.0,
        Role::Comment => 64.0,
        Role::Inner => 16.0,
        Role::Title | Role::Heading => 2.0,
        Role::Sentence | Role::Speech | Role::Line | Role::Chunk | Role::Header => 1.0,
        Role::Body => 0.7,
        Role::Filler => 0.05,
    }
}

/// How many turns of the same part come after each spoken unit.
fn turns_from_end(units: &[Unit]) -> Vec<Option<usize>> {
    let (mut part, mut turn, mut after) = (usize::MAX, usize::MAX, 0);
    let mut all: Vec<Option<usize>> = units
        .iter()
        .rev()
        .map(|unit| {
            if unit.part != part {
                (part, turn, after) = (unit.part, unit.paragraph, 0);
            } else if unit.paragraph != turn {
                (turn, after) = (unit.paragraph, after + 1);
            }
            (unit.role == Role::Speech).then_some(after)
        })
        .collect();
    all.reverse();
    all
}

/// Tells whether a text has a word that marks what must not be missed.
pub fn signals(text: &str) -> bool {
    let mut word = String::new();
    let mut found = false;
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        } else if !word.is_empty() {
            found |= SIGNALS.iter().any(|signal| word.strip_prefix(signal).is_some_and(|rest| rest.len() < 5));
            word.clear();
        }
    }
    found
}
