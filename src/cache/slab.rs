//! Entries in numbered places, found by key.

use super::policy::{Facts, Slot};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// One entry with what the cache knows of it.
#[derive(Debug)]
pub(super) struct Stored<V> {
    pub(super) key: Box<str>,
    pub(super) value: V,
    /// What the policy was told, with `uses` kept up to date.
    pub(super) facts: Facts,
    /// When it was last used, on the cache's own count of uses.
    pub(super) used_at: u64,
}

/// Keeps entries in slots that are reused, and finds them by key with one hash and one comparison.
#[derive(Debug)]
pub(super) struct Slab<V> {
    places: Vec<Option<Stored<V>>>,
    free: Vec<Slot>,
    by_key: HashTable<Slot>,
    hasher: DefaultHashBuilder,
}

impl<V> Default for Slab<V> {
    fn default() -> Self {
        Self { places: Vec::new(), free: Vec::new(), by_key: HashTable::new(), hasher: DefaultHashBuilder::default() }
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

    pub(super) fn get_mut(&mut self, slot: Slot) -> Option<&mut Stored<V>> {
        self.places.get_mut(slot.index()).and_then(Option::as_mut)
    }

    /// Adds an entry whose key is not in yet; `None` past 2^32 entries, where nothing is added.
    pub(super) fn add(&mut self, stored: Stored<V>) -> Option<Slot> {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => Slot(u32::try_from(self.places.len()).ok().filter(|number| *number < u32::MAX)?),
        };
        let fingerprint = stored.facts.fingerprint;
        match self.places.get_mut(slot.index()) {
            Some(place) => *place = Some(stored),
            None => self.places.push(Some(stored)),
        }
        let places = &self.places;
        self.by_key.insert_unique(fingerprint, slot, |slot| {
            places.get(slot.index()).and_then(Option::as_ref).map_or(0, |stored| stored.facts.fingerprint)
        });
        Some(slot)
    }

    pub(super) fn take(&mut self, slot: Slot) -> Option<Stored<V>> {
        let stored = self.places.get_mut(slot.index())?.take()?;
        if let Ok(found) = self.by_key.find_entry(stored.facts.fingerprint, |held| *held == slot) {
            found.remove();
        }
        self.free.push(slot);
        Some(stored)
    }

    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Slot, &Stored<V>)> {
        let numbered = (0..).map(Slot).zip(&self.places);
        numbered.filter_map(|(slot, place)| place.as_ref().map(|stored| (slot, stored)))
    }
}
