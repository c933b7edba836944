//! What the cache promises, whatever the policy.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use std::collections::BTreeMap;
use trimtab::cache::{Cache, CacheConfig, POLICIES, SetOptions, SetOutcome};

fn cache<V>(policy: &str, capacity: u64) -> Cache<V> {
    let config = CacheConfig { policy: policy.to_owned(), track_changes: true, ..CacheConfig::with_capacity(capacity) };
    Cache::new(&config).unwrap()
}

fn weighing(weight: u64) -> SetOptions {
    SetOptions { weight, ..SetOptions::default() }
}

fn living(ttl: f64) -> SetOptions {
    SetOptions { ttl: Some(ttl), ..SetOptions::default() }
}

#[test]
fn an_entry_heavier_than_the_capacity_is_not_kept_and_its_older_value_goes() {
    let mut cache = cache("lru", 10);
    assert_eq!(cache.set("a", 1, weighing(3), 0.0), SetOutcome::Inserted);
    assert_eq!(cache.set("b", 1, weighing(3), 0.0), SetOutcome::Inserted);
    assert_eq!(cache.set("a", 2, weighing(11), 0.0), SetOutcome::TooHeavy);
    assert_eq!(cache.peek("a", 0.0), None, "the older value would be a wrong one now");
    assert!(cache.has("b", 0.0), "nobody else pays for what is not kept");
    assert_eq!((cache.stats().rejected, cache.stats().removed, cache.stats().evictions), (1, 1, 0));
}

#[test]
fn a_capacity_of_zero_keeps_nothing() {
    let mut cache = cache("adaptive", 0);
    assert_eq!(cache.set("a", 1, weighing(0), 0.0), SetOutcome::TooHeavy);
    assert!(cache.is_empty());
}

#[test]
fn weights_of_zero_still_bound_the_number_of_entries() {
    let mut cache = cache("adaptive", 10);
    for number in 0..100 {
        cache.set(&number.to_string(), number, weighing(0), 0.0);
    }
    assert_eq!(cache.len(), 10);
}

#[test]
fn expired_entries_leave_before_any_live_one() {
    for (name, _) in POLICIES {
        let mut cache = cache(name, 3);
        cache.set("brief", 0, living(10.0), 0.0);
        cache.get("brief", 1.0);
        cache.set("a", 1, living(900.0), 2.0);
        cache.set("b", 2, living(20_000.0), 2.0);
        cache.set("c", 3, living(20_000.0), 11.0);
        assert!(cache.has("a", 11.0) && cache.has("b", 11.0) && cache.has("c", 11.0), "{name}");
        assert_eq!((cache.stats().expirations, cache.stats().evictions), (1, 0), "{name}");
    }
}

#[test]
fn a_time_that_is_not_above_zero_is_over_on_arrival() {
    let mut cache = cache("lru", 3);
    for ttl in [0.0, -1.0, f64::NAN, f64::NEG_INFINITY] {
        assert_eq!(cache.set("a", 1, living(ttl), 0.0), SetOutcome::Expired);
    }
    assert_eq!(cache.set("a", 1, living(f64::INFINITY), 0.0), SetOutcome::Inserted);
    assert!(cache.has("a", 1e300));
}

#[test]
fn the_default_time_holds_where_none_is_given() {
    let config = CacheConfig { ttl: Some(100.0), ..CacheConfig::with_capacity(3) };
    let mut cache = Cache::new(&config).unwrap();
    cache.set("a", 1, SetOptions::default(), 5.0);
    cache.set("b", 1, living(f64::INFINITY), 5.0);
    assert_eq!(cache.entry("a", 5.0).unwrap().expires_at, 105.0);
    assert_eq!(cache.purge_expired(105.0, 9), 1);
    assert!(cache.has("b", 1e12));
}

#[test]
fn a_clock_that_jumps_back_revives_nothing_and_breaks_nothing() {
    let mut cache = cache("adaptive", 3);
    cache.set("a", 1, living(10.0), 1_000.0);
    assert_eq!(cache.get("a", 2_000.0), None);
    assert_eq!(cache.get("a", 0.0), None);
    cache.set("b", 1, living(10.0), 0.0);
    assert_eq!(cache.get("b", -5.0), Some(&1));
    cache.validate().unwrap();
}

#[test]
fn purging_is_bounded_by_its_limit() {
    let mut cache = cache("ttl", 100);
    for number in 0..20 {
        cache.set(&number.to_string(), number, living(1.0), 0.0);
    }
    assert_eq!(cache.purge_expired(1.0, 7), 7);
    assert_eq!(cache.purge_expired(1.0, 70), 13);
    assert_eq!(cache.stats().expirations, 20);
}

#[test]
fn only_get_counts_and_ranks() {
    let mut cache = cache("lru", 2);
    cache.set("a", 1, weighing(1), 0.0);
    cache.set("b", 2, weighing(1), 0.0);
    assert!(cache.has("a", 0.0) && cache.peek("a", 0.0).is_some() && cache.entry("a", 0.0).is_some());
    cache.set("c", 3, weighing(1), 0.0);
    assert!(!cache.has("a", 0.0), "looking is not using");
    assert_eq!((cache.stats().hits, cache.stats().misses), (0, 0));
    assert_eq!(cache.stats().hit_rate(), None);
}

#[test]
fn changes_are_told_once_and_sorted() {
    let mut cache = cache("lru", 2);
    for key in ["c", "b", "a"] {
        cache.set(key, 1, weighing(1), 0.0);
    }
    assert_eq!(cache.take_changed(), ["a", "b", "c"], "c came and left");
    cache.get("a", 0.0);
    assert!(cache.take_changed().is_empty(), "a read changes nothing");
    cache.delete("b", 0.0);
    cache.clear();
    assert_eq!(cache.take_changed(), ["a", "b"]);
}

#[test]
fn entries_in_their_order_bring_the_cache_back() {
    for (name, _) in POLICIES {
        let mut cache = cache(name, 4);
        for (number, key) in ["a", "b", "c", "d"].iter().enumerate() {
            cache.set(key, number, living(50.0 - number as f64), 0.0);
            (0..number).for_each(|_| assert!(cache.get(key, 0.0).is_some()));
        }
        cache.get("b", 0.0);
        let mut copy = self::cache(name, 4);
        for entry in cache.entries(1.0) {
            let (ttl, uses) = (Some(entry.expires_at - 1.0), entry.uses);
            copy.set(entry.key, *entry.value, SetOptions { ttl, uses, ..weighing(entry.weight) }, 1.0);
        }
        let order = |cache: &Cache<usize>| cache.entries(1.0).map(|entry| entry.key.to_owned()).collect::<Vec<_>>();
        assert_eq!(order(&copy), order(&cache), "{name}");
        for cache in [&mut cache, &mut copy] {
            cache.set("e", 9, living(100.0), 1.0);
        }
        assert_eq!(order(&copy), order(&cache), "{name} gives up the same entry");
    }
}

#[derive(Debug, Clone)]
enum Step {
    Get(u8),
    Set { key: u8, weight: u64, ttl: Option<f64> },
    Delete(u8),
    Pass(f64),
    Purge(usize),
    Clear,
}

fn step() -> impl Strategy<Value = Step> {
    let ttl = prop::option::of((1u32..60).prop_map(f64::from));
    prop_oneof![
        8 => (0u8..24).prop_map(Step::Get),
        8 => (0u8..24, 0u64..14, ttl).prop_map(|(key, weight, ttl)| Step::Set { key, weight, ttl }),
        1 => (0u8..24).prop_map(Step::Delete),
        3 => (-5i32..30).prop_map(|by| Step::Pass(f64::from(by))),
        1 => (0usize..4).prop_map(Step::Purge),
        1 => Just(Step::Clear),
    ]
}

proptest! {
    /// The model knows every value ever set; the cache may forget, but never lies, overfills or miscounts.
    #[test]
    fn never_returns_a_wrong_or_expired_value(steps in prop::collection::vec(step(), 0..150)) {
        for (name, _) in POLICIES {
            let mut cache = cache(name, 12);
            let mut model: BTreeMap<u8, (usize, f64)> = BTreeMap::new();
            let mut now = 1_000.0;
            for (serial, step) in steps.iter().enumerate() {
                match *step {
                    Step::Get(key) => {
                        let expected = model.get(&key).filter(|(_, end)| *end > now).map(|(value, _)| *value);
                        let found = cache.get(&key.to_string(), now).copied();
                        prop_assert!(found.is_none() || found == expected, "{}: {:?}", name, found);
                        if found.is_none() { model.remove(&key); }
                    }
                    Step::Set { key, weight, ttl } => {
                        let outcome = cache.set(&key.to_string(), serial, SetOptions { ttl, ..weighing(weight) }, now);
                        prop_assert_eq!(outcome.is_kept(), weight <= 12);
                        prop_assert_eq!(cache.has(&key.to_string(), now), outcome.is_kept(), "what is kept can be read");
                        model.remove(&key);
                        if outcome.is_kept() { model.insert(key, (serial, now + ttl.unwrap_or(f64::INFINITY))); }
                    }
                    Step::Delete(key) => { cache.delete(&key.to_string(), now); model.remove(&key); }
                    Step::Pass(by) => now += by,
                    Step::Purge(limit) => prop_assert!(cache.purge_expired(now, limit) <= limit),
                    Step::Clear => { cache.clear(); model.clear(); }
                }
                prop_assert_eq!(cache.validate(), Ok(()), "{} after {:?}", name, step);
            }
            let stats = cache.stats();
            let left = stats.evictions + stats.expirations + stats.removed;
            prop_assert_eq!(stats.insertions, left + cache.len() as u64, "{}: all that came left or is here", name);
        }
    }
}
