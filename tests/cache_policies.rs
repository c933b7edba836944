//! One conformance suite for all eviction policies, through the trait alone.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use std::collections::BTreeSet;
use trimtab::ErrorKind;
use trimtab::cache::{EvictionPolicy, Facts, POLICIES, Slot, policy};

fn facts(number: u32) -> Facts {
    Facts { fingerprint: u64::from(number), weight: 1, cost: 0.0, expires_at: f64::from(number), uses: 0 }
}

fn each(check: impl Fn(&str, Box<dyn EvictionPolicy>)) {
    for (name, make) in POLICIES {
        check(name, make(10));
    }
}

#[test]
fn an_empty_policy_gives_nothing_up() {
    each(|name, mut policy| assert_eq!(policy.victim(), None, "{name}"));
}

#[test]
fn a_removed_entry_is_never_offered_again() {
    each(|name, mut policy| {
        policy.inserted(Slot(7), &facts(7));
        policy.removed(Slot(7));
        assert_eq!(policy.victim(), None, "{name}");
    });
}

#[test]
fn asking_for_a_victim_is_not_evicting_it() {
    each(|name, mut policy| {
        for number in 0..10 {
            policy.inserted(Slot(number), &facts(number));
            for _ in 0..number {
                policy.touched(Slot(number));
            }
        }
        let first = policy.victim();
        assert!(first.is_some(), "{name}");
        assert_eq!(policy.victim(), first, "{name}");
    });
}

#[test]
fn reports_about_unknown_slots_are_harmless() {
    each(|name, mut policy| {
        policy.touched(Slot(3));
        policy.removed(Slot(4));
        policy.evicted(Slot(5));
        policy.inserted(Slot(1), &facts(1));
        policy.removed(Slot(900));
        assert_eq!(policy.victim(), Some(Slot(1)), "{name}");
    });
}

#[test]
fn an_unknown_name_is_refused_with_the_names_there_are() {
    let Err(error) = policy("mru", 10) else { panic!("there is no such policy") };
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(POLICIES.iter().all(|(name, _)| error.to_string().contains(name)));
}

proptest! {
    #[test]
    fn every_held_entry_leaves_once_and_no_other(
        steps in prop::collection::vec((0u8..4, 0u32..20), 0..200),
    ) {
        for (name, make) in POLICIES {
            let mut policy = make(10);
            let mut held = BTreeSet::new();
            for (step, number) in &steps {
                let slot = Slot(*number);
                match step {
                    0 if held.insert(slot) => policy.inserted(slot, &facts(*number)),
                    1 if held.contains(&slot) => policy.touched(slot),
                    2 if held.remove(&slot) => policy.removed(slot),
                    3 => if let Some(victim) = policy.victim() {
                        prop_assert!(held.remove(&victim), "{} offered what is not held", name);
                        policy.evicted(victim);
                    },
                    _ => {}
                }
                prop_assert_eq!(policy.victim().is_some(), !held.is_empty(), "{}", name);
            }
            while let Some(victim) = policy.victim() {
                prop_assert!(held.remove(&victim), "{}", name);
                policy.evicted(victim);
            }
            prop_assert!(held.is_empty(), "{} kept {:?} for ever", name, held);
        }
    }
}
