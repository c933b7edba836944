//! What a selection chooses from: every unit with its price and what speaks for it.

use std::ops::Range;

use super::draft::Draft;
use super::{Part, Request};
use crate::relevance::{Material, Role, evidence};
use crate::tokenizer::CountTokens;

/// One unit of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// Which part it is of.
    pub part: usize,
    /// Where it stands in the part's text.
    pub span: Range<usize>,
    /// Whether it is a title.
    pub title: bool,
    /// Its tokens, counted by itself.
    pub price: usize,
    /// The unit that has to stand above it: its document's title, or the header of its block.
    pub needs: Option<usize>,
    /// Its row of features; empty without a query.
    pub row: Vec<u8>,
}

/// Cuts `parts` as a selection would, and gathers the evidence; with the names of the features.
pub fn survey(
    parts: &[Part],
    request: &Request<'_>,
    tokens: &dyn CountTokens,
) -> (&'static [&'static str], Vec<Surveyed>) {
    let draft = Draft::new(parts, request, tokens);
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let (query, context) = (request.query, request.context);
    let material = Material { texts: &texts, units: &draft.units, query, context, prices: &[] };
    let (names, rows) = evidence(&material);
    let mut rows = rows.into_iter();
    let each = draft.units.iter().enumerate();
    let units = each.map(|(index, unit)| Surveyed {
        part: unit.part,
        span: unit.span.clone(),
        title: unit.role == Role::Title,
        price: draft.price(index),
        needs: draft.needs(index).next(),
        row: rows.next().unwrap_or_default(),
    });
    (names, units.collect())
}
