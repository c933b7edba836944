//! How much each unit of a text matters, with or without a query.
//!
//! The way through: [`terms`] reads words, [`sentences`] cuts prose, [`corpus`] interns and counts, then one file per
//! family of evidence (`lexical`, `answer`, `position`, `neighbours`, `feedback`, `bridge`, `salience`, `redundancy`),
//! and [`rank`] adds them up. Scores use only `+ - * /` and `sqrt`, which every runtime rounds the same way.

mod answer;
mod bridge;
pub(crate) mod case;
mod corpus;
mod feedback;
mod fold;
mod function_words;
mod lexical;
mod logarithm;
mod neighbours;
mod position;
mod rank;
mod redundancy;
mod salience;
pub mod sentences;
mod spelling;
mod stem;
pub mod terms;

pub use corpus::{Material, Role, Unit};
pub use rank::{Scores, rank};
