//! The competition over a sample of the keys, in a cache of many entries.

use super::Adaptive;
use crate::policy::Slot;
use crate::shadow::Recency;

/// From so many entries on, shadows run over a sample of the keys.
pub(super) const MANY: u64 = 16_384;
/// One key in so many is in the sample: a power of two.
pub(super) const SAMPLE: u64 = 16;
/// A key that was asked for within so small a part of as many requests as there are entries has not moved far.
const JUST: u64 = 32;

/// What a read has to look at: 8 bytes.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// Twice the number of the key, plus one where it is in the sample; [`NOBODY`] for a free slot.
    key: u32,
    asked_at: u32,
}

pub(super) const NOBODY: Held = Held { key: u32::MAX, asked_at: 0 };

impl Held {
    pub(super) fn of(key: Slot, sampled: bool, asked_at: u32) -> Self {
        Self { key: key.0.wrapping_mul(2) | u32::from(sampled), asked_at }
    }

    pub(super) fn key(self) -> Option<Slot> {
        (self.key != NOBODY.key).then_some(Slot(self.key / 2))
    }

    const fn is_sampled(self) -> bool {
        self.key % 2 == 1
    }
}

impl Adaptive {
    /// Whether the shadows are asked about this key.
    pub(super) fn is_sampled(&self, key: Slot) -> bool {
        self.is_drawn(key) && (self.lead.is_none() || self.keys.weight(key) <= self.shadow_capacity())
    }

    /// Whether the shadows may know this key, whatever it weighs.
    pub(super) fn is_drawn(&self, key: Slot) -> bool {
        // A multiplicative hash, for fingerprints whose bits are not all equally good.
        let lot = self.keys.get(key).fingerprint.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_mul(SAMPLE) >> 32;
        self.lead.is_none() || lot.is_multiple_of(SAMPLE)
    }

    /// How much the policies hold that compete.
    pub(super) const fn shadow_capacity(&self) -> u64 {
        if self.lead.is_none() { self.capacity } else { self.capacity / SAMPLE }
    }

    /// The key of the entry in `slot`, and whether it is in the sample, unless the policies can do without the request.
    pub(super) fn asked(&mut self, slot: Slot) -> Option<(Slot, bool)> {
        let held = self.held.get_mut(slot.index())?;
        let (key, sampled) = (held.key()?, held.is_sampled());
        if self.lead.is_some() {
            self.clock = self.clock.wrapping_add(1);
            let since = self.clock.wrapping_sub(std::mem::replace(&mut held.asked_at, self.clock));
            if !sampled && u64::from(since) < self.entries / JUST {
                return None;
            }
        }
        Some((key, sampled))
    }

    /// Lets the leader run over all keys, and the competition over a sample.
    pub(super) fn sample(&mut self) {
        let entries = self.coldest_first();
        let Some((shadow, _)) = self.shadows.get_mut(self.leader) else { return };
        // The place is filled again below.
        self.lead = Some(std::mem::replace(shadow, Box::new(Recency::with_capacity(0))));
        let sampled: Vec<Slot> = entries.into_iter().filter(|key| self.is_sampled(*key)).collect();
        for at in 0..self.shadows.len() {
            let made = self.made(at, self.shadow_capacity(), &sampled);
            if let (Some((shadow, _)), Some(made)) = (self.shadows.get_mut(at), made) {
                *shadow = made;
            }
        }
        for at in 0..self.held.len() {
            let key = self.held.get(at).and_then(|held| held.key());
            let sampled = key.is_some_and(|key| self.is_sampled(key));
            if let (Some(place), Some(key)) = (self.held.get_mut(at), key) {
                *place = Held::of(key, sampled, 0);
            }
        }
        self.settle();
        self.forget_unknown();
    }
}
