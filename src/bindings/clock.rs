//! The clock for how long steps take.

use js_sys::{Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// `performance.now`, which does not jump, or the date where a runtime lacks it.
pub(super) struct Clock {
    performance: JsValue,
    now: Option<Function>,
}

impl Default for Clock {
    fn default() -> Self {
        let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let performance = get(&js_sys::global(), "performance");
        let now = performance.is_object().then(|| get(&performance, "now").dyn_into().ok()).flatten();
        Self { performance, now }
    }
}

impl Clock {
    /// Milliseconds since some moment.
    pub(super) fn ms(&self) -> f64 {
        let called = self.now.as_ref().and_then(|now| now.call0(&self.performance).ok());
        called.and_then(|ms| ms.as_f64()).unwrap_or_else(Date::now)
    }
}
