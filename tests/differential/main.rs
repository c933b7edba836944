//! The tokenizer against `tiktoken-rs`: the adversarial set, generated texts, and what the fuzz targets do.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]
#![allow(missing_docs, unreachable_pub, dead_code)]

mod adversarial;
mod fuzzing;
mod growing;
mod models;
mod properties;
mod reference;
mod specials;
mod split;
#[path = "../../examples/adversarial/texts/mod.rs"]
mod texts;
