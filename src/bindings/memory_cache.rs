//! The cache on its own, for values of any kind.

use wasm_bindgen::prelude::*;

use super::json::to_json;
use super::set_options::set_options;
use super::values::{CacheFigures, write};
use crate::cache::{Cache, CacheConfig};
use crate::engine::Fields;

#[wasm_bindgen]
pub struct MemoryCache {
    cache: Cache<JsValue>,
}

/// Entries, where the caller gives neither a capacity nor weights.
const DEFAULT_CAPACITY: f64 = 10_000.0;

#[wasm_bindgen]
impl MemoryCache {
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue) -> Result<MemoryCache, JsValue> {
        let mut settings = Fields::new(to_json(&settings))?;
        let mut config = CacheConfig::with_capacity(settings.number("capacity")?.unwrap_or(DEFAULT_CAPACITY) as u64);
        config.policy = settings.text("policy")?.unwrap_or(config.policy);
        config.ttl = settings.number("ttl")?;
        Ok(Self { cache: Cache::new(&config)? })
    }

    pub fn get(&mut self, key: &str, now: f64) -> JsValue {
        self.cache.get(key, now).cloned().unwrap_or(JsValue::UNDEFINED)
    }

    pub fn peek(&self, key: &str, now: f64) -> JsValue {
        self.cache.peek(key, now).cloned().unwrap_or(JsValue::UNDEFINED)
    }

    pub fn set(&mut self, key: &str, value: JsValue, options: JsValue, now: f64) -> Result<bool, JsValue> {
        Ok(self.cache.set(key, value, set_options(options)?, now).is_kept())
    }

    pub fn has(&self, key: &str, now: f64) -> bool {
        self.cache.has(key, now)
    }

    pub fn delete(&mut self, key: &str, now: f64) -> bool {
        self.cache.delete(key, now)
    }

    pub fn clear(&mut self) {
        self.cache.clear();
    }

    pub fn size(&self) -> usize {
        self.cache.len()
    }

    pub fn stats(&self) -> Result<JsValue, JsValue> {
        let (size, weight, capacity) = (self.cache.len(), self.cache.weight(), self.cache.capacity());
        write(&CacheFigures { stats: self.cache.stats(), size, weight, capacity })
    }
}
