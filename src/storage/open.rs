//! Choosing a backend.

use super::external::ExternalStore;
use super::indexed_db::IndexedDbStore;
use super::local_storage::LocalStorageStore;
use super::memory::MemoryStore;
use super::records::Records;
use super::store::{Pending, Store};
use crate::error::{Error, ErrorKind, Result};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The IndexedDB database of the origin; namespaces share it.
const DATABASE: &str = "trimtab";

type OpenBackend = fn() -> Pending<'static, Rc<dyn Store>>;

/// All backends that need no object of the caller's, in the order in which `auto` tries them.
const BACKENDS: &[(&str, OpenBackend)] = &[
    ("indexeddb", || Box::pin(async { Ok(Rc::new(IndexedDbStore::open(DATABASE).await?) as Rc<dyn Store>) })),
    ("localstorage", || Box::pin(async { Ok(Rc::new(LocalStorageStore::open()?) as Rc<dyn Store>) })),
    ("memory", || Box::pin(async { Ok(Rc::new(MemoryStore::default()) as Rc<dyn Store>) })),
];

/// Says which backend is wanted.
#[derive(Debug, Clone)]
pub enum Choice {
    /// The first of all backends that opens.
    Auto,
    /// One of the backends, or an error.
    Named(String),
    /// The caller's own object.
    External(JsValue),
}

impl Choice {
    /// Reads what JavaScript gave as `store`: a name, an object, or nothing for `auto`.
    pub fn from_js(value: &JsValue) -> Self {
        match value.as_string() {
            Some(name) if name == "auto" => Self::Auto,
            Some(name) => Self::Named(name),
            None if value.is_undefined() || value.is_null() => Self::Auto,
            None => Self::External(value.clone()),
        }
    }
}

/// An open namespace, and how it came to be.
#[derive(Debug)]
pub struct Opened {
    /// The records of the namespace.
    pub records: Records,
    /// The backend that holds them: `indexeddb`, `localstorage`, `memory` or `external`.
    pub kind: &'static str,
    /// What `auto` tried before, with the reason why it did not serve.
    pub fallbacks: Vec<(&'static str, Error)>,
}

/// Opens a namespace in the chosen backend.
///
/// `Auto` always succeeds, in memory if nowhere else.
///
/// # Errors
/// `StorageUnavailable` or `StorageFull` when a named backend does not open (whether to fall back is the caller's to
/// decide), `InvalidInput` when there is no such backend, the object is no store or the namespace is empty.
pub async fn open(choice: &Choice, namespace: &str) -> Result<Opened> {
    let mut fallbacks = Vec::new();
    let (kind, store) = match choice {
        Choice::Auto => first_that_opens(&mut fallbacks).await?,
        Choice::Named(name) => named(name).await?,
        Choice::External(object) => ("external", Rc::new(ExternalStore::new(object)?) as Rc<dyn Store>),
    };
    Ok(Opened { records: Records::new(store, namespace)?, kind, fallbacks })
}

async fn first_that_opens(fallbacks: &mut Vec<(&'static str, Error)>) -> Result<(&'static str, Rc<dyn Store>)> {
    for (kind, open) in BACKENDS {
        match open().await {
            Ok(store) => return Ok((kind, store)),
            Err(error) => fallbacks.push((kind, error)),
        }
    }
    Err(Error::new(ErrorKind::StorageUnavailable, "no backend opens, not even memory"))
}

async fn named(name: &str) -> Result<(&'static str, Rc<dyn Store>)> {
    let Some((kind, open)) = BACKENDS.iter().find(|(kind, _)| *kind == name) else {
        let known: Vec<&str> = BACKENDS.iter().map(|(kind, _)| *kind).collect();
        let message = format!("\"{name}\" is not a store: there are auto, {}, or an object", known.join(", "));
        return Err(Error::new(ErrorKind::InvalidInput, message));
    };
    Ok((kind, open().await?))
}
