//! What different policies would hold: the same requests, keys without values.

mod lirs;
mod recency;
mod s3_fifo;
mod worth;

pub(super) use lirs::Lirs;
pub(super) use recency::Recency;
pub(super) use s3_fifo::S3Fifo;
pub(super) use worth::Worth;

use super::policy::Slot;

/// What there is to know of a key, by its number.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// A hash of the key.
    pub(super) fingerprint: u64,
    /// Whether the fingerprint leads here; a second key with the same fingerprint goes without.
    pub(super) named: bool,
    pub(super) weight: u64,
    pub(super) cost: f64,
    /// The place of its entry in the cache.
    pub(super) slot: Option<Slot>,
}

/// All keys that a shadow remembers.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) all: Vec<Known>,
}

impl Keys {
    pub(super) fn get(&self, key: Slot) -> &Known {
        static UNKNOWN: Known = Known { fingerprint: 0, named: false, weight: 0, cost: 0.0, slot: None };
        self.all.get(key.index()).unwrap_or(&UNKNOWN)
    }

    pub(super) fn get_mut(&mut self, key: Slot) -> Option<&mut Known> {
        self.all.get_mut(key.index())
    }

    pub(super) fn weight(&self, key: Slot) -> u64 {
        self.get(key).weight
    }
}

/// A cache of one policy that holds keys alone, by their numbers.
pub(super) trait Shadow {
    /// Takes a request, and tells whether the key was held. It is held afterwards.
    ///
    /// Keys that are held or remembered no more are added to `out`.
    fn request(&mut self, key: Slot, keys: &Keys, out: &mut Vec<Slot>) -> bool;

    /// Lets one key go; `false` when none is held.
    fn give_up(&mut self, keys: &Keys, out: &mut Vec<Slot>) -> bool;

    /// Notes that the weight of a key is another now; `keys` still has the older one.
    fn reweigh(&mut self, key: Slot, keys: &Keys, weight: u64);

    /// Whether the key is held.
    fn holds(&self, key: Slot) -> bool;

    /// Whether anything is remembered of the key.
    fn knows(&self, key: Slot) -> bool;

    /// All keys that are held, those that are worth least first, as far as it can tell.
    fn coldest_first(&self) -> Vec<Slot>;
}
