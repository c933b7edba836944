//! Reaching into JavaScript without tripping: globals that may be absent or forbidden, errors, settled events.

use crate::error::{Error, ErrorKind};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Reads a global; `None` when it is absent, null, or reading it throws, as it does in sandboxed frames.
pub(super) fn global(name: &str) -> Option<JsValue> {
    property(&js_sys::global(), name)
}

/// Reads a property; `None` when it is absent, null, or reading it throws.
pub(super) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Reads a method of an object.
pub(super) fn method(of: &JsValue, name: &str) -> Option<Function> {
    property(of, name)?.dyn_into().ok()
}

/// Says that the store is absent or refuses.
pub(super) fn unavailable(what: &str) -> Error {
    Error::new(ErrorKind::StorageUnavailable, what)
}

/// Turns what JavaScript threw into an error of ours, told apart by its standard name.
pub(super) fn thrown(what: &str, cause: &JsValue) -> Error {
    let text = |name: &str| property(cause, name).and_then(|value| value.as_string());
    let name = text("name").unwrap_or_default();
    let message = text("message").or_else(|| cause.as_string()).unwrap_or_else(|| "no reason given".to_owned());
    // Firefox's localStorage has a name of its own for the same thing.
    let full = matches!(name.as_str(), "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED");
    let kind = if full { ErrorKind::StorageFull } else { ErrorKind::StorageUnavailable };
    let name = if name.is_empty() { "error" } else { &name };
    Error::new(kind, format!("{what}: {name}: {message}"))
}

/// Waits until JavaScript calls one of the two functions that `listen` hands out.
///
/// The promise's own functions serve as event handlers, so that no Rust closure outlives a cancelled wait.
pub(super) fn settled(listen: impl FnOnce(&Function, &Function)) -> JsFuture {
    let mut listen = Some(listen);
    let promise = Promise::new(&mut |resolve, reject| {
        if let Some(listen) = listen.take() {
            listen(resolve.unchecked_ref(), reject.unchecked_ref());
        }
    });
    JsFuture::from(promise)
}

/// Calls a function once after some time, unless dropped before.
pub(super) struct Timer(Option<JsValue>);

impl Timer {
    /// Starts the time; where there are no timers, it never ends.
    pub(super) fn start(milliseconds: u32, call: &Function) -> Self {
        let set = method(&js_sys::global(), "setTimeout");
        Self(set.and_then(|set| set.call2(&JsValue::UNDEFINED, call, &JsValue::from(milliseconds)).ok()))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(timer), Some(clear)) = (self.0.take(), method(&js_sys::global(), "clearTimeout")) {
            // A timer that is over may be cleared too: there is nothing to do about a refusal.
            let _ = clear.call1(&JsValue::UNDEFINED, &timer);
        }
    }
}
