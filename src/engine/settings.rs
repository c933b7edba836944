//! What an instance is told when it is made.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::alerts::Alerts;
use crate::cache::CacheConfig;
use crate::error::Result;
use crate::metrics::{Metrics, Rates};

/// The settings of an instance.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The model that prompts go to.
    pub model: Option<String>,
    cache: CacheSettings,
    privacy: Privacy,
    alerts: Vec<Value>,
    prices: Map<String, Value>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
struct CacheSettings {
    policy: Option<String>,
    capacity: f64,
    ttl: f64,
}

impl Default for CacheSettings {
    /// 64 MiB for a week.
    fn default() -> Self {
        Self { policy: None, capacity: 67_108_864.0, ttl: 604_800_000.0 }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Privacy {
    keep_text: bool,
    learn: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { keep_text: true, learn: true }
    }
}

impl Settings {
    pub(super) fn cache(&self) -> Result<CacheConfig> {
        let mut config = CacheConfig::with_capacity(self.cache.capacity as u64);
        if let Some(policy) = &self.cache.policy {
            config.policy.clone_from(policy);
        }
        config.ttl = Some(self.cache.ttl);
        config.track_changes = true;
        Ok(config)
    }

    pub(super) fn alerts(&self) -> Result<Alerts> {
        Alerts::from_json(&Value::Array(self.alerts.clone()))
    }

    pub(super) fn set_prices(&self, metrics: &mut Metrics) -> Result<()> {
        self.prices.iter().try_for_each(|(model, rates)| metrics.prices.set(model, Rates::from_json(rates)?))
    }

    /// Whether texts may be stored, and not only hashes and figures.
    pub(super) const fn keep_text(&self) -> bool {
        self.privacy.keep_text
    }

    /// Whether what users do may be learned from.
    pub(super) const fn learn(&self) -> bool {
        self.privacy.learn
    }
}
