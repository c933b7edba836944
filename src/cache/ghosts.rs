//! Which keys left not long ago.

use hashbrown::HashMap;
use std::collections::VecDeque;

/// Remembers the fingerprints of entries that were evicted, the oldest forgotten first.
#[derive(Debug)]
pub(super) struct Ghosts {
    capacity: u64,
    weight: u64,
    clock: u64,
    held: HashMap<u64, Ghost>,
    /// Fingerprints with the time of their eviction; a pair whose time is not the held one is void.
    order: VecDeque<(u64, u64)>,
}

#[derive(Debug, Clone, Copy)]
struct Ghost {
    since: u64,
    weight: u64,
}

impl Ghosts {
    /// Remembers entries of up to `capacity` together, in the weight they had.
    pub(super) fn with_capacity(capacity: u64) -> Self {
        Self { capacity, weight: 0, clock: 0, held: HashMap::new(), order: VecDeque::new() }
    }

    /// Remembers one more.
    pub(super) fn add(&mut self, fingerprint: u64, weight: u64) {
        self.take(fingerprint);
        self.clock += 1;
        self.held.insert(fingerprint, Ghost { since: self.clock, weight });
        self.order.push_back((fingerprint, self.clock));
        self.weight = self.weight.saturating_add(weight);
        self.forget_surplus();
        // Void pairs would pile up while few ghosts are held; this keeps them below the number held, amortized.
        if self.order.len() > 2 * self.held.len() + 16 {
            let Self { held, order, .. } = self;
            order.retain(|(fingerprint, since)| held.get(fingerprint).is_some_and(|ghost| ghost.since == *since));
        }
    }

    /// Forgets this one, and tells whether it was remembered.
    pub(super) fn take(&mut self, fingerprint: u64) -> bool {
        let Some(ghost) = self.held.remove(&fingerprint) else { return false };
        self.weight = self.weight.saturating_sub(ghost.weight);
        true
    }

    fn forget_surplus(&mut self) {
        while self.weight > self.capacity
            && let Some((fingerprint, since)) = self.order.pop_front()
        {
            if self.held.get(&fingerprint).is_some_and(|ghost| ghost.since == since) {
                self.take(fingerprint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_the_oldest_first_and_counts_weight() {
        let mut ghosts = Ghosts::with_capacity(10);
        ghosts.add(1, 4);
        ghosts.add(2, 4);
        ghosts.add(3, 4);
        assert!(!ghosts.take(1), "4 + 4 + 4 is above 10");
        assert!(ghosts.take(2));
        assert!(!ghosts.take(2), "taken once");
        assert!(ghosts.take(3));
    }

    #[test]
    fn a_ghost_seen_again_counts_from_its_last_eviction() {
        let mut ghosts = Ghosts::with_capacity(2);
        ghosts.add(1, 1);
        ghosts.add(2, 1);
        ghosts.add(1, 1);
        ghosts.add(3, 1);
        assert!(ghosts.take(1));
        assert!(!ghosts.take(2));
    }

    #[test]
    fn memory_stays_bounded_when_every_ghost_is_taken() {
        let mut ghosts = Ghosts::with_capacity(1_000);
        for round in 0..10_000 {
            ghosts.add(round, 1);
            ghosts.take(round);
        }
        assert!(ghosts.order.len() < 32);
    }
}
