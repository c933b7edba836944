//! A store that ends with the page.

use super::store::{Batch, Pending, Store};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::ready;

/// Keeps bytes in this instance's memory: for where nothing else is, and for tests.
#[derive(Debug, Default)]
pub struct MemoryStore {
    records: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl Store for MemoryStore {
    fn get<'a>(&'a self, name: &'a str) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(ready(Ok(self.records.borrow().get(name).cloned())))
    }

    fn write(&self, batch: Batch) -> Pending<'_, ()> {
        let mut records = self.records.borrow_mut();
        for (name, bytes) in batch {
            match bytes {
                Some(bytes) => records.insert(name, bytes),
                None => records.remove(&name),
            };
        }
        Box::pin(ready(Ok(())))
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>> {
        let records = self.records.borrow();
        let found = under(&records, prefix).map(|(name, _)| name.clone()).collect();
        Box::pin(ready(Ok(found)))
    }

    fn load<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<(String, Vec<u8>)>> {
        let records = self.records.borrow();
        let found = under(&records, prefix).map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        Box::pin(ready(Ok(found)))
    }
}

fn under<'a>(
    records: &'a BTreeMap<String, Vec<u8>>,
    prefix: &'a str,
) -> impl Iterator<Item = (&'a String, &'a Vec<u8>)> {
    records.range(prefix.to_owned()..).take_while(move |(name, _)| name.starts_with(prefix))
}
