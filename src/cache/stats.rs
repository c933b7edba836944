//! What a cache counts about itself.

/// Counts what happened since the cache was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct CacheStats {
    /// Reads that found a live entry.
    pub hits: u64,
    /// Reads that found none.
    pub misses: u64,
    /// New keys that were kept.
    pub insertions: u64,
    /// Values that took the place of an older one under the same key.
    pub replaced: u64,
    /// Entries that left for want of space.
    pub evictions: u64,
    /// Entries that left because their time was over.
    pub expirations: u64,
    /// Entries that the caller deleted or cleared.
    pub removed: u64,
    /// Values not kept: heavier than the whole capacity, or expired on arrival.
    pub rejected: u64,
}

impl CacheStats {
    /// The share of reads that hit, or `None` before the first read: absence is not zero.
    pub fn hit_rate(&self) -> Option<f64> {
        let reads = self.hits + self.misses;
        // Counts stay far below 2^53, where f64 is exact.
        (reads > 0).then(|| self.hits as f64 / reads as f64)
    }
}
