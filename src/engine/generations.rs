//! A bounded memory of what can be found out anew.

use hashbrown::HashMap;

/// Values by 128-bit keys in two generations: when the young one is full it takes the place of the old one, which is
/// forgotten. What is asked for moves to the young one, so this is nearly LRU without a list to keep.
pub(super) struct Generations<V> {
    young: HashMap<u128, V>,
    old: HashMap<u128, V>,
    /// What the young values weigh.
    weight: usize,
    /// From when on the young one is full.
    most: usize,
    weigh: fn(&V) -> usize,
}

impl<V: Clone> Generations<V> {
    /// Starts empty; each generation is to weigh `most`.
    pub(super) fn new(most: usize, weigh: fn(&V) -> usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), weight: 0, most, weigh }
    }

    pub(super) fn get(&mut self, key: u128) -> Option<V> {
        if let Some(value) = self.young.get(&key) {
            return Some(value.clone());
        }
        let value = self.old.remove(&key)?;
        self.put(key, value.clone());
        Some(value)
    }

    pub(super) fn put(&mut self, key: u128, value: V) {
        if self.weight >= self.most {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += (self.weigh)(&value);
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let mut known = Generations::new(10, |value: &String| value.len());
        known.put(0, "often".to_owned());
        for key in 1..100 {
            known.put(key, "seven b".to_owned());
            assert_eq!(known.get(0).as_deref(), Some("often"), "at {key}");
        }
        assert_eq!(known.get(1), None);
        assert!(known.young.len() + known.old.len() <= 6);
    }
}
