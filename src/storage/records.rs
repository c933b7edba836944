//! One namespace of a store, with every record in its envelope.

use super::frame::{seal, unseal};
use super::names::Names;
use super::store::{Batch, Store};
use crate::error::Result;
use std::rc::Rc;

/// Reads and writes the records of one namespace.
///
/// Cheap to clone; clones share the store.
#[derive(Clone)]
pub struct Records {
    store: Rc<dyn Store>,
    names: Names,
}

impl Records {
    /// Opens the namespace in `store`.
    ///
    /// # Errors
    /// `InvalidInput` when the namespace is empty.
    pub fn new(store: Rc<dyn Store>, namespace: &str) -> Result<Self> {
        Ok(Self { store, names: Names::new(namespace)? })
    }

    /// Reads one record.
    ///
    /// # Errors
    /// `CorruptRecord` when what lies there is damaged or someone else's, `StorageUnavailable` when the store fails.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let name = self.names.name(key);
        let Some(sealed) = self.store.get(&name).await? else { return Ok(None) };
        unseal(&name, &sealed).map(|payload| Some(payload.to_vec()))
    }

    /// Writes (`Some`) and deletes (`None`) all of `batch`, in one transaction where the store has them.
    ///
    /// # Errors
    /// `StorageFull` when there is no space, `StorageUnavailable` otherwise.
    pub async fn write(&self, batch: Batch) -> Result<()> {
        let sealed = batch.into_iter().map(|(key, payload)| {
            let name = self.names.name(&key);
            let sealed = payload.map(|payload| seal(&name, &payload));
            (name, sealed)
        });
        let sealed: Batch = sealed.collect();
        if sealed.is_empty() { Ok(()) } else { self.store.write(sealed).await }
    }

    /// Lists the keys that start with `prefix`, without looking at their records.
    ///
    /// # Errors
    /// `StorageUnavailable` when the store fails.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>> {
        let names = self.store.keys(&self.names.name(prefix)).await?;
        Ok(names.iter().filter_map(|name| self.names.key(name)).collect())
    }

    /// Gives all records whose key starts with `prefix`, in any order and perhaps twice: for a warm start.
    ///
    /// `found` takes a key and its payload, or `CorruptRecord` for what is damaged or foreign: to be skipped, and safe to
    /// delete.
    ///
    /// # Errors
    /// `StorageUnavailable` when the store fails; some records were given then.
    pub async fn load(&self, prefix: &str, mut found: impl FnMut(&str, Result<&[u8]>)) -> Result<()> {
        let mut open = |name: &str, sealed: &[u8]| {
            if let Some(key) = self.names.key(name) {
                found(&key, unseal(name, sealed));
            }
        };
        self.store.load(&self.names.name(prefix), &mut open).await
    }

    /// Deletes every key that starts with `prefix`, corrupt ones too.
    ///
    /// # Errors
    /// `StorageUnavailable` when the store fails.
    pub async fn clear(&self, prefix: &str) -> Result<()> {
        self.store.clear(&self.names.name(prefix)).await
    }
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records").field("names", &self.names).finish_non_exhaustive()
    }
}
