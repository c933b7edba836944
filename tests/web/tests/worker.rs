//! Stores in a dedicated worker, where there is IndexedDB and no localStorage. Run by `wasm-pack test --headless`.

#![cfg(target_arch = "wasm32")]

use trimtab::ErrorKind;
use trimtab::storage::{Choice, IndexedDbStore, open};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn indexed_db_keeps_its_promises_in_a_worker() {
    store_suite::keeps_its_promises(&IndexedDbStore::open("worker-suite").await.unwrap()).await;
}

#[wasm_bindgen_test]
async fn auto_is_indexed_db_in_a_worker() {
    let opened = open(&Choice::Auto, "test").await.unwrap();
    assert_eq!((opened.kind, opened.fallbacks.len()), ("indexeddb", 0));
}

#[wasm_bindgen_test]
async fn local_storage_is_unavailable_in_a_worker() {
    let error = open(&Choice::Named("localstorage".into()), "test").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageUnavailable);
}
