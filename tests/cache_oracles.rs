//! Each policy against a naive simulator of itself: plain vectors, searched from end to end.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod naive_adaptive;

use naive_adaptive::NaiveAdaptive;
use proptest::prelude::*;
use std::collections::BTreeMap;
use trimtab::cache::{Cache, CacheConfig, POLICIES, SetOptions};

const CAPACITY: u64 = 20;

#[derive(Debug, Clone, Copy)]
struct Item {
    key: u8,
    weight: u64,
    cost: f64,
    expires_at: f64,
    uses: u32,
}

/// What a policy does, by key and without any thought of speed.
trait Oracle {
    fn arriving(&mut self, _: Item) {}
    fn inserted(&mut self, item: Item);
    fn read(&mut self, key: u8);
    fn gone(&mut self, key: u8);
    fn evict(&mut self) -> u8;
}

#[derive(Default)]
struct NaiveLru(Vec<u8>);

impl Oracle for NaiveLru {
    fn inserted(&mut self, item: Item) {
        self.0.push(item.key);
    }
    fn read(&mut self, key: u8) {
        self.gone(key);
        self.0.push(key);
    }
    fn gone(&mut self, key: u8) {
        self.0.retain(|held| *held != key);
    }
    fn evict(&mut self) -> u8 {
        self.0.remove(0)
    }
}

/// Items in the order of their last use.
#[derive(Default)]
struct NaiveLfu(Vec<Item>);

impl Oracle for NaiveLfu {
    fn inserted(&mut self, item: Item) {
        self.0.push(item);
    }
    fn read(&mut self, key: u8) {
        let at = self.0.iter().position(|item| item.key == key).unwrap();
        let mut item = self.0.remove(at);
        item.uses += 1;
        self.0.push(item);
    }
    fn gone(&mut self, key: u8) {
        self.0.retain(|item| item.key != key);
    }
    fn evict(&mut self) -> u8 {
        let least = self.0.iter().map(|item| item.uses).min().unwrap();
        let at = self.0.iter().position(|item| item.uses == least).unwrap();
        self.0.remove(at).key
    }
}

/// Items in the order of their insertion.
#[derive(Default)]
struct NaiveTtl(Vec<Item>);

impl Oracle for NaiveTtl {
    fn inserted(&mut self, item: Item) {
        self.0.push(item);
    }
    fn read(&mut self, _: u8) {}
    fn gone(&mut self, key: u8) {
        self.0.retain(|item| item.key != key);
    }
    fn evict(&mut self) -> u8 {
        let soonest = self.0.iter().map(|item| item.expires_at).fold(f64::INFINITY, f64::min);
        let at = self.0.iter().position(|item| item.expires_at == soonest).unwrap();
        self.0.remove(at).key
    }
}

fn oracle(name: &str) -> Box<dyn Oracle> {
    match name {
        "lru" => Box::new(NaiveLru::default()),
        "lfu" => Box::new(NaiveLfu::default()),
        "ttl" => Box::new(NaiveTtl::default()),
        "adaptive" => Box::new(NaiveAdaptive::new(CAPACITY)),
        other => panic!("the policy {other} has no oracle yet"),
    }
}

/// A cache of keys without values, around an oracle.
struct Naive {
    oracle: Box<dyn Oracle>,
    held: BTreeMap<u8, Item>,
}

impl Naive {
    fn expire(&mut self, now: f64) {
        let over: Vec<u8> = self.held.values().filter(|item| item.expires_at <= now).map(|item| item.key).collect();
        over.into_iter().for_each(|key| self.delete(key));
    }

    fn get(&mut self, key: u8) {
        if let Some(item) = self.held.get_mut(&key) {
            item.uses += 1;
            self.oracle.read(key);
        }
    }

    fn set(&mut self, mut item: Item) {
        if let Some(older) = self.held.get(&item.key) {
            item.uses = older.uses + 1;
        }
        self.delete(item.key);
        self.oracle.arriving(item);
        while self.held.values().map(|item| item.weight).sum::<u64>() + item.weight > CAPACITY {
            let victim = self.oracle.evict();
            self.held.remove(&victim).unwrap();
        }
        self.held.insert(item.key, item);
        self.oracle.inserted(item);
    }

    fn delete(&mut self, key: u8) {
        if self.held.remove(&key).is_some() {
            self.oracle.gone(key);
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    /// What callers do mostly: read, and set what was not there.
    GetOrSet(u8, u64, f64, Option<f64>),
    Set(u8, u64, f64, Option<f64>),
    Delete(u8),
    Pass(f64),
}

/// `costs` are what entries may cost.
fn step(costs: &'static [f64]) -> impl Strategy<Value = Step> {
    let key = || prop_oneof![3 => 0u8..8, 1 => 0u8..60];
    let cost = || prop::sample::select(costs);
    let ttl = || prop::option::weighted(0.4, (1u32..80).prop_map(f64::from));
    prop_oneof![
        20 => (key(), 1u64..5, cost(), ttl()).prop_map(|(key, weight, cost, ttl)| Step::GetOrSet(key, weight, cost, ttl)),
        3 => (key(), 1u64..5, cost(), ttl()).prop_map(|(key, weight, cost, ttl)| Step::Set(key, weight, cost, ttl)),
        1 => key().prop_map(Step::Delete),
        1 => (1u32..20).prop_map(|by| Step::Pass(f64::from(by))),
    ]
}

fn apply(step: &Step, cache: &mut Cache<()>, naive: &mut Naive, now: &mut f64) {
    // Expired entries leave at once on both sides: when exactly is the cache's business and tested elsewhere.
    cache.purge_expired(*now, usize::MAX);
    naive.expire(*now);
    match *step {
        Step::GetOrSet(key, weight, cost, ttl) => {
            let hit = cache.get(&key.to_string(), *now).is_some();
            naive.get(key);
            if !hit {
                apply(&Step::Set(key, weight, cost, ttl), cache, naive, now);
            }
        }
        Step::Set(key, weight, cost, ttl) => {
            cache.set(
                &key.to_string(),
                (),
                SetOptions { weight, ttl, cost: Some(cost), ..SetOptions::default() },
                *now,
            );
            naive.set(Item { key, weight, cost, expires_at: *now + ttl.unwrap_or(f64::INFINITY), uses: 0 });
        }
        Step::Delete(key) => {
            cache.delete(&key.to_string(), *now);
            naive.delete(key);
        }
        Step::Pass(by) => *now += by,
    }
}

fn holds_what_its_oracle_holds(name: &str, steps: &[Step]) {
    let config = CacheConfig { policy: name.to_owned(), ..CacheConfig::with_capacity(CAPACITY) };
    let mut cache = Cache::new(&config).unwrap();
    let mut naive = Naive { oracle: oracle(name), held: BTreeMap::new() };
    let mut now = 0.0;
    for (at, step) in steps.iter().enumerate() {
        apply(step, &mut cache, &mut naive, &mut now);
        let mut held: Vec<u8> = cache.entries(f64::MIN).map(|entry| entry.key.parse().unwrap()).collect();
        held.sort_unstable();
        let expected: Vec<u8> = naive.held.keys().copied().collect();
        assert_eq!(held, expected, "{name} after step {at}: {step:?}");
        cache.validate().unwrap();
    }
}

proptest! {
    #[test]
    fn each_policy_holds_what_its_oracle_holds(steps in prop::collection::vec(step(&[0.0]), 0..600)) {
        for (name, _) in POLICIES {
            holds_what_its_oracle_holds(name, &steps);
        }
    }

    #[test]
    fn costs_that_differ_are_heeded_as_the_oracle_heeds_them(
        steps in prop::collection::vec(step(&[0.0, 1.0, 1.25, 4.0, 30.0]), 0..600),
    ) {
        holds_what_its_oracle_holds("adaptive", &steps);
    }
}
