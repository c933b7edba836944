//! Answers as JavaScript values.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::cache::CacheStats;
use crate::engine::AheadFigures;
use crate::error::{Error, ErrorKind};

/// What a cache did and holds.
#[derive(Serialize)]
pub(super) struct CacheFigures {
    #[serde(flatten)]
    pub(super) stats: CacheStats,
    pub(super) size: usize,
    pub(super) weight: u64,
    pub(super) capacity: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ahead: Option<AheadFigures>,
}

/// Maps become objects, and what is `None` becomes null.
pub(super) fn write(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let failed = |error| Error::new(ErrorKind::InvalidInput, format!("a result can't be passed on: {error}"));
    Ok(value.serialize(&Serializer::json_compatible()).map_err(failed)?)
}
