//! JavaScript values as JSON, so that options are read in one way.

use js_sys::{Array, Object};
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;

/// Levels that are read; what lies deeper, as in an object that holds itself, is null.
const DEPTH: usize = 32;
/// Whole numbers below it are exact in JavaScript.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a value as `JSON.stringify` does, but for infinity, which is the largest number there is.
pub(super) fn to_json(value: &JsValue) -> Value {
    within(value, DEPTH)
}

fn within(value: &JsValue, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(number) = value.as_f64() {
        return number_of(number);
    }
    if let Some(flag) = value.as_bool() {
        return Value::Bool(flag);
    }
    if Array::is_array(value) {
        return Array::from(value).iter().map(|item| within(&item, depth)).collect();
    }
    if !value.is_object() {
        return i64::try_from(value.clone()).map_or(Value::Null, Value::from);
    }
    // Put in one by one: collecting would sort first, with a sort of its own.
    let mut object = Map::new();
    for entry in Object::entries(&Object::from(value.clone())).iter() {
        let entry = Array::from(&entry);
        if let Some(name) = entry.get(0).as_string() {
            object.insert(name, within(&entry.get(1), depth));
        }
    }
    Value::Object(object)
}

pub(super) fn number_of(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < EXACT {
        return Value::from(number as i64);
    }
    Value::from(if number.is_infinite() { f64::MAX.copysign(number) } else { number })
}
