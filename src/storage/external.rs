//! A store of the caller's: any object with four functions over bytes.

use super::guard::{method, property, thrown, unavailable};
use super::store::{Batch, Found, Pending, Store};
use crate::error::{Error, ErrorKind, Result};
use crate::ordered::{Map, sort};
use js_sys::{ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How many calls are under way at once: enough to hide a network's latency, below the limits of hosted stores.
const AT_ONCE: usize = 32;

const UNSTORAGE: [&str; 4] = ["getItemRaw", "setItemRaw", "removeItem", "getKeys"];
/// The names that the four functions may have. unstorage's come first: it has a `get` and a `set` as well, which would
/// parse bytes as JSON.
const DIALECTS: [[&str; 4]; 2] = [UNSTORAGE, ["get", "set", "delete", "keys"]];

/// Keeps bytes wherever the caller's object puts them.
///
/// The object has `get(name)`, `set(name, bytes)`, `delete(name)` and `keys(prefix)`, or is an unstorage instance.
/// Answers may be promises or plain values, so a `Map` will do. There are no transactions: after an error, part of
/// a batch may be written.
#[derive(Debug, Clone)]
pub struct ExternalStore {
    object: JsValue,
    get: Function,
    set: Function,
    delete: Function,
    keys: Function,
    /// Whether it lists below whole segments only, as unstorage does.
    by_segment: bool,
}

impl ExternalStore {
    /// Takes the object's functions.
    ///
    /// # Errors
    /// `InvalidInput` when it has neither set of functions.
    pub fn new(object: &JsValue) -> Result<Self> {
        let found = DIALECTS.iter().find_map(|names| {
            let [get, set, delete, keys] = names.map(|name| method(object, name));
            let by_segment = names == &UNSTORAGE;
            Some(Self { object: object.clone(), get: get?, set: set?, delete: delete?, keys: keys?, by_segment })
        });
        found.ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidInput,
                "a store needs the functions get, set, delete and keys, or those of unstorage",
            )
        })
    }

    async fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let value = answer(self.get.call1(&self.object, &name.into())).await?;
        Ok((!value.is_undefined() && !value.is_null()).then(|| bytes(&value).unwrap_or_default()))
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>> {
        let segments = prefix.rsplit_once(':').map_or("", |(segments, _)| segments);
        let wanted = if self.by_segment { segments } else { prefix };
        let names = answer(self.keys.call1(&self.object, &wanted.into())).await?;
        let names =
            js_sys::try_iter(&names).ok().flatten().ok_or_else(|| unavailable("the store's keys are no list"))?;
        // A `Map` lists everything, and segments are wider than prefixes: the rest is sifted here.
        let names = names.filter_map(|name| name.ok()?.as_string());
        let mut names: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
        sort(&mut names);
        Ok(names)
    }

    fn call(&self, name: &str, bytes: Option<&[u8]>) -> std::result::Result<JsValue, JsValue> {
        match bytes {
            Some(bytes) => self.set.call2(&self.object, &name.into(), &Uint8Array::from(bytes)),
            None => self.delete.call1(&self.object, &name.into()),
        }
    }

    /// Calls for all of `batch`, some at once. Everything called is waited for, so that no failure goes unheard.
    async fn replace(&self, batch: Batch) -> Result<()> {
        for calls in unique(batch).chunks(AT_ONCE) {
            let begun: Vec<_> =
                calls.iter().map(|(name, bytes)| Answer::begin(self.call(name, bytes.as_deref()))).collect();
            let mut outcome = Ok(());
            for answer in begun {
                outcome = outcome.and(answer.end().await.map(drop));
            }
            outcome?;
        }
        Ok(())
    }

    async fn all(&self, prefix: &str, found: Found<'_>) -> Result<()> {
        let names = self.names(prefix).await?;
        for names in names.chunks(AT_ONCE) {
            let begun: Vec<_> =
                names.iter().map(|name| Answer::begin(self.get.call1(&self.object, &name.into()))).collect();
            let mut outcome = Ok(());
            for (name, answer) in names.iter().zip(begun) {
                match answer.end().await {
                    Ok(value) if value.is_undefined() || value.is_null() => {}
                    Ok(value) => found(name, &bytes(&value).unwrap_or_default()),
                    Err(error) => outcome = outcome.and(Err(error)),
                }
            }
            outcome?;
        }
        Ok(())
    }
}

impl Store for ExternalStore {
    fn get<'a>(&'a self, name: &'a str) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(self.read(name))
    }

    fn write(&self, batch: Batch) -> Pending<'_, ()> {
        Box::pin(self.replace(batch))
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>> {
        Box::pin(self.names(prefix))
    }

    fn load<'a>(&'a self, prefix: &'a str, found: Found<'a>) -> Pending<'a, ()> {
        Box::pin(self.all(prefix, found))
    }
}

/// A call under way. Its promise is listened to from the start, so that a rejection is never "unhandled".
struct Answer(std::result::Result<JsFuture, JsValue>);

impl Answer {
    fn begin(called: std::result::Result<JsValue, JsValue>) -> Self {
        Self(called.map(|value| JsFuture::from(Promise::resolve(&value))))
    }

    async fn end(self) -> Result<JsValue> {
        let ended = match self.0 {
            Ok(promise) => promise.await,
            Err(cause) => Err(cause),
        };
        ended.map_err(|cause| thrown("the external store failed", &cause))
    }
}

async fn answer(called: std::result::Result<JsValue, JsValue>) -> Result<JsValue> {
    Answer::begin(called).end().await
}

/// Leaves the last entry of each name: calls under way at once may end in any order.
fn unique(batch: Batch) -> Batch {
    let mut last = Map::default();
    batch.into_iter().for_each(|(name, bytes)| last.insert(name, bytes));
    last.into_entries()
}

/// Reads any view of bytes, or a buffer, from any realm: `instanceof` fails across realms.
fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    if ArrayBuffer::is_view(value) {
        let buffer = property(value, "buffer")?;
        let number = |name| property(value, name)?.as_f64().map(|number| number as u32);
        let (start, length) = (number("byteOffset")?, number("byteLength")?);
        return Some(Uint8Array::new_with_byte_offset_and_length(&buffer, start, length).to_vec());
    }
    let tag = js_sys::Reflect::get(value, &js_sys::Symbol::to_string_tag()).ok()?;
    (tag == "ArrayBuffer").then(|| Uint8Array::new(value).to_vec())
}
