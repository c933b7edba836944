//! LIRS, of keys alone.

use super::{Keys, Shadow};
use crate::policy::Slot;
use crate::slot_list::SlotList;

/// The lists beside the stack.
const QUEUE: u32 = 0;
const GONE: u32 = 1;
/// Keys that are not held are remembered up to so many capacities.
const REMEMBERED: u64 = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is known of it.
    Unknown,
    /// Asked for at short distances, and held.
    Low,
    /// Held for a while, to see whether it comes again.
    High,
    /// Not held, and remembered in case it comes again.
    Gone,
}

/// Keeps what is asked for at the shortest distances.
///
/// All but a hundredth of the capacity is for keys whose last two requests lay close together; the rest is a queue that
/// everything else passes through. A stack in the order of the last requests tells which distances are short: what is
/// asked for again while it is in the stack is closer than the key at its bottom, and takes that one's place. Amortized
/// constant time.
///
/// After Jiang and Zhang, "LIRS: an efficient low inter-reference recency set replacement policy", SIGMETRICS 2002.
pub(in super::super) struct Lirs {
    stack: SlotList,
    /// The queue of what is held and not low, and the list of what is gone.
    others: SlotList,
    states: Vec<State>,
    low_weight: u64,
    high_weight: u64,
    gone_weight: u64,
    capacity: u64,
}

impl Lirs {
    pub(in super::super) fn with_capacity(capacity: u64) -> Self {
        let (stack, others, states) = (SlotList::default(), SlotList::several(2), Vec::new());
        Self { stack, others, states, low_weight: 0, high_weight: 0, gone_weight: 0, capacity }
    }

    fn low_limit(&self) -> u64 {
        self.capacity - (self.capacity / 100).max(1)
    }

    fn state(&self, key: Slot) -> State {
        self.states.get(key.index()).copied().unwrap_or(State::Unknown)
    }

    fn set_state(&mut self, key: Slot, state: State) {
        if self.states.len() <= key.index() {
            self.states.resize(key.index() + 1, State::Unknown);
        }
        if let Some(place) = self.states.get_mut(key.index()) {
            *place = state;
        }
    }

    /// Makes a key low; those at the bottom of the stack make room for it.
    fn promote(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) {
        self.set_state(key, State::Low);
        self.low_weight += keys.weight(key);
        self.stack.push_newest(key);
        while self.low_weight > self.low_limit() && self.demote(keys, out) {}
        self.prune(keys, out);
    }

    /// Moves the low key at the bottom of the stack to the queue.
    fn demote(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        self.prune(keys, out);
        let Some(key) = self.stack.oldest() else { return false };
        let weight = keys.weight(key);
        self.stack.remove(key);
        self.set_state(key, State::High);
        self.low_weight -= weight;
        self.high_weight += weight;
        self.others.push_newest_of(QUEUE, key);
        self.prune(keys, out);
        true
    }

    /// Takes from the bottom of the stack what is not low: nothing that comes can be closer than that.
    fn prune(&mut self, keys: &Keys, out: &mut Vec<Slot>) {
        while let Some(key) = self.stack.oldest() {
            match self.state(key) {
                State::Low => return,
                State::Gone => self.forget(key, keys, out),
                State::High | State::Unknown => self.stack.remove(key),
            }
        }
    }

    fn forget(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) {
        self.stack.remove(key);
        self.others.remove(key);
        self.gone_weight -= keys.weight(key);
        self.set_state(key, State::Unknown);
        out.push(key);
    }
}

impl Shadow for Lirs {
    fn request(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        let weight = keys.weight(key);
        match self.state(key) {
            State::Low => {
                self.stack.push_newest(key);
                self.prune(keys, out);
                return true;
            }
            State::High if self.stack.contains(key) => {
                self.others.remove(key);
                self.high_weight -= weight;
                self.promote(key, keys, out);
                return true;
            }
            State::High => {
                self.stack.push_newest(key);
                self.others.push_newest_of(QUEUE, key);
                return true;
            }
            State::Gone | State::Unknown => {}
        }
        let room = self.capacity.saturating_sub(weight);
        while self.low_weight + self.high_weight > room && self.give_up(keys, out) {}
        if self.state(key) == State::Gone {
            self.others.remove(key);
            self.gone_weight -= weight;
            self.promote(key, keys, out);
        } else if self.low_weight + weight <= self.low_limit() {
            self.promote(key, keys, out);
        } else {
            self.set_state(key, State::High);
            self.high_weight += weight;
            self.stack.push_newest(key);
            self.others.push_newest_of(QUEUE, key);
        }
        false
    }

    fn give_up(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        if self.others.oldest_of(QUEUE).is_none() && !self.demote(keys, out) {
            return false;
        }
        let Some(key) = self.others.oldest_of(QUEUE) else { return false };
        let weight = keys.weight(key);
        self.others.remove(key);
        self.high_weight -= weight;
        out.push(key);
        if !self.stack.contains(key) {
            self.set_state(key, State::Unknown);
            return true;
        }
        self.set_state(key, State::Gone);
        self.others.push_newest_of(GONE, key);
        self.gone_weight += weight;
        while self.gone_weight > self.capacity.saturating_mul(REMEMBERED)
            && let Some(oldest) = self.others.oldest_of(GONE)
        {
            self.forget(oldest, keys, out);
        }
        true
    }

    fn reweigh(&mut self, key: Slot, keys: &Keys, weight: u64) {
        let sum = match self.state(key) {
            State::Unknown => return,
            State::Low => &mut self.low_weight,
            State::High => &mut self.high_weight,
            State::Gone => &mut self.gone_weight,
        };
        *sum = *sum - keys.weight(key) + weight;
    }

    fn holds(&self, key: Slot) -> bool {
        matches!(self.state(key), State::Low | State::High)
    }

    fn knows(&self, key: Slot) -> bool {
        self.state(key) != State::Unknown
    }

    fn coldest_first(&self) -> Vec<Slot> {
        let low = self.stack.all_of(0).filter(|key| self.state(*key) == State::Low);
        self.others.all_of(QUEUE).chain(low).collect()
    }
}
