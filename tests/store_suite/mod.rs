//! What every store promises, whatever it is made of.

use trimtab::ErrorKind;
use trimtab::storage::{Records, Store};

fn name(key: &str) -> String {
    format!("trimtab:suite:{key}")
}

async fn write(store: &dyn Store, batch: &[(&str, Option<&[u8]>)]) {
    let batch = batch.iter().map(|(key, bytes)| (name(key), bytes.map(<[u8]>::to_vec)));
    store.write(batch.collect()).await.unwrap();
}

async fn get(store: &dyn Store, key: &str) -> Option<Vec<u8>> {
    store.get(&name(key)).await.unwrap()
}

/// All that lies under names that start with `prefix`, sorted.
pub async fn load(store: &dyn Store, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let mut loaded = Vec::new();
    store.load(prefix, &mut |name, bytes| loaded.push((name.to_owned(), bytes.to_vec()))).await.unwrap();
    loaded.sort();
    loaded
}

/// All keys that start with `prefix`, sorted, with their payloads, or why there are none.
pub async fn all_of(records: &Records, prefix: &str) -> Vec<(String, Result<Vec<u8>, ErrorKind>)> {
    let mut all = Vec::new();
    let found = |key: &str, payload: Result<&[u8], trimtab::Error>| {
        all.push((key.to_owned(), payload.map(<[u8]>::to_vec).map_err(|error| error.kind())));
    };
    records.load(prefix, found).await.unwrap();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// Runs the whole suite under names of its own, where nothing may be; nothing is left there.
pub async fn keeps_its_promises(store: &dyn Store) {
    what_is_not_there_reads_as_nothing(store).await;
    every_byte_comes_back(store).await;
    a_batch_writes_replaces_and_deletes(store).await;
    of_one_name_twice_the_later_counts(store).await;
    a_prefix_lists_its_names_sorted_and_no_others(store).await;
    many_records_load_at_once(store).await;
    store.clear(&name("")).await.unwrap();
    assert!(load(store, &name("")).await.is_empty());
}

async fn what_is_not_there_reads_as_nothing(store: &dyn Store) {
    assert_eq!(get(store, "absent").await, None);
    assert!(store.keys("trimtab:suite:").await.unwrap().is_empty());
    write(store, &[("absent", None)]).await;
}

async fn every_byte_comes_back(store: &dyn Store) {
    let all: Vec<u8> = (0..=255).collect();
    let long = all.repeat(1_024);
    write(store, &[("all", Some(&all)), ("long", Some(&long)), ("empty", Some(&[]))]).await;
    assert_eq!(get(store, "all").await, Some(all));
    assert_eq!(get(store, "long").await, Some(long));
    assert_eq!(get(store, "empty").await, Some(Vec::new()), "no bytes are not nothing");
    write(store, &[("all", None), ("long", None), ("empty", None)]).await;
}

async fn a_batch_writes_replaces_and_deletes(store: &dyn Store) {
    write(store, &[("a", Some(b"1")), ("b", Some(b"2"))]).await;
    write(store, &[("a", None), ("b", Some(b"3")), ("c", Some(b"4"))]).await;
    assert_eq!(get(store, "a").await, None);
    assert_eq!(get(store, "b").await, Some(b"3".to_vec()));
    assert_eq!(get(store, "c").await, Some(b"4".to_vec()));
}

async fn of_one_name_twice_the_later_counts(store: &dyn Store) {
    write(store, &[("a", Some(b"1")), ("a", Some(b"2")), ("b", Some(b"1")), ("b", None), ("c", None)]).await;
    assert_eq!(get(store, "a").await, Some(b"2".to_vec()));
    assert_eq!(get(store, "b").await, None);
    write(store, &[("a", None)]).await;
}

async fn a_prefix_lists_its_names_sorted_and_no_others(store: &dyn Store) {
    write(store, &[("p~2", Some(b"2")), ("p~1", Some(b"1")), ("p", Some(b"0")), ("q~1", Some(b"3"))]).await;
    assert_eq!(store.keys(&name("p~")).await.unwrap(), [name("p~1"), name("p~2")]);
    let loaded = load(store, &name("p~")).await;
    assert_eq!(loaded, [(name("p~1"), b"1".to_vec()), (name("p~2"), b"2".to_vec())]);
    store.clear(&name("p~")).await.unwrap();
    assert_eq!(store.keys(&name("")).await.unwrap(), [name("p"), name("q~1")]);
    write(store, &[("p", None), ("q~1", None)]).await;
}

async fn many_records_load_at_once(store: &dyn Store) {
    let records: Vec<(String, Vec<u8>)> =
        (0..300u32).map(|number| (name(&format!("many~{number:03}")), number.to_le_bytes().to_vec())).collect();
    store.write(records.iter().map(|(name, bytes)| (name.clone(), Some(bytes.clone()))).collect()).await.unwrap();
    assert_eq!(load(store, &name("many~")).await, records);
}
