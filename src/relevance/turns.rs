//! The turns of a conversation: who speaks, and what is said.

use std::ops::Range;

use super::corpus::{Corpus, Material, Occurrence, Role};
use super::terms::each;

/// A turn: its units, and how many of its first terms are the speaker's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) units: Range<usize>,
    pub(crate) label: usize,
}

/// The units of each turn, or `None` when most units are not speech.
pub(crate) fn turns(material: &Material<'_>) -> Option<Vec<Turn>> {
    let units = material.units;
    let speech = units.iter().filter(|unit| unit.role == Role::Speech).count();
    if speech * 2 < units.len() || speech == 0 {
        return None;
    }
    let mut turns: Vec<Turn> = Vec::new();
    let mut paragraph = None;
    for (index, unit) in units.iter().enumerate() {
        match turns.last_mut() {
            Some(turn) if paragraph == Some(unit.paragraph) => turn.units.end = index + 1,
            _ => {
                let text = material.texts.get(unit.part).and_then(|text| text.get(unit.span.clone()));
                let label = if unit.role == Role::Speech { label(text.unwrap_or_default()) } else { 0 };
                turns.push(Turn { units: index..index + 1, label });
            }
        }
        paragraph = Some(unit.paragraph);
    }
    Some(turns)
}

/// How many terms the speaker's name has.
fn label(text: &str) -> usize {
    let mut count = 0;
    if let Some((name, _)) = text.split_once([':', '：']) {
        each(name, |_| count += 1);
    }
    count
}

/// The name's terms, and what is said.
pub(crate) fn split<'a>(turn: &Turn, corpus: &'a Corpus) -> (&'a [Occurrence], &'a [Occurrence]) {
    let terms = corpus.run(&turn.units);
    terms.split_at_checked(turn.label).unwrap_or((&[], terms))
}
