//! Where a unit stands: openings say what a text is about.

use super::corpus::{Corpus, Occurrence, Role, Unit};

/// Gives each unit a value from 0 to 1: the opening sentences of a passage, headings and headers are worth more.
pub(crate) fn openings(corpus: &Corpus, units: &[Unit]) -> Vec<f64> {
    let mut values = Vec::with_capacity(units.len());
    let (mut part, mut passage, mut rank) = (usize::MAX, usize::MAX, 0_u32);
    for (unit, of) in units.iter().zip(&corpus.passage_of) {
        if unit.part != part || *of != passage {
            rank = 0;
        }
        (part, passage) = (unit.part, *of);
        values.push(match unit.role {
            Role::Title | Role::Heading | Role::Header => 1.0,
            _ => {
                rank += 1;
                1.0 / f64::from(rank)
            }
        });
    }
    values
}

/// Says whether a unit opens with what is asked about: its subject, most likely.
pub(crate) fn leads(terms: &[Occurrence], asked: impl Fn(u32) -> bool) -> f64 {
    f64::from(u8::from(terms.iter().take(4).any(|occurrence| asked(occurrence.term))))
}
