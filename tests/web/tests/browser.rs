//! Stores in a window, and what browsers do to them. Run by `wasm-pack test --headless`.

#![cfg(target_arch = "wasm32")]

use store_suite::{all_of, keeps_its_promises, load};
use trimtab::ErrorKind;
use trimtab::storage::{Choice, IndexedDbStore, LocalStorageStore, Names, Store, open, seal};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

export async function upgrade(name, version) { (await settled(indexedDB.open(name, version))).close() }
export const remove = (name) => settled(indexedDB.deleteDatabase(name))

// Puts `value` over `owner[key]` and returns a function that takes it away again.
function cover(owner, key, descriptor) {
  const before = Object.getOwnPropertyDescriptor(owner, key)
  Object.defineProperty(owner, key, { configurable: true, ...descriptor })
  return () => before ? Object.defineProperty(owner, key, before) : delete owner[key]
}

// Another tab that holds the database open, ignores `versionchange`, and has asked for its deletion.
export async function stubbornTab(name) {
  const held = await settled(indexedDB.open(name))
  const removal = settled(indexedDB.deleteDatabase(name))
  return { async leave() { held.close(); await removal } }
}
export const leave = (tab) => tab.leave()

// Time does not pass here: a bound of seconds is over at once.
export const hasten = () => {
  const real = globalThis.setTimeout
  return cover(globalThis, 'setTimeout', { value: (call, ms) => real(call, ms >= 1000 ? 0 : ms) })
}

// As browsers do it: every put succeeds, then the transaction is aborted.
export function quotaAtCommit() {
  const { put } = IDBObjectStore.prototype
  const uncover = [
    cover(IDBObjectStore.prototype, 'put', {
      value(...args) {
        const request = put.apply(this, args)
        request.addEventListener('success', () => this.transaction.abort())
        return request
      },
    }),
    cover(IDBTransaction.prototype, 'error', { get: () => new DOMException('full', 'QuotaExceededError') }),
  ]
  return () => uncover.forEach((take) => take())
}

// Aborts the first transaction after its first put, with no error set, as when the disk fails.
export function abortOnce() {
  const { put } = IDBObjectStore.prototype
  let left = 1
  return cover(IDBObjectStore.prototype, 'put', {
    value(...args) {
      const request = put.apply(this, args)
      if (left-- > 0) request.addEventListener('success', () => this.transaction.abort())
      return request
    },
  })
}

// Remembers every connection that is opened from now on.
export function connections() {
  const { open } = IDBFactory.prototype
  const opened = []
  const take = cover(IDBFactory.prototype, 'open', {
    value(...args) {
      const request = open.apply(this, args)
      request.addEventListener('success', () => opened.push(request.result))
      return request
    },
  })
  return { opened, take }
}
export const opened = (watch) => watch.opened.length
export const unwatch = (watch) => watch.take()
// What the browser does when the user clears site data: the connection is gone, with or without word of it.
export function closeAll(watch, tell) {
  for (const database of watch.opened) {
    database.close()
    if (tell) database.dispatchEvent(new Event('close'))
  }
}

export const without = (name) => cover(globalThis, name, { value: undefined })
export const forbidden = (name) =>
  cover(globalThis, name, { get() { throw new DOMException('not here', 'SecurityError') } })
export const uncover = (take) => take()

export async function plant(database, name, value) {
  const held = await settled(indexedDB.open(database))
  await settled(held.transaction('records', 'readwrite').objectStore('records').put(value, name))
  held.close()
}
export const plantText = (name, text) => localStorage.setItem(name, text)
"#)]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn upgrade(name: &str, version: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn remove(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = stubbornTab)]
    async fn stubborn_tab(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn leave(tab: &JsValue) -> Result<JsValue, JsValue>;
    fn hasten() -> JsValue;
    #[wasm_bindgen(js_name = quotaAtCommit)]
    fn quota_at_commit() -> JsValue;
    #[wasm_bindgen(js_name = abortOnce)]
    fn abort_once() -> JsValue;
    fn connections() -> JsValue;
    fn opened(watch: &JsValue) -> u32;
    fn unwatch(watch: &JsValue);
    #[wasm_bindgen(js_name = closeAll)]
    fn close_all(watch: &JsValue, tell: bool);
    fn without(name: &str) -> JsValue;
    fn forbidden(name: &str) -> JsValue;
    fn uncover(take: &JsValue);
    #[wasm_bindgen(catch)]
    async fn plant(database: &str, name: &str, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = plantText)]
    fn plant_text(name: &str, text: &str);
}

fn one(name: &str, value: u8) -> Vec<(String, Option<Vec<u8>>)> {
    vec![(name.to_owned(), Some(vec![value]))]
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_its_promises() {
    keeps_its_promises(&IndexedDbStore::open("suite").await.unwrap()).await;
}

#[wasm_bindgen_test]
async fn local_storage_keeps_its_promises() {
    keeps_its_promises(&LocalStorageStore::open().unwrap()).await;
}

#[wasm_bindgen_test]
async fn two_tabs_see_each_others_records() {
    let (one_tab, other) = (IndexedDbStore::open("tabs").await.unwrap(), IndexedDbStore::open("tabs").await.unwrap());
    one_tab.write(one("a", 1)).await.unwrap();
    assert_eq!(other.get("a").await, Ok(Some(vec![1])));
    other.write(one("a", 2)).await.unwrap();
    assert_eq!(one_tab.get("a").await, Ok(Some(vec![2])));
}

#[wasm_bindgen_test]
async fn records_outlive_their_store() {
    let store = IndexedDbStore::open("outlive").await.unwrap();
    store.write(one("a", 1)).await.unwrap();
    drop(store);
    assert_eq!(IndexedDbStore::open("outlive").await.unwrap().get("a").await, Ok(Some(vec![1])));
}

#[wasm_bindgen_test]
async fn another_tabs_upgrade_is_never_blocked() {
    let store = IndexedDbStore::open("upgraded").await.unwrap();
    store.write(one("a", 1)).await.unwrap();
    upgrade("upgraded", 3).await.unwrap();
    let error = store.get("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageUnavailable);
    assert!(error.to_string().contains("VersionError"), "{error}");
}

#[wasm_bindgen_test]
async fn a_deleted_database_is_made_anew() {
    let store = IndexedDbStore::open("deleted").await.unwrap();
    store.write(one("a", 1)).await.unwrap();
    remove("deleted").await.unwrap();
    assert_eq!(store.get("a").await, Ok(None));
    store.write(one("a", 2)).await.unwrap();
    assert_eq!(store.get("a").await, Ok(Some(vec![2])));
}

#[wasm_bindgen_test]
async fn an_opening_that_another_tab_blocks_gives_up_and_blocks_nobody_later() {
    let tab = stubborn_tab("blocked").await.unwrap();
    let usual_pace = hasten();
    let error = IndexedDbStore::open("blocked").await.unwrap_err();
    uncover(&usual_pace);
    assert_eq!(error.kind(), ErrorKind::StorageUnavailable);
    assert!(error.to_string().contains("3000 ms"), "{error}");
    // The tab leaves, the deletion goes through, and our opening succeeds after all: it must close itself.
    leave(&tab).await.unwrap();
    remove("blocked").await.unwrap();
    IndexedDbStore::open("blocked").await.unwrap().write(one("a", 1)).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_connection_that_was_closed_is_opened_again() {
    for told in [true, false] {
        let watch = connections();
        let store = IndexedDbStore::open("closed").await.unwrap();
        store.write(one("a", 1)).await.unwrap();
        close_all(&watch, told);
        assert_eq!(store.get("a").await, Ok(Some(vec![1])), "told: {told}");
        assert_eq!(opened(&watch), 2, "told: {told}");
        store.write(one("a", 2)).await.unwrap();
        assert_eq!(opened(&watch), 2, "and kept");
        unwatch(&watch);
    }
}

#[wasm_bindgen_test]
async fn a_quota_that_aborts_after_successful_puts_is_full_and_writes_nothing() {
    let store = IndexedDbStore::open("quota").await.unwrap();
    let quota = quota_at_commit();
    let error = store.write(one("a", 1)).await.unwrap_err();
    uncover(&quota);
    assert_eq!(error.kind(), ErrorKind::StorageFull);
    assert_eq!(store.get("a").await, Ok(None));
    store.write(one("a", 2)).await.unwrap();
    assert_eq!(store.get("a").await, Ok(Some(vec![2])));
}

#[wasm_bindgen_test]
async fn a_transaction_that_was_aborted_once_is_tried_again() {
    let store = IndexedDbStore::open("aborted").await.unwrap();
    let fault = abort_once();
    let written = store.write(one("a", 1)).await;
    uncover(&fault);
    assert_eq!(written, Ok(()));
    assert_eq!(store.get("a").await, Ok(Some(vec![1])));
}

#[wasm_bindgen_test]
async fn a_database_of_someone_else_is_left_alone() {
    upgrade("foreign", 1).await.unwrap();
    let error = IndexedDbStore::open("foreign").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageUnavailable);
    upgrade("foreign", 2).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_batch_too_big_for_local_storage_is_full_and_changes_nothing() {
    let store = LocalStorageStore::open().unwrap();
    store.write([one("quota:old", 1), one("quota:gone", 2)].concat()).await.unwrap();
    let mut batch = [one("quota:old", 9), one("quota:new", 9)].concat();
    batch.push(("quota:gone".to_owned(), None));
    batch.push(("quota:big".to_owned(), Some(vec![7; 12 << 20])));
    assert_eq!(store.write(batch).await.unwrap_err().kind(), ErrorKind::StorageFull);
    let left = [("quota:gone".to_owned(), vec![2]), ("quota:old".to_owned(), vec![1])];
    assert_eq!(load(&store, "quota:").await, left);
    store.write(left.into_iter().map(|(name, _)| (name, None)).collect()).await.unwrap();
}

#[wasm_bindgen_test]
async fn local_storage_holds_nine_megabytes() {
    let store = LocalStorageStore::open().unwrap();
    let bytes: Vec<u8> = (0..9 << 20).map(|number: u32| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    store.write(vec![("big".to_owned(), Some(bytes.clone()))]).await.unwrap();
    assert!(store.get("big").await == Ok(Some(bytes)));
    store.write(vec![("big".to_owned(), None)]).await.unwrap();
}

#[wasm_bindgen_test]
async fn foreign_values_are_skipped_and_named_in_both_stores() {
    let names = Names::new("foreign-values").unwrap();
    for kind in ["indexeddb", "localstorage"] {
        let records = open(&Choice::Named(kind.into()), "foreign-values").await.unwrap().records;
        records.write(one("good", 1)).await.unwrap();
        match kind {
            "indexeddb" => {
                plant("trimtab", &names.name("text"), &"text".into()).await.unwrap();
                plant("trimtab", &names.name("void"), &js_sys::Object::new()).await.unwrap();
                let other = js_sys::Uint8Array::from(seal(&names.name("other"), b"1").as_slice());
                plant("trimtab", &names.name("swapped"), &other).await.unwrap();
            }
            _ => ["swapped", "text", "void"].iter().for_each(|key| plant_text(&names.name(key), "{\"a\":1}")),
        }
        let damaged = ["swapped", "text", "void"].map(|key| (key.to_owned(), Err(ErrorKind::CorruptRecord)));
        let mut all = vec![("good".to_owned(), Ok(vec![1]))];
        all.extend(damaged);
        assert_eq!(all_of(&records, "").await, all, "{kind}");
        assert_eq!(records.get("text").await.unwrap_err().kind(), ErrorKind::CorruptRecord, "{kind}");
        records.clear("").await.unwrap();
        assert!(records.keys("").await.unwrap().is_empty(), "{kind}");
    }
}

#[wasm_bindgen_test]
async fn auto_falls_back_as_far_as_it_must_and_says_why() {
    let kind = async || {
        let opened = open(&Choice::Auto, "auto").await.unwrap();
        opened.records.write(one("a", 1)).await.unwrap();
        assert_eq!(opened.records.get("a").await, Ok(Some(vec![1])));
        (opened.kind, opened.fallbacks.into_iter().map(|(kind, error)| (kind, error.kind())).collect::<Vec<_>>())
    };
    let refused = |kind| (kind, ErrorKind::StorageUnavailable);
    assert_eq!(kind().await, ("indexeddb", vec![]));
    let absent = without("indexedDB");
    assert_eq!(kind().await, ("localstorage", vec![refused("indexeddb")]));
    uncover(&absent);
    let guarded = [forbidden("indexedDB"), forbidden("localStorage")];
    assert_eq!(kind().await, ("memory", vec![refused("indexeddb"), refused("localstorage")]));
    let error = open(&Choice::Named("localstorage".into()), "auto").await.unwrap_err();
    guarded.iter().for_each(uncover);
    assert_eq!(error.kind(), ErrorKind::StorageUnavailable);
    assert!(error.to_string().contains("SecurityError"), "{error}");
}
