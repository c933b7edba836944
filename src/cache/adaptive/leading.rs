//! Which policy leads.

use super::sampling::SAMPLE;
use super::{Adaptive, BY_COST, SHADOWS};
use crate::policy::Slot;
use crate::shadow::Shadow;

/// The leader is chosen anew after half as many requests as there are entries, but not before this many.
pub(super) const SHORTEST_TERM: u64 = 50;
/// What a term leaves of the scores of those before it.
const MEMORY: f64 = 0.9;
/// By how much a share of hits must be higher to take the lead: a change costs hits.
const LEAD: f64 = 0.005;
/// The same where the leader over all keys has to begin anew: that costs more.
const SAMPLED_LEAD: f64 = 0.02;

impl Adaptive {
    pub(super) fn compete(&mut self, key: Slot) {
        let gain = if self.costs.differ() { self.keys.get(key).cost } else { 1.0 };
        self.asked += gain;
        let Self { shadows, keys, out, .. } = self;
        for (shadow, score) in shadows {
            if shadow.request(key, keys, out) {
                *score += gain;
            }
        }
    }

    pub(super) fn end_term(&mut self) {
        let score = |at: usize| self.shadows.get(at).map_or(0.0, |(_, score)| *score);
        let best =
            (0..self.shadows.len()).fold(self.leader, |best, at| if score(at) > score(best) { at } else { best });
        let lead = if self.lead.is_some() { SAMPLED_LEAD } else { LEAD };
        if score(best) > score(self.leader) + lead * self.asked {
            self.follow(best);
        }
        if self.lead.is_none() && self.entries >= self.many {
            self.sample();
        }
        let requests = if self.lead.is_none() { self.entries / 2 } else { self.entries / 2 / SAMPLE };
        self.term = requests.max(SHORTEST_TERM);
        self.asked *= MEMORY;
        self.shadows.iter_mut().for_each(|(_, score)| *score *= MEMORY);
    }

    /// All entries' keys, those that the leader lets go first in front.
    pub(super) fn coldest_first(&self) -> Vec<Slot> {
        let held = self.leading().map(|leader| leader.coldest_first()).unwrap_or_default();
        let held = held.into_iter().filter(|key| self.keys.get(*key).slot.is_some());
        self.strays.all_of(0).chain(held).collect()
    }

    /// Makes another policy the leader. Entries that it does not hold are strays.
    fn follow(&mut self, leader: usize) {
        let entries = self.coldest_first();
        self.leader = leader;
        if self.lead.is_some() {
            self.lead = self.made(leader, self.capacity, &entries);
            self.forget_unknown();
        }
        for key in entries {
            self.strays.remove(key);
            if !self.leader_holds(key) {
                self.strays.push_newest(key);
            }
        }
    }

    /// A policy that was asked for these keys, in order.
    pub(super) fn made(&mut self, which: usize, capacity: u64, entries: &[Slot]) -> Option<Box<dyn Shadow>> {
        let mut shadow = SHADOWS.get(which)?(capacity);
        for key in entries {
            shadow.request(*key, &self.keys, &mut self.out);
        }
        Some(shadow)
    }

    /// Adds the policy that looks at costs, with the entries there are.
    pub(super) fn heed_costs(&mut self) {
        let entries = self.coldest_first();
        let sampled: Vec<Slot> = entries.into_iter().filter(|key| self.is_sampled(*key)).collect();
        let made = self.made(BY_COST, self.shadow_capacity(), &sampled);
        // Hits so far are not costs saved: all start anew.
        self.asked = 0.0;
        self.shadows.extend(made.map(|shadow| (shadow, 0.0)));
        self.shadows.iter_mut().for_each(|(_, score)| *score = 0.0);
        self.settle();
    }
}
