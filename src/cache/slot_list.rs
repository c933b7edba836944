//! An ordered list of slots with constant-time moves.

use super::policy::Slot;

#[derive(Debug, Clone, Copy)]
struct Node {
    newer: u32,
    older: u32,
}

/// Keeps slots in order, from the newest to the oldest, in one list or in several of which a slot is in one at most.
///
/// The links of a list form a ring through a sentinel, and a slot outside links to itself, so that linking and unlinking
/// need no special cases. The sentinels lie in front. Costs 8 bytes for each slot up to the highest seen, however many
/// lists there are: what is touched at random has to be small.
#[derive(Debug)]
pub(super) struct SlotList {
    nodes: Vec<Node>,
    lists: u32,
}

impl Default for SlotList {
    fn default() -> Self {
        Self::several(1)
    }
}

impl SlotList {
    /// Makes so many lists.
    pub(super) fn several(lists: u32) -> Self {
        Self { nodes: (0..lists).map(|at| Node { newer: at, older: at }).collect(), lists }
    }

    /// Puts `slot` at the newest end of the first list, wherever it was before.
    pub(super) fn push_newest(&mut self, slot: Slot) {
        self.push_newest_of(0, slot);
    }

    /// Puts `slot` at the newest end of that list, wherever it was before.
    pub(super) fn push_newest_of(&mut self, list: u32, slot: Slot) {
        let at = self.place(slot);
        let second = self.node(list).older;
        if second == at {
            return;
        }
        self.remove(slot);
        while self.nodes.len() <= at as usize {
            let own = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            self.nodes.push(Node { newer: own, older: own });
        }
        self.join(list, at);
        self.join(at, second);
    }

    /// Takes `slot` out; does nothing when it isn't in.
    pub(super) fn remove(&mut self, slot: Slot) {
        let at = self.place(slot);
        let Node { newer, older } = self.node(at);
        if newer != at {
            self.join(newer, older);
            self.join(at, at);
        }
    }

    /// The slot at the oldest end of the first list.
    pub(super) fn oldest(&self) -> Option<Slot> {
        self.oldest_of(0)
    }

    /// The slot at the oldest end of that list.
    pub(super) fn oldest_of(&self, list: u32) -> Option<Slot> {
        self.node(list).newer.checked_sub(self.lists).map(Slot)
    }

    /// The slot that is next newer in the list.
    pub(super) fn newer(&self, slot: Slot) -> Option<Slot> {
        self.node(self.place(slot)).newer.checked_sub(self.lists).map(Slot)
    }

    /// All slots of that list, the oldest first.
    pub(super) fn all_of(&self, list: u32) -> impl Iterator<Item = Slot> {
        std::iter::successors(self.oldest_of(list), |slot| self.newer(*slot))
    }

    /// Whether `slot` is in a list.
    // Inlined in spite of what it is compiled for, as those below: a read of a cache is made of them.
    #[inline(always)]
    pub(super) fn contains(&self, slot: Slot) -> bool {
        let at = self.place(slot);
        self.node(at).newer != at
    }

    #[inline(always)]
    const fn place(&self, slot: Slot) -> u32 {
        slot.0.saturating_add(self.lists)
    }

    #[inline(always)]
    fn node(&self, at: u32) -> Node {
        self.nodes.get(at as usize).copied().unwrap_or(Node { newer: at, older: at })
    }

    /// Makes `older` follow `newer`.
    #[inline(always)]
    fn join(&mut self, newer: u32, older: u32) {
        if let Some(node) = self.nodes.get_mut(newer as usize) {
            node.older = older;
        }
        if let Some(node) = self.nodes.get_mut(older as usize) {
            node.newer = newer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_plain_vectors(steps in prop::collection::vec((0usize..4, 0u32..12), 0..200)) {
            let mut lists = SlotList::several(3);
            let mut plain: [Vec<Slot>; 3] = Default::default();
            for (list, number) in steps {
                let slot = Slot(number);
                plain.iter_mut().for_each(|held| held.retain(|held| *held != slot));
                if list < 3 {
                    plain[list].push(slot);
                    lists.push_newest_of(list as u32, slot);
                } else {
                    lists.remove(slot);
                }
                for (list, plain) in plain.iter().enumerate() {
                    prop_assert_eq!(lists.oldest_of(list as u32), plain.first().copied());
                    prop_assert_eq!(&lists.all_of(list as u32).collect::<Vec<_>>(), plain);
                }
                for number in 0..14 {
                    prop_assert_eq!(lists.contains(Slot(number)), plain.iter().any(|held| held.contains(&Slot(number))));
                }
            }
        }
    }
}
