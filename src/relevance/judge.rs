//! How likely each unit is wanted for a query: rows of evidence, judged by the learned model.

use super::corpus::{Corpus, Material, Role};
use super::features::{SENTENCE_FEATURES, TURN_FEATURES, Table};
use super::lexical::Query;
use super::model::{SENTENCE, TURN, likelihood};
use super::position::openings;
use super::turn_rows::spread;
use super::turns::{Turn, turns};
use super::why::{Why, of_sentence, of_turn};
use super::{sentence_rows, turn_rows};

/// The rows that units are judged by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Evidence {
    /// A row for each unit of documents.
    Sentences(Table),
    /// A row for each turn of a conversation.
    Turns(Table, Vec<Turn>),
}

impl Evidence {
    /// Gathers what speaks for each unit; `None` where the query has no word that the text has.
    pub(crate) fn gather(corpus: &Corpus, material: &Material<'_>) -> Option<Self> {
        let text = material.query?;
        let query = Query::read(text, corpus);
        if query.terms.is_empty() {
            return None;
        }
        if let Some(turns) = turns(material) {
            return Some(Self::Turns(turn_rows::rows(&query, text, corpus, material, &turns), turns));
        }
        let openings = openings(corpus, material.units);
        Some(Self::Sentences(sentence_rows::rows(&query, text, corpus, material, &openings)))
    }

    /// Says why a unit is wanted.
    pub(super) fn why(&self, unit: usize) -> Option<Why> {
        match self {
            Self::Sentences(table) => table.rows().nth(unit).map(of_sentence),
            Self::Turns(table, turns) => {
                let turn = turns.iter().position(|turn| turn.units.contains(&unit))?;
                table.rows().nth(turn).map(of_turn)
            }
        }
    }

    /// How likely each unit is wanted, from 0 to 1.
    pub(crate) fn judge(&self, material: &Material<'_>) -> Vec<f64> {
        match self {
            Self::Sentences(table) => {
                let each = table.rows().zip(material.units);
                each.map(|(row, unit)| if unit.role == Role::Title { 0.0 } else { likelihood(SENTENCE, row) }).collect()
            }
            Self::Turns(table, turns) => {
                let each: Vec<f64> = table.rows().map(|row| likelihood(TURN, row)).collect();
                let mut values = vec![0.0; material.units.len()];
                for (value, turn) in shared(&each, &prices(turns, material)).iter().zip(turns) {
                    values.get_mut(turn.units.clone()).into_iter().flatten().for_each(|slot| *slot = *value);
                }
                values
            }
        }
    }
}

/// How much of a turn's likelihood is its own; the rest is that of what is said around it, where a matter is talked over.
const OWN: f64 = 0.3;
/// How many tokens away what is said around has fallen to a half.
const AROUND: f64 = 600.0;

/// What each turn costs.
fn prices(turns: &[Turn], material: &Material<'_>) -> Vec<f64> {
    let price = |turn: &Turn| material.prices.get(turn.units.clone()).unwrap_or_default().iter().sum::<usize>().max(1);
    turns.iter().map(|turn| price(turn) as f64).collect()
}

/// Shares the likelihood of turns with those around.
fn shared(each: &[f64], prices: &[f64]) -> Vec<f64> {
    let heavy: Vec<f64> = each.iter().zip(prices).map(|(value, price)| value * price).collect();
    let around = spread(&heavy, prices, AROUND).into_iter().zip(spread(prices, prices, AROUND));
    each.iter().zip(around).map(|(own, (sum, all))| OWN * own + (1.0 - OWN) * sum / all).collect()
}

/// What speaks for each unit of `material`, with the names of the features; empty without a query.
///
/// It is what the model is trained on, and what explains a choice.
pub fn evidence(material: &Material<'_>) -> (&'static [&'static str], Vec<Vec<u8>>) {
    let corpus = Corpus::read(material);
    match Evidence::gather(&corpus, material) {
        None => (&[], Vec::new()),
        Some(Evidence::Sentences(table)) => (SENTENCE_FEATURES, table.rows().map(<[u8]>::to_vec).collect()),
        Some(Evidence::Turns(table, turns)) => {
            let each = table.rows().zip(&turns);
            let rows = each.flat_map(|(row, turn)| turn.units.clone().map(|_| row.to_vec()));
            (TURN_FEATURES, rows.collect())
        }
    }
}
