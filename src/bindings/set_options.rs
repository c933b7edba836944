//! What callers say of a value they cache.

use serde::Deserialize;
use wasm_bindgen::JsValue;

use super::core::read;
use crate::cache::SetOptions;

#[derive(Deserialize)]
struct Given {
    weight: Option<f64>,
    cost: Option<f64>,
    ttl: Option<f64>,
}

pub(super) fn set_options(options: JsValue) -> Result<SetOptions, JsValue> {
    let Given { weight, cost, ttl } = read(options)?;
    // Rounded up: a share below one still takes a place.
    Ok(SetOptions { weight: weight.unwrap_or(1.0).ceil() as u64, cost, ttl, uses: 0 })
}
