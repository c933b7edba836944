//! What records promise over any store, shown on memory and on a store that fails.

#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(unreachable_pub, reason = "the web tests link it as a crate")]
mod store_suite;

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use trimtab::storage::{FaultyStore, MemoryStore, Names, Operation, Records, Store, seal};
use trimtab::{Error, ErrorKind};

/// Memory never waits, so one poll is enough.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("memory never waits"),
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    Some(text.as_bytes().to_vec())
}

fn put(records: &Records, pairs: &[(&str, &str)]) {
    now(records.write(pairs.iter().map(|(key, value)| ((*key).to_owned(), bytes(value))).collect())).unwrap();
}

#[test]
fn memory_keeps_its_promises() {
    now(store_suite::keeps_its_promises(&MemoryStore::default()));
}

#[test]
fn a_batch_writes_replaces_and_deletes() {
    let records = Records::new(Rc::new(MemoryStore::default()), "test").unwrap();
    put(&records, &[("a", "1"), ("b", "2"), ("empty", "")]);
    now(records.write(vec![("a".into(), None), ("b".into(), bytes("3")), ("never".into(), None)])).unwrap();
    assert_eq!(now(records.get("a")), Ok(None));
    assert_eq!(now(records.get("b")), Ok(bytes("3")));
    assert_eq!(now(records.get("empty")), Ok(bytes("")));
}

#[test]
fn a_prefix_reads_its_keys_and_no_others() {
    let records = Records::new(Rc::new(MemoryStore::default()), "test").unwrap();
    put(&records, &[("cache:a", "1"), ("cache:b/c", "2"), ("cached", "3"), ("metrics:a", "4")]);
    assert_eq!(now(records.keys("cache:")).unwrap(), ["cache:a", "cache:b/c"]);
    assert_eq!(now(store_suite::all_of(&records, "metrics:")), [("metrics:a".to_owned(), Ok(b"4".to_vec()))]);
    now(records.clear("cache:")).unwrap();
    assert_eq!(now(records.keys("")).unwrap(), ["cached", "metrics:a"]);
}

#[test]
fn namespaces_of_one_store_do_not_see_each_other() {
    let store = Rc::new(MemoryStore::default());
    let one = Records::new(store.clone(), "a").unwrap();
    let other = Records::new(store, "a:b").unwrap();
    put(&one, &[("b:k", "1")]);
    put(&other, &[("k", "2")]);
    assert_eq!(now(store_suite::all_of(&one, "")), [("b:k".to_owned(), Ok(b"1".to_vec()))]);
    now(other.clear("")).unwrap();
    assert_eq!(now(one.get("b:k")), Ok(bytes("1")));
}

#[test]
fn corrupt_and_foreign_records_are_errors_alone_and_skipped_in_bulk() {
    let store = Rc::new(MemoryStore::default());
    let records = Records::new(store.clone(), "test").unwrap();
    let names = Names::new("test").unwrap();
    put(&records, &[("good", "1")]);
    let mut damaged = seal(&names.name("damaged"), b"payload");
    if let Some(last) = damaged.last_mut() {
        *last ^= 1;
    }
    let swapped = seal(&names.name("other"), b"payload");
    let batch =
        [("damaged", damaged), ("foreign", b"{\"json\":true}".to_vec()), ("swapped", swapped), ("void", vec![])];
    now(store.write(batch.into_iter().map(|(key, sealed)| (names.name(key), Some(sealed))).collect())).unwrap();
    for key in ["damaged", "foreign", "swapped", "void"] {
        assert_eq!(now(records.get(key)).unwrap_err().kind(), ErrorKind::CorruptRecord, "{key}");
    }
    let corrupt = ["damaged", "foreign", "swapped", "void"].map(|key| (key.to_owned(), Err(ErrorKind::CorruptRecord)));
    let mut all = corrupt.to_vec();
    all.insert(2, ("good".to_owned(), Ok(b"1".to_vec())));
    assert_eq!(now(store_suite::all_of(&records, "")), all);
}

#[test]
fn a_failing_store_fails_with_its_own_error_and_recovers() {
    let writes = Rc::new(Cell::new(0));
    let counted = Rc::clone(&writes);
    let store = FaultyStore::new(MemoryStore::default(), move |operation| {
        if operation != Operation::Write {
            return None;
        }
        counted.set(counted.get() + 1);
        (counted.get() == 1).then(|| Error::new(ErrorKind::StorageFull, "no space"))
    });
    let records = Records::new(Rc::new(store), "test").unwrap();
    let batch = vec![("a".to_owned(), bytes("1"))];
    assert_eq!(now(records.write(batch.clone())).unwrap_err().kind(), ErrorKind::StorageFull);
    assert_eq!(now(records.get("a")), Ok(None));
    assert_eq!(now(records.write(batch)), Ok(()));
    assert_eq!(now(records.get("a")), Ok(bytes("1")));
    now(records.write(Vec::new())).unwrap();
    assert_eq!(writes.get(), 2, "an empty batch asks nothing of the store");
}
