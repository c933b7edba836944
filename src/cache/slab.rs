//! Keys and values in numbered places, found by key.

use super::policy::Slot;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// A key and its value.
#[derive(Debug)]
pub(super) struct Stored<V> {
    pub(super) key: Box<str>,
    pub(super) value: V,
    /// How often it was read, in earlier lives too.
    pub(super) uses: u32,
    /// When it was last used, on the slab's own count of uses, which stands still at its end.
    pub(super) used_at: u32,
    fingerprint: u64,
}

/// Keeps keys and values in the slots that they are given, and finds them by key with one hash and one comparison.
#[derive(Debug)]
pub(super) struct Slab<V> {
    places: Vec<Option<Stored<V>>>,
    by_key: HashTable<Slot>,
    hasher: DefaultHashBuilder,
    clock: u32,
}

impl<V> Default for Slab<V> {
    fn default() -> Self {
        Self { places: Vec::new(), by_key: HashTable::new(), hasher: DefaultHashBuilder::default(), clock: 0 }
    }
}

impl<V> Slab<V> {
    pub(super) fn fingerprint(&self, key: &str) -> u64 {
        self.hasher.hash_one(key)
    }

    pub(super) fn find(&self, fingerprint: u64, key: &str) -> Option<Slot> {
        self.by_key.find(fingerprint, |slot| self.get(*slot).is_some_and(|stored| &*stored.key == key)).copied()
    }

    pub(super) fn get(&self, slot: Slot) -> Option<&Stored<V>> {
        self.places.get(slot.index()).and_then(Option::as_ref)
    }

    /// Gives what is in a slot, and counts that as a use.
    pub(super) fn used(&mut self, slot: Slot) -> Option<&Stored<V>> {
        self.clock = self.clock.saturating_add(1);
        let stored = self.places.get_mut(slot.index())?.as_mut()?;
        (stored.uses, stored.used_at) = (stored.uses.saturating_add(1), self.clock);
        Some(stored)
    }

    /// Puts an entry, whose key is not in yet, into a slot that is free.
    pub(super) fn put(&mut self, slot: Slot, key: &str, value: V, fingerprint: u64, uses: u32) {
        self.clock = self.clock.saturating_add(1);
        while self.places.len() <= slot.index() {
            self.places.push(None);
        }
        if let Some(place) = self.places.get_mut(slot.index()) {
            *place = Some(Stored { key: key.into(), value, uses, used_at: self.clock, fingerprint });
        }
        let places = &self.places;
        self.by_key.insert_unique(fingerprint, slot, |slot| {
            places.get(slot.index()).and_then(Option::as_ref).map_or(0, |stored| stored.fingerprint)
        });
    }

    pub(super) fn take(&mut self, slot: Slot) -> Option<Stored<V>> {
        let stored = self.places.get_mut(slot.index())?.take()?;
        if let Ok(found) = self.by_key.find_entry(stored.fingerprint, |held| *held == slot) {
            found.remove();
        }
        Some(stored)
    }

    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.by_key.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Slot, &Stored<V>)> {
        let numbered = (0..).map(Slot).zip(&self.places);
        numbered.filter_map(|(slot, place)| place.as_ref().map(|stored| (slot, stored)))
    }
}
