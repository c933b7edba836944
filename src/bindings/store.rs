//! What an instance does with its store. Nothing is borrowed while the store works, so calls may overlap.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::core::Core;
use crate::engine::{Engine, STATE};
use crate::error::thrown::put;
use crate::error::{Error, ErrorKind, Result};
use crate::storage::{self, Choice, Loaded, Records};

type SharedEngine = Rc<RefCell<Engine>>;

#[wasm_bindgen]
impl Core {
    /// Opens the store and takes in what it holds: `{ kind, failures }`.
    pub fn open_store(&self, store: JsValue, namespace: String, now: f64) -> Promise {
        let (engine, place) = (Rc::clone(&self.engine), Rc::clone(&self.store));
        future_to_promise(async move {
            let opened = storage::open(&Choice::from_js(&store), &namespace).await?;
            let mut failures: Vec<Error> = opened.fallbacks.into_iter().map(|(_, error)| error).collect();
            failures.extend(take_in(&opened.records, opened.kind, &engine, now).await);
            *place.borrow_mut() = Some(opened.records);
            let answer = Object::new();
            put(&answer, "kind", &opened.kind.into());
            put(&answer, "failures", &failures.into_iter().map(JsValue::from).collect::<Array>());
            Ok(answer.into())
        })
    }

    /// Writes what changed. What could not be written is tried again the next time.
    pub fn flush(&self, now: f64) -> Promise {
        let (engine, store) = (Rc::clone(&self.engine), self.store.borrow().clone());
        future_to_promise(async move {
            let Some(store) = store else { return Ok(JsValue::UNDEFINED) };
            let writes = engine.borrow_mut().take_writes(now);
            let keys: Vec<String> = writes.iter().map(|(key, _)| key.clone()).collect();
            if let Err(error) = store.write(writes).await {
                engine.borrow_mut().put_back(keys);
                return Err(error.into());
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Reads entries that memory does not have.
    pub fn fetch(&self, keys: Vec<String>, now: f64) -> Promise {
        let (engine, store) = (Rc::clone(&self.engine), self.store.borrow().clone());
        future_to_promise(async move {
            let Some(store) = store else { return Ok(JsValue::UNDEFINED) };
            for key in keys {
                if let Some(bytes) = store.get(&key).await? {
                    engine.borrow_mut().hydrate(&key, &bytes, now)?;
                }
            }
            Ok(JsValue::UNDEFINED)
        })
    }
}

/// Takes in what a store holds, and gives what could not be.
async fn take_in(records: &Records, kind: &str, engine: &SharedEngine, now: f64) -> Vec<Error> {
    let loaded = match read_all(records, kind).await {
        Ok(loaded) => loaded,
        Err(error) => return vec![error],
    };
    let mut engine = engine.borrow_mut();
    let unread = loaded.records.into_iter().filter_map(|(key, bytes)| engine.hydrate(&key, &bytes, now).err());
    let mut failures: Vec<Error> = unread.collect();
    if !loaded.corrupt.is_empty() {
        let message = format!("{} stored records are damaged and were skipped", loaded.corrupt.len());
        failures.push(Error::new(ErrorKind::CorruptRecord, message));
    }
    failures
}

/// A store on this machine is read whole; one across a network only for the state, and the rest when it is asked for.
async fn read_all(records: &Records, kind: &str) -> Result<Loaded> {
    if kind != "external" {
        return records.load("").await;
    }
    let mut loaded = Loaded::default();
    for key in STATE {
        match records.get(key).await {
            Ok(found) => loaded.records.extend(found.map(|bytes| (key.to_owned(), bytes))),
            Err(error) if error.kind() == ErrorKind::CorruptRecord => loaded.corrupt.push(key.to_owned()),
            Err(error) => return Err(error),
        }
    }
    Ok(loaded)
}
