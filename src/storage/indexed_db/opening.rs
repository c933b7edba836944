//! Opening a database so that nothing ever waits for another tab for long.

use super::super::guard::{Timer, property, settled, thrown, unavailable};
use super::{Connection, RECORDS, result};
use crate::error::{Error, Result};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, IdbDatabase, IdbFactory, IdbOpenDbRequest};

const VERSION: u32 = 2;
/// An upgrade that another tab blocks never settles by itself: nothing of ours may wait longer than this.
const PATIENCE_MS: u32 = 3_000;

/// Opens the database of this name; what takes more than [`PATIENCE_MS`] is given up.
///
/// # Errors
/// `StorageUnavailable`.
pub(super) async fn open_database(factory: &IdbFactory, name: &str) -> Result<IdbDatabase> {
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

/// Makes the object store. Version 1 had every record alone; no release wrote it, and what it kept is let go.
///
/// A failure here aborts the upgrade, and so the opening, which then tells.
fn make_object_store(event: &Event) -> std::result::Result<(), JsValue> {
    let Some(request) = target::<IdbOpenDbRequest>(event) else { return Ok(()) };
    let database = request.result()?.unchecked_into::<IdbDatabase>();
    let is_new = property(event, "oldVersion").and_then(|version| version.as_f64()) == Some(0.0);
    if database.object_store_names().contains(RECORDS) {
        database.delete_object_store(RECORDS)?;
    } else if !is_new {
        // Someone else's: it stays as it was.
        return request.transaction().map_or(Ok(()), |upgrade| upgrade.abort());
    }
    database.create_object_store(RECORDS).map(drop)
}

/// Lets go of the connection when another tab needs it closed.
///
/// A connection that the browser closes by itself needs no listener: the next transaction on it fails, and `run` opens
/// a new one.
pub(super) fn watch(database: &IdbDatabase, connection: &Rc<Connection>) {
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
