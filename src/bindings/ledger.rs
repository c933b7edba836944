//! The ledger of the facade's own cache: keys and values stay JavaScript's.

use wasm_bindgen::prelude::*;

use super::json::to_json;
use super::values::{CacheFigures, write};
use crate::cache::{CacheConfig, Ledger, SetOptions, Slot};
use crate::engine::Fields;

#[wasm_bindgen]
pub struct CacheLedger {
    ledger: Ledger,
    /// Slots that were read, in order, as JavaScript writes them here before a call that counts them.
    reads: Box<[u32; READS]>,
}

/// So many reads are told at once at most.
const READS: usize = 64;

/// Entries, where the caller gives neither a capacity nor weights.
const DEFAULT_CAPACITY: f64 = 10_000.0;
/// What `set` adds for each entry that left: slots are below it.
const LEFT: f64 = 4_294_967_296.0;

#[wasm_bindgen]
impl CacheLedger {
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue) -> Result<CacheLedger, JsValue> {
        let mut settings = Fields::new(to_json(&settings))?;
        let mut config = CacheConfig::with_capacity(settings.number("capacity")?.unwrap_or(DEFAULT_CAPACITY) as u64);
        config.policy = settings.text("policy")?.unwrap_or(config.policy);
        config.ttl = settings.number("ttl")?;
        Ok(Self { ledger: Ledger::new(&config)?, reads: Box::new([0; READS]) })
    }

    /// Where the slots that were read are to be written: the address of 64 numbers.
    pub fn reads(&self) -> *const u32 {
        self.reads.as_ptr()
    }

    /// Notes so many reads of the entries in the slots written there, and so many that found nothing.
    pub fn told(&mut self, hits: usize, misses: u32) {
        if let Some(slots) = self.reads.get(..hits) {
            self.ledger.hit_all(slots);
        }
        self.ledger.missed(u64::from(misses));
    }

    /// Gives the slot for a value, plus 2^32 for each entry that left; or -1 where the value is not kept.
    ///
    /// Where one entry left, it is the one that was in the slot. `older` is -1 for none, `cost` and `ttl` NaN.
    pub fn set(&mut self, older: f64, fingerprint: u32, weight: f64, cost: f64, ttl: f64, now: f64) -> f64 {
        let older = (older >= 0.0).then_some(Slot(older as u32));
        let given = |number: f64| (!number.is_nan()).then_some(number);
        // Rounded up: a share below one still takes a place.
        let options = SetOptions { weight: weight.ceil() as u64, cost: given(cost), ttl: given(ttl), uses: 0 };
        match self.ledger.set(older, u64::from(fingerprint), options, now) {
            (_, None) => -1.0,
            (_, Some(slot)) => {
                let left = self.ledger.left();
                if left == 1 {
                    self.ledger.take_left();
                }
                f64::from(slot.0) + LEFT * left as f64
            }
        }
    }

    /// The slots of the entries that left.
    pub fn take_left(&mut self) -> Vec<u32> {
        self.ledger.take_left().into_iter().map(|slot| slot.0).collect()
    }

    pub fn remove(&mut self, slot: u32, now: f64) -> bool {
        self.ledger.remove(Slot(slot), now)
    }

    pub fn clear(&mut self) {
        self.ledger.clear();
    }

    pub fn stats(&self) -> Result<JsValue, JsValue> {
        let (size, weight, capacity) = (self.ledger.len(), self.ledger.weight(), self.ledger.capacity());
        write(&CacheFigures { stats: self.ledger.stats(), size, weight, capacity, ahead: None })
    }
}
