//! How much each unit of a text matters, with or without a query.
//!
//! The way through: [`terms`] reads words, [`sentences`] cuts prose, [`corpus`] interns and counts, then one file per
//! family of evidence (`lexical`, `answer`, `position`, `neighbours`, `feedback`, `bridge`, `salience`, `redundancy`),
//! and [`rank`] adds them up. Scores use only `+ - * /` and `sqrt`, which every runtime rounds the same way.

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

mod answer;
mod bridge;
pub mod case;
mod corpus;
mod digest;
mod features;
mod feedback;
mod fold;
mod function_words;
mod grams;
mod judge;
mod lexical;
mod logarithm;
mod model;
mod position;
mod rank;
mod redundancy;
mod salience;
mod sentence_rows;
pub mod sentences;
mod spelling;
mod stem;
pub mod terms;
mod turn_rows;
mod turns;
mod why;

pub use corpus::{Material, Role, Unit};
pub use judge::evidence;
pub use rank::{Scores, rank};
pub use salience::signals;
pub use terms::meanings;
pub use why::{Reasons, Why};
