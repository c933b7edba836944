//! The whole cache against a model: random operations, a clock that jumps, restarts, and faults at every call of the store.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    unreachable_pub
)]

#[allow(dead_code, reason = "only a tokenizer is needed here")]
#[path = "differential/reference.rs"]
mod reference;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use reference::PAIRS;
use serde_json::json;
use trimtab::cache::SetOptions;
use trimtab::engine::{Engine, Settings};
use trimtab::persistence::{Persistence, Start};
use trimtab::storage::{FaultyStore, MemoryStore, Operation, Records, Store, seal};
use trimtab::tokenizer::{Tokenizer, encoding};
use trimtab::{Error, ErrorKind};

thread_local! {
    static TOKENIZER: Rc<Tokenizer> =
        Rc::new(Tokenizer::new(encoding("r50k_base").unwrap(), &PAIRS.iter().find(|pair| pair.2 == "r50k_base").unwrap().0).unwrap());
}

/// Memory never waits, so one poll is enough.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("memory never waits"),
    }
}

fn engine(capacity: u64) -> Rc<RefCell<Engine>> {
    let settings = Settings::from_json(json!({ "cache": { "capacity": capacity } })).unwrap();
    Rc::new(RefCell::new(Engine::new(TOKENIZER.with(Rc::clone), settings).unwrap()))
}

/// One machine: a store that outlives instances, and the next fault.
struct Machine {
    records: Records,
    fault: Rc<Cell<Option<(Operation, ErrorKind)>>>,
}

impl Machine {
    fn new() -> Self {
        let fault = Rc::new(Cell::new(None));
        let next = Rc::clone(&fault);
        let store = FaultyStore::new(MemoryStore::default(), move |operation| {
            let (at, kind) = next.get()?;
            (at == operation).then(|| {
                next.set(None);
                Error::new(kind, "as planned")
            })
        });
        Self { records: Records::new(Rc::new(store), "model").unwrap(), fault }
    }

    fn start(&self, capacity: u64, start: Start, time: f64) -> Instance {
        let engine = engine(capacity);
        let (persistence, failures) = now(Persistence::open(Rc::clone(&engine), self.records.clone(), start, time));
        Instance { engine, persistence, failures }
    }
}

struct Instance {
    engine: Rc<RefCell<Engine>>,
    persistence: Persistence,
    failures: Vec<Error>,
}

impl Instance {
    fn set(&self, key: &str, value: &[u8], ttl: Option<f64>, time: f64) -> bool {
        let options = SetOptions { weight: value.len() as u64, ttl, ..SetOptions::default() };
        self.engine.borrow_mut().set_value(key, value.to_vec(), options, time)
    }

    /// As the facade reads: from memory, or else from the store.
    fn get(&self, key: &str, time: f64) -> (Option<Vec<u8>>, bool) {
        let missing = self.engine.borrow().missing_value(key, time);
        let fetched = now(self.persistence.fetch(missing, time));
        (self.engine.borrow_mut().value(key, time).map(<[u8]>::to_vec), fetched.is_ok())
    }
}

#[derive(Debug, Clone)]
enum Step {
    Set(u8, u8, Option<f64>),
    Get(u8),
    Delete(u8),
    Pass(f64),
    Flush,
    Restart(bool),
    Fault(Operation, ErrorKind),
}

fn step() -> impl Strategy<Value = Step> {
    let operation = prop::sample::select(&[Operation::Get, Operation::Write, Operation::Keys, Operation::Load]);
    let kind = prop::sample::select(&[ErrorKind::StorageFull, ErrorKind::StorageUnavailable]);
    let ttl = prop::option::weighted(0.3, (1u32..90).prop_map(f64::from));
    prop_oneof![
        8 => (0u8..12, any::<u8>(), ttl).prop_map(|(key, value, ttl)| Step::Set(key, value, ttl)),
        8 => (0u8..12).prop_map(Step::Get),
        2 => (0u8..12).prop_map(Step::Delete),
        2 => (-10i32..60).prop_map(|by| Step::Pass(f64::from(by))),
        4 => Just(Step::Flush),
        2 => any::<bool>().prop_map(Step::Restart),
        2 => (operation, kind).prop_map(|(operation, kind)| Step::Fault(operation, kind)),
    ]
}

/// What may be read under a key: the value set last, or one that a crash brought back, none of them expired.
#[derive(Debug, Clone, Default)]
struct Known {
    latest: Option<Value>,
    /// What the store was told last and acknowledged.
    stored: Option<Value>,
}

#[derive(Debug, Clone)]
struct Value {
    bytes: Vec<u8>,
    until: f64,
    /// Somebody looked when it had expired: it may be gone for good, even where the clock goes back.
    expired: bool,
}

impl Known {
    fn look(&mut self, time: f64) {
        let values = [&mut self.latest, &mut self.stored];
        values.into_iter().flatten().for_each(|value| value.expired |= value.until <= time);
    }
}

/// `roomy`: nothing is ever evicted, so what was acknowledged must be there.
fn follows_the_model(steps: &[Step], capacity: u64, roomy: bool) {
    let machine = Machine::new();
    let mut time = 1_000.0;
    let mut instance = machine.start(capacity, Start::Whole, time);
    let mut model: BTreeMap<u8, Known> = BTreeMap::new();
    for step in steps {
        match step {
            Step::Set(key, value, ttl) => {
                let bytes = vec![*value; 1 + usize::from(*key)];
                assert!(instance.set(&key.to_string(), &bytes, *ttl, time));
                let until = time + ttl.unwrap_or(604_800_000.0);
                model.entry(*key).or_default().latest = Some(Value { bytes, until, expired: false });
            }
            Step::Get(key) => {
                let (found, fetched) = instance.get(&key.to_string(), time);
                let known = model.entry(*key).or_default();
                known.look(time);
                let expected = known.latest.clone().filter(|value| value.until > time);
                match found {
                    Some(found) => {
                        assert_eq!(Some(found), expected.map(|value| value.bytes), "a wrong value under {key}")
                    }
                    None if roomy && fetched => assert!(expected.is_none_or(|value| value.expired), "{key} is lost"),
                    None => {}
                }
            }
            Step::Delete(key) => {
                instance.engine.borrow_mut().delete_value(&key.to_string(), time);
                model.entry(*key).or_default().latest = None;
            }
            Step::Pass(by) => time += by,
            Step::Flush => {
                model.values_mut().for_each(|known| known.look(time));
                if now(instance.persistence.flush(time)).is_ok() {
                    model.values_mut().for_each(|known| known.stored = known.latest.clone());
                }
            }
            Step::Restart(whole) => {
                // What was not flushed is lost, as when a page is closed; what was, is there.
                machine.fault.set(None);
                let start = if *whole { Start::Whole } else { Start::State };
                instance = machine.start(capacity, start, time);
                assert!(instance.failures.is_empty(), "{:?}", instance.failures);
                model.values_mut().for_each(|known| known.look(time));
                model.values_mut().for_each(|known| known.latest = known.stored.clone());
            }
            Step::Fault(operation, kind) => machine.fault.set(Some((*operation, *kind))),
        }
    }
}

proptest! {
    /// With a fault of `StorageFull` entries leave to make room, so only wrong values are looked for.
    #[test]
    fn no_wrong_value_is_ever_given(steps in prop::collection::vec(step(), 0..120)) {
        // Deletions that a crash undoes and entries that memory evicted make values come and go, but never wrong ones.
        follows_the_model(&steps, 60, false);
    }

    #[test]
    fn nothing_acknowledged_is_lost_where_there_is_room(steps in prop::collection::vec(step(), 0..120)) {
        let steps: Vec<Step> = steps
            .into_iter()
            .filter(|step| !matches!(step, Step::Fault(_, ErrorKind::StorageFull)))
            .collect();
        follows_the_model(&steps, 1 << 20, true);
    }
}

#[test]
fn a_full_store_loses_what_is_worth_least_and_keeps_the_rest() {
    let machine = Machine::new();
    let instance = machine.start(1 << 20, Start::Whole, 0.0);
    for key in 0..8 {
        assert!(instance.set(&format!("{key}"), &[key; 100], None, 0.0));
    }
    machine.fault.set(Some((Operation::Write, ErrorKind::StorageFull)));
    assert!(now(instance.persistence.flush(0.0)).is_ok(), "the second try fits");
    let second = machine.start(1 << 20, Start::Whole, 0.0);
    let held = (0..8).filter(|key| second.get(&format!("{key}"), 0.0).0.is_some()).count();
    assert_eq!(held, 6, "a quarter left");
}

#[test]
fn a_store_that_stays_full_is_told_and_purges_nothing() {
    let full = FaultyStore::new(MemoryStore::default(), |operation| {
        (operation == Operation::Write).then(|| Error::new(ErrorKind::StorageFull, "no space"))
    });
    let records = Records::new(Rc::new(full), "full").unwrap();
    let (persistence, _) = now(Persistence::open(engine(1 << 20), records.clone(), Start::Whole, 0.0));
    let instance = Instance { engine: engine(1 << 20), persistence, failures: Vec::new() };
    assert!(instance.set("k", b"v", None, 0.0));
    let (persistence, _) = now(Persistence::open(Rc::clone(&instance.engine), records, Start::Whole, 0.0));
    for _ in 0..3 {
        assert_eq!(now(persistence.flush(0.0)).unwrap_err().kind(), ErrorKind::StorageFull);
    }
    assert!(instance.engine.borrow().has_value("k", 0.0), "the last entry stays in memory");
}

#[test]
fn what_expired_while_nobody_was_there_leaves_the_store() {
    let machine = Machine::new();
    let first = machine.start(1 << 20, Start::Whole, 0.0);
    assert!(first.set("short", b"v", Some(10.0), 0.0) && first.set("long", b"v", Some(1_000.0), 0.0));
    now(first.persistence.flush(0.0)).unwrap();
    let second = machine.start(1 << 20, Start::Whole, 100.0);
    now(second.persistence.flush(100.0)).unwrap();
    assert_eq!(now(machine.records.keys("value:")).unwrap(), ["value:long"]);
}

#[test]
fn what_is_over_leaves_the_store_when_it_is_cleaned() {
    let machine = Machine::new();
    let instance = machine.start(1 << 20, Start::Whole, 0.0);
    assert!(instance.set("short", b"v", Some(10.0), 0.0) && instance.set("long", b"v", Some(1_000.0), 0.0));
    now(instance.persistence.flush(0.0)).unwrap();
    assert_eq!(instance.engine.borrow_mut().clean(100.0), 1);
    now(instance.persistence.flush(100.0)).unwrap();
    assert_eq!(now(machine.records.keys("value:")).unwrap(), ["value:long"]);
}

#[test]
fn what_memory_never_had_is_cleared_too_and_the_state_stays() {
    let machine = Machine::new();
    let first = machine.start(1 << 20, Start::Whole, 0.0);
    assert!(first.set("k", b"v", None, 0.0));
    now(first.persistence.flush(0.0)).unwrap();
    now(machine.records.write(vec![("profile".to_owned(), Some(b"p".to_vec()))])).unwrap();
    let second = machine.start(1 << 20, Start::State, 0.0);
    assert_eq!(now(second.persistence.clear(0.0)).unwrap(), ["value:k"]);
    assert_eq!(now(machine.records.keys("")).unwrap(), ["profile"]);
    assert_eq!(second.get("k", 0.0), (None, true));
}

#[test]
fn a_damaged_record_is_told_and_the_others_are_read() {
    let store = Rc::new(MemoryStore::default());
    let records = Records::new(store.clone(), "n").unwrap();
    let (persistence, _) = now(Persistence::open(engine(1 << 20), records.clone(), Start::Whole, 0.0));
    let instance = Instance { engine: engine(1 << 20), persistence, failures: Vec::new() };
    let (persistence, _) = now(Persistence::open(Rc::clone(&instance.engine), records.clone(), Start::Whole, 0.0));
    assert!(instance.set("good", b"1", None, 0.0) && instance.set("bad", b"2", None, 0.0));
    now(persistence.flush(0.0)).unwrap();
    let names: Vec<String> = now(store.keys("trimtab:n:")).unwrap();
    let bad = names.iter().find(|name| name.contains("bad")).unwrap();
    now(store.write(vec![(bad.clone(), Some(seal("another", b"x")))])).unwrap();
    let fresh = engine(1 << 20);
    let (_, failures) = now(Persistence::open(Rc::clone(&fresh), records, Start::Whole, 0.0));
    assert_eq!(failures.iter().map(Error::kind).collect::<Vec<_>>(), [ErrorKind::CorruptRecord]);
    assert!(fresh.borrow().has_value("good", 0.0) && !fresh.borrow().has_value("bad", 0.0));
}

#[test]
fn what_usually_comes_next_is_loaded_before_it_is_asked_for() {
    let machine = Machine::new();
    let first = machine.start(1 << 20, Start::Whole, 0.0);
    for key in ["a", "b", "c"] {
        assert!(first.set(key, b"v", None, 0.0));
    }
    // A walk in a circle, long enough for its precision to be measured and for it to be written.
    for step in 0..160 {
        first.get(["a", "b", "c"][step % 3], 0.0);
    }
    now(first.persistence.flush(0.0)).unwrap();
    let second = machine.start(1 << 20, Start::State, 0.0);
    for key in ["a", "b"] {
        assert!(second.get(key, 0.0).0.is_some());
    }
    assert_eq!(now(second.persistence.load_ahead(0.0)).unwrap(), ["value:c"]);
    assert!(second.engine.borrow().has_value("c", 0.0), "in memory already");
    second.get("c", 0.0);
    let figures = second.engine.borrow().ahead_figures();
    assert_eq!((figures.loaded, figures.used, figures.crowded), (1, 1, 0));
}

#[test]
fn nothing_leaves_for_what_is_loaded_ahead() {
    let machine = Machine::new();
    let first = machine.start(1 << 20, Start::Whole, 0.0);
    for key in ["a", "b", "c"] {
        assert!(first.set(key, &[0; 100], None, 0.0));
    }
    for step in 0..160 {
        first.get(["a", "b", "c"][step % 3], 0.0);
    }
    now(first.persistence.flush(0.0)).unwrap();
    let second = machine.start(250, Start::State, 0.0);
    for key in ["a", "b"] {
        assert!(second.get(key, 0.0).0.is_some());
    }
    assert!(now(second.persistence.load_ahead(0.0)).unwrap().is_empty());
    assert_eq!(second.engine.borrow().ahead_figures().crowded, 1);
    assert!(second.engine.borrow().has_value("a", 0.0) && second.engine.borrow().has_value("b", 0.0));
}
