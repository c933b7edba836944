//! New entries must prove themselves before they may push out proven ones.

use super::ghosts::Ghosts;
use super::policy::{EvictionPolicy, Facts, Slot};
use super::slot_list::SlotList;

/// The highest count of reads that is remembered.
const MOST_READS: u8 = 3;
/// So many reads in the small queue move an entry to the main one.
const PROVEN: u8 = 2;

/// Evicts entries that are read once, early, and keeps proven ones through scans: S3-FIFO, by weight.
///
/// New entries wait in a small queue of a tenth of the capacity. One that is read twice there moves to the main
/// queue; the others leave, and are remembered as ghosts: a ghost that comes back goes to the main queue at once. The
/// main queue gives an entry one more round for every read. Amortized constant time; a read only counts.
///
/// After Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023.
#[derive(Debug)]
pub struct Adaptive {
    small: SlotList,
    main: SlotList,
    small_weight: u64,
    small_target: u64,
    ghosts: Ghosts,
    known: Vec<Known>,
    /// The victim named last, while nothing has happened since.
    named: Option<Slot>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    fingerprint: u64,
    weight: u64,
    reads: u8,
}

impl Adaptive {
    /// Makes the policy for a cache of this capacity.
    pub fn with_capacity(capacity: u64) -> Self {
        let small_target = (capacity / 10).max(1);
        Self {
            small: SlotList::default(),
            main: SlotList::default(),
            small_weight: 0,
            small_target,
            ghosts: Ghosts::with_capacity(capacity.saturating_sub(small_target)),
            known: Vec::new(),
            named: None,
        }
    }

    fn known(&mut self, slot: Slot) -> Option<&mut Known> {
        self.known.get_mut(slot.index())
    }

    fn promote(&mut self, slot: Slot, weight: u64) {
        self.small.remove(slot);
        self.small_weight = self.small_weight.saturating_sub(weight);
        self.main.push_newest(slot);
        if let Some(known) = self.known(slot) {
            known.reads = 0;
        }
    }

    /// The oldest unproven entry of the small queue; proven ones on the way there move to the main queue.
    fn unproven(&mut self) -> Option<Slot> {
        while let Some(slot) = self.small.oldest() {
            match self.known(slot).copied() {
                Some(known) if known.reads >= PROVEN => self.promote(slot, known.weight),
                _ => return Some(slot),
            }
        }
        None
    }

    /// The oldest entry of the main queue without a read left; each one passed over pays one read.
    fn worn_out(&mut self) -> Option<Slot> {
        while let Some(slot) = self.main.oldest() {
            match self.known(slot) {
                Some(known) if known.reads > 0 => {
                    known.reads -= 1;
                    self.main.push_newest(slot);
                }
                _ => return Some(slot),
            }
        }
        None
    }
}

impl EvictionPolicy for Adaptive {
    fn inserted(&mut self, slot: Slot, facts: &Facts) {
        self.named = None;
        if self.known.len() <= slot.index() {
            self.known.resize(slot.index() + 1, Known::default());
        }
        let reads = u8::try_from(facts.uses).unwrap_or(MOST_READS).min(MOST_READS);
        if let Some(known) = self.known(slot) {
            *known = Known { fingerprint: facts.fingerprint, weight: facts.weight, reads };
        }
        if self.ghosts.take(facts.fingerprint) || reads >= PROVEN {
            self.main.push_newest(slot);
        } else {
            self.small.push_newest(slot);
            self.small_weight = self.small_weight.saturating_add(facts.weight);
        }
    }

    fn touched(&mut self, slot: Slot) {
        self.named = None;
        if let Some(known) = self.known(slot) {
            known.reads = (known.reads + 1).min(MOST_READS);
        }
    }

    fn removed(&mut self, slot: Slot) {
        self.named = None;
        if self.small.contains(slot) {
            let weight = self.known(slot).map_or(0, |known| known.weight);
            self.small_weight = self.small_weight.saturating_sub(weight);
        }
        self.small.remove(slot);
        self.main.remove(slot);
    }

    fn evicted(&mut self, slot: Slot) {
        if self.small.contains(slot)
            && let Some(Known { fingerprint, weight, .. }) = self.known(slot).copied()
        {
            self.ghosts.add(fingerprint, weight);
        }
        self.removed(slot);
    }

    fn victim(&mut self) -> Option<Slot> {
        if self.named.is_none() {
            let crowded = self.small_weight >= self.small_target;
            let first = if crowded { self.unproven() } else { self.worn_out() };
            self.named = first.or_else(|| self.worn_out()).or_else(|| self.unproven());
        }
        self.named
    }
}
