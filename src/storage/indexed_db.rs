//! The browser's IndexedDB, in windows and workers.
//!
//! Written on web-sys rather than on a crate over it: what matters here is what such crates hide or leave out (closing
//! on `versionchange`, a bound on opening, errors of the transaction rather than of its requests), and the part of
//! IndexedDB that we need is four calls on one object store.

use super::guard::{Timer, global, settled, thrown, unavailable};
use super::store::{Batch, Pending, Store};
use crate::error::{Error, ErrorKind, Result};
use js_sys::{Array, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Event, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode as Mode,
};

const VERSION: u32 = 1;
const RECORDS: &str = "records";
/// An upgrade that another tab blocks never settles by itself: nothing of ours may wait longer than this.
const PATIENCE_MS: u32 = 3_000;

type Connection = RefCell<Option<IdbDatabase>>;

/// Keeps bytes in one object store of an IndexedDB database.
///
/// Closes its connection when another tab upgrades or deletes the database, and opens a new one when it is needed. An
/// operation that fails for another reason than space is tried once more on a new connection: all are idempotent.
#[derive(Debug)]
pub struct IndexedDbStore {
    factory: IdbFactory,
    database: String,
    connection: Rc<Connection>,
}

impl IndexedDbStore {
    /// Opens the database of this name, and makes it when it isn't there.
    ///
    /// # Errors
    /// `StorageUnavailable` where there is no IndexedDB, it is blocked, or opening takes more than 3 seconds.
    pub async fn open(database: &str) -> Result<Self> {
        let factory: Option<IdbFactory> = global("indexedDB").and_then(|found| found.dyn_into().ok());
        let factory = factory.ok_or_else(|| unavailable("there is no IndexedDB here"))?;
        let store = Self { factory, database: database.to_owned(), connection: Rc::default() };
        store.connect().await?;
        Ok(store)
    }

    async fn connect(&self) -> Result<IdbDatabase> {
        if let Some(open) = self.current() {
            return Ok(open);
        }
        let opened = open_database(&self.factory, &self.database).await?;
        if let Some(earlier) = self.current() {
            // Two operations opened at once: one connection is enough.
            opened.close();
            return Ok(earlier);
        }
        watch(&opened, &self.connection);
        *self.connection.borrow_mut() = Some(opened.clone());
        Ok(opened)
    }

    fn current(&self) -> Option<IdbDatabase> {
        self.connection.borrow().clone()
    }

    fn disconnect(&self) {
        if let Some(open) = self.connection.borrow_mut().take() {
            open.close();
        }
    }

    /// Runs one transaction to its end, and hands back what `ask` made of the object store.
    async fn run<R>(&self, mode: Mode, ask: impl Fn(&IdbObjectStore) -> std::result::Result<R, JsValue>) -> Result<R> {
        let database = self.connect().await?;
        match transact(&database, mode, &ask).await {
            Err(error) if error.kind() != ErrorKind::StorageFull => {
                self.disconnect();
                let database = self.connect().await?;
                transact(&database, mode, &ask).await
            }
            settled => settled,
        }
    }
}

impl Drop for IndexedDbStore {
    fn drop(&mut self) {
        self.disconnect();
    }
}

impl Store for IndexedDbStore {
    fn get<'a>(&'a self, name: &'a str) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let value = result(&self.run(Mode::Readonly, |store| store.get(&name.into())).await?)?;
            Ok((!value.is_undefined()).then(|| bytes(&value)))
        })
    }

    fn write(&self, batch: Batch) -> Pending<'_, ()> {
        Box::pin(async move {
            let put = |store: &IdbObjectStore| {
                batch.iter().try_for_each(|(name, bytes)| match bytes {
                    Some(bytes) => store.put_with_key(&Uint8Array::from(bytes.as_slice()), &name.into()).map(drop),
                    None => store.delete(&name.into()).map(drop),
                })
            };
            self.run(Mode::Readwrite, put).await
        })
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>> {
        Box::pin(async move {
            let names = self.run(Mode::Readonly, |store| store.get_all_keys_with_key(&range(prefix)?)).await?;
            Ok(Array::from(&result(&names)?).iter().filter_map(|name| name.as_string()).collect())
        })
    }

    fn load<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<(String, Vec<u8>)>> {
        Box::pin(async move {
            let ask = |store: &IdbObjectStore| {
                let range = range(prefix)?;
                Ok((store.get_all_keys_with_key(&range)?, store.get_all_with_key(&range)?))
            };
            let (names, values) = self.run(Mode::Readonly, ask).await?;
            let (names, values) = (Array::from(&result(&names)?), Array::from(&result(&values)?));
            let pairs = names.iter().zip(values.iter());
            Ok(pairs.filter_map(|(name, value)| Some((name.as_string()?, bytes(&value)))).collect())
        })
    }

    /// One request, where deleting thousands of names one by one takes a second.
    fn clear<'a>(&'a self, prefix: &'a str) -> Pending<'a, ()> {
        Box::pin(self.run(Mode::Readwrite, |store| store.delete(&range(prefix)?).map(drop)))
    }
}

/// Runs one transaction on one connection. Its end counts, not its requests': a quota may abort it after every put
/// has succeeded.
async fn transact<R>(
    database: &IdbDatabase,
    mode: Mode,
    ask: impl Fn(&IdbObjectStore) -> std::result::Result<R, JsValue>,
) -> Result<R> {
    let failed = |cause: JsValue| thrown("IndexedDB refuses", &cause);
    let transaction = database.transaction_with_str_and_mode(RECORDS, mode).map_err(failed)?;
    let end = settled(|resolve, reject| {
        transaction.set_oncomplete(Some(resolve));
        transaction.set_onabort(Some(reject));
    });
    let asked = transaction.object_store(RECORDS).and_then(|store| ask(&store));
    if asked.is_err() {
        // Fails only when the transaction is over already, which is what we want.
        let _ = transaction.abort();
    }
    let ended = end.await;
    let asked = asked.map_err(failed)?;
    ended.map(|_| asked).map_err(|_| aborted(&transaction))
}

fn aborted(transaction: &IdbTransaction) -> Error {
    match transaction.error() {
        Some(cause) => thrown("IndexedDB aborted the transaction", &cause),
        None => unavailable("the IndexedDB transaction was aborted from outside"),
    }
}

async fn open_database(factory: &IdbFactory, name: &str) -> Result<IdbDatabase> {
    let failed = |cause: &JsValue| thrown("IndexedDB can't be opened", cause);
    let request = factory.open_with_u32(name, VERSION).map_err(|cause| failed(&cause))?;
    let upgrade = Closure::once_into_js(|event: Event| make_object_store(&event));
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let blocked = Rc::new(Cell::new(false));
    let seen = Rc::clone(&blocked);
    request.set_onblocked(Some(Closure::once_into_js(move || seen.set(true)).unchecked_ref()));
    let mut timer = None;
    let opened = settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
        timer = Some(Timer::start(PATIENCE_MS, reject));
    });
    match opened.await {
        Ok(_) => connected(&request),
        // The timer rejects with nothing, the request with an event.
        Err(nothing) if nothing.is_undefined() => Err(give_up(&request, blocked.get())),
        Err(_) => Err(failed(&request.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from))),
    }
}

fn connected(request: &IdbOpenDbRequest) -> Result<IdbDatabase> {
    let database: IdbDatabase = result(request)?.unchecked_into();
    if database.object_store_names().contains(RECORDS) {
        return Ok(database);
    }
    database.close();
    Err(unavailable("the IndexedDB database of this name is someone else's"))
}

/// Leaves an opening that takes too long; should it succeed after all, its connection must not block other tabs.
fn give_up(request: &IdbOpenDbRequest, blocked: bool) -> Error {
    request.set_onsuccess(Some(Closure::once_into_js(|event: Event| close_late(&event)).unchecked_ref()));
    request.set_onerror(None);
    let reason = if blocked { "another tab holds an older version open" } else { "it does not answer" };
    unavailable(&format!("IndexedDB was not open after {PATIENCE_MS} ms: {reason}"))
}

fn close_late(event: &Event) {
    if let Some(Ok(opened)) = target::<IdbOpenDbRequest>(event).map(|request| request.result()) {
        opened.unchecked_into::<IdbDatabase>().close();
    }
}

fn make_object_store(event: &Event) {
    let opened = target::<IdbOpenDbRequest>(event).and_then(|request| request.result().ok());
    if let Some(opened) = opened {
        // A failure here aborts the upgrade, and so the opening, which then tells.
        let _ = opened.unchecked_into::<IdbDatabase>().create_object_store(RECORDS);
    }
}

/// Lets go of the connection when another tab needs it closed.
///
/// A connection that the browser closes by itself needs no listener: the next transaction on it fails, and `run` opens
/// a new one.
fn watch(database: &IdbDatabase, connection: &Rc<Connection>) {
    let connection = Rc::downgrade(connection);
    let release = Closure::once_into_js(move |event: Event| {
        if let Some(database) = target::<IdbDatabase>(&event) {
            database.close();
        }
        if let Some(connection) = connection.upgrade() {
            connection.borrow_mut().take();
        }
    });
    database.set_onversionchange(Some(release.unchecked_ref()));
}

fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn result(request: &IdbRequest) -> Result<JsValue> {
    request.result().map_err(|cause| thrown("IndexedDB gave no result", &cause))
}

/// All names that start with `prefix`: names end below U+007F.
fn range(prefix: &str) -> std::result::Result<JsValue, JsValue> {
    IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{7F}").into()).map(JsValue::from)
}

fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}
