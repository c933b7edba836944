//! What an instance does with its store, as promises.

use std::rc::Rc;

use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::core::Core;
use crate::error::thrown::put;
use crate::metrics::json;
use crate::persistence::{Persistence, Start};
use crate::storage::{self, Choice};

#[wasm_bindgen]
impl Core {
    /// Opens the store and takes in what it holds: `{ kind, failures }`.
    pub fn open_store(&self, store: JsValue, namespace: String, now: f64) -> Promise {
        let (engine, place) = (Rc::clone(&self.engine), Rc::clone(&self.store));
        future_to_promise(async move {
            let opened = storage::open(&Choice::from_js(&store), &namespace).await?;
            if opened.kind != "memory" {
                engine.borrow_mut().share();
            }
            let start = if opened.kind == "external" { Start::State } else { Start::Whole };
            let (persistence, unread) = Persistence::open(engine, opened.records, start, now).await;
            *place.borrow_mut() = Some(persistence);
            let fallbacks = opened.fallbacks.into_iter().map(|(_, error)| error);
            let answer = Object::new();
            put(&answer, "kind", &opened.kind.into());
            put(&answer, "failures", &fallbacks.chain(unread).map(JsValue::from).collect::<Array>());
            Ok(answer.into())
        })
    }

    /// Writes what changed, and gives the keys.
    pub fn flush(&self, now: f64) -> Promise {
        let store = self.store.borrow().clone();
        future_to_promise(async move {
            let Some(store) = store else { return Ok(Array::new().into()) };
            Ok(list(store.flush(now).await?))
        })
    }

    /// Forgets every entry, here and in the store, and gives the keys.
    pub fn clear_store(&self, now: f64) -> Promise {
        let store = self.store.borrow().clone();
        future_to_promise(async move {
            let Some(store) = store else { return Ok(Array::new().into()) };
            Ok(list(store.clear(now).await?))
        })
    }

    /// Removes some of the entries whose time is over, and tells how many.
    pub fn clean(&self, now: f64) -> usize {
        self.engine.borrow_mut().clean(now)
    }

    /// Reads entries that memory does not have.
    pub fn fetch(&self, keys: Vec<String>, now: f64) -> Promise {
        let store = self.store.borrow().clone();
        future_to_promise(async move {
            if let Some(store) = store {
                store.fetch(keys, now).await?;
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Loads what is expected to be asked for next: the keys, without what marks them as the caller's.
    pub fn load_ahead(&self, now: f64) -> Promise {
        let store = self.store.borrow().clone();
        future_to_promise(async move {
            let Some(store) = store else { return Ok(Array::new().into()) };
            let loaded = store.load_ahead(now).await?;
            Ok(list(loaded.iter().filter_map(|key| key.strip_prefix("value:"))))
        })
    }

    /// Reads what other instances have measured since; true where something is new.
    pub fn refresh(&self, now: f64) -> Promise {
        let store = self.store.borrow().clone();
        future_to_promise(async move {
            let Some(store) = store else { return Ok(JsValue::FALSE) };
            Ok(store.refresh(now).await?.into())
        })
    }

    /// Whether any alert rule is set.
    pub fn watches(&self) -> bool {
        self.engine.borrow().watches()
    }

    /// Evaluates the alerts: those that began or ended, as JSON.
    pub fn take_turn(&self, now: f64) -> String {
        json::text(&self.engine.borrow_mut().take_turn(now))
    }

    /// Forgets entries that another instance wrote to the same store: they are read anew when they are asked for.
    pub fn forget(&self, keys: Vec<String>, now: f64) {
        self.engine.borrow_mut().forget(&keys, now);
    }
}

fn list<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> JsValue {
    keys.into_iter().map(|key| JsValue::from(key.as_ref())).collect::<Array>().into()
}
