//! What an instance is told when it is made.

use serde_json::{Map, Value};

use super::fields::Fields;
use crate::alerts::Alerts;
use crate::cache::CacheConfig;
use crate::error::Result;
use crate::metrics::{Limits, Metrics, Rates};

/// The settings of an instance.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The model that prompts go to.
    pub model: Option<String>,
    policy: Option<String>,
    capacity: Option<f64>,
    ttl: Option<f64>,
    keep_text: Option<bool>,
    learn: Option<bool>,
    alerts: Value,
    prices: Map<String, Value>,
    writer: String,
    limits: Limits,
}

/// Bytes that the cache may take: 64 MiB.
const CAPACITY: f64 = 67_108_864.0;
/// Milliseconds that an entry is good for: a week.
const TTL: f64 = 604_800_000.0;

impl Settings {
    /// Reads `{ model, cache: { policy, capacity, ttl }, privacy: { keepText, learn }, alerts, prices, metrics: { days, bytes }, writer }`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), naming the field that has the wrong type.
    pub fn from_json(value: Value) -> Result<Self> {
        let mut fields = Fields::new(value)?;
        let mut cache = Fields::new(fields.value("cache"))?;
        let mut privacy = Fields::new(fields.value("privacy"))?;
        let mut metrics = Fields::new(fields.value("metrics"))?;
        let mut limits = Limits::default();
        limits.days = metrics.number("days")?.unwrap_or(limits.days);
        limits.bytes = metrics.whole("bytes")?.unwrap_or(limits.bytes);
        Ok(Self {
            model: fields.text("model")?,
            policy: cache.text("policy")?,
            capacity: cache.number("capacity")?,
            ttl: cache.number("ttl")?,
            keep_text: privacy.flag("keepText")?,
            learn: privacy.flag("learn")?,
            alerts: fields.value("alerts"),
            prices: fields.object("prices")?,
            writer: fields.text("writer")?.unwrap_or_default(),
            limits,
        })
    }

    pub(super) fn cache(&self) -> Result<CacheConfig> {
        let mut config = CacheConfig::with_capacity(self.capacity.unwrap_or(CAPACITY) as u64);
        if let Some(policy) = &self.policy {
            config.policy.clone_from(policy);
        }
        config.ttl = Some(self.ttl.unwrap_or(TTL));
        config.track_changes = true;
        Ok(config)
    }

    pub(super) fn alerts(&self) -> Result<Alerts> {
        Alerts::from_json(&self.alerts)
    }

    pub(super) fn set_prices(&self, metrics: &mut Metrics) -> Result<()> {
        self.prices.iter().try_for_each(|(model, rates)| metrics.prices.set(model, Rates::from_json(rates)?))
    }

    /// The name of this instance among all that write to its store.
    pub(super) fn writer(&self) -> &str {
        &self.writer
    }

    /// How much of the metrics is kept whole.
    pub(super) const fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether texts may be stored, and not only hashes and figures.
    pub(super) const fn keep_text(&self) -> bool {
        matches!(self.keep_text, None | Some(true))
    }

    /// Whether what users do may be learned from.
    pub(super) const fn learn(&self) -> bool {
        matches!(self.learn, None | Some(true))
    }
}
