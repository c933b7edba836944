//! Stores without a browser: a caller's own object, and what is left where there is nothing. Run by
//! `wasm-pack test --node`.

#![cfg(target_arch = "wasm32")]

use trimtab::ErrorKind;
use trimtab::storage::{Choice, ExternalStore, Store, open};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = r#"
export const plainMap = () => new Map()

// Of calls under way at once, the later end first, as on a network they may.
export function promising() {
  const held = new Map()
  let calls = 0
  const wait = async () => {
    for (let turns = 64 - (calls++ % 64); turns > 0; turns--) await null
  }
  return {
    async get(name) { await wait(); return held.get(name) },
    async set(name, bytes) { await wait(); held.set(name, bytes) },
    async delete(name) { await wait(); held.delete(name) },
    keys: async (prefix) => [...held.keys()].filter((name) => name.startsWith(prefix)),
  }
}

// Behaves as unstorage does: folds keys, lists whole segments only, and parses what `getItem` reads.
export function likeUnstorage() {
  const held = new Map()
  const fold = (key) => key.split('?')[0].replace(/[/\\]/g, ':').replace(/:+/g, ':').replace(/^:|:$/g, '')
  const unusable = () => { throw new Error('parses values') }
  return {
    get: unusable, set: unusable, delete: unusable, keys: unusable,
    async getItemRaw(key) { return held.get(fold(key)) ?? null },
    async setItemRaw(key, value) { held.set(fold(key), value) },
    async removeItem(key) { held.delete(fold(key)) },
    async getKeys(base = '') {
      const start = fold(base) && fold(base) + ':'
      return [...held.keys()].filter((key) => key.startsWith(start))
    },
  }
}

export function answering(kind) {
  const bytes = new Uint8Array([9, 1, 2, 3, 9])
  const answers = {
    view: bytes.subarray(1, 4), buffer: bytes.slice(1, 4).buffer, dataview: new DataView(bytes.buffer, 1, 3),
    text: 'foreign', number: 7, object: {}, nothing: null,
  }
  return { get: () => answers[kind], set() {}, delete() {}, keys: () => [] }
}

export function failing(name) {
  const fail = () => Object.assign(new Error('so it is'), { name })
  return {
    get: async () => { throw fail() }, set: () => { throw fail() }, delete: () => Promise.reject(fail()),
    keys: () => 7,
  }
}
"#)]
extern "C" {
    #[wasm_bindgen(js_name = plainMap)]
    fn plain_map() -> JsValue;
    fn promising() -> JsValue;
    #[wasm_bindgen(js_name = likeUnstorage)]
    fn like_unstorage() -> JsValue;
    fn answering(kind: &str) -> JsValue;
    fn failing(name: &str) -> JsValue;
}

#[wasm_bindgen_test]
async fn a_map_keeps_its_promises() {
    store_suite::keeps_its_promises(&ExternalStore::new(&plain_map()).unwrap()).await;
}

#[wasm_bindgen_test]
async fn an_object_of_promises_keeps_its_promises() {
    store_suite::keeps_its_promises(&ExternalStore::new(&promising()).unwrap()).await;
}

#[wasm_bindgen_test]
async fn what_folds_keys_as_unstorage_keeps_its_promises() {
    store_suite::keeps_its_promises(&ExternalStore::new(&like_unstorage()).unwrap()).await;
}

#[wasm_bindgen_test]
async fn keys_that_unstorage_would_fold_into_one_stay_apart() {
    let records = open(&Choice::External(like_unstorage()), "a:b/c?d").await.unwrap().records;
    let keys = ["x/y", "x:y", "x::y", "x?y", "x", "x:", ":x"];
    let batch = keys.iter().map(|key| ((*key).to_owned(), Some(key.as_bytes().to_vec())));
    records.write(batch.collect()).await.unwrap();
    for key in keys {
        assert_eq!(records.get(key).await.unwrap().as_deref(), Some(key.as_bytes()));
    }
    assert_eq!(store_suite::all_of(&records, "x:").await.len(), 3);
    records.clear("").await.unwrap();
    assert!(records.keys("").await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn bytes_are_taken_in_any_shape_and_anything_else_is_foreign() {
    let read = async |kind: &str| ExternalStore::new(&answering(kind)).unwrap().get("a").await.unwrap();
    for kind in ["view", "buffer", "dataview"] {
        assert_eq!(read(kind).await, Some(vec![1, 2, 3]), "{kind}");
    }
    for kind in ["text", "number", "object"] {
        assert_eq!(read(kind).await, Some(Vec::new()), "{kind} is no record");
    }
    assert_eq!(read("nothing").await, None);
}

#[wasm_bindgen_test]
async fn an_error_of_the_store_is_told_with_its_reason() {
    let store = ExternalStore::new(&failing("TypeError")).unwrap();
    let errors = [
        store.get("a").await.unwrap_err(),
        store.write(vec![("a".into(), Some(vec![1]))]).await.unwrap_err(),
        store.write(vec![("a".into(), None)]).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::StorageUnavailable);
        assert!(error.to_string().contains("TypeError: so it is"), "{error}");
    }
    assert_eq!(store.keys("").await.unwrap_err().kind(), ErrorKind::StorageUnavailable);
    let full = ExternalStore::new(&failing("QuotaExceededError")).unwrap();
    assert_eq!(full.write(vec![("a".into(), Some(vec![1]))]).await.unwrap_err().kind(), ErrorKind::StorageFull);
}

#[wasm_bindgen_test]
async fn without_a_browser_auto_is_memory_and_says_why() {
    let opened = open(&Choice::from_js(&JsValue::UNDEFINED), "test").await.unwrap();
    assert_eq!(opened.kind, "memory");
    let tried: Vec<&str> = opened.fallbacks.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(tried, ["indexeddb", "localstorage"]);
    opened.records.write(vec![("a".into(), Some(vec![1]))]).await.unwrap();
    assert_eq!(opened.records.get("a").await, Ok(Some(vec![1])));
}

#[wasm_bindgen_test]
async fn a_named_store_that_is_not_there_is_an_error() {
    for kind in ["indexeddb", "localstorage"] {
        let error = open(&Choice::from_js(&kind.into()), "test").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageUnavailable, "{kind}");
    }
}

#[wasm_bindgen_test]
async fn what_is_no_store_is_refused() {
    for wrong in [JsValue::from_str("redis"), JsValue::from(7), js_sys::Object::new().into()] {
        let error = open(&Choice::from_js(&wrong), "test").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{wrong:?}");
    }
    assert_eq!(open(&Choice::Auto, "").await.unwrap_err().kind(), ErrorKind::InvalidInput);
}
