//! Instructions inside a prompt: its first and last paragraph, when they speak to the model.

use super::Part;
use crate::ordered::sort_by_key;
use crate::relevance::case::lower_case;
use crate::relevance::{Role, Unit};

/// Words that speak to a model.
const CUES: &[&str] = &[
    "you are",
    "you will",
    "your task",
    "your job",
    "answer the",
    "answer in",
    "answer with",
    "please",
    "summarize",
    "summarise",
    "explain",
    "translate",
    "extract",
    "write a",
    "write the",
    "list the",
    "use the",
    "based on",
    "given the",
    "do not",
    "don't",
    "must",
    "respond",
    "return only",
    "output",
    "instructions",
    "question:",
    "below",
    "above",
    "responde",
    "resume",
    "traduce",
    "réponds",
    "résume",
    "antworte",
    "beantworte",
    "请",
    "回答",
];

/// An instruction longer than this share of all units is material.
const LARGEST_SHARE: usize = 5;

/// Puts the instructions of a single text first in the order.
pub(crate) fn raise_instructions(mut order: Vec<usize>, parts: &[Part], units: &[Unit]) -> Vec<usize> {
    let ([part], Some(last)) = (parts, units.last()) else { return order };
    if units.iter().any(|unit| unit.role == Role::Speech) || part.title.is_some() {
        return order;
    }
    let first = units.first().map_or(0, |unit| unit.paragraph);
    let speaks = |paragraph: usize| {
        let own: Vec<&Unit> = units.iter().filter(|unit| unit.paragraph == paragraph).collect();
        let text: String = own.iter().filter_map(|unit| part.text.get(unit.span.clone())).collect();
        own.len() * LARGEST_SHARE <= units.len() && is_instruction(&text)
    };
    let raised = [first, last.paragraph].map(|paragraph| speaks(paragraph).then_some(paragraph));
    sort_by_key(&mut order, |unit| {
        let paragraph = units.get(*unit).map(|unit| unit.paragraph);
        !(paragraph.is_some() && raised.contains(&paragraph))
    });
    order
}

fn is_instruction(text: &str) -> bool {
    let lower = lower_case(text);
    lower.trim_end().ends_with(['?', '？', ':']) || CUES.iter().any(|cue| lower.contains(cue))
}
