//! Errors as JavaScript sees them: an `Error` with a `code`, and `minimum` where there is one.

use wasm_bindgen::JsValue;

use crate::Error;

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let thrown = js_sys::Error::new(&error.to_string());
        put(&thrown, "code", &error.kind().code().into());
        if let Some(minimum) = error.minimum() {
            put(&thrown, "minimum", &(minimum as f64).into());
        }
        thrown.into()
    }
}

/// Sets a property of an object that is ours and extensible, where setting can't fail.
pub fn put(object: &JsValue, key: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &key.into(), value);
}
