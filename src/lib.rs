//! The core of trimtab: exact token counts, prompt optimization, caching and measurement.
//!
//! `docs/ARCHITECTURE.md` follows a prompt through these rooms. Arrows go one way, and `tests/architecture.rs`
//! holds the walls.

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

pub mod alerts;
pub mod budget;
pub mod engine;
pub mod persistence;
pub mod profile;
pub mod select;
pub mod storage;

#[cfg(target_arch = "wasm32")]
mod bindings;

pub use error::{Error, ErrorKind};
pub use trimtab_cache as cache;
use trimtab_codec as codec;
pub use trimtab_content as content;
pub use trimtab_error as error;
pub use trimtab_forms as forms;
pub use trimtab_metrics as metrics;
use trimtab_ordered as ordered;
pub use trimtab_relevance as relevance;
pub use trimtab_tokenizer as tokenizer;
