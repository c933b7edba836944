//! S3-FIFO, of keys alone.

use super::{Keys, Shadow};
use crate::policy::Slot;
use crate::slot_list::SlotList;

/// The highest count of requests that is remembered.
const MOST_READS: u8 = 3;
/// So many requests in the small queue move a key to the main one.
const PROVEN: u8 = 2;

/// The queues. A key that was let go of the small one is remembered as a ghost.
const SMALL: u32 = 0;
const MAIN: u32 = 1;
const GHOSTS: u32 = 2;

/// Where a key is, and how often it was asked for there: all that a request for what is held has to look at.
#[derive(Clone, Copy, Default)]
struct State {
    /// One more than the number of the queue; 0 for none.
    queue: u8,
    reads: u8,
}

/// Lets go early what is asked for once, and keeps what is proven through scans.
///
/// New keys wait in a small queue of a tenth of the capacity. One that is asked for twice there moves to the main queue;
/// the others leave, and are remembered as ghosts: a ghost that comes back goes to the main queue at once. The main queue
/// gives a key one more round for every request. Amortized constant time; a request for what is held only counts.
///
/// After Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023.
pub(in super::super) struct S3Fifo {
    queues: SlotList,
    weights: [u64; 3],
    states: Vec<State>,
    capacity: u64,
}

impl S3Fifo {
    pub(in super::super) fn with_capacity(capacity: u64) -> Self {
        Self { queues: SlotList::several(3), weights: [0; 3], states: Vec::new(), capacity }
    }

    fn state(&self, key: Slot) -> State {
        self.states.get(key.index()).copied().unwrap_or_default()
    }

    fn state_mut(&mut self, key: Slot) -> Option<&mut State> {
        if self.states.len() <= key.index() {
            self.states.resize(key.index() + 1, State::default());
        }
        self.states.get_mut(key.index())
    }

    fn is_in(&self, key: Slot, queue: u32) -> bool {
        u32::from(self.state(key).queue) == queue + 1
    }

    fn weight(&mut self, queue: u32) -> &mut u64 {
        let [small, main, ghosts] = &mut self.weights;
        match queue {
            SMALL => small,
            MAIN => main,
            _ => ghosts,
        }
    }

    fn put(&mut self, key: Slot, queue: u32, weight: u64) {
        self.queues.push_newest_of(queue, key);
        *self.weight(queue) += weight;
        if let Some(state) = self.state_mut(key) {
            *state = State { queue: queue as u8 + 1, reads: 0 };
        }
    }

    fn take(&mut self, key: Slot, queue: u32, weight: u64) {
        self.queues.remove(key);
        *self.weight(queue) -= weight;
        if let Some(state) = self.state_mut(key) {
            state.queue = 0;
        }
    }

    /// Lets the oldest unproven key of the small queue go; proven ones on the way there move to the main queue.
    fn give_up_unproven(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        while let Some(key) = self.queues.oldest_of(SMALL) {
            let weight = keys.weight(key);
            self.take(key, SMALL, weight);
            if self.state(key).reads >= PROVEN {
                self.put(key, MAIN, weight);
                continue;
            }
            self.put(key, GHOSTS, weight);
            out.push(key);
            self.forget_ghosts(keys, out);
            return true;
        }
        false
    }

    /// Lets the oldest key of the main queue go that has no request left; each one passed over pays one.
    fn give_up_worn_out(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        while let Some(key) = self.queues.oldest_of(MAIN) {
            match self.state_mut(key) {
                Some(state) if state.reads > 0 => {
                    state.reads -= 1;
                    self.queues.push_newest_of(MAIN, key);
                }
                _ => {
                    self.take(key, MAIN, keys.weight(key));
                    out.push(key);
                    return true;
                }
            }
        }
        false
    }

    /// As many are remembered as the main queue may hold.
    fn forget_ghosts(&mut self, keys: &Keys, out: &mut Vec<Slot>) {
        while *self.weight(GHOSTS) > self.capacity - self.capacity / 10
            && let Some(key) = self.queues.oldest_of(GHOSTS)
        {
            self.take(key, GHOSTS, keys.weight(key));
            out.push(key);
        }
    }
}

impl Shadow for S3Fifo {
    fn request(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        if let Some(state) = self.states.get_mut(key.index())
            && (1..=2).contains(&state.queue)
        {
            state.reads = (state.reads + 1).min(MOST_READS);
            return true;
        }
        let weight = keys.weight(key);
        let room = self.capacity.saturating_sub(weight);
        while *self.weight(SMALL) + *self.weight(MAIN) > room && self.give_up(keys, out) {}
        let returns = self.is_in(key, GHOSTS);
        if returns {
            self.take(key, GHOSTS, weight);
        }
        self.put(key, if returns { MAIN } else { SMALL }, weight);
        false
    }

    fn give_up(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        let crowded = *self.weight(SMALL) >= (self.capacity / 10).max(1);
        // The other queue where the first has none to give.
        (crowded && self.give_up_unproven(keys, out))
            || self.give_up_worn_out(keys, out)
            || self.give_up_unproven(keys, out)
    }

    fn reweigh(&mut self, key: Slot, keys: &Keys, weight: u64) {
        if let Some(queue) = u32::from(self.state(key).queue).checked_sub(1) {
            let sum = self.weight(queue);
            *sum = *sum - keys.weight(key) + weight;
        }
    }

    fn holds(&self, key: Slot) -> bool {
        self.is_in(key, SMALL) || self.is_in(key, MAIN)
    }

    fn knows(&self, key: Slot) -> bool {
        self.state(key).queue > 0
    }

    fn coldest_first(&self) -> Vec<Slot> {
        self.queues.all_of(SMALL).chain(self.queues.all_of(MAIN)).collect()
    }
}
