//! What it costs to make things again, as far as is known.

use super::policy::Facts;

/// Costs differ when the highest is this many times the lowest.
const DIFFERENT: f64 = 1.5;

/// The costs seen.
#[derive(Default)]
pub(super) struct Costs {
    lowest: f64,
    highest: f64,
    /// Of all known ones, with the weight of what they are for.
    sum: f64,
    weight: f64,
}

impl Costs {
    /// Notes the cost of something, and gives it; an unknown one is taken to be as usual for its weight.
    pub(super) fn note(&mut self, facts: &Facts) -> f64 {
        let Facts { cost, weight, .. } = *facts;
        if cost > 0.0 {
            self.lowest = if self.lowest > 0.0 { self.lowest.min(cost) } else { cost };
            self.highest = self.highest.max(cost);
            self.sum += cost;
            self.weight += weight as f64;
            return cost;
        }
        if self.weight > 0.0 { self.sum / self.weight * weight as f64 } else { 0.0 }
    }

    /// Whether they differ enough to evict by.
    pub(super) fn differ(&self) -> bool {
        self.highest > self.lowest * DIFFERENT
    }
}
