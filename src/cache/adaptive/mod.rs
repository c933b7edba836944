//! Whichever of several policies does best on the requests of late.

mod leading;
mod sampling;

use super::costs::Costs;
use super::policy::{EvictionPolicy, Facts, Slot};
use super::shadow::{Keys, Known, Lirs, Recency, S3Fifo, Shadow, Worth};
use super::slot_list::SlotList;
use hashbrown::HashMap;
use leading::SHORTEST_TERM;
use sampling::{Held, MANY, NOBODY};

type MakeShadow = fn(u64) -> Box<dyn Shadow>;

/// The policies that compete. The first leads at the start: where nothing tells them apart, LRU is the one that surprises
/// nobody.
const SHADOWS: [MakeShadow; 4] = [
    |capacity| Box::new(Recency::with_capacity(capacity)),
    |capacity| Box::new(S3Fifo::with_capacity(capacity)),
    |capacity| Box::new(Lirs::with_capacity(capacity)),
    |capacity| Box::new(Worth::with_capacity(capacity)),
];
/// Those before this one compete always, the others where costs differ.
const BY_COST: usize = 3;

/// So many requests of an earlier life prove a key.
const PROVEN: u32 = 2;

/// Follows the leader of several policies that differ: LRU, S3-FIFO and LIRS, and what is worth most where costs differ.
///
/// Each policy runs over all requests, on keys alone, as if it had the cache for itself. The cache holds what the leader
/// holds: what the leader let go is the next to be evicted. What leads is the share of hits, or of the cost that hits saved
/// where entries have costs that differ. No policy is best everywhere, and this one is never far from the one that is.
///
/// In a cache of many entries the competition runs over one key in sixteen, in a sixteenth of the capacity, which is
/// enough to tell policies apart; the leader alone runs over all keys, and does without what was asked for just before. Whoever
/// takes the lead then starts with the entries there are.
///
/// Amortized constant time for each policy. What leaves for another cause than eviction stays in the shadows until they
/// let it go themselves, so that a value which is renewed keeps its standing.
///
/// The rule is to follow the leader, with hysteresis, over scores that fade; for why a fading score tracks the best expert see
/// Herbster and Warmuth, "Tracking the best expert", Machine Learning 32, 1998. Sampling after Waldspurger et al., "Cache
/// modeling and optimization using miniature simulations", USENIX ATC 2017.
pub struct Adaptive {
    capacity: u64,
    /// Each policy with its score, in the order of [`SHADOWS`].
    shadows: Vec<(Box<dyn Shadow>, f64)>,
    leader: usize,
    /// The leader over all keys, where its shadow has a sample only.
    lead: Option<Box<dyn Shadow>>,
    keys: Keys,
    /// Keys by fingerprint.
    named: HashMap<u64, Slot>,
    free: Vec<Slot>,
    /// The key of each slot's entry.
    held: Vec<Held>,
    /// Requests, where the leader runs over all keys.
    clock: u32,
    entries: u64,
    /// Keys of entries that the leader does not hold.
    strays: SlotList,
    /// What the requests of late would have cost without any cache.
    asked: f64,
    /// Requests until the leader is chosen anew.
    term: u64,
    costs: Costs,
    /// Keys that a policy let go.
    out: Vec<Slot>,
    /// The key of what is to come in next.
    arriving: Option<Slot>,
    /// Keys of a batch of reads, with whether they are in the sample; empty between calls.
    asked_at_once: Vec<(Slot, bool)>,
    /// [`MANY`], but in tests.
    many: u64,
}

impl Adaptive {
    /// Makes the policy for a cache of this capacity.
    pub fn with_capacity(capacity: u64) -> Self {
        let capacity = capacity.max(1);
        Self {
            capacity,
            shadows: SHADOWS.iter().take(BY_COST).map(|make| (make(capacity), 0.0)).collect(),
            leader: 0,
            lead: None,
            keys: Keys::default(),
            named: HashMap::new(),
            free: Vec::new(),
            held: Vec::new(),
            clock: 0,
            entries: 0,
            strays: SlotList::default(),
            asked: 0.0,
            term: SHORTEST_TERM,
            costs: Costs::default(),
            out: Vec::new(),
            arriving: None,
            asked_at_once: Vec::new(),
            many: MANY,
        }
    }

    /// The key for what comes in: the one that is remembered, or a new one.
    fn key(&mut self, facts: &Facts) -> Slot {
        let known = self.named.get(&facts.fingerprint).copied();
        // Two entries can't share a key. Where they share a fingerprint, the later one gets a key without a name.
        if let Some(key) = known.filter(|key| self.keys.get(*key).slot.is_none()) {
            return key;
        }
        let key = self.free.pop().unwrap_or_else(|| {
            self.keys.all.push(Known::default());
            Slot(u32::try_from(self.keys.all.len() - 1).unwrap_or(u32::MAX))
        });
        let named = known.is_none();
        if named {
            self.named.insert(facts.fingerprint, key);
        }
        if let Some(place) = self.keys.get_mut(key) {
            *place = Known { fingerprint: facts.fingerprint, named, weight: facts.weight, ..Known::default() };
        }
        key
    }

    fn leading(&self) -> Option<&dyn Shadow> {
        let shadow = || self.shadows.get(self.leader).map(|(shadow, _)| &**shadow);
        self.lead.as_deref().or_else(shadow)
    }

    fn leader_holds(&self, key: Slot) -> bool {
        self.leading().is_some_and(|leader| leader.holds(key))
    }

    fn is_known(&self, key: Slot) -> bool {
        let by_lead = self.lead.as_ref().is_some_and(|lead| lead.knows(key));
        by_lead || (self.is_drawn(key) && self.shadows.iter().any(|(shadow, _)| shadow.knows(key)))
    }

    /// Has the policies take a request for `key`.
    fn request(&mut self, key: Slot, sampled: bool) {
        if let Some(lead) = &mut self.lead {
            lead.request(key, &self.keys, &mut self.out);
        }
        if sampled {
            self.compete(key);
        }
        // Mostly there are none, and asking that touches nothing at random.
        if self.strays.oldest().is_some() {
            self.strays.remove(key);
        }
        if !self.out.is_empty() {
            self.settle();
        }
        if sampled {
            self.term = self.term.saturating_sub(1);
            if self.term == 0 {
                self.end_term();
            }
        }
    }

    /// Sees to the keys that a policy let go, in order.
    fn settle(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        for key in out.drain(..) {
            if self.keys.get(key).slot.is_none() {
                self.forget(key);
            } else if !self.leader_holds(key) && !self.strays.contains(key) {
                self.strays.push_newest(key);
            }
        }
        self.out = out;
    }

    /// Frees the number of a key that has no entry, once no policy knows it.
    fn forget(&mut self, key: Slot) {
        let Known { fingerprint, named, weight, .. } = *self.keys.get(key);
        // A free number weighs nothing, which tells it from the others.
        if weight == 0 || self.arriving == Some(key) || self.is_known(key) {
            return;
        }
        if let Some(known) = self.keys.get_mut(key) {
            *known = Known::default();
        }
        self.free.push(key);
        if named {
            self.named.remove(&fingerprint);
        }
    }

    /// Frees the numbers that only a policy knew which is no more.
    fn forget_unknown(&mut self) {
        for number in 0..self.keys.all.len() {
            let key = Slot(u32::try_from(number).unwrap_or(u32::MAX));
            if self.keys.get(key).slot.is_none() {
                self.forget(key);
            }
        }
    }

    fn reweigh(&mut self, key: Slot, weight: u64) {
        let Self { shadows, lead, keys, .. } = self;
        let all = shadows.iter_mut().map(|(shadow, _)| shadow).chain(lead);
        all.for_each(|shadow| shadow.reweigh(key, keys, weight));
    }

    /// What comes back from a store had its requests in an earlier life.
    fn request_again(&mut self, key: Slot, times: u32) {
        let sampled = self.is_sampled(key);
        let Self { shadows, lead, keys, out, .. } = self;
        let shadows = shadows.iter_mut().map(|(shadow, _)| shadow).filter(|_| sampled);
        for shadow in shadows.chain(lead) {
            for _ in 0..times {
                shadow.request(key, keys, out);
            }
        }
        self.settle();
    }
}

impl EvictionPolicy for Adaptive {
    fn arriving(&mut self, facts: &Facts) {
        let cost = self.costs.note(facts);
        if self.shadows.len() == BY_COST && self.costs.differ() {
            self.heed_costs();
        }
        let key = self.key(facts);
        if facts.weight != self.keys.weight(key) {
            self.reweigh(key, facts.weight);
        }
        if let Some(known) = self.keys.get_mut(key) {
            (known.weight, known.cost) = (facts.weight, cost);
        }
        self.arriving = Some(key);
        let is_new = !self.is_known(key);
        self.request(key, self.is_sampled(key));
        if is_new {
            self.request_again(key, facts.uses.min(PROVEN));
        }
    }

    fn inserted(&mut self, slot: Slot, facts: &Facts) {
        if self.arriving.is_none() {
            self.arriving(facts);
        }
        let Some(key) = self.arriving.take() else { return };
        if self.held.len() <= slot.index() {
            self.held.resize(slot.index() + 1, NOBODY);
        }
        let sampled = self.is_sampled(key);
        if let (Some(place), Some(known)) = (self.held.get_mut(slot.index()), self.keys.get_mut(key)) {
            *place = Held::of(key, sampled, self.clock);
            known.slot = Some(slot);
            self.entries += 1;
        }
        if !self.leader_holds(key) {
            self.strays.push_newest(key);
        }
    }

    fn touched(&mut self, slot: Slot) {
        if let Some((key, sampled)) = self.asked(slot) {
            self.request(key, sampled);
        }
    }

    fn touched_all(&mut self, slots: &[u32]) {
        if self.lead.is_none() {
            // What is sampled may change from one request to the next.
            return slots.iter().for_each(|slot| self.touched(Slot(*slot)));
        }
        // All are looked up before anything is done: memory answers many questions in the time of one.
        let mut asked = std::mem::take(&mut self.asked_at_once);
        asked.extend(slots.iter().filter_map(|slot| self.asked(Slot(*slot))));
        asked.drain(..).for_each(|(key, sampled)| self.request(key, sampled));
        self.asked_at_once = asked;
    }

    fn removed(&mut self, slot: Slot) {
        let Some(held) = self.held.get_mut(slot.index()) else { return };
        let Some(key) = std::mem::replace(held, NOBODY).key() else { return };
        self.entries -= 1;
        self.strays.remove(key);
        if let Some(known) = self.keys.get_mut(key) {
            known.slot = None;
        }
        self.forget(key);
    }

    fn victim(&mut self) -> Option<Slot> {
        loop {
            if let Some(key) = self.strays.oldest() {
                return self.keys.get(key).slot;
            }
            let Self { shadows, lead, keys, out, leader, .. } = self;
            let shadow = shadows.get_mut(*leader).map(|(shadow, _)| shadow);
            let gave = lead.as_mut().or(shadow).is_some_and(|leader| leader.give_up(keys, out));
            self.settle();
            if !gave && self.strays.oldest().is_none() {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashbrown::HashSet;
    use proptest::prelude::*;

    fn facts(number: u32, weight: u64, cost: f64) -> Facts {
        Facts { fingerprint: u64::from(number), weight, cost, expires_at: f64::INFINITY, uses: 0 }
    }

    proptest! {
        /// The tests of all policies have too few entries for a sample.
        #[test]
        fn with_a_sample_every_entry_leaves_once_and_no_other(
            steps in prop::collection::vec((0u8..5, 0u32..400, 1u64..4, prop::sample::select(&[0.0, 1.0, 9.0])), 0..2_000),
        ) {
            let mut policy = Adaptive { many: 20, ..Adaptive::with_capacity(100) };
            let mut held = HashSet::new();
            for (step, number, weight, cost) in steps {
                let slot = Slot(number);
                match step {
                    0..=2 if held.contains(&slot) => policy.touched(slot),
                    0..=2 => {
                        while held.len() >= 50 {
                            let victim = policy.victim().unwrap();
                            prop_assert!(held.remove(&victim), "offered what is not held");
                            policy.evicted(victim);
                        }
                        policy.arriving(&facts(number, weight, cost));
                        policy.inserted(slot, &facts(number, weight, cost));
                        held.insert(slot);
                    }
                    _ => if held.remove(&slot) {
                        policy.removed(slot);
                    },
                }
                prop_assert_eq!(policy.entries, held.len() as u64);
            }
            let numbers = policy.keys.all.iter().filter(|known| known.weight > 0).count();
            prop_assert_eq!(numbers + policy.free.len(), policy.keys.all.len());
            while let Some(victim) = policy.victim() {
                prop_assert!(held.remove(&victim));
                policy.evicted(victim);
            }
            prop_assert!(held.is_empty());
        }
    }
}
