//! The browser's localStorage: small, synchronous, in windows only.

use super::dense_text::{to_bytes, to_text};
use super::guard::{thrown, unavailable};
use super::store::{Batch, Found, Pending, Store};
use crate::error::Result;
use crate::ordered::sort;
use gloo_storage::Storage as _;
use std::future::ready;

const PROBE: &str = "trimtab-probe";

/// Keeps bytes in localStorage, as dense text.
///
/// Holds about 9 MiB per origin, shared with the page's own items. Node has a localStorage as well, which warns or
/// throws when touched: only a real window counts, so servers fall through to memory.
#[derive(Debug)]
pub struct LocalStorageStore {
    // Held rather than fetched for each call: gloo-storage's `raw` panics when the user forbids storage later, and
    // its `get` and `set` wrap every value in JSON.
    area: web_sys::Storage,
}

impl LocalStorageStore {
    /// Opens localStorage, and writes and removes one item to see that it works.
    ///
    /// # Errors
    /// `StorageUnavailable` outside a window and where storage is blocked, `StorageFull` when nothing fits.
    pub fn open() -> Result<Self> {
        let window = web_sys::window().ok_or_else(|| unavailable("localStorage is found in windows only"))?;
        let area = window.local_storage().map_err(|cause| thrown("localStorage is blocked", &cause))?;
        if area.is_none() {
            return Err(unavailable("localStorage is switched off"));
        }
        let area = gloo_storage::LocalStorage::raw();
        let probe = area.set_item(PROBE, "").and_then(|()| area.remove_item(PROBE));
        probe.map_err(|cause| thrown("localStorage refuses to be written", &cause))?;
        Ok(Self { area })
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let text = self.area.get_item(name).map_err(|cause| thrown("localStorage can't be read", &cause))?;
        Ok(text.map(|text| to_bytes(&text).unwrap_or_default()))
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>> {
        let failed = |cause| thrown("localStorage can't be listed", &cause);
        let count = self.area.length().map_err(failed)?;
        let names: Result<Vec<Option<String>>> = (0..count).map(|at| self.area.key(at).map_err(failed)).collect();
        let mut names: Vec<String> = names?.into_iter().flatten().filter(|name| name.starts_with(prefix)).collect();
        sort(&mut names);
        Ok(names)
    }

    fn all(&self, prefix: &str, found: Found<'_>) -> Result<()> {
        for name in self.names(prefix)? {
            // Another tab may delete an item between listing and reading: then it is simply not there.
            if let Some(bytes) = self.read(&name)? {
                found(&name, &bytes);
            }
        }
        Ok(())
    }

    /// Writes everything, or puts back what was there: localStorage has no transactions, but nothing can come between.
    fn replace(&self, batch: Batch) -> Result<()> {
        let mut before: Vec<(String, Option<String>)> = Vec::with_capacity(batch.len());
        for (name, bytes) in batch {
            let old = self.area.get_item(&name).ok().flatten();
            let put = self.put(&name, bytes.as_deref().map(to_text).as_deref());
            before.push((name, old));
            if let Err(error) = put {
                self.put_back(before);
                return Err(error);
            }
        }
        Ok(())
    }

    fn put(&self, name: &str, text: Option<&str>) -> Result<()> {
        let done = match text {
            Some(text) => self.area.set_item(name, text),
            None => self.area.remove_item(name),
        };
        done.map_err(|cause| thrown("localStorage refuses to be written", &cause))
    }

    fn put_back(&self, before: Vec<(String, Option<String>)>) {
        // First all that was added goes, so that what comes back has its space again. What fails here is beyond
        // repair, and the first error is the one to tell.
        for (name, _) in &before {
            let _ = self.put(name, None);
        }
        for (name, text) in before.into_iter().rev() {
            let _ = self.put(&name, text.as_deref());
        }
    }
}

impl Store for LocalStorageStore {
    fn get<'a>(&'a self, name: &'a str) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(ready(self.read(name)))
    }

    fn write(&self, batch: Batch) -> Pending<'_, ()> {
        Box::pin(ready(self.replace(batch)))
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>> {
        Box::pin(ready(self.names(prefix)))
    }

    fn load<'a>(&'a self, prefix: &'a str, found: Found<'a>) -> Pending<'a, ()> {
        Box::pin(ready(self.all(prefix, found)))
    }
}
