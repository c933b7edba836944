//! The browser's IndexedDB, in windows and workers.
//!
//! Written on web-sys rather than on a crate over it: what matters here is what such crates hide or leave out (closing
//! on `versionchange`, a bound on opening, errors of the transaction rather than of its requests), and the part of
//! IndexedDB that we need is four calls on one object store.

mod opening;

use self::opening::{open_database, watch};
use super::bucket::{Apart, Bucket, Unpacking, bucket_of, buckets_of, group};
use super::guard::{global, settled, thrown, unavailable};
use super::store::{Batch, Found, Pending, Store};
use crate::error::{Error, ErrorKind, Result};
use crate::ordered::{Map, sort};
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode as Mode,
};

const RECORDS: &str = "records";
/// How many names are read in one request: while some are taken in, the browser reads the next.
const AT_ONCE: usize = 64;

/// What a request is answered with, or why it can't be made.
type Asked<T> = std::result::Result<T, JsValue>;

type Connection = RefCell<Option<IdbDatabase>>;

/// Keeps bytes in one object store of an IndexedDB database.
///
/// Small records lie together in buckets (`bucket.rs`): 10,000 requests take a second, and 512 a twentieth of that.
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

    /// Gives the records whose names start with `prefix`, of all that lies under names that start with `within`.
    async fn read(&self, within: &str, prefix: &str, found: Found<'_>) -> Result<()> {
        let mut found = |name: &str, bytes: &[u8]| {
            if name.starts_with(prefix) {
                found(name, bytes);
            }
        };
        let read = async |store: &IdbObjectStore| {
            let names = store.get_all_keys_with_key(&range(within)?)?;
            answer(&names).await?;
            let names: Vec<JsValue> = Array::from(&names.result()?).to_vec();
            let ask = |names: &[JsValue]| {
                let request = store.get_all_with_key(&between(names)?)?;
                Ok((answer(&request), request))
            };
            let asked = names.chunks(AT_ONCE).map(ask).collect::<Asked<Vec<_>>>()?;
            let mut unpacking = Unpacking::default();
            for (names, (answer, request)) in names.chunks(AT_ONCE).zip(asked) {
                answer.await?;
                for (name, value) in names.iter().zip(Array::from(&request.result()?).iter()) {
                    unpacking.take(&name.as_string().unwrap_or_default(), bytes(&value), &mut found);
                }
            }
            unpacking.end(&mut found);
            Ok(())
        };
        self.run(Mode::Readonly, read).await
    }

    /// Runs one transaction to its end, and hands back what `ask` made of the object store.
    async fn run<R>(&self, mode: Mode, mut ask: impl AsyncFnMut(&IdbObjectStore) -> Asked<R>) -> Result<R> {
        let database = self.connect().await?;
        match transact(&database, mode, &mut ask).await {
            Err(error) if error.kind() != ErrorKind::StorageFull => {
                self.disconnect();
                let database = self.connect().await?;
                transact(&database, mode, &mut ask).await
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
            let bucket = bucket_of(name);
            let ask = async |store: &IdbObjectStore| {
                let bucket = bucket.as_deref().map(|bucket| store.get(&bucket.into())).transpose()?;
                Ok((store.get(&name.into())?, bucket))
            };
            let (alone, bucket) = self.run(Mode::Readonly, ask).await?;
            let alone = stored(&alone)?;
            let Some(bucket) = bucket else { return Ok(alone) };
            let Some(bucket) = stored(&bucket)? else { return Ok(None) };
            // No record is empty: one that can't be read is told from one that isn't there.
            let Some(bucket) = Bucket::read(&bucket) else { return Ok(Some(Vec::new())) };
            Ok(bucket.get(name).and_then(|held| held.or(alone)))
        })
    }

    fn write(&self, batch: Batch) -> Pending<'_, ()> {
        Box::pin(async move {
            let (grouped, alone) = by_bucket(batch);
            let write = async |store: &IdbObjectStore| {
                alone.iter().try_for_each(|(name, bytes)| put(store, name, bytes.as_deref()))?;
                let read = |(bucket, _): (&String, _)| store.get(&bucket.as_str().into());
                let before = grouped.iter().map(read).collect::<Asked<Vec<IdbRequest>>>()?;
                // They are answered in order.
                if let Some(last) = before.last() {
                    answer(last).await?;
                }
                for ((bucket, changes), before) in grouped.iter().zip(before) {
                    rewrite(store, bucket, changes, &before.result()?)?;
                }
                Ok(())
            };
            self.run(Mode::Readwrite, write).await
        })
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>> {
        Box::pin(async move {
            let mut names = Vec::new();
            // Buckets have all names of a group, so that what lies apart is not read.
            let buckets = group(prefix).map(buckets_of);
            self.read(buckets.as_deref().unwrap_or(prefix), prefix, &mut |name, _| names.push(name.to_owned())).await?;
            sort(&mut names);
            names.dedup();
            Ok(names)
        })
    }

    fn load<'a>(&'a self, prefix: &'a str, found: Found<'a>) -> Pending<'a, ()> {
        Box::pin(self.read(group(prefix).unwrap_or(prefix), prefix, found))
    }

    /// One request, where deleting thousands of names one by one takes a second.
    fn clear<'a>(&'a self, prefix: &'a str) -> Pending<'a, ()> {
        Box::pin(async move {
            if group(prefix).is_none_or(|group| group == prefix) {
                return self.run(Mode::Readwrite, async |store| store.delete(&range(prefix)?).map(drop)).await;
            }
            let names = self.keys(prefix).await?;
            self.write(names.into_iter().map(|name| (name, None)).collect()).await
        })
    }
}

type Grouped = Map<String, Batch>;

/// Sorts changes out by the buckets that they go into; the second list is of those that go into none.
fn by_bucket(batch: Batch) -> (Grouped, Batch) {
    let (mut grouped, mut alone) = (Grouped::default(), Vec::new());
    for (name, bytes) in batch {
        match bucket_of(&name) {
            Some(bucket) => drop(grouped.update(bucket, |changes| changes.push((name, bytes)))),
            None => alone.push((name, bytes)),
        }
    }
    (grouped, alone)
}

/// Makes changes to a bucket that was read as `before`.
fn rewrite(store: &IdbObjectStore, name: &str, changes: &Batch, before: &JsValue) -> Asked<()> {
    // One that can't be read was told of when it was loaded, and is made anew.
    let mut bucket = Bucket::read(&bytes(before)).unwrap_or_default();
    for (name, bytes) in changes {
        match bucket.change(name, bytes.clone()) {
            Apart::Nothing => {}
            Apart::Delete => put(store, name, None)?,
            Apart::Put(bytes) => put(store, name, Some(&bytes))?,
        }
    }
    put(store, name, bucket.write().as_deref())
}

fn put(store: &IdbObjectStore, name: &str, bytes: Option<&[u8]>) -> Asked<()> {
    match bytes {
        Some(bytes) => store.put_with_key(&Uint8Array::from(bytes), &name.into()).map(drop),
        None => store.delete(&name.into()).map(drop),
    }
}

/// Runs one transaction on one connection. Its end counts, not its requests': a quota may abort it after every put
/// has succeeded.
async fn transact<R>(
    database: &IdbDatabase,
    mode: Mode,
    mut ask: impl AsyncFnMut(&IdbObjectStore) -> Asked<R>,
) -> Result<R> {
    let failed = |cause: JsValue| thrown("IndexedDB refuses", &cause);
    let transaction = database.transaction_with_str_and_mode(RECORDS, mode).map_err(failed)?;
    let end = settled(|resolve, reject| {
        transaction.set_oncomplete(Some(resolve));
        transaction.set_onabort(Some(reject));
    });
    let asked = match transaction.object_store(RECORDS) {
        Ok(store) => ask(&store).await,
        Err(cause) => Err(cause),
    };
    if asked.is_err() {
        // Fails only when the transaction is over already, which is what we want.
        let _ = transaction.abort();
    }
    match (end.await, asked) {
        (Ok(_), Ok(answer)) => Ok(answer),
        // Aborted here, for what was thrown; otherwise the transaction knows best.
        (_, Err(cause)) if transaction.error().is_none() => Err(failed(cause)),
        _ => Err(aborted(&transaction)),
    }
}

fn aborted(transaction: &IdbTransaction) -> Error {
    match transaction.error() {
        Some(cause) => thrown("IndexedDB aborted the transaction", &cause),
        None => unavailable("the IndexedDB transaction was aborted from outside"),
    }
}

/// The answer to one request; the transaction goes on until nothing is asked of it any more.
fn answer(request: &IdbRequest) -> JsFuture {
    settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    })
}

fn result(request: &IdbRequest) -> Result<JsValue> {
    request.result().map_err(|cause| thrown("IndexedDB gave no result", &cause))
}

/// All names that start with `prefix`: names end below U+007F.
fn range(prefix: &str) -> Asked<JsValue> {
    IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{7F}").into()).map(JsValue::from)
}

/// From the first of some names in order to the last.
fn between(names: &[JsValue]) -> Asked<JsValue> {
    let nothing = JsValue::UNDEFINED;
    let [first, last] = [names.first(), names.last()].map(|name| name.unwrap_or(&nothing));
    IdbKeyRange::bound(first, last).map(JsValue::from)
}

/// The bytes that a request found, if it found something.
fn stored(request: &IdbRequest) -> Result<Option<Vec<u8>>> {
    let value = result(request)?;
    Ok((!value.is_undefined()).then(|| bytes(&value)))
}

fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}
