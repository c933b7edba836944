//! What callers say of a value they cache.

use wasm_bindgen::JsValue;

use super::json::to_json;
use crate::cache::SetOptions;
use crate::engine::Fields;

pub(super) fn set_options(options: JsValue) -> Result<SetOptions, JsValue> {
    let mut given = Fields::new(to_json(&options))?;
    // Rounded up: a share below one still takes a place.
    let weight = given.number("weight")?.unwrap_or(1.0).ceil() as u64;
    Ok(SetOptions { weight, cost: given.number("cost")?, ttl: given.number("ttl")?, uses: 0 })
}
