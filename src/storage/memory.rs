//! A store that ends with the page.

use super::store::{Batch, Found, Pending, Store};
use crate::ordered::sort;
use hashbrown::HashMap;
use std::cell::RefCell;
use std::future::ready;

/// Keeps bytes in this instance's memory: for where nothing else is, and for tests.
#[derive(Debug, Default)]
pub struct MemoryStore {
    records: RefCell<HashMap<String, Vec<u8>>>,
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
        Box::pin(ready(Ok(under(&records, prefix))))
    }

    fn load<'a>(&'a self, prefix: &'a str, found: Found<'a>) -> Pending<'a, ()> {
        let records = self.records.borrow();
        let within = records.iter().filter(|(name, _)| name.starts_with(prefix));
        within.for_each(|(name, bytes)| found(name, bytes));
        Box::pin(ready(Ok(())))
    }
}

/// The names that start with `prefix`, sorted.
fn under(records: &HashMap<String, Vec<u8>>, prefix: &str) -> Vec<String> {
    let mut names: Vec<String> = records.keys().filter(|name| name.starts_with(prefix)).cloned().collect();
    sort(&mut names);
    names
}
