//! Which key sequences the objects of a document have.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::{DefaultHashBuilder, HashTable};

use super::value::Value;

/// The key sequences seen so far, in the order of first sight, and how many objects have each.
#[derive(Default)]
pub(super) struct Shapes<'a> {
    pub(super) list: Vec<Shape<'a>>,
    index: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

/// One key sequence.
pub(super) struct Shape<'a> {
    pub(super) keys: Vec<&'a str>,
    pub(super) count: usize,
}

impl<'a> Shapes<'a> {
    /// Counts an object with these entries; the answer is its shape's place in the list.
    pub(super) fn note(&mut self, entries: &[(&'a str, Value<'a>)]) -> usize {
        let hash = self.hash(entries.iter().map(|(key, _)| *key));
        let same = |place: &usize| {
            self.list.get(*place).is_some_and(|shape| shape.keys.iter().eq(entries.iter().map(|(key, _)| key)))
        };
        if let Some(&place) = self.index.find(hash, same) {
            if let Some(shape) = self.list.get_mut(place) {
                shape.count += 1;
            }
            return place;
        }
        let place = self.list.len();
        self.list.push(Shape { keys: entries.iter().map(|(key, _)| *key).collect(), count: 1 });
        let Self { list, hasher, .. } = self;
        let rehash = |place: &usize| list.get(*place).map_or(0, |shape| hash_keys(hasher, shape.keys.iter().copied()));
        self.index.insert_unique(hash, place, rehash);
        place
    }

    fn hash(&self, keys: impl Iterator<Item = &'a str>) -> u64 {
        hash_keys(&self.hasher, keys)
    }
}

fn hash_keys<'a>(hasher: &DefaultHashBuilder, keys: impl Iterator<Item = &'a str>) -> u64 {
    let mut state = hasher.build_hasher();
    for key in keys {
        key.hash(&mut state);
    }
    state.finish()
}
