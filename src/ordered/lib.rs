//! Sorting and sorted maps for a download: one sort for all types, and a map that is a sorted list.
//!
//! The standard library compiles its sort and its `BTreeMap` anew for each type, at 1.5 to 2 KB of gzipped wasm each time.

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

use std::borrow::Borrow;
use std::cmp::Ordering;

use trimtab_codec::{Codec, Reader};

/// Sorts by `compare`; equal items keep their order.
///
/// Slower than the standard library's sort by a small factor; lists of plain numbers that are long better use that.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut sources = sources(items.len(), &|a, b| match (items.get(a as usize), items.get(b as usize)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    // Along each cycle of the permutation, every swap brings one item to its place.
    for start in 0..items.len() {
        let mut at = start;
        while let Some(source) = sources.get_mut(at) {
            let from = std::mem::replace(source, at as u32) as usize;
            if from == start || from == at {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts items by their own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key; items with equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// For each place, where the item stands that belongs there. Not generic: this is what is compiled once.
fn sources(length: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut sources: Vec<u32> = (0..u32::try_from(length).unwrap_or(u32::MAX)).collect();
    sources.sort_by(|a, b| compare(*a, *b));
    sources
}

/// A map in the order of its keys.
///
/// Lookups halve the list; an insertion or removal moves all that comes after it, which is cheaper than a tree up to some
/// thousand entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<K: Ord, V> Map<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }

    /// How many entries there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds the value under `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    /// Finds the value under `key`, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Tells whether there is a value under `key`.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Puts a value under `key`, in place of an older one.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => {
                if let Some(entry) = self.entries.get_mut(place) {
                    entry.1 = value;
                }
            }
            Err(place) => self.entries.insert(place, (key, value)),
        }
    }

    /// Removes what is under `key`.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
    {
        if let Ok(place) = self.place(key) {
            self.entries.remove(place);
        }
    }

    /// Changes the value under `key`, which begins as the default.
    pub fn update<R>(&mut self, key: K, change: impl FnOnce(&mut V) -> R) -> Option<R>
    where
        V: Default,
    {
        let place = self.place(&key).unwrap_or_else(|place| {
            self.entries.insert(place, (key, V::default()));
            place
        });
        self.entries.get_mut(place).map(|(_, value)| change(value))
    }

    /// Takes the entry with the least key.
    pub fn take_first(&mut self) -> Option<(K, V)> {
        if self.is_empty() { None } else { Some(self.entries.remove(0)) }
    }

    /// Keeps the entries that `keep` accepts.
    pub fn retain(&mut self, keep: impl Fn(&K, &V) -> bool) {
        self.entries.retain(|(key, value)| keep(key, value));
    }

    /// Lists keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Lists the entries whose keys are not below `first`.
    pub fn from<'a>(&'a self, first: &K) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        let start = self.place(first).unwrap_or_else(|place| place);
        self.entries.iter().skip(start).map(|(key, value)| (key, value))
    }

    /// Gives up the entries, in order.
    pub fn into_entries(self) -> Vec<(K, V)> {
        self.entries
    }
}

impl<K: Codec + Ord, V: Codec> Codec for Map<K, V> {
    fn write(&self, out: &mut Vec<u8>) {
        self.entries.write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let entries = Vec::<(K, V)>::read(reader)?;
        entries.is_sorted_by(|a, b| a.0 < b.0).then_some(Self { entries })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use trimtab_codec::{from_bytes, to_bytes};

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec((0u8..8, any::<u16>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs, "equal keys keep their order");
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn does_what_a_tree_does(steps in prop::collection::vec((0u8..5, 0u8..20, any::<u16>()), 0..200)) {
            let (mut ours, mut theirs) = (Map::default(), BTreeMap::new());
            for (step, key, value) in steps {
                match step {
                    0 => { ours.insert(key, value); theirs.insert(key, value); }
                    1 => { ours.remove(&key); theirs.remove(&key); }
                    2 => { ours.update(key, |known| *known ^= value); *theirs.entry(key).or_default() ^= value; }
                    3 => prop_assert_eq!(ours.take_first(), theirs.pop_first()),
                    _ => { ours.retain(|known, _| known % 7 != key % 7); theirs.retain(|known, _| known % 7 != key % 7); }
                }
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
                prop_assert_eq!(ours.from(&key).next(), theirs.range(key..).next());
            }
            prop_assert!(ours.iter().eq(theirs.iter()));
            prop_assert_eq!(from_bytes(&to_bytes(&ours)), Some(ours));
        }
    }

    #[test]
    fn bytes_out_of_order_are_refused() {
        let twice: Vec<(u64, bool)> = vec![(3, true), (3, false)];
        assert_eq!(from_bytes::<Map<u64, bool>>(&to_bytes(&twice)), None);
    }
}
