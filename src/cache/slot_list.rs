//! An ordered list of slots with constant-time moves.

use super::policy::Slot;

/// The position of the sentinel: slot `s` lies at `s + 1`.
const ENDS: u32 = 0;

#[derive(Debug, Clone, Copy)]
struct Node {
    newer: u32,
    older: u32,
}

/// Keeps slots in order, from the newest to the oldest.
///
/// The links form a ring through a sentinel, and a slot outside the list links to itself, so that linking and
/// unlinking need no special cases. Costs 8 bytes for each slot up to the highest seen.
#[derive(Debug)]
pub(super) struct SlotList {
    nodes: Vec<Node>,
}

impl Default for SlotList {
    fn default() -> Self {
        Self { nodes: vec![Node { newer: ENDS, older: ENDS }] }
    }
}

impl SlotList {
    /// Puts `slot` at the newest end, wherever it was before.
    pub(super) fn push_newest(&mut self, slot: Slot) {
        self.remove(slot);
        let at = slot.0.saturating_add(1);
        while self.nodes.len() <= at as usize {
            let own = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            self.nodes.push(Node { newer: own, older: own });
        }
        let second = self.node(ENDS).older;
        self.join(ENDS, at);
        self.join(at, second);
    }

    /// Takes `slot` out; does nothing when it isn't in.
    pub(super) fn remove(&mut self, slot: Slot) {
        let at = slot.0.saturating_add(1);
        let Node { newer, older } = self.node(at);
        self.join(newer, older);
        self.join(at, at);
    }

    /// The slot at the oldest end.
    pub(super) fn oldest(&self) -> Option<Slot> {
        self.node(ENDS).newer.checked_sub(1).map(Slot)
    }

    /// Whether `slot` is in the list.
    pub(super) fn contains(&self, slot: Slot) -> bool {
        let at = slot.0.saturating_add(1);
        self.node(at).newer != at
    }

    fn node(&self, at: u32) -> Node {
        self.nodes.get(at as usize).copied().unwrap_or(Node { newer: at, older: at })
    }

    /// Makes `older` follow `newer`.
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
        fn equals_a_plain_vector(steps in prop::collection::vec((any::<bool>(), 0u32..12), 0..200)) {
            let mut list = SlotList::default();
            let mut plain: Vec<Slot> = Vec::new();
            for (push, number) in steps {
                let slot = Slot(number);
                plain.retain(|held| *held != slot);
                if push {
                    plain.push(slot);
                    list.push_newest(slot);
                } else {
                    list.remove(slot);
                }
                prop_assert_eq!(list.oldest(), plain.first().copied());
                for number in 0..14 {
                    prop_assert_eq!(list.contains(Slot(number)), plain.contains(&Slot(number)));
                }
            }
        }
    }
}
