//! Slots by rank, the lowest first.

use super::policy::Slot;

const ABSENT: u32 = u32::MAX;

/// Finds the slot of the lowest rank in constant time; changing or removing any slot is logarithmic.
///
/// A binary heap that remembers where each slot lies. Ranks should be distinct: which of two equal ranks comes
/// first depends on the heap's history.
#[derive(Debug)]
pub(super) struct SlotHeap<R> {
    heap: Vec<(R, Slot)>,
    places: Vec<u32>,
}

impl<R> Default for SlotHeap<R> {
    fn default() -> Self {
        Self { heap: Vec::new(), places: Vec::new() }
    }
}

impl<R: PartialOrd + Copy> SlotHeap<R> {
    /// Gives `slot` this rank, wherever it was before.
    pub(super) fn set(&mut self, slot: Slot, rank: R) {
        let at = match self.place(slot) {
            Some(at) => at,
            None => {
                self.heap.push((rank, slot));
                self.heap.len() - 1
            }
        };
        if let Some(item) = self.heap.get_mut(at) {
            item.0 = rank;
        }
        self.settle(at);
    }

    /// Takes `slot` out; does nothing when it isn't in.
    pub(super) fn remove(&mut self, slot: Slot) {
        let Some(at) = self.place(slot) else { return };
        self.heap.swap_remove(at);
        self.note(slot, ABSENT);
        self.settle(at);
    }

    /// The lowest rank and its slot.
    pub(super) fn first(&self) -> Option<(R, Slot)> {
        self.heap.first().copied()
    }

    /// The rank of `slot`.
    pub(super) fn rank(&self, slot: Slot) -> Option<R> {
        self.place(slot).and_then(|at| self.rank_at(at))
    }

    /// All ranks and their slots, in no order.
    pub(super) fn all(&self) -> Vec<(R, Slot)> {
        self.heap.clone()
    }

    /// Changes every rank by something that keeps their order.
    pub(super) fn scale(&mut self, change: impl Fn(&mut R)) {
        self.heap.iter_mut().for_each(|(rank, _)| change(rank));
    }

    /// How many slots are in.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }

    fn place(&self, slot: Slot) -> Option<usize> {
        self.places.get(slot.index()).copied().filter(|at| *at != ABSENT).map(|at| at as usize)
    }

    fn note(&mut self, slot: Slot, at: u32) {
        if self.places.len() <= slot.index() {
            self.places.resize(slot.index() + 1, ABSENT);
        }
        if let Some(place) = self.places.get_mut(slot.index()) {
            *place = at;
        }
    }

    fn rank_at(&self, at: usize) -> Option<R> {
        self.heap.get(at).map(|item| item.0)
    }

    /// Moves the item at `at` up or down to where it belongs.
    fn settle(&mut self, start: usize) {
        let mut at = start;
        while let Some(to) = self.better_place(at) {
            self.heap.swap(at, to);
            self.note_at(at);
            at = to;
        }
        self.note_at(at);
    }

    /// The parent when it ranks higher than the item at `at`, else the lower child when that ranks lower.
    fn better_place(&self, at: usize) -> Option<usize> {
        let rank = self.rank_at(at)?;
        if let Some(parent) = at.checked_sub(1).map(|below| below / 2)
            && self.rank_at(parent).is_some_and(|above| rank < above)
        {
            return Some(parent);
        }
        let left = 2 * at + 1;
        let lower = if self.rank_at(left + 1) < self.rank_at(left) { left + 1 } else { left };
        // `None` is below every rank, so a missing right child would win the comparison above.
        let lower = if self.rank_at(lower).is_none() { left } else { lower };
        self.rank_at(lower).is_some_and(|below| below < rank).then_some(lower)
    }

    fn note_at(&mut self, at: usize) {
        if let Some((_, slot)) = self.heap.get(at).copied() {
            self.note(slot, u32::try_from(at).unwrap_or(ABSENT));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_a_sorted_list(steps in prop::collection::vec((0u8..4, 0u32..12, 0u32..50), 0..300)) {
            let mut heap = SlotHeap::default();
            let mut plain = std::collections::BTreeMap::new();
            for (serial, (step, number, rank)) in steps.into_iter().enumerate() {
                let slot = Slot(number);
                if step == 0 {
                    heap.remove(slot);
                    plain.remove(&slot);
                } else {
                    heap.set(slot, (rank, serial));
                    plain.insert(slot, (rank, serial));
                }
                prop_assert_eq!(heap.len(), plain.len());
                prop_assert_eq!(heap.rank(slot), plain.get(&slot).copied());
                prop_assert_eq!(heap.first(), plain.iter().map(|(slot, rank)| (*rank, *slot)).min());
            }
        }
    }
}
